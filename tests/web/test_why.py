"""Why is it not there? Found by id, day, words and e-mail; answered in the order of the FAQ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from edusync.app.console.days import split_day
from edusync.app.console.finding import Item, find_items, item_of
from edusync.app.console.steps import OF_KIND, STEPS, step_of
from edusync.app.console.why import told_by_edusign, why
from edusync.app.files.connector_file import load_instance
from edusync.codes import all_codes
from edusync.errors import EdusyncError
from edusync.locale import speaking
from edusync.model import PARIS
from edusync.state.open import open_store
from edusync.web.questions import _ADVICE, explanation, question
from tests.conftest import World

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Anglais 2026-03-18", "anglais", date(2026, 3, 18)),
        ("18/03 Anglais", "anglais", date(2026, 3, 18)),
        ("18.03.26", "", date(2026, 3, 18)),
        ("Anglais 1er avril", "anglais", date(2026, 4, 1)),
        ("march 18, english", ", english", date(2026, 3, 18)),
        ("Décembre 31", "", date(2025, 12, 31)),
        ("demain", "", date(2026, 3, 17)),
        ("31/02", "31/02", None),
        ("salle 12", "salle 12", None),
        ("Mai Nguyen", "mai nguyen", None),
    ],
)
def test_a_day_is_found_in_what_is_asked(text: str, words: str, day: date | None) -> None:
    assert split_day(text, TODAY) == (words, day)


@pytest.fixture
def ran(world: World) -> World:
    """A school whose connector ran once."""
    world.sync()
    return world


def found(world: World, asked: str) -> list[tuple[str, str]]:
    store = open_store(str(world.state))
    try:
        items = find_items(store, "school", asked, PARIS, world.now)
        return [(one.kind, one.source_id) for one in items]
    finally:
        store.close()


def person(world: World, **known: Any) -> dict[str, Any]:
    row = world.book.find("students", **known)
    assert row is not None
    return row


def test_a_session_is_found_by_id_day_and_words(ran: World) -> None:
    assert found(ran, "7712001") == [("course", "7712001")]
    assert ("course", "7712001") in found(ran, "17/03")
    assert found(ran, "comptabilite 17 mars") == [("course", "7712001")]
    assert found(ran, "comptabilité 18 mars") == []


def test_a_person_is_found_in_any_order_and_case_and_by_email(ran: World) -> None:
    row = person(ran, API_ID="90212")
    names = f"{row['FIRSTNAME']} {row['LASTNAME']}"
    for asked in (names, names.upper(), " ".join(reversed(names.split())), row["EMAIL"]):
        assert found(ran, asked) == [("student", "90212")], asked


def test_somebody_who_did_not_come_down_is_found_by_name(ran: World) -> None:
    """Student 90214 has no e-mail: Edusign does not know them, and the store has no name."""
    assert ran.book.find("students", API_ID="90214") is None
    store = open_store(str(ran.state))
    item = item_of(store, "school", "student", "main", "90214")
    assert item == Item("student", "main", "90214", None, None)
    found_why = why(store, "school", item)
    store.close()
    assert found_why.reason is not None
    assert found_why.reason.code == "DOWN_STUDENT_FIELD_MISSING"
    assert dict(found_why.steps) == {
        "run": "passed",
        "reach": "passed",
        "filter": "passed",
        "person": "reason",
    }


def test_no_name_and_no_email_stands_in_the_store(ran: World) -> None:
    kept = ran.state.read_bytes()  # closed, so all of it is in this file
    people = [row for kind in ("students", "professors") for row in ran.book.all(kind)]
    assert len(people) > 4
    words = {str(row[name]) for row in people for name in ("LASTNAME", "EMAIL")}
    assert [word for word in words if word.encode() in kept] == []


def test_a_session_without_a_valid_professor_says_so_and_what_was_right_before(ran: World) -> None:
    store = open_store(str(ran.state))
    events = store.events(
        store.runs("school")[0]["id"],
        code="DOWN_COURSE_PROFESSOR_INVALID",
        kind="course",
        source_id=None,
    )
    item = item_of(store, "school", "course", "main", events[0]["source_id"])
    assert item is not None
    assert item.starts_at is not None
    answer = why(store, "school", item)
    store.close()
    assert answer.reason is not None
    assert answer.reason.code == "DOWN_COURSE_PROFESSOR_INVALID"
    assert [state for _, state in answer.steps] == ["passed"] * 4 + ["reason"] + ["open"] * 3


def test_what_is_in_step_passed_every_question(ran: World) -> None:
    store = open_store(str(ran.state))
    item = item_of(store, "school", "course", "main", "7712001")
    assert item is not None
    answer = why(store, "school", item)
    assert (answer.reasons, answer.down is not None) == ([], True)
    assert {state for step, state in answer.steps if step != "up"} == {"passed"}
    instance = load_instance(ran.file, ran.registry)
    told = told_by_edusign(instance, item)
    assert (told.name, told.is_there) == (ran.course("7712001")["NAME"], True)
    store.close()


def test_a_failed_run_comes_before_what_was_known(ran: World) -> None:
    (ran.folder / "key").write_text("wrong", encoding="utf-8")
    with pytest.raises(EdusyncError):
        ran.sync()
    store = open_store(str(ran.state))
    item = item_of(store, "school", "course", "main", "7712001")
    assert item is not None
    answer = why(store, "school", item)
    assert answer.failed is not None
    assert answer.failed.code == "EDU_AUTH_FAILED"
    assert dict(answer.steps)["reach"] == "reason"
    with pytest.raises(EdusyncError):
        told_by_edusign(load_instance(ran.file, ran.registry), item)
    store.close()


def test_what_runs_read_anew_is_found_and_the_rest_forgotten(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    world.sync()
    gone = person(world, API_ID="90212")
    names = f"{gone['FIRSTNAME']} {gone['LASTNAME']}"
    for _, happen in world.simulation.story():
        happen()
    world.later(hours=8)
    world.sync()
    assert found(world, names) == [("student", "90212")]
    assert found(world, "nobody of this name") == []


def test_every_code_answers_a_question_that_is_asked() -> None:
    families = ("DOWN_", "UP_", "EDU_", "CONN_", "CONF_", "RUN_")
    steps = {name: step_of(name) for name in all_codes() if name.startswith(families)}
    assert set(steps.values()) == set(STEPS)
    assert {step for steps in OF_KIND.values() for step in steps} == set(STEPS)
    wanted = {
        "DOWN_COURSE_PAST": "day",
        "DOWN_COURSE_STATUS_EXCLUDED": "filter",
        "DOWN_COURSE_NO_PROFESSOR": "professor",
        "DOWN_COURSE_NO_VALID_STUDENT": "student",
        "DOWN_PERSON_ARCHIVED": "person",
        "DOWN_COURSE_SIGNED": "sheet",
        "UP_REASON_UNKNOWN": "up",
        "CONN_AUTH_FAILED": "reach",
        "RUN_LATE": "run",
    }
    assert {name: steps[name] for name in wanted} == wanted


def test_questions_and_advice_have_words() -> None:
    for language in ("en", "fr"):
        with speaking(language):
            words = {step: (question(step), explanation(step)) for step in STEPS}
        assert all(one.endswith("?") and more for one, more in words.values())
    assert set(_ADVICE) - set(all_codes()) == set()


# a session that is gone


def reason_of(world: World, asked: str) -> list[tuple[str, str | None]]:
    """Return what is found, with the deciding reason."""
    store = open_store(str(world.state))
    try:
        items = find_items(store, "school", asked, PARIS, world.now)
        return [
            (one.source_id, reason.code if (reason := why(store, "school", one).reason) else None)
            for one in items
        ]
    finally:
        store.close()


@pytest.mark.parametrize("erp", ["aimaira", "ammon", "aurion", "fca", "scform"])
def test_a_session_that_the_erp_cancelled_is_found_by_name(
    make_world: Callable[[str], World], erp: str
) -> None:
    """Those whose ERP shows it with a mark; elsewhere it is gone from the answer."""
    world = make_world(erp)
    world.write(options=dict(world.simulation.answers(world.erp_url).get("options", {})))
    for _ in range(2):
        world.sync()
        reasons = [code for _, code in reason_of(world, "annule") + reason_of(world, "annulee")]
        assert set(reasons) == {"DOWN_COURSE_CANCELLED"}


def test_a_session_that_the_erp_took_out_is_found_by_name_in_later_runs(ran: World) -> None:
    del ran.simulation.seed.courses[7712003]
    for _ in range(3):
        assert reason_of(ran, "anglais 18/03") in (
            [("7712003", None)],  # it stands there until the first run
            [("7712003", "DOWN_COURSE_VANISHED")],
        )
        ran.sync()
        ran.later(hours=1)
        assert reason_of(ran, "anglais 18/03") == [("7712003", "DOWN_COURSE_VANISHED")]
    ran.later(days=40)
    ran.sync()
    assert reason_of(ran, "anglais 18/03") == []  # that was long ago


def test_a_session_under_another_id_is_found_once(ran: World) -> None:
    seed = ran.simulation.seed
    seed.courses[7712903] = {**seed.courses.pop(7712003), "codeSeance": 7712903}
    for _ in range(2):
        ran.sync()
        ran.later(hours=1)
    assert [ref for _, ref in found(ran, "anglais 18/03")] == ["7712903"]
