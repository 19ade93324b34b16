"""A console over a small project: connectors `hugo` and `sand`, an operator, a school that sees
`hugo`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from edusync.app.console import accounts
from edusync.app.console.mailer import Mailer
from edusync.app.files.project import find_project
from edusync.app.files.project_file import MailSettings, OidcSettings
from edusync.app.runner.fleet import Fleet
from edusync.registry import Registry
from edusync.state.open import open_store
from edusync.state.store import Store
from edusync.web.app import create_console
from edusync.web.console import Console
from tests.conftest import DAY
from tests.runner.conftest import NOWHERE, START, Clock

PASSWORD = "correct horse battery"
ADDRESS = "http://127.0.0.1:8550"
SENDER = "edusync@school.example"
NO_PROVIDER = OidcSettings("http://localhost:9", "edusync", "secret", "School ID")
"""A provider that does not answer: its pages are there."""
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Site:
    """A console, its store and its clock."""

    PROJECT = "edusync: 1\n"

    def __init__(
        self,
        folder: Path,
        registry: Registry,
        clock: Clock | None = None,
        smtp_port: int = 9,
        store: Store | None = None,
    ) -> None:
        self.folder, self.registry = folder, registry
        (folder / "connectors").mkdir()
        (folder / "edusync.yaml").write_text(self.PROJECT, encoding="utf-8")
        self.store: Store = store or open_store(str(folder / "state.db"))
        self.clock = clock or Clock(START)
        self.store.now = self.clock
        for name in ("hugo", "sand"):
            self.write(name)
        project = find_project(folder)
        assert project is not None
        self.fleet = Fleet(project, registry)
        self.fleet.calendars()
        mailer = Mailer(MailSettings(f"smtp://127.0.0.1:{smtp_port}", SENDER))
        self.console = Console(self.store, self.fleet, self.clock, ADDRESS, mailer, NO_PROVIDER)
        self.app: Flask = create_console(self.console)

    def write(self, name: str, erp_url: str = NOWHERE, edusign: str = NOWHERE) -> None:
        """Write a connector file of the simulator of Yparéo."""
        answers = self.registry.simulators["ypareo"].thing.start(DAY).answers(erp_url)
        own = "" if name == "hugo" else f"{name}."
        (self.folder / f"{own}erp.key").write_text(str(answers["connection"]["apiKey"]))
        (self.folder / f"{own}key").write_text("sandbox-key", encoding="utf-8")
        account = {
            "base_url": edusign,
            "api_key": f"${{file:../{own}key}}",
            "requests_per_minute": 100_000,
        }
        data = {
            "edusync": 1,
            "connector": name,
            "spec": "ypareo",
            "connection": {**answers["connection"], "apiKey": f"${{file:../{own}erp.key}}"},
            "grace": "1s",
            "accounts": [{"name": "main", "edusign": account}],
        }
        file = self.folder / "connectors" / f"{name}.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")

    def visit(self, role: str, *connectors: str, name: str = "") -> Visit:
        """Let somebody new use an invitation."""
        visit = self.stranger()
        token = accounts.invite(self.store, role, connectors, self.clock.now)
        answer = visit.post(f"/welcome/{token}", name=name or role, password=PASSWORD)
        assert answer.status_code == 302
        return visit

    def stranger(self) -> Visit:
        return Visit(self.app.test_client())


@dataclass
class Visit:
    """A browser without a window."""

    client: FlaskClient

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, buffered=True, **more)

    def token(self) -> str:
        """Return the token of a form, which is that of the session."""
        for path in ("/sign-in", "/account"):
            found = _TOKEN.search(self.get(path).text)
            if found:
                return found[1]
        raise AssertionError

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(path, data={"csrf_token": self.token(), **form})


@pytest.fixture
def site(tmp_path: Path, registry: Registry) -> Iterator[Site]:
    site = Site(tmp_path, registry)
    with closing(site.store):
        yield site
        site.console.close()


@pytest.fixture
def operator(site: Site) -> Visit:
    return site.visit("operator")


@pytest.fixture
def school(site: Site) -> Visit:
    return site.visit("school", "hugo")
