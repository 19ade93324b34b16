"""A school moves in, on its page: what stands on Edusign, what differs, how attendance compares."""

from __future__ import annotations

import html
import re
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from edusync.app.console import accounts
from edusync.app.runner.web import listening
from edusync.codes import get_code
from edusync.sandbox.edusign.courses import Courses
from edusync.sandbox.edusign.old_connector import OldConnector
from edusync.sandbox.edusign.play import play
from edusync.web.words import meaning
from tests.runner.conftest import NOWHERE
from tests.web.browser import NARROW, WIDE, browser, needs_chromium, serious
from tests.web.conftest import PASSWORD, Visit
from tests.web.test_actions import Live, site  # the console with both sides on sockets

__all__ = ["site"]
OLD = "old-bridge"
STANDS, SHADOW, ATTENDANCE = (
    f"/connectors/hugo/{one}" for one in ("stands", "shadow", "attendance")
)


def text_of(visit: Visit, path: str, **query: str) -> str:
    """Return the words of a page."""
    answer = visit.get(path, query_string=query)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def filled_by_another(site: Live) -> None:
    """Let another connector have brought down what the ERP says, with one sheet of its own."""
    with ExitStack() as stack:
        folder = site.folder / "scratch"
        folder.mkdir()
        scratch = Live(folder, site.registry, stack)
        stack.callback(scratch.store.close)
        scratch.visit("operator").post("/connectors/hugo/run")
        scratch.settle()
        scratch.console.jobs.close()
        OldConnector(Courses(site.book), OLD).seed(scratch.book.dump())
    (row,) = [one for one in site.book.all("courses") if one["NAME"] == "COMPTABILITÉ"][:1]
    row["NAME"] = "Another name"


def test_what_stands_is_looked_at_by_one_button(site: Live) -> None:
    filled_by_another(site)
    school = site.visit("school", "hugo")
    assert "Nobody has looked yet." in text_of(school, STANDS)
    assert school.post(STANDS).location == STANDS
    site.settle()
    assert site.acts() == [("survey", "school", "success", None)]
    page = text_of(school, STANDS)
    assert f"Items of another connector stand there: {OLD}." in page
    assert "edusync adopt" not in page  # a command is for operators
    operator = text_of(site.visit("operator"), STANDS)
    assert f"edusync adopt FILE --from-type '{OLD}'" in operator
    assert site.store.runs("hugo") == []
    assert {row["API_TYPE"] for row in site.book.all("courses")} == {OLD}


def test_what_waits_has_edusigns_name_of_the_moment(site: Live) -> None:
    filled_by_another(site)
    there = site.book.find("students", API_ID=f"{OLD}-90211") or site.book.all("students")[0]
    there |= {"EMAIL": "private@ecole.test", "API_ID": "x"}
    school = site.visit("school", "hugo")
    school.post(STANDS)
    site.settle()
    page = text_of(school, STANDS)
    assert f"{there['FIRSTNAME']} {there['LASTNAME']}" in page
    assert get_code("MOVE_NAME_ONLY").school in page
    there["LASTNAME"] = "Nouveau-Nom"
    assert "Nouveau-Nom" in text_of(school, STANDS)
    kept = repr(site.console.surveys["hugo"])
    assert there["FIRSTNAME"] not in kept


def test_days_in_shadow_say_what_would_have_been_otherwise(site: Live) -> None:
    filled_by_another(site)
    school = site.visit("school", "hugo")
    assert "No day was looked at yet." in text_of(school, SHADOW)
    school.post(SHADOW)
    site.settle()
    assert site.acts() == [("shadow", "school", "success", None)]
    page = text_of(school, SHADOW)
    assert "Tuesday 17 March 2026" in page
    assert get_code("SHADOW_WOULD_CHANGE").meaning in page
    assert "Another name" in page  # the sheet's own name on Edusign
    assert "1 difference" in page
    assert "looked beside the other connector" in text_of(school, "/connectors/hugo/")
    french = school.get(SHADOW, headers={"Accept-Language": "fr"}).text
    assert "mardi 17 mars 2026" in french
    alone = text_of(school, SHADOW, day="2026-03-17")
    assert "Tuesday 17 March 2026" in alone
    assert "Wednesday 18" not in alone
    assert {row["API_TYPE"] for row in site.book.all("courses")} == {OLD}


def test_a_look_that_read_in_part_says_why(site: Live) -> None:
    (site.folder / "erp.key").write_text("wrong", encoding="utf-8")
    school = site.visit("school", "hugo")
    school.post(STANDS)
    site.settle()
    assert site.acts() == [("survey", "school", "failed", "CONN_AUTH_FAILED")]
    assert get_code("CONN_AUTH_FAILED").meaning in text_of(school, STANDS)


@pytest.fixture
def sent(site: Live) -> Live:
    """Bring down, hold the classes of the 17th, and send them up."""
    site.visit("operator", name="ada").post("/connectors/hugo/run")
    site.settle()
    courses = Courses(site.book)
    held = [one for one in site.book.all("courses") if one["START"].startswith("2026-03-17")]
    site.clock.later(days=1, hours=9)
    for number, row in enumerate(one for one in held if one["STUDENTS"]):
        who = enumerate(row["STUDENTS"], number)
        play(
            courses, row["ID"], {one["studentId"]: ("present", "absent")[at % 2] for at, one in who}
        )
    site.visit("operator", name="eve").post("/connectors/hugo/run")
    site.settle()
    return site


def test_attendance_of_a_week_is_compared_student_by_student(sent: Live) -> None:
    school = sent.visit("school", "hugo")
    assert "Nobody has compared yet." in text_of(school, ATTENDANCE)
    school.post(ATTENDANCE, day="2026-03-18")
    sent.settle()
    assert sent.acts()[0] == ("reconcile", "school", "success", None)
    said = sent.console.compared["hugo"]
    assert (said.count("equal") > 2, said.count("different")) == (True, 0)
    everybody = text_of(school, ATTENDANCE, show="all")
    assert "Monday 16 March 2026 – Sunday 22 March 2026" in everybody
    student = sent.book.find("students", API_ID="90212")
    assert student is not None
    assert f"{student['FIRSTNAME']} {student['LASTNAME']}" in everybody
    assert student["LASTNAME"] not in repr(said)
    page = text_of(school, ATTENDANCE)
    assert "Both sides say the same of everybody." in page
    assert student["LASTNAME"] not in page  # who is equal is left out


def test_who_differs_stands_there_with_what_explains_it(sent: Live) -> None:
    row = next(one for one in sent.book.all("courses") if one["LOCKED"] and one["STUDENTS"])
    who = row["STUDENTS"][0]["studentId"]
    state = {"state": not row["STUDENTS"][0]["state"], "delay": 0, "earlyDeparture": None}
    Courses(sent.book).sign(row, who, **state, excluded=None, absenceId=None)
    school = sent.visit("school", "hugo")
    school.post(ATTENDANCE, day="2026-03-18")
    sent.settle()
    page = text_of(school, ATTENDANCE)
    student = sent.book.tables["students"][who]
    assert f"{student['FIRSTNAME']} {student['LASTNAME']}" in page
    code = get_code("UP_COURSE_CHANGED_AFTER_SEND")
    assert meaning(code.name) in page
    assert code.school in page
    assert "There is nobody of that kind in this week." in text_of(
        school, ATTENDANCE, show="unread"
    )
    for language, name in (("en", "different"), ("fr", "différent")):
        answer = school.get(ATTENDANCE, headers={"Accept-Language": language}).text
        assert f'<span class="grade">{name}</span>' in answer


def test_names_stay_away_when_edusign_does_not_answer(sent: Live) -> None:
    school = sent.visit("school", "hugo")
    school.post(ATTENDANCE, day="2026-03-18")
    sent.settle()
    sent.write("hugo", NOWHERE, NOWHERE)
    sent.fleet.calendars()
    page = text_of(school, ATTENDANCE, show="all")
    assert "Edusign does not answer for everybody at the moment." in page
    assert "90212" in page


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-13-01"])
def test_a_week_is_named_by_a_day(site: Live, day: str) -> None:
    school = site.visit("school", "hugo")
    page = school.client.post(
        ATTENDANCE, data={"csrf_token": school.token(), "day": day}, follow_redirects=True
    ).text
    assert "Name a day of the week that is to be compared." in page
    assert site.acts() == []


@pytest.mark.parametrize("path", [STANDS, SHADOW, ATTENDANCE])
def test_another_schools_pages_are_not_there(site: Live, path: str) -> None:
    other = site.visit("school", "sand", name="other")
    assert other.get(path).status_code == 404
    assert other.post(path, day="2026-03-18").status_code == 404
    assert f'href="{path}"' in site.visit("school", "hugo").get("/connectors/hugo/").text


@needs_chromium
def test_pages_fit_in_both_languages_and_axe_finds_nothing_serious(sent: Live) -> None:
    """Filled pages at 375 and 1,280 pixels, looked at by the buttons themselves."""
    token = accounts.invite(sent.store, "school", ["hugo"], sent.clock.now)
    with browser() as opened, listening(sent.app, ("127.0.0.1", 0)) as url:
        for language, width in (("en-GB", WIDE), ("fr-FR", NARROW)):
            context = opened.new_context(
                viewport={"width": width, "height": 900}, locale=language, storage_state=None
            )
            page = context.new_page()
            page.goto(url + ("/sign-in" if language == "fr-FR" else f"/welcome/{token}"))
            page.fill("#name", "claire")
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url(f"{url}/connectors/hugo/")
            for path in (STANDS, SHADOW, ATTENDANCE):
                page.goto(url + path)
                if path == ATTENDANCE:
                    page.fill("input[name=day]", "2026-03-18")
                page.locator("button.main").click()
                sent.settle()
                page.goto(f"{url}{path}?show=all")
                assert page.locator(".card").count() > 0, path
                assert _wrong(page) == [], path
            context.close()


def _wrong(page: Page) -> list[object]:
    """Return how many pixels a page is too wide, and what axe finds serious."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [one for one in (wider, *serious(Axe().run(page))) if one]
