"""What an ERP or Edusign says is text on a page, whatever it holds; nothing of people is logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import insert

from edusync.registry import Registry
from edusync.state.tables import event
from tests.web.conftest import PASSWORD
from tests.web.test_actions import Live

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def live(tmp_path: Path, registry: Registry) -> Iterator[Live]:
    with ExitStack() as stack:
        site = Live(tmp_path, registry, stack)
        stack.callback(site.store.close)
        yield site
        site.console.jobs.close()


PLACES = (
    "/",
    "/to-settle",
    "/connectors/hugo/?show=all&run=all",
    "/connectors/hugo/why/?q=7712001",
    "/connectors/hugo/why/item?kind=course&account=main&id=7712001",
    "/connectors/hugo/why/item?kind=course&account=main&id=%3Cimg%20src=x%20onerror=alert(1)%3E",
    "/connectors/hugo/reasons",
    "/connectors/hugo/?code=%3Cscript%3E&kind=%22%3E%3Cscript%3E&day=%3Cscript%3E&run=%3Cscript%3E",
    "/connectors/hugo/why/?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/sign-in?then=%22%3E%3Cscript%3E",
)


def test_html_in_every_name_comes_out_as_text(live: Live) -> None:
    """The name of a session, ids, fields and words of events, reasons of both sides, a pause."""
    courses = live.simulation.seed.courses
    for row in courses.values():
        row["nomMatiere"] = EVIL
    school = live.visit("operator", name=EVIL)
    school.post("/connectors/hugo/run")
    live.settle()
    run = live.store.runs("hugo", direction="down")[0]["id"]
    with live.store.writing() as connection:
        row = {
            "run": run,
            "account": "main",
            "code": "RUN_SCOPE_CHANGED",
            "severity": "warning",
            "kind": "course",
            "source_id": EVIL,
            "edusign_id": EVIL,
            "field": EVIL,
            "spec": EVIL,
            "detail": EVIL,
        }
        connection.execute(insert(event).values(row))
    school.post("/connectors/hugo/pause", reason=EVIL, until="2026-03-20")
    school.get("/connectors/hugo/reasons")
    live.settle()
    pages = {path: school.get(path, follow_redirects=True).text for path in PLACES}
    for path, page in pages.items():
        assert "<img src=x" not in page, path
        assert page.count("<script") == 1, path  # our own file
    shown = [path for path, page in pages.items() if "&lt;img src=x onerror=alert(1)&gt;" in page]
    assert len(shown) >= 6


def test_cells_of_the_export_are_no_formulas(live: Live) -> None:
    school = live.visit("school", "hugo")
    school.post("/connectors/hugo/run")
    live.settle()
    run = live.store.runs("hugo", direction="down")[0]["id"]
    with live.store.writing() as connection:
        row = {"run": run, "code": "DOWN_UNDECIDED", "severity": "error", "detail": "=1+1"}
        connection.execute(insert(event).values(row))
        connection.execute(insert(event).values({**row, "code": "UP_GIVEN_UP"}))
    commands = live.visit("operator").get("/connectors/hugo/events.csv").text
    assert "edusync writeback FILE --resend ID" in commands
    answer = school.get("/connectors/hugo/events.csv")
    assert answer.mimetype == "text/csv"
    assert "'=1+1" in answer.text
    assert "specs/" not in answer.text  # lines of the spec are for operators
    assert "edusync writeback" not in answer.text  # and so are commands
    assert "send it again on the page of what waits" in answer.text
    assert len(answer.text.splitlines()) > 3


@pytest.mark.fault("F36")
@pytest.mark.promise("P18")
def test_nothing_of_people_stands_in_the_log(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    school = live.visit("school", "hugo", name="Ada Canary")
    school.post("/connectors/hugo/run")
    live.settle()
    row = live.book.find("students", API_ID="90212")
    assert row is not None
    school.get("/connectors/hugo/why/", query_string={"q": row["LASTNAME"]}, follow_redirects=True)
    live.stranger().post("/sign-in", name="Ada Canary", password="wrong canary password")
    said = caplog.text
    secret = ("Ada Canary", "ada canary", PASSWORD, "wrong canary", row["LASTNAME"], row["EMAIL"])
    assert [word for word in secret if word in said] == []
