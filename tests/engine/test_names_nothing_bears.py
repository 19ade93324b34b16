"""A name that no row bears is unknown, not empty: what hangs on it keeps what Edusign has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.model import UNKNOWN
from edusync.registry import Registry
from edusync.spec.language.paths import compile_path
from tests.engine.test_undecided import Ran, run
from tests.little import Little, lesson

Spec = dict[str, Any]


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.rows["/places"] = [
            {"lesson": number, "person": person, "state": "ok"}
            for number in (1, 2, 3)
            for person in (1, 2)
        ]
        little.spec["resources"]["places"] = {"get": "/places"}
        little.spec["entities"]["course"]["students"] = {
            "look_up_all": "places",
            "by": "id",
            "on": "lesson",
            "where": "theirs.state == 'ok'",
            "take": "person",
        }
        yield little


def state(little: Little) -> list[tuple[Any, ...]]:
    return deepcopy(little.look().sheets)


def unseen(ran: Ran) -> list[str | None]:
    return [field for _, field, _ in ran.of("SPEC_PATH_NEVER_SEEN")]


def course(word: str, text: Any) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        spec["entities"]["course"][word] = text

    return change


def lessons(word: str, text: Any) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        spec["resources"]["lessons"][word] = text

    return change


def look_up(word: str, text: Any) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        spec["entities"]["course"]["students"][word] = text

    return change


def many(text: Any) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        students = spec["entities"]["course"]["students"]
        spec["entities"]["course"]["students"] = {"all_of": [students, text]}

    return change


MISSPELT = [
    ("titel", course("name", "titel")),
    ("titel", course("name", {"first_of": ["titel", "title"]})),
    ("titel", course("name", {"template": "{{ row.titel }}"})),
    ("titel", course("name", {"template": "{{ row['titel'] or row.title }}"})),
    ("idd", course("source_id", "idd")),
    ("onn", course("starts_at", {"day": "onn", "time": "from"})),
    ("cod", course("drop", {"DOWN_COURSE_CANCELLED": "row.cod != 'open'"})),
    ("cod", course("ignore", "row.cod != 1")),
    ("cod", lessons("drop", {"DOWN_COURSE_CANCELLED": "not row.cod"})),
    ("cod", lessons("ignore", "row.cod == none")),
    ("idd", lessons("key", "idd")),
    ("teachr", course("professors", "teachr")),
    ("idd", look_up("by", "idd")),
    ("leson", look_up("on", "leson")),
    ("persn", look_up("take", "persn")),
    ("stat", look_up("where", "theirs.stat == 'ok'")),
    ("sit", look_up("where", "mine.sit == theirs.lesson")),
    ("ordr", look_up("first_by", "ordr")),
    ("assistants", many("assistants[].id")),
    ("assistants", many("assistants[?kind == 'x'].id")),
]


@pytest.mark.parametrize(
    ("name", "change"), MISSPELT, ids=[f"{n}-{name}" for n, (name, _) in enumerate(MISSPELT)]
)
def test_misspelt_name_changes_nothing_on_edusign(
    little: Little, name: str, change: Callable[[Spec], None]
) -> None:
    run(little)
    before = state(little)
    assert [sheet[-1] for sheet in before] == [["1", "2"]] * 3
    change(little.spec)
    ran = run(little)
    assert unseen(ran) == [name]
    assert state(little) == before


def test_name_that_every_row_had_and_none_has_now_was_renamed(little: Little) -> None:
    little.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.site == none"}
    run(little)
    before = state(little)
    for row in little.rows["/lessons"]:
        row["place"] = row.pop("site")
    ran = run(little)
    assert (unseen(ran), state(little)) == (["site"], before)


def test_rare_name_is_empty_in_a_quiet_fortnight(little: Little) -> None:
    little.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.cancelled"}
    little.rows["/lessons"] = [lesson(1), lesson(2, cancelled=True), lesson(3)]
    run(little)
    assert [sheet[0] for sheet in state(little)] == ["1", "3"]
    del little.rows["/lessons"][1]["cancelled"]
    ran = run(little)
    assert (unseen(ran), [sheet[0] for sheet in state(little)]) == ([], ["1", "2", "3"])


def test_name_that_only_the_last_row_bears_is_known_for_the_first(little: Little) -> None:
    little.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.cancelled"}
    little.rows["/lessons"][-1]["cancelled"] = True
    ran = run(little)
    assert (unseen(ran), [sheet[0] for sheet in state(little)]) == ([], ["1", "2"])


def test_name_that_may_be_absent_is_empty(little: Little) -> None:
    little.spec["entities"]["course"]["description"] = {"path": "notes", "optional": True}
    ran = run(little)
    assert (unseen(ran), len(state(little)), ran.status) == ([], 3, "success")


def test_condition_on_a_name_that_no_row_has_holds_every_item(little: Little) -> None:
    little.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.cod == 'x'"}
    ran = run(little)
    assert [source_id for source_id, _, _ in ran.of("DOWN_UNDECIDED")] == ["1", "2", "3"]
    assert (unseen(ran), state(little)) == (["cod"], [])


def test_list_without_rows_says_nothing_of_names(little: Little) -> None:
    little.rows["/places"] = []
    assert unseen(run(little)) == []


@pytest.mark.parametrize(
    "path", ["a[].b", "a[?b == 'x']", "a[0].b", "a.b || c", "[a, c]", "{x: a}", "a | b"]
)
def test_any_path_over_something_unknown_is_unknown(path: str) -> None:
    assert compile_path(path).read({"a": UNKNOWN, "c": 1}) is UNKNOWN
    assert compile_path("a[?b == 'x'].c").read({"a": [{"b": UNKNOWN, "c": 1}]}) is UNKNOWN


def of_two_lists(little: Little) -> None:
    """Let lessons of two lists end in one; each has a name of its own for its learners."""
    little.spec["resources"]["talks"] = {
        "get": "/talks",
        "as": {"on": "day", "from": "clock", "to": "clock"},
        "key": "id",
    }
    little.spec["resources"]["both"] = {"from": ["lessons", "talks"], "key": "id"}
    little.spec["entities"]["course"] |= {
        "from": "both",
        "students": {"all_of": ["learners", "listeners"]},
    }
    little.rows["/talks"] = [lesson(4, listeners=[2])]
    del little.rows["/talks"][0]["learners"]


def test_rows_of_two_lists_need_not_all_bear_what_is_read_of_them(little: Little) -> None:
    of_two_lists(little)
    ran = run(little)
    assert unseen(ran) == []
    assert [sheet[-1] for sheet in state(little)] == [["1", "2"]] * 3 + [["2"]]


def test_name_that_no_row_of_two_lists_bears_is_unknown(little: Little) -> None:
    of_two_lists(little)
    run(little)
    before = state(little)
    little.spec["entities"]["course"]["students"] = {"all_of": ["learners", "listners"]}
    ran = run(little)
    assert (unseen(ran), state(little)) == (["listners"] * 2, before)


def test_names_that_rows_do_have_are_told(little: Little) -> None:
    little.spec["entities"]["course"]["name"] = "titel"
    ((_, field, detail),) = run(little).of("SPEC_PATH_NEVER_SEEN")
    assert field == "titel"
    assert str(detail).startswith("no row of 'lessons' has it; what rows have: title, ")


def test_a_table_without_a_header_names_nobody(tmp_path: Path, registry: Registry) -> None:
    """Its first row is read as its header: what stands there is somebody's."""
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.spec["resources"]["people"] = {"get": "/people", "answer": "csv"}
        rows = "Roy;Nora\nPetit;Paul\n"
        little.rows["/people"] = lambda _request: Response(rows, content_type="text/csv")
        little.spec["entities"]["student"] = {
            "from": "people",
            "source_id": "id",
            "last_name": "nom",
            "first_name": "prenom",
            "email": "mail",
        }
        told = run(little).of("SPEC_PATH_NEVER_SEEN")
    assert told
    assert not any("Roy" in str(one) or "Nora" in str(one) for one in told)
