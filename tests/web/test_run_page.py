"""One run as a plan: what it did, field by field, how long it took and what it asked."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import render_template_string

from edusync.app.console.ran import ran
from edusync.app.console.values import in_words
from edusync.app.runs.sync import sync
from edusync.app.setup.setup import Tools
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.transport.sent import Sent
from tests.setup.conftest import project, school, tools  # fixtures
from tests.setup.school import School
from tests.web.conftest import Visit
from tests.web.test_actions import Live, site  # the console with both sides on sockets

__all__ = ["project", "school", "site", "tools"]
FACTS = re.compile(r'<div class="card"><h2>([^<]+)</h2><p>([^<]+)</p></div>')


@pytest.fixture
def twice(site: Live) -> list[str]:
    """Run the connector, rename a session and move another, run again; return both runs."""
    operator = site.visit("operator")
    operator.post("/connectors/hugo/run")
    site.settle()
    first = site.store.runs("hugo", direction="down")[0]["id"]
    courses = list(site.simulation.seed.courses.values())
    for row in courses:
        if str(row["codeSeance"]) == "7712001":
            row["nomMatiere"] = "Renamed"
    operator.post("/connectors/hugo/run")
    site.settle()
    return [first, site.store.runs("hugo", direction="down")[0]["id"]]


def page_of(visit: Visit, run: str, query: str = "") -> str:
    answer = visit.get(f"/connectors/hugo/runs/{run}{query}")
    assert answer.status_code == 200
    return str(answer.text)


def test_a_run_says_what_it_did_by_kind_and_item(site: Live, twice: list[str]) -> None:
    first, second = (
        page_of(site.visit("operator", name=name), run)
        for name, run in zip("ab", twice, strict=True)
    )
    assert '<th scope="col">created</th>' in first
    assert "changed</em>" not in first
    assert "<p>updated <em>name: changed</em>" in second
    assert "7712001" in second
    assert "specs/ypareo.yaml:" in second


def test_lines_are_narrowed_by_kind_and_code(site: Live, twice: list[str]) -> None:
    visit = site.visit("operator", name="ada")
    students = page_of(visit, twice[0], "?kind=student")
    assert re.findall(r'<div class="item"><strong>(\w+)', students).count("student") > 3
    assert set(re.findall(r'<div class="item"><strong>(\w+)', students)) == {"student"}
    missing = page_of(visit, twice[0], "?code=DOWN_STUDENT_FIELD_MISSING")
    assert set(re.findall(r"<code>(DOWN_\w+)</code>", missing)) == {"DOWN_STUDENT_FIELD_MISSING"}


def test_nobodys_name_stands_on_it(site: Live, twice: list[str]) -> None:
    pages = "".join(page_of(site.visit("operator", name=run), run) for run in twice)
    people = [*site.book.all("students"), *site.book.all("professors")]
    words = {str(row[field]) for row in people for field in ("LASTNAME", "EMAIL")}
    assert words
    assert [word for word in words if word in pages] == []


def test_requests_to_both_sides_are_counted(site: Live) -> None:
    site.visit("operator").post("/connectors/hugo/run")
    site.settle()
    counted = {one["direction"]: one["counts"]["requests"] for one in site.store.runs("hugo")}
    to_edusign = sum(one.get("edusign", 0) for one in counted.values())
    assert to_edusign == len(site.book.requests)
    assert counted["down"]["erp"] > 3
    page = page_of(site.visit("operator", name="ada"), site.store.runs("hugo")[1]["id"])
    facts = dict(FACTS.findall(page))
    assert facts["Requests to Edusign"] == str(counted["down"]["edusign"])
    assert facts["Requests to Yparéo"] == str(counted["down"]["erp"])
    assert facts["Took"].endswith(" s")


def test_a_run_that_failed_counts_its_requests_too(site: Live) -> None:
    (site.folder / "erp.key").write_text("wrong", encoding="utf-8")
    site.visit("operator").post("/connectors/hugo/run")
    site.settle()
    run = site.store.runs("hugo", direction="down")[0]
    assert (run["status"], run["counts"]["requests"]["erp"] > 0) == ("failed", True)


def test_a_run_before_there_were_counts_has_none(site: Live, twice: list[str]) -> None:
    with site.store.writing() as connection:
        connection.exec_driver_sql("UPDATE run SET counts = '{}'")
    found = ran(site.store, "hugo", twice[0])
    assert found is not None
    assert found.requests == {}
    assert (
        dict(FACTS.findall(page_of(site.visit("operator", name="ada"), twice[0])))[
            "Requests to Edusign"
        ]
        == "–"
    )


def test_a_run_of_another_connector_is_not_there(site: Live, twice: list[str]) -> None:
    operator = site.visit("operator", name="ada")
    assert operator.get(f"/connectors/sand/runs/{twice[0]}").status_code == 404
    assert site.visit("school", "sand").get(f"/connectors/hugo/runs/{twice[0]}").status_code == 404


def test_a_school_sees_no_line_of_the_spec(site: Live, twice: list[str]) -> None:
    assert "specs/ypareo.yaml:" not in page_of(site.visit("school", "hugo"), twice[0])


def test_statements_of_a_database_are_counted(
    tools: Tools, registry: Registry, school: Any
) -> None:
    from edusync.app.files.connector_file import load_instance
    from edusync.app.setup.setup import Setup

    setup = Setup.open(tools, "hugo", "scform")
    answers: School = school("scform")
    for _ in answers.go_through(setup):
        pass
    sync(load_instance(setup.save(), registry), tools.store, registry, tools.moment)
    assert tools.store.runs("hugo")[0]["counts"]["requests"]["erp"] > 3


def test_what_was_sent_before_is_not_counted() -> None:
    sent = Sent()
    note = sent.noting("erp")
    note()
    later = sent.since()
    assert later() == {}
    note()
    sent.noting("edusign")()
    assert later() == {"erp": 1, "edusign": 1}


def test_counts_stand_apart_so_that_a_narrow_page_can_break_between_them(site: Live) -> None:
    what = SimpleNamespace(any=True, created=1, changed=2, deleted=3, left_out=4)
    given = {"row": SimpleNamespace(looked=True), "what": what}
    page = '{% from "parts.html" import done with context %}{{ done(row, what) }}'
    with site.app.test_request_context():
        text = render_template_string(page, **given)
    assert text.count("</span> <span") == 3


# what stands there now


def test_what_stands_in_changed_fields_is_asked_of_edusign_and_kept_nowhere(
    site: Live, twice: list[str]
) -> None:
    visit = site.visit("operator", name="looker")
    without = page_of(visit, twice[1])
    assert "Show what stands there now" in without
    assert "Renamed" not in without
    shown = page_of(visit, twice[1], "?values=now")
    assert "<em>name: changed; now Renamed</em>" in shown
    assert "What stands on Edusign at this moment" in shown
    assert b"Renamed" not in (site.folder / "state.db").read_bytes()
    assert "Show what stands there now" not in page_of(visit, twice[0])  # all of it was made anew


def test_a_name_of_the_erp_comes_out_as_text(site: Live, twice: list[str]) -> None:
    row = site.book.find("courses", API_ID="7712001")
    assert row is not None
    row["NAME"] = "<b>bold</b>"
    shown = page_of(site.visit("operator", name="looker"), twice[1], "?values=now")
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown
    assert "<b>bold</b>" not in shown


def test_edusign_that_does_not_answer_leaves_the_page_as_it_is(
    site: Live, twice: list[str]
) -> None:
    site.book.tables["courses"].clear()
    shown = page_of(site.visit("operator", name="looker"), twice[1], "?values=now")
    assert "<em>name: changed</em>" in shown


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("starts_at", datetime(2026, 3, 17, 8, tzinfo=UTC), "2026-03-17 09:00"),
        ("students", ("s1", "s2"), "2"),
        ("tags", ("a", "b"), "a, b"),
        ("tags", (), "empty"),
        ("classroom", "", "empty"),
        ("archived", True, "yes"),
    ],
)
def test_values_are_said_in_words(field: str, value: object, words: str) -> None:
    assert in_words(field, value, PARIS) == words
