"""Odd values in addresses and forms: every route, every argument that it reads; never a 500.

Which arguments a route reads is noted while it reads them, so that one of
tomorrow is walked through, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from flask import Request
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from edusync.app.console import accounts
from edusync.app.console.jobs import Jobs
from edusync.app.console.playground import Playground, Typed
from edusync.registry import Registry
from edusync.state.store import Store
from edusync.state.visitors import open_session, user_by
from edusync.web.access import KEY
from edusync.web.asked import EARLIEST, LATEST, MOST_PAGES, day_of, page_of
from edusync.web.setup_steps import STAGES
from tests.state.test_store import store
from tests.web.conftest import Site
from tests.web.test_actions import Live

__all__ = ["store"]  # a fixture: an empty store on each database

COURSE = "7712001"
HARD = (
    *("9" * 30, "-1", str(2**63), "9999-12-31", "0001-01-01", "a\0b", "\ud800", "😀"),
    *("a" * 4000, "a" * 70_000),
)
"""What a database server refuses: it is asked these alone."""
ODD = (
    *HARD,
    *("", "0", str(2**64), "1e9", "٣", "²", "1.5", "abc", "-" + "9" * 30, "1" * 5000),
    *("9999-12-25", "0000-00-00", "99999-01-01", "2026-W53-7", "2026-02-30", "31/12/9999"),
    *("\udfff-\ud800", "\r\nSet-Cookie: a=b", "\u202e", "é" * 300),
    *("<script>", "../..", "%s", "{{ 7*7 }}", "${file:/etc/passwd}", "//evil"),
)
ODD_BYTES = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"%00")
"""What is no UTF-8, as a browser never sends it and others do."""
GOOD = {
    "connector": "hugo",
    "school": "zola",
    "stage": "connection",
    "language": "fr",
    "token": "TICKET",
    "filename": "console.css",
    "kind": "course",
    "account": "main",
    "id": COURSE,
    "day": "2026-03-18",
    "page": "1",
    "old": "wrong",
    "new": "another long password",
    "password": "wrong",
    "name": "ada",
    "role": "school",
    "connectors": "hugo",
    "plan": "abc",
    "sheet": COURSE,
    "q": COURSE,
    "until": "2026-03-20",
    "reason": "holidays",
    "show": "all",
    "values": "1",
    "secret": "s3cret",
    "place": "edusign",
    "erp": "ypareo",
    "software": "Own",
    "who": "ada",
}
"""What each argument is while another one is odd, so that a page reads on behind it."""


class Noted(ImmutableMultiDict[str, str]):
    """Values of a request that note by which names they are read."""

    names: ClassVar[set[str]] = set()

    def get(self, key: Any, *more: Any, **named: Any) -> Any:
        self.names.add(str(key))
        return super().get(key, *more, **named)

    def getlist(self, key: Any, *more: Any) -> Any:
        self.names.add(str(key))
        return super().getlist(key, *more)

    def __getitem__(self, key: Any) -> Any:
        self.names.add(str(key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


class Noting(Request):
    parameter_storage_class = Noted


class Idle(Jobs):
    """Begins nothing: what a job does is tried elsewhere."""

    def start(self, name: str, job: Callable[[], None]) -> bool:
        return bool(name and job)


class Once(Playground):
    """Plays one text, and says the same of every other: what comes of each is tried elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.played: dict[str, Any] = {}

    def play(self, typed: Typed) -> dict[str, Any]:
        self.played = self.played or super().play(typed)
        return self.played


class Walk:
    """A console after a run, and a client that sends what it is told, well formed or not."""

    def __init__(self, site: Live) -> None:
        self.site, self.failed, self.sent = site, list[str](), 0
        operator = site.visit("operator", name="ada")
        for path in ("run", "stands", "shadow"):
            operator.post(f"/connectors/hugo/{path}")
            site.settle()
        operator.post("/connectors/hugo/attendance", day="2026-03-18")
        operator.get("/connectors/hugo/reasons")
        site.settle()
        site.console.jobs.close()
        site.console.__dict__.pop("actions")
        site.console.__dict__.update(jobs=Idle(), playground=Once())
        site.app.config["WTF_CSRF_ENABLED"] = False  # every form without it: test_access
        site.app.request_class = Noting
        self.user = user_by(site.store, name="ada")
        self.client: FlaskClient = site.app.test_client()
        assert self.user is not None
        run = str(site.store.runs("hugo")[0]["id"])
        self.good = {**GOOD, "run": run, "user_id": self.user.id}

    def refresh(self) -> None:
        """Put back what a page may have ended: a session, a setup."""
        assert self.user is not None
        site = self.site
        self.token = open_session(site.store, self.user.id, site.clock.now + accounts.TOKEN_FOR)
        with self.client.session_transaction() as session:
            session.clear()
            session[KEY] = self.token
        if not list((site.folder / "setups").glob("zola*")):
            self.client.post("/setup", data={"name": "zola", "erp": "ypareo"})

    def ask(self, rule: Rule, values: dict[str, Any], label: str) -> int:
        """Ask for a route with some values; note an answer that nobody should get."""
        path, arguments = rule.rule, sorted(rule.arguments)
        for name in arguments:
            text = _quoted(values.get(name, self.good[name]))
            path = path.replace(f"<{name}>", text).replace(f"<path:{name}>", text)
        query = "&".join(
            f"{quote(name)}={_quoted(one)}"
            for name, value in values.items()
            if name not in rule.arguments
            for one in (value if isinstance(value, list) else [value])
        )
        headers = {}
        if rule.rule.startswith("/api/"):
            headers = {"Authorization": f"Bearer {self.token}"}
        if "POST" in (rule.methods or ()):
            answer = self.client.post(
                path,
                query_string=query if len(query) < 10_000 else "",
                data=query,
                content_type="application/x-www-form-urlencoded",
                headers=headers,
                buffered=True,
            )
        else:
            answer = self.client.get(path, query_string=query, headers=headers, buffered=True)
        self.sent += 1
        if answer.status_code >= 500:
            self.failed.append(f"{answer.status_code} {rule.endpoint} {label}")
        return answer.status_code

    def route(self, rule: Rule, odd: tuple[str | bytes, ...]) -> set[str]:
        """Walk through a route; return the names that it reads."""
        names, good = set(rule.arguments), dict[str, Any]()
        while True:
            self.refresh()
            Noted.names = set()
            self.ask(rule, good, "as it should be")
            more = (Noted.names - {"csrf_token"}) | names
            if more == names:
                break
            names, good = more, {name: self.good.get(name, "x") for name in more}
        for name in sorted(names):
            values = [
                *odd,
                *([[odd[0], self.good.get(name, "x")]] if name not in rule.arguments else []),
            ]
            for value in values:
                if name in rule.arguments and value in {"", "."}:
                    continue  # another route
                if not self.ask(rule, {**good, name: value}, f"{name}={value!r:.40}"):
                    raise AssertionError
                if rule.endpoint in ENDS:
                    self.refresh()
        return names


ENDS = {"sign_in.leave", "sign_in.leave_everywhere", "setup.discard", "sign_in.enter"}
"""Routes that end the session or the setup that the walk goes on with."""


def _quoted(value: str | bytes) -> str:
    raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return quote(raw, safe="")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost nothing."""
    monkeypatch.setattr(accounts, "_hasher", lambda: PasswordHasher(1, 8, 1))


@pytest.fixture
def walk(tmp_path: Path, registry: Registry, quick: None, store: Store) -> Iterator[Walk]:
    with ExitStack() as stack:
        walk = Walk(Live(tmp_path, registry, stack, store))
        stack.callback(walk.site.console.close)
        yield walk


def _rules(site: Site) -> list[Rule]:
    return [one for one in site.app.url_map.iter_rules() if one.endpoint != "static"]


def test_no_odd_value_in_an_argument_ends_a_page_with_an_error(walk: Walk) -> None:
    is_server = walk.site.store.lock_folder is None
    odd = HARD if is_server else (*ODD, *ODD_BYTES)
    rules = _rules(walk.site)
    assert len(rules) > 60
    read = {}
    for rule in rules:
        stages = STAGES if "stage" in rule.arguments else ("connection",)
        for stage in stages:
            walk.good["stage"] = stage
            read[rule.endpoint, stage] = walk.route(rule, odd)
    assert walk.failed == []
    found = {name for names in read.values() for name in names}
    assert {"page", "day", "until", "run", "q", "show", "then", "plan", "sheet"} <= found
    assert walk.sent > (1_000 if is_server else 5_000)


@pytest.mark.parametrize("text", ODD)
def test_a_number_of_a_page_is_one_in_range_or_none(text: str) -> None:
    assert page_of(text) is None or 1 <= int(text) <= MOST_PAGES


@pytest.mark.parametrize("text", ODD)
def test_a_day_is_one_in_range_or_none(text: str) -> None:
    day = day_of(text)
    assert day is None or EARLIEST <= day <= LATEST


def test_days_at_both_ends_are_read() -> None:
    assert day_of(EARLIEST.isoformat()) == EARLIEST
    assert day_of(LATEST.isoformat()) == LATEST == date(2999, 12, 31)
    assert (page_of("1"), page_of(str(MOST_PAGES)), page_of(str(MOST_PAGES + 1))) == (
        1,
        10_000,
        None,
    )
