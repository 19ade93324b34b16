"""Twelve secrets and twelve personal values stand in every place that can hold them, something
fails, and none of them comes out anywhere (P17, P18, F36).

Names of people are shown to who asks for them in a terminal (`plan`, `explain`), and nowhere else.
Ids are shown everywhere, so what an ERP sends where an id is due is none of the canaries.
"""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.wrappers import Request, Response

from edusync.app.console import accounts
from edusync.app.console.accounts import TOKEN_FOR
from edusync.app.console.weekly import summary
from edusync.app.files.project import find_project
from edusync.app.runner.alerts import tell_changes, tell_digest
from edusync.app.runner.fleet import Fleet
from edusync.app.runner.needs import needs
from edusync.errors import StateError
from edusync.registry import Registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.edusign.faults import Fault
from edusync.sandbox.serve import serving
from edusync.state.open import open_store
from edusync.state.store import Store
from edusync.state.visitors import open_session, user_by
from edusync.web.app import create_console
from edusync.web.console import Console
from tests.bugs.wire import AT
from tests.little import Little, person
from tests.runner.conftest import START, Clock
from tests.support.commands import edusync
from tests.web.conftest import Visit
from tests.web.test_access import ARGUMENTS

SECRETS = [f"Cnry-secret-{number:02}-q7" for number in range(12)]
EDUSIGN, STATE, *ANSWERS = SECRETS
"""The key of Edusign, that of the store, and ten answers of the connector file."""
IN_STORE = {"s2", "s4", "s7"}
"""The answers that stand in the store, encrypted; the others in files."""
NAMES = ["last", "first", "mail", "phone", "born", "address"]
PEOPLE = [f"Cnrypers{who}{name}" for who in ("pupil", "tutor") for name in NAMES]
TOKEN = "Cnry-token-of-the-session"
MAILS = [f"{one}@ecole.test" for one in PEOPLE if one.endswith("mail")]
ECHO = " ".join([*ANSWERS, TOKEN, *PEOPLE, *MAILS])
"""What an ERP may repeat: all that it has."""
REPEATED = " ".join([EDUSIGN, *(one for one in PEOPLE if one.endswith(("last", "first"))), *MAILS])
"""What Edusign may repeat: all that it was sent."""


def row(number: int, who: str) -> dict[str, Any]:
    """Return somebody whose every field is a canary."""
    said = {name: f"Cnrypers{who}{name}" for name in NAMES}
    return person(number) | said | {"mail": f"{said['mail']}@ecole.test"}


class Canaries(Little):
    """A school of canaries, and what comes out of it."""

    arrived = ""
    """What the ERP was sent."""

    def _answer(self, request: Request) -> Response:
        body = request.get_data(as_text=True)
        self.arrived += f"{request.url} {request.headers} {body}\n"
        return super()._answer(request)

    def set_up(self, stack: ExitStack) -> None:
        """Put a canary into every place of connector file, transport and rows."""
        app = create_app(self.book, api_key=EDUSIGN)
        self.faults = app.extensions["edusync"]["faults"]
        self.edusign = stack.enter_context(serving(app))
        (self.folder / "key").write_text(EDUSIGN, encoding="utf-8")
        secret = {"type": "secret", "label": "S"}
        names = [f"s{number}" for number in range(len(ANSWERS))]
        self.spec["connection"] |= dict.fromkeys(names, secret)
        use = {name: f"{{{{ connection.{name} }}}}" for name in names}
        self.spec["transport"] |= {
            "headers": {"X-One": use["s0"], "Authorization": f"Bearer {use['s1']}"},
            "auth": {
                "login": [
                    {
                        "post": "/login",
                        "json": {"user": use["s3"], "deep": [{"password": use["s4"]}]},
                        "headers": {"X-Two": use["s5"]},
                        "query": {"q": use["s6"]},
                        "read": {"token": "token"},
                    }
                ],
                "send": {
                    "headers": {"X-Token": "{{ auth.token }}", "X-Three": use["s7"]},
                    "cookies": {"c": use["s8"]},
                    "query": {"key": use["s2"], "more": use["s9"]},
                },
            },
        }
        self.goes_up()
        connection = {"url": self.url}
        for name, value in zip(names, ANSWERS, strict=True):
            if name in IN_STORE:
                self.ran("secret", "set", f"school/{name}", "--state", "state.db", stdin=value)
                connection[name] = f"${{store:school/{name}}}"
                continue
            (self.folder / name).write_text(value, encoding="utf-8")
            connection[name] = f"${{file:{name}}}"
        self.connector["connection"] = connection
        self.rows["/login"] = lambda _request: {"token": TOKEN}
        self.rows["/learners"] = [row(1, "pupil"), person(2)]
        self.rows["/teachers"] = [row(70, "tutor"), person(71)]

    def ran(self, *words: str, stdin: str | None = None) -> str:
        """Run a command; return what it printed."""
        done = edusync(
            *words,
            cwd=self.folder,
            stdin=stdin,
            env={"COLUMNS": "2000", "NO_COLOR": "1", "EDUSYNC_STATE_KEY": STATE},
        )
        return f"{done.stdout}\n{done.stderr}"


class Out(NamedTuple):
    """A place in which something came out, what it holds, and whether people may stand there."""

    place: str
    text: str
    shows_people: bool = False


ASKED = (
    f"/connectors/school/why/?q={PEOPLE[0]}",
    "/connectors/school/why/?q=2026-03-18",
    "/connectors/school/why/item?kind=student&id=1&account=main",
    "/connectors/school/why/item?kind=course&id=1&account=main",
    f"/api/v1/connectors/school/why?q={PEOPLE[0]}",
)
"""What somebody asks for by a name, a day or an id."""
Break = Callable[[Canaries], None]


def answer(status: int, body: str, kind: str = "text/html") -> Callable[[Request], Response]:
    """Return what answers every request with everything that nobody may see."""
    return lambda _request: Response(body, status, content_type=kind)


def erp(path: str, status: int, body: str = f"<html><p>{ECHO}", kind: str = "text/html") -> Break:
    """Return what lets one route of the ERP answer so."""
    return lambda here: here.rows.update({path: answer(status, body, kind)})


def edusign(kind: str, verb: str = "", path: str = "", message: str = REPEATED) -> Break:
    """Return what lets Edusign fail so."""
    fault = {"kind": kind, "verb": verb, "path": path, "times": 99, "message": message}
    return lambda here: here.faults.active.append(Fault(**fault))  # type: ignore[arg-type]  # by name


def rows(path: str, **more: Any) -> Break:
    """Return what changes the first row of a list."""
    return lambda here: here.rows[path][0].update(more)


def answers(**more: Any) -> Break:
    """Return what writes something wrong into the connector file."""
    return lambda here: here.connector.update(more)


def connection(**more: Any) -> Break:
    return lambda here: here.connector["connection"].update(more)


def closed_store(here: Canaries) -> None:
    """Let the store be none."""
    (here.folder / "state.db").write_bytes(b"no store" * 100)


BODY = json.dumps({"error": ECHO, "rows": [row(1, "pupil")]})
BREAKS: dict[str, Break] = {
    "nothing": lambda _here: None,
    **{
        f"list {status}": erp("/learners", status) for status in (200, 302, 400, 401, 403, 404, 500)
    },
    "list 500 json": erp("/learners", 500, BODY, "application/json"),
    "list cut": erp("/learners", 200, BODY[:-9], "application/json"),
    "list of texts": erp("/learners", 200, json.dumps(PEOPLE), "application/json"),
    "list is an object": erp("/learners", 200, BODY, "application/json"),
    "list is XML": erp("/learners", 200, f"<rows>{ECHO}</rows>", "text/xml"),
    "list of bytes": erp("/learners", 200, "\x00\xff" + ECHO, "application/octet-stream"),
    **{f"sign-in {status}": erp("/login", status) for status in (200, 401, 403, 500)},
    "sign-in without a token": erp("/login", 200, BODY, "application/json"),
    **{
        f"edusign {kind} {verb}": edusign(kind, verb)
        for kind in ("refused", "refused_after", "text500", "truncated", "array_message", "502")
        for verb in ("GET", "POST")
    },
    **{f"line {status}": erp("/presences", status) for status in (400, 403, 500)},
    "line is garbage": erp("/presences", 200, BODY[:-9], "application/json"),
    "mail is an object": rows("/learners", mail={"x": PEOPLE[2]}),
    "mail is a list": rows("/learners", mail=[PEOPLE[2], PEOPLE[3]]),
    "mail is none": rows("/learners", mail=PEOPLE[2]),
    "no last name": rows("/learners", last=None),
    "day is somebody": rows("/lessons", on=PEOPLE[0]),
    "hour is somebody": rows("/lessons", **{"from": PEOPLE[0]}),
    "the same mail": rows("/learners", mail="p2@ecole.test"),
    "a key that is no answer": connection(unknown=ANSWERS[0]),
    "a secret in clear": connection(s0=ANSWERS[0]),
    "a list of secrets": connection(s0=[ANSWERS[0]]),
    "a secret in an address": lambda here: connection(
        url=here.url.replace("://", f"://user:{ANSWERS[1]}@")
    )(here),
    "a secret as an address": connection(url=ANSWERS[2]),
    "nobody is there": connection(url="http://127.0.0.1:9"),
    "a secret as an option": answers(options={"x": ANSWERS[3]}),
    "a secret as a spec": answers(grace=ANSWERS[4]),
    "store is none": closed_store,
}
FILES = (
    "plan.json",
    "trace.har",
    "up.har",
    "state.db",
    "state.db-wal",
    "state.db-shm",
    "state.db.secrets.key",
)


def outs(here: Canaries, caplog: pytest.LogCaptureFixture) -> Iterator[Out]:
    """Run every command that calls, and yield everything that comes out."""
    file, store = "school.yaml", ("--state", "state.db")
    when = ("--at", AT)
    yield Out("check", here.ran("check", file, *store, *when))
    plan = here.ran("plan", file, *store, *when, "--out", "plan.json")
    yield Out("plan", plan, shows_people=True)
    yield Out("sync", here.ran("sync", file, *store, *when, "-v", "--trace", "trace.har"))
    yield Out("sync as JSON", here.ran("sync", file, *store, *when, "--format", "json"))
    if here.book.find("courses", API_ID="1"):
        here.play("1", "absent", "present")
    when = ("--at", "2026-03-18T20:30")
    yield Out("writeback", here.ran("writeback", file, *store, *when, "--trace", "up.har"))
    yield Out("events", here.ran("events", file, *store))
    yield Out("secrets", here.ran("secret", "list", *store))
    yield Out("events as JSON", here.ran("events", file, *store, "--format", "json"))
    asked = here.ran("explain", file, "student", "1", *store, *when)
    yield Out("explain", asked, shows_people=True)
    for name in FILES:
        if (here.folder / name).exists():
            yield Out(name, (here.folder / name).read_bytes().decode("latin-1"))
    yield from pages(here)
    yield Out("log", caplog.text)


def pages(here: Canaries) -> Iterator[Out]:
    """Visit every page of the console and of its API as an operator, and what is asked there.

    Names come from Edusign's answer of the moment where somebody is asked for, and nowhere else.
    """
    (here.folder / "connectors").mkdir()
    written = (here.folder / "school.yaml").read_text(encoding="utf-8")
    there = written.replace("${file:", "${file:../").replace('"little.yaml"', '"../little.yaml"')
    (here.folder / "connectors" / "school.yaml").write_text(there, encoding="utf-8")
    (here.folder / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
    project = find_project(here.folder)
    assert project is not None
    try:
        store = open_store(str(here.folder / "state.db"))
    except StateError as error:
        yield Out("no store", f"{error.message} {error.hint}")
        return
    with closing(store):
        fleet, clock = Fleet(project, here.registry), Clock(START)
        fleet.calendars()
        yield Out("alerts", alerts(store, fleet))
        console = Console(store, fleet, clock, "http://127.0.0.1:8550")
        app = create_console(console)
        operator = Visit(app.test_client())
        token = accounts.invite(store, "operator", (), clock.now)
        operator.post(f"/welcome/{token}", name="operator", password="correct horse battery")
        user = user_by(store, name="operator")
        assert user is not None
        week = summary(store, fleet, user, "school", console.url, START)
        yield Out("summary of a week", "\n".join(week))
        api = {"Authorization": f"Bearer {open_session(store, user.id, START + TOKEN_FOR)}"}
        for url in [*addresses(app, store), *ASKED]:
            answer = operator.get(url, headers=api if url.startswith("/api/") else {})
            asked = url in ASKED
            yield Out(f"{url} {answer.status_code}", f"{answer.text} {answer.headers}", asked)
        for url in ("stands", "shadow", "attendance"):
            answer = operator.post(f"/connectors/school/{url}")
            yield Out(f"POST {url} {answer.status_code}", f"{answer.text} {answer.headers}", True)
        console.close()


def alerts(store: Store, fleet: Fleet) -> str:
    """Return every message that somebody would be sent: what needs a person, and the digest."""
    sent: list[str] = []

    def send(title: str, body: str) -> bool:
        sent.append(f"{title}\n{body}")
        return True

    found = needs(store, fleet.files(), fleet.strays)
    tell_changes(store, found, send, START)
    assert tell_digest(store, found, len(fleet.files()), send, START, time(0))
    return "\n".join(sent)


def addresses(app: Flask, store: Store) -> Iterator[str]:
    """Yield the address of every page that can be looked at."""
    runs = [str(run["id"]) for run in store.runs("school")][:1]
    given = {**ARGUMENTS, "connector": "school", "run": runs[0] if runs else "x"}
    with app.test_request_context():
        to = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                yield to.build(rule.endpoint, {name: given[name] for name in rule.arguments})


def forms(word: str) -> set[str]:
    """Return how a word may be written."""
    return {word, quote(word, safe=""), b64encode(word.encode()).decode().rstrip("=")[:-1]}


def found_in(out: Out) -> list[str]:
    """Return the canaries that stand in what came out."""
    words = [*SECRETS, TOKEN, *([] if out.shows_people else PEOPLE)]
    return [word for word in words if any(form in out.text for form in forms(word))]


@pytest.mark.promise("P17")
@pytest.mark.promise("P18")
@pytest.mark.fault("F36")
@pytest.mark.walk(every=9)
@pytest.mark.parametrize("name", BREAKS)
def test_no_canary_comes_out(
    tmp_path: Path,
    registry: Registry,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setenv("EDUSYNC_STATE_KEY", STATE)
    caplog.set_level(logging.DEBUG)
    with ExitStack() as stack:
        here = Canaries(tmp_path, registry, stack)
        here.set_up(stack)
        BREAKS[name](here)
        with here._told():
            here.instance()
        leaks = [(out.place, word) for out in outs(here, caplog) for word in found_in(out)]
        if name == "nothing":
            assert_everything_went_its_way(here)
    assert leaks == []


def assert_everything_went_its_way(here: Canaries) -> None:
    """Assert that the canaries are where they belong: there is something that could come out."""
    assert [word for word in ANSWERS if word not in here.arrived] == []
    assert here.book.find("students", LASTNAME=PEOPLE[0])
    assert here.book.find("professors", LASTNAME=PEOPLE[6])
    assert any("presences" in one for one in here.seen.asked)
