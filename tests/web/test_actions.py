"""What people do in the console: each is done, and noted with who did it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from edusync.app.console.waiting import LINES, PASSWORD, PLAN, SHEETS
from edusync.app.files.connector_file import load_instance
from edusync.app.files.written import set_value, with_value, write_secret
from edusync.app.runner.needs import COMMANDS
from edusync.app.runs.closing import close_run
from edusync.codes import all_codes
from edusync.engine.outcome import Outcome
from edusync.errors import UsageProblem
from edusync.registry import Registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from edusync.state.acts import Act, acts_of
from edusync.state.holds import Quarantine, pauses, quarantines, save_quarantine
from edusync.state.open import open_store
from edusync.state.store import Store
from tests.conftest import DAY, NOW
from tests.runner.conftest import Clock
from tests.web.conftest import Site, Visit


class Ticking(Clock):
    """A clock that goes on whenever somebody looks at it: no two runs begin at once."""

    def __call__(self) -> datetime:
        self.later(milliseconds=1)
        return self.now


class Live(Site):
    """A console whose connector `hugo` has both sides on sockets."""

    def __init__(
        self, folder: Path, registry: Registry, stack: ExitStack, store: Store | None = None
    ) -> None:
        super().__init__(folder, registry, Ticking(NOW), store=store)
        self.book = Book(clock=self.clock)
        self.simulation: Any = registry.simulators["ypareo"].thing.start(DAY)
        edusign = stack.enter_context(serving(create_app(self.book, per_minute=1_000_000)))
        erp = stack.enter_context(serving(self.simulation.door()))
        self.write("hugo", erp, edusign)
        self.fleet.calendars()

    def settle(self) -> None:
        """Wait until what was asked for is done."""
        assert self.console.jobs.wait(60)

    def acts(self) -> list[tuple[str, str | None, str | None, str | None]]:
        return [(one.what, one.who, one.status, one.code) for one in acts_of(self.store, "hugo")]

    def filter(self, sites: list[str]) -> None:
        file = self.folder / "connectors" / "hugo.yaml"
        data = json.loads(file.read_text(encoding="utf-8"))
        data["filters"] = {"siteCodes": sites}
        file.write_text(json.dumps(data), encoding="utf-8")
        self.fleet.calendars()


@pytest.fixture
def site(tmp_path: Path, registry: Registry) -> Iterator[Live]:
    with ExitStack() as stack:
        site = Live(tmp_path, registry, stack)
        stack.callback(site.store.close)
        yield site
        site.console.jobs.wait(60)
        site.console.jobs.close()


@pytest.fixture
def school(site: Live) -> Visit:
    return site.visit("school", "hugo")


def test_run_now_runs_down_and_up_and_says_who_wanted_it(site: Live, school: Visit) -> None:
    assert school.post("/connectors/hugo/run").status_code == 302
    site.settle()
    assert [(run["direction"], run["status"]) for run in site.store.runs("hugo")] == [
        ("up", "success"),
        ("down", "success"),
    ]
    assert site.acts() == [("run", "school", "success", None)]
    page = school.get("/connectors/hugo/").text
    assert "DOWN_STUDENT_FIELD_MISSING" in page
    assert "school, today 11:30" in page


def test_a_connector_is_not_run_twice_at_once(site: Live, school: Visit) -> None:
    hold = site.console.jobs
    with hold._changed:
        hold._busy.add("hugo")
    page = school.client.post(
        "/connectors/hugo/run", data={"csrf_token": school.token()}, follow_redirects=True
    ).text
    assert "It is busy already." in page
    assert site.acts() == []
    with hold._changed:
        hold._busy.discard("hugo")


def test_of_two_who_ask_at_once_one_is_late_and_it_is_said(
    site: Live, school: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = site.console.jobs
    with jobs._changed:
        jobs._busy.add("hugo")
    monkeypatch.setattr(jobs, "is_busy", lambda _name: False)  # as it was when both looked
    school.post("/connectors/hugo/approve", plan="abc")
    with jobs._changed:
        jobs._busy.discard("hugo")
    acts = acts_of(site.store, "hugo")
    assert [(one.what, one.status, one.code) for one in acts] == [("approve", "failed", "RUN_BUSY")]


def test_pause_has_a_reason_and_an_end_and_resume_ends_it(site: Live, school: Visit) -> None:
    school.post("/connectors/hugo/pause", reason="new planning", until="2026-03-18")
    pause = pauses(site.store)["hugo"]
    assert (pause.reason, f"{pause.until:%Y-%m-%dT%H:%M}") == ("new planning", "2026-03-18T23:00")
    assert "Why: new planning" in school.get("/connectors/hugo/").text
    school.post("/connectors/hugo/resume")
    assert pauses(site.store) == {}
    assert [what for what, *_ in site.acts()] == ["resume", "pause"]


@pytest.mark.parametrize("until", ["2026-03-15", "tomorrow", ""])
def test_a_pause_without_a_coming_end_is_refused(site: Live, school: Visit, until: str) -> None:
    school.post("/connectors/hugo/pause", reason="x", until=until)
    assert (pauses(site.store), site.acts()) == ({}, [])


def test_held_deletions_are_let_through_by_one_button(site: Live, school: Visit) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    site.filter(["36"])
    site.clock.later(hours=8)
    school.post("/connectors/hugo/run")
    site.settle()
    assert site.book.find("courses", API_ID="7712004") is not None
    page = school.get("/connectors/hugo/").text
    assert "Let this very plan through" in page
    plan = site.store.runs("hugo", direction="down")[0]["plan_id"]
    school.post("/connectors/hugo/leave", plan=plan)
    assert "school left it as it is" in school.get("/connectors/hugo/").text
    assert "Let this very plan through" in school.get("/to-settle").text
    school.post("/connectors/hugo/approve", plan=plan)
    site.settle()
    assert site.book.find("courses", API_ID="7712004") is None
    assert "Let this very plan through" not in school.get("/connectors/hugo/").text
    assert site.acts()[:2] == [
        ("approve", "school", "success", None),
        ("leave", "school", "success", None),
    ]


def test_a_plan_that_moved_is_not_let_through_and_the_act_says_so(
    site: Live, school: Visit
) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    school.post("/connectors/hugo/approve", plan="another")
    site.settle()
    assert site.acts()[0] == ("approve", "school", "failed", "RUN_PLAN_MOVED")
    assert "RUN_PLAN_MOVED" in school.get("/connectors/hugo/").text


def test_a_new_password_is_written_to_its_file_and_tried(site: Live, school: Visit) -> None:
    (site.folder / "key").write_text("wrong", encoding="utf-8")
    school.post("/connectors/hugo/run")
    site.settle()
    assert site.acts()[0] == ("run", "school", "failed", "EDU_AUTH_FAILED")
    page = school.get("/connectors/hugo/password").text
    assert "Edusign (main)" in page
    assert "wrong" not in page
    save_quarantine(
        site.store, Quarantine("hugo", "down", "EDU_AUTH_FAILED", 3, NOW, NOW, "answers")
    )
    school.post("/connectors/hugo/password", place="main/edusign", secret="sandbox-key")
    site.settle()
    file = site.folder / "key"
    assert (file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777) == (
        "sandbox-key\n",
        0o600,
    )
    assert quarantines(site.store) == {}
    assert [(what, status) for what, _, status, _ in site.acts()[:2]] == [
        ("run", "success"),
        ("password", "success"),
    ]
    assert "sandbox-key" not in school.get("/connectors/hugo/").text


def test_a_password_of_the_environment_is_not_written(site: Live, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        write_secret("${env:KEY}", tmp_path, "x")
    with pytest.raises(UsageProblem):
        write_secret("in clear", tmp_path, "x")


def test_a_reason_is_chosen_from_those_of_the_erp(
    site: Live, school: Visit, registry: Registry
) -> None:
    school.get("/connectors/hugo/reasons")
    site.settle()
    page = school.get("/connectors/hugo/reasons").text
    known = site.console.reasons["hugo"]
    assert (known.code, len(known.known) > 1, len(known.open) > 1) == (None, True, True)
    theirs, ours = known.open[0], known.known[0]
    assert theirs in page
    school.post("/connectors/hugo/reasons", theirs=theirs, ours="no such reason")
    assert "reasons" not in (site.folder / "connectors" / "hugo.yaml").read_text()
    school.post("/connectors/hugo/reasons", theirs=theirs, ours=ours)
    instance = load_instance(site.folder / "connectors" / "hugo.yaml", registry)
    assert instance.reasons == {theirs: ours}
    assert site.acts()[0][:2] == ("reason", "school")
    assert theirs not in site.console.reasons["hugo"].open


def test_lists_stay_where_they_stood() -> None:
    for text in ("a:\n  - b: 1\n    c: 2\n", "a:\n- b: 1\n  c: 2\n"):
        assert with_value(text, ("reasons", "x"), "y") == f"{text}reasons:\n  x: y\n"
        assert with_value(text, ("a", 0, "c"), 3) == text.replace("2", "3")


def test_one_thing_is_changed_in_a_file_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text('# ours\nconnector: a  # its name\nspec: "x"\n', encoding="utf-8")
    file.chmod(0o640)
    set_value(file, ("reasons", "sick leave"), "Maladie: longue")
    assert file.read_text(encoding="utf-8") == (
        "# ours\nconnector: a  # its name\nspec: \"x\"\nreasons:\n  sick leave: 'Maladie: longue'\n"
    )
    assert file.stat().st_mode & 0o777 == 0o640


def test_attendance_is_sent_again_and_noted_as_entered(site: Live, school: Visit) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    school.post("/connectors/hugo/send-again", sheet="7712001")
    site.settle()
    school.post("/connectors/hugo/entered", sheet="7712001")
    site.settle()
    assert [(what, who) for what, who, _, _ in site.acts()[:2]] == [
        ("entered", "school"),
        ("resend", "school"),
    ]
    assert [run["direction"] for run in site.store.runs("hugo")][:2] == ["up", "up"]


def test_one_sheet_is_brought_down_now(site: Live, school: Visit) -> None:
    """A professor gets an e-mail in the ERP: the sheet comes without waiting for a run."""
    school.post("/connectors/hugo/run")
    site.settle()
    assert site.book.find("courses", API_ID="7712006") is None
    seed = site.simulation.seed
    seed.staff[45]["email"] = "corrected@canary.example"
    school.post("/connectors/hugo/why/bring", kind="course", account="main", id="7712006")
    site.settle()
    assert site.acts()[0] == ("bring", "school", "success", None)
    assert site.book.find("courses", API_ID="7712006") is not None
    assert site.store.runs("hugo")[0]["direction"] == "down"  # it needed a professor: a whole run
    query = {"kind": "course", "account": "main", "id": "7712006"}
    page = school.get("/connectors/hugo/why/item", query_string=query).text
    assert "It is on Edusign, in step with the ERP" in page


def test_one_sheet_whose_people_are_there_comes_alone(site: Live, school: Visit) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    site.simulation.seed.courses[7712001]["heureDebut"] = "09:00:00"
    school.post("/connectors/hugo/why/bring", kind="course", account="main", id="7712001")
    site.settle()
    assert site.acts()[0] == ("bring", "school", "success", None)
    assert site.store.runs("hugo")[0]["direction"] == "one"
    assert "one sheet" in school.get("/connectors/hugo/").text


def test_both_sides_are_asked_now(site: Live, school: Visit) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    query = {"kind": "student", "account": "main", "id": "90214"}
    assert school.get("/connectors/hugo/why/item", query_string=query).status_code == 200
    school.post("/connectors/hugo/why/ask", **query)
    site.settle()
    page = school.get("/connectors/hugo/why/item", query_string=query).text
    assert "Asked today 11:30" in page
    assert page.count("DOWN_STUDENT_FIELD_MISSING") >= 2


def test_every_need_has_something_that_settles_it() -> None:
    codes = PLAN | SHEETS | PASSWORD
    assert codes - set(all_codes()) == set()
    assert (PLAN | SHEETS) - set(COMMANDS) == set()


OF_NO_SHEET = {
    "UP_CHANGED_IN_ERP",  # said by a comparison of both sides, and by no run
    "UP_COURSE_ENTERED",  # what somebody said already
}


def test_every_event_that_a_word_about_its_sheet_settles_has_buttons() -> None:
    """Codes whose remedy is to send a sheet again, or to say that it is entered."""
    named = {
        name
        for name, code in all_codes().items()
        if "--entered" in code.remedy or "--resend" in code.remedy
    }
    assert (named - OF_NO_SHEET) == SHEETS | LINES


@pytest.mark.parametrize("code", sorted(SHEETS | LINES))
def test_a_sheet_is_settled_at_its_event(site: Live, school: Visit, code: str) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    (kind, ref), field = (
        (("student", "90211"), "7712001")
        if code in LINES
        else (
            ("course", "7712001"),
            None,
        )
    )
    run = site.store.start_run("hugo", "up", site.store.now())
    close_run(site.store, run, "partial", [Outcome(code, kind, ref, field=field)])
    page = school.get("/connectors/hugo/", query_string={"code": code, "run": "all"}).text
    (listed,) = re.findall(r'<section[^>]*id="events".*?</section>', page, re.DOTALL)
    assert listed.count('name="sheet" value="7712001"') == 2
    school.post("/connectors/hugo/entered", sheet="7712001")
    site.settle()
    assert site.acts()[0][:2] == ("entered", "school")


def test_whoever_did_something_and_was_removed_is_not_named(site: Live, school: Visit) -> None:
    from edusync.state.visitors import delete_user, user_by

    school.post("/connectors/hugo/resume")
    user = user_by(site.store, name="school")
    assert user is not None
    delete_user(site.store, user.id)
    other = open_store(str(site.folder / "state.db"))
    acts: list[Act] = acts_of(other, "hugo")
    other.close()
    assert [(one.what, one.who) for one in acts] == [("resume", None)]


@pytest.mark.source("S040", "S041", "S083", "S084", "S106", "S137", "S138")
def test_events_of_a_connector_are_listed_one_link_from_the_first_page(
    site: Live, school: Visit
) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    first = school.get("/", follow_redirects=True)
    assert first.request.path == "/connectors/hugo/"  # a school with one connector is there at once
    operator = site.visit("operator")
    assert 'href="/connectors/hugo/"' in operator.get("/").text
    for page in (first.text, operator.get("/connectors/hugo/").text):
        (listed,) = re.findall(r'<section[^>]*id="events".*?</section>', page, re.DOTALL)
        assert "90214" in listed  # a student without an e-mail
        assert all_codes()["DOWN_STUDENT_FIELD_MISSING"].remedy in html.unescape(listed)


def test_both_are_asked_about_a_session_of_which_the_store_knows_nothing(
    site: Live, school: Visit
) -> None:
    school.post("/connectors/hugo/run")
    site.settle()
    found = school.get("/connectors/hugo/why/", query_string={"q": "99999"}).text
    assert "/why/item?kind=course&amp;account=main&amp;id=99999" in found
    query = {"kind": "course", "account": "main", "id": "99999"}
    assert school.post("/connectors/hugo/why/ask", **query).status_code == 302
    site.settle()
    page = school.get("/connectors/hugo/why/item", query_string=query).text
    assert "Asked today 11:30" in page
    assert school.post("/connectors/hugo/why/bring", **query).status_code == 404
    for wrong in ({"kind": "nothing"}, {"account": "nobody"}, {"id": ""}):
        assert school.post("/connectors/hugo/why/ask", **(query | wrong)).status_code == 404
