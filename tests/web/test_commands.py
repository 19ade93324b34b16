"""`edusync web` and `edusync serve` as processes: a link for the first operator, pages, an end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import requests

from edusync.cli import web
from edusync.registry import Registry
from tests.runner.conftest import Town
from tests.support.commands import edusync


@pytest.fixture
def project(tmp_path: Path, registry: Registry) -> Path:
    town = Town(tmp_path, registry)
    town.write("hugo")
    town.store.close()
    text = "edusync: 1\nweb: {listen: 127.0.0.1:0}\n"
    (tmp_path / "edusync.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@contextmanager
def running(folder: Path, command: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a command that serves; yield it, and the link that it prints."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "edusync", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env=os.environ,
    ) as process:
        watchdog = Timer(60, process.kill)  # a test that waits for words fails then
        watchdog.start()
        try:
            said: Any = process.stdout
            line = next(line for line in said if "/welcome/" in line)
            yield process, line.strip()
        finally:
            watchdog.cancel()
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize("command", ["web", "serve"])
def test_console_is_served_beside_the_pages_of_the_runner(project: Path, command: str) -> None:
    with running(project, command) as (process, link):
        url = link.split("/welcome/")[0]
        session = requests.Session()
        token = re.findall(r'csrf_token" value="([^"]+)', session.get(link, timeout=20).text)[0]
        form = {"csrf_token": token, "name": "ada", "password": "correct horse battery"}
        page = session.post(link, data=form, timeout=20)
        assert "hugo" in page.text
        assert requests.get(f"{url}/healthz", timeout=20).text == "ok\n"
        assert "edusync_" in requests.get(f"{url}/metrics", timeout=20).text
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_without_the_extra_the_command_says_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "is_installed", lambda: False)
    said = edusync("web", cwd=project)
    assert said.returncode == 2
    assert "pip install 'edusync[web]'" in said.stderr


def test_demo_plays_three_schools_and_opens_their_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is served when the days were played; the serving itself is tested above."""
    served: list[tuple[set[str], int]] = []
    monkeypatch.setattr(
        web,
        "serve_console",
        lambda fleet, clock: served.append((set(fleet.known()), clock().hour)),
    )
    folder = str(tmp_path / "town")
    said = edusync("demo", "--web", "--folder", folder, "--at", "2026-03-18T15:00")
    assert (said.returncode, served) == (0, [({"lycee-hugo", "cfa-zola", "campus-sand"}, 14)])
    assert "the password of lycee-hugo and the filter of campus-sand were changed" in said.stdout
    status = edusync("status", "--project", folder, "--at", "2026-03-18T15:00")
    assert "CONN_AUTH_FAILED" in status.stdout
    assert "RUN_SCOPE_CHANGED" in status.stdout
