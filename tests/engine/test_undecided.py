"""A text of the spec that cannot be evaluated ends no run: it is an event, and the item is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.app.runs.writeback import write_back
from edusync.engine.outcome import Outcome
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError
from edusync.registry import Registry
from edusync.state.open import open_store
from tests.little import Little, lesson, person


@dataclass
class Ran:
    """What came of a run: its status, and its events by code."""

    status: str
    outcomes: list[Outcome]

    def of(self, code: str) -> list[tuple[str | None, str | None, str | None]]:
        """Return id, field and detail of the events with a code; each of them has its place."""
        found = [outcome for outcome in self.outcomes if outcome.code == code]
        assert all(outcome.place is not None for outcome in found)
        return [(one.source_id, one.field, one.detail) for one in found]


def run(little: Little, act: Callable[..., Any] = sync) -> Ran:
    """Run once, as `edusync sync` does; whatever is no event and has no code is raised."""
    store = open_store(str(little.folder / "state.db"))
    try:
        moment = Moment(little.now, Tools(lambda: 0.0, lambda _seconds: None))
        result = act(little.instance(), store, little.registry, moment)
    finally:
        store.close()
    return Ran(result.status, list(result.outcomes))


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


def sheets(little: Little) -> list[str]:
    return [sheet[0] for sheet in little.look().sheets]


def with_odd(little: Little, **more: Any) -> None:
    """Give the second lesson something that no text of the spec expects."""
    little.rows["/lessons"] = [lesson(1), lesson(2, **more), lesson(3)]


CONDITIONS = [
    ("'x' in row.tags", {"tags": 5}, "'in' needs a text or a list to look into"),
    ("-row.weight > 3", {"weight": "heavy"}, "'-' needs a number"),
    ("row.weight - 1", {"weight": "heavy"}, "there is no '-' of such values"),
    ("(row.code | part(row.title)) == 'a'", {"code": "a/b"}, "'part' needs a whole number"),
    ("(row.on | clock) == 'a'", {}, "expected a time to write"),
]


@pytest.mark.promise("P10")
@pytest.mark.parametrize(("condition", "odd", "reason"), CONDITIONS)
@pytest.mark.parametrize("owner", ["resources.lessons", "entities.course"])
@pytest.mark.parametrize("word", ["drop", "ignore"])
def test_session_of_an_undecided_condition_is_neither_created_nor_dropped(
    little: Little, word: str, owner: str, condition: str, odd: dict[str, Any], reason: str
) -> None:
    section, name = owner.split(".")
    test = f"row.id == 2 and ({condition})"
    little.spec[section][name][word] = {"DOWN_COURSE_CANCELLED": test} if word == "drop" else test
    with_odd(little, **odd)
    ran = run(little)
    line = "drop DOWN_COURSE_CANCELLED" if word == "drop" else "ignore"
    detail = f"{line}: it cannot be decided: {reason}"
    assert ran.of("DOWN_UNDECIDED") == [("2", None, detail)]
    assert sheets(little) == ["1", "3"]
    assert ran.status == "partial"


@pytest.mark.parametrize("owner", ["resources.lessons", "entities.course"])
def test_sheet_of_an_undecided_session_is_neither_changed_nor_deleted(
    little: Little, owner: str
) -> None:
    section, name = owner.split(".")
    little.spec[section][name]["drop"] = {"DOWN_COURSE_CANCELLED": "'x' in row.tags"}
    with_odd(little, tags=[])
    run(little)
    before = little.look().sheets
    with_odd(little, tags=5, title="Another name")
    ran = run(little)
    assert [source_id for source_id, _, _ in ran.of("DOWN_UNDECIDED")] == ["2"]
    assert little.look().sheets == before


@pytest.mark.promise("P10")
def test_others_are_deleted_while_one_is_undecided(little: Little) -> None:
    little.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "'x' in row.tags"}
    little.rows["/lessons"] = [lesson(number, tags=[]) for number in range(1, 8)]
    run(little)
    little.rows["/lessons"][1]["tags"] = 5
    little.rows["/lessons"][2]["tags"] = ["x"]
    run(little)
    assert sheets(little) == ["1", "2", "4", "5", "6", "7"]


@pytest.mark.parametrize(("kind", "path"), [("professor", "/teachers"), ("student", "/learners")])
def test_person_of_an_undecided_condition_stays_on_the_sheets(
    little: Little, kind: str, path: str
) -> None:
    little.spec["entities"][kind]["drop"] = {f"DOWN_{kind.upper()}_FILTERED": "'x' in row.tags"}
    little.spec["entities"][kind]["drop"] = {"DOWN_STUDENT_FILTERED": "'x' in row.tags"}
    little.rows[path] = [{**row, "tags": []} for row in little.rows[path]]
    run(little)
    before = little.look().sheets
    number = little.rows[path][0]["id"]
    little.rows[path][0] = person(number, tags=5, last="Another")
    ran = run(little)
    assert [source_id for source_id, _, _ in ran.of("DOWN_UNDECIDED")] == [str(number)]
    assert little.look().sheets == before


def test_list_of_which_nobody_can_say_whether_it_is_wanted_is_unknown(little: Little) -> None:
    run(little)
    little.spec["options"] = {"some": {"type": "text", "label": "Some", "default": "x"}}
    little.spec["resources"]["lessons"]["when"] = "-options.some"
    ran = run(little)
    assert ran.of("DOWN_UNDECIDED") == [
        (None, "lessons", "nobody can say whether it is wanted: '-' needs a number")
    ]
    assert sheets(little) == ["1", "2", "3"]


def test_row_that_rows_are_asked_for_with_is_undecided(little: Little) -> None:
    little.spec["resources"] |= {
        "rooms": {"get": "/rooms", "key": "id", "drop": {"DOWN_COURSE_CANCELLED": "-row.open"}},
        "lessons": {**little.spec["resources"]["lessons"], "get": "/lessons/{{ rooms.id }}"},
    }
    little.spec["resources"]["lessons"]["for_each"] = "rooms"
    little.rows["/rooms"] = [{"id": 1, "open": 0}, {"id": 2, "open": 0}]
    little.rows["/lessons/1"], little.rows["/lessons/2"] = [lesson(1)], [lesson(2)]
    run(little)
    little.rows["/rooms"][1]["open"] = "maybe"
    ran = run(little)
    assert sheets(little) == ["1", "2"]
    assert "RUN_READ_INCOMPLETE" in {outcome.code for outcome in ran.outcomes}


def test_row_that_is_looked_up_is_undecided(little: Little) -> None:
    little.spec["resources"]["rooms"] = {
        "get": "/rooms",
        "key": "id",
        "drop": {"DOWN_COURSE_CANCELLED": "-row.open"},
    }
    little.spec["entities"]["course"]["classroom_name"] = {
        "look_up": "rooms",
        "by": "site",
        "take": "name",
    }
    little.rows["/rooms"] = [{"id": 10 * n, "open": 0, "name": f"Room {n}"} for n in (1, 2, 3)]
    run(little)
    before = little.look().sheets
    little.rows["/rooms"][1] = {"id": 20, "open": "maybe", "name": "Room 2"}
    run(little)
    assert little.look().sheets == before


@pytest.mark.parametrize(("said", "told"), [("yes", True), (1, True), ("", False), ([], False)])
def test_report_has_the_truth_of_every_other_condition(
    little: Little, said: object, *, told: bool
) -> None:
    little.spec["rules"] = {"report": {"course": {"DOWN_COURSE_CANCELLED": "row.tags"}}}
    with_odd(little, tags=said)
    assert bool(run(little).of("DOWN_COURSE_CANCELLED")) == told


def test_report_that_cannot_be_decided_is_an_event_and_holds_nothing(little: Little) -> None:
    little.spec["rules"] = {"report": {"course": {"DOWN_COURSE_CANCELLED": "-row.tags"}}}
    with_odd(little, tags="x")
    ran = run(little)
    assert [source_id for source_id, _, _ in ran.of("DOWN_UNDECIDED")] == ["2"]
    assert sheets(little) == ["1", "2", "3"]


VALUES = [
    ({"template": "{{ row.title }}{{ -row.title }}"}, "'-' needs a number"),
    ({"template": "{{ row.title | part(row.title) }}"}, "'part' needs a whole number"),
    ({"template": "{{ row.much }}!"}, "it makes more than 65536 characters"),
    ({"template": "{{ row.title | clock }}"}, "expected a time to write"),
    ({"function": "breaks"}, "the function 'breaks' failed (ZeroDivisionError)"),
    ({"path": "title", "when": "'x' in row.id"}, "'in' needs a text or a list to look into"),
]


@pytest.mark.parametrize(("value", "reason"), VALUES)
@pytest.mark.parametrize("where", ["field", "add"])
def test_value_that_cannot_be_made_is_an_event(
    little: Little, where: str, value: dict[str, Any], reason: str
) -> None:
    little.registry = replace(little.registry, functions={"breaks": lambda: 1 / 0})
    if where == "add":
        little.spec["resources"]["lessons"]["add"] = {"made": value}
        little.spec["entities"]["course"]["description"] = "made"
    else:
        little.spec["entities"]["course"]["description"] = value
    little.rows["/lessons"] = [lesson(1, much="x" * 70_000)]
    ran = run(little)
    ((source_id, field, detail),) = ran.of("DOWN_VALUE_UNREADABLE")
    assert (source_id, field) == ("1", "made" if where == "add" else "description")
    assert str(detail).endswith(reason)
    assert sheets(little) == ["1"]


def test_superscript_is_no_number_for_number(little: Little) -> None:
    little.spec["entities"]["course"]["name"] = {"template": "{{ row.title | number }}"}
    with_odd(little, title="²")
    run(little)
    assert [sheet[1] for sheet in little.look().sheets] == ["Lesson 1", "²", "Lesson 3"]


@pytest.mark.parametrize("where", ["key", "source_id", "carry", "also_known_as"])
def test_what_tells_sessions_apart_cannot_be_read(little: Little, where: str) -> None:
    odd = {"template": "{{ row.id }}{{ (row.weight | part(row.title)) if row.weight }}"}
    if where == "key":
        little.spec["resources"]["lessons"]["key"] = odd
    else:
        little.spec["entities"]["course"][where] = {
            "source_id": odd,
            "carry": {"kept": odd},
            "also_known_as": [odd],
        }[where]
    little.rows["/lessons"] = [lesson(number, weight=None) for number in (1, 2, 3)]
    run(little)
    with_odd(little, weight="heavy")
    ran = run(little)
    assert ran.of("DOWN_VALUE_UNREADABLE")
    assert sheets(little) == ["1", "2", "3"]  # it may be any of them


CALLS: list[dict[str, Any]] = [
    {"post": "/lessons", "json": {"deep": [{"day": "{{ options.some | day }}"}]}},
    {"post": "/lessons", "form": {"day": "{{ options.some | day }}"}},
    {"post": "/lessons", "xml": "<day>{{ options.some | day }}</day>"},
    {"post": "/lessons", "text": "{{ options.some | day }}"},
    {"get": "/lessons", "query": {"day": "{{ options.some | day }}"}},
    {"get": "/lessons", "headers": {"X-Day": "{{ options.some | day }}"}},
    {"get": "/lessons", "headers": {"X-Day": "{{ options.line }}"}},
    {"get": "/lessons/{{ options.some | day }}"},
    {"get": "/lessons/{{ options.none }}"},
    {"get": "/lessons", "basic": {"username": "{{ options.some | day }}", "password": "x"}},
    {"get": "/lessons", "basic": {"username": "{{ options.euro }}", "password": "x"}},
]


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_call_that_cannot_be_written_is_an_event_and_is_not_made(
    little: Little, call: dict[str, Any]
) -> None:
    run(little)
    little.seen.asked.clear()
    little.spec["options"] = {
        "some": {"type": "text", "label": "Some", "default": "x"},
        "line": {"type": "text", "label": "Line", "default": "a\r\nX-Other: b"},
        "euro": {"type": "text", "label": "Euro", "default": "€"},
        "none": {"type": "text", "label": "None", "optional": True},
    }
    lessons = little.spec["resources"]["lessons"]
    del lessons["get"]
    little.spec["resources"]["lessons"] = call | lessons
    ran = run(little)
    ((_, field, detail),) = ran.of("CONN_CALL_FAILED")
    assert field == "lessons"
    assert "call" in str(detail)
    assert not [asked for asked in little.seen.asked if "lessons" in asked]
    assert sheets(little) == ["1", "2", "3"]


def test_hole_of_a_path_is_encoded_after_its_filters(little: Little) -> None:
    little.spec["options"] = {"some": {"type": "text", "label": "Some", "default": "a/b c"}}
    little.spec["resources"]["lessons"]["get"] = "/lessons/{{ options.some | replace('/', '-') }}"
    little.rows["/lessons/a-b c"] = little.rows["/lessons"]
    run(little)
    assert sheets(little) == ["1", "2", "3"]


def test_answer_of_which_nobody_can_say_what_it_means_is_not_read(little: Little) -> None:
    run(little)
    little.spec["transport"]["answers"] = [{"when": "-answer.type", "then": "empty"}]
    ran = run(little)
    assert {field for _, field, _ in ran.of("CONN_CALL_FAILED")} >= {"lessons"}
    assert sheets(little) == ["1", "2", "3"]


@pytest.mark.parametrize("word", ["base_url", "namespace"])
def test_answers_of_which_the_spec_makes_nothing_end_the_run_with_a_code(
    little: Little, word: str
) -> None:
    (little.spec["transport"] if word == "base_url" else little.spec)[word] = (
        "{{ connection.url | day }}"
    )
    with pytest.raises(EdusyncError) as caught:
        run(little)
    assert caught.value.code == "CONF_WRONG_TYPE"
    assert word in caught.value.message


UPWARD: list[dict[str, Any]] = [
    {"hold": {"UP_STUDENT_UNKNOWN_IN_ERP": "-person.source_id"}},
    {"override": [{"when": "-person.source_id", "state": "absent"}]},
    {"let": {"person": {"made": {"template": "{{ -row.person.source_id }}"}}}},
    {"line": {"student": {"who": {"deep": "{{ -person.source_id }}"}}}},
    {
        "for_sheet": [
            {
                "post": "/presences",
                "when": "-course.name",
                "json": {"lines": "{{ lines }}"},
                "in_doubt": "repeat",
            }
        ]
    },
]


@pytest.mark.parametrize("more", UPWARD, ids=str)
def test_attendance_of_an_undecided_condition_is_held(little: Little, more: dict[str, Any]) -> None:
    little.goes_up(**more)
    run(little)
    little.play("1", "present", "present")
    ran = run(little, write_back)
    assert {one.code for one in ran.outcomes} - {"RUN_FAILED"} == {"UP_COURSE_UNREADABLE"}
    assert little.seen.written == []
    assert ran.status == "failed"  # there was one sheet


def test_call_of_the_way_up_that_cannot_be_written_is_held(little: Little) -> None:
    step = {"post": "/presences/{{ course.name | part(0) }}", "in_doubt": "repeat"}
    little.goes_up(for_sheet=[step | {"json": {"day": "{{ course.name | day }}"}}])
    run(little)
    little.play("1", "present", "present")
    ran = run(little, write_back)
    assert {one.code for one in ran.outcomes} - {"RUN_FAILED"} == {"UP_COURSE_UNREADABLE"}
    assert little.seen.written == []
