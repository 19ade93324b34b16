"""Lists that are sorted, merged, or say their rows themselves: real runs over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.registry import Registry
from tests.little import Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


def codes(little: Little) -> set[str]:
    return {event[0] for event in little.seen.events}


@pytest.mark.parametrize(
    ("keep", "kept", "name"), [("first", "1", "Last1"), ("last", "3", "Last3")]
)
def test_records_of_one_person_are_one_and_sheets_find_them(
    little: Little, keep: str, kept: str, name: str
) -> None:
    """A learner is enrolled twice, under two ids; lessons name now one, now the other."""
    little.spec["resources"]["learners"]["merge"] = {"by": "mail", "keep": keep}
    little.rows["/learners"] = [
        person(1, mail="one@ecole.test"),
        person(2, mail=None),
        person(3, mail="one@ecole.test", first="First1"),  # another last name, since a wedding
        person(4, mail=None),
    ]
    little.rows["/lessons"] = [
        lesson(1, learners=[1]),
        lesson(2, learners=[3]),
        lesson(3, learners=[1, 3]),
    ]
    little.spec["rules"] = {"student_email": "optional"}
    little.sync()
    seen = little.look()
    assert [who for *_, who in seen.sheets] == [[kept]] * 3
    assert (kept, name) in {row[1:3] for row in seen.people if row[0] == "students"}
    assert not {"DOWN_REFERENCE_MISSING", "DOWN_STUDENT_EMAIL_DUPLICATE"} & codes(little)


def test_what_is_empty_in_the_kept_record_comes_of_the_others(little: Little) -> None:
    little.spec["resources"]["learners"]["merge"] = {"by": "card"}
    little.rows["/learners"] = [
        person(1, card="A", mail=None),
        person(2, card="A", mail="two@ecole.test", last="Last1-Other", first="First1"),
    ]
    little.rows["/lessons"] = [lesson(1, learners=[1, 2])]
    little.sync()
    people = [row for row in little.look().people if row[0] == "students"]
    assert people == [("students", "1", "Last1", "two@ecole.test", False)]


def test_groups_find_the_record_that_is_kept(little: Little) -> None:
    little.has_classes()
    little.spec["resources"]["learners"]["merge"] = {"by": "mail"}
    little.rows["/learners"] = [person(1), person(2, mail="p1@ecole.test", first="First1")]
    little.rows["/classes"] = [{"id": 5, "title": "BTS 1", "learners": [2]}]
    little.rows["/lessons"] = [lesson(1, classes=[5], learners=[2])]
    little.sync()
    assert [who for *_, who in little.look().sheets] == [["1"]]


def test_row_that_owns_the_name_of_what_is_merged_is_a_finding_of_the_run(little: Little) -> None:
    little.spec["resources"]["learners"]["merge"] = {"by": "mail"}
    little.rows["/learners"] = [person(1, merged="x"), person(2)]
    little.sync()
    assert [one.split()[0] for one in little.seen.stopped] == ["SPEC_NAME_CLASH"]


def test_what_is_merged_by_and_cannot_be_read_holds_the_list(little: Little) -> None:
    little.spec["resources"]["learners"] |= {
        "merge": {"by": {"path": "mail", "as": "known"}},
    }
    little.spec["formats"]["known"] = {"kind": "map", "values": {"p1@ecole.test": "a"}}
    little.sync()
    assert "DOWN_UNDECIDED" in codes(little)


@pytest.mark.parametrize(("order", "title"), [("rank", "New"), ("-rank", "Old")])
def test_first_of_a_key_is_the_first_by_order(little: Little, order: str, title: str) -> None:
    little.spec["resources"]["lessons"] |= {"order_by": [order, "title"], "same_key": "first"}
    little.rows["/lessons"] = [
        lesson(1, title="Old", rank=9),
        lesson(1, title="New", rank=1),
        lesson(1, title="Nil", rank=1),
    ]
    little.sync()
    assert [sheet[1] for sheet in little.look().sheets] == [title]


def test_order_that_cannot_be_known_holds_the_list(little: Little) -> None:
    little.spec["resources"]["lessons"] |= {
        "order_by": "nth",
        "add": {"nth": {"path": "rank", "as": "count"}},
    }
    little.spec["formats"]["count"] = {"kind": "number"}
    little.rows["/lessons"] = [lesson(1, rank="x"), lesson(2, rank=1)]
    little.sync()
    assert "DOWN_UNDECIDED" in codes(little)
    assert len(little.look().sheets) == 2


def test_rows_of_a_filter_of_an_option_and_written_out(little: Little) -> None:
    """What a school answers is a list like any other; calls may be made for each of it."""
    little.spec["filters"] = {"sites": {"label": "Sites"}}
    little.spec["options"] = {
        "rooms": {"type": "list", "item": "text", "label": "Rooms", "default": ["A", "B"]}
    }
    little.spec["options"]["rooms"].pop("item")
    little.spec["resources"] |= {
        "sites": {"rows": "filters.sites", "key": "value"},
        "rooms": {"rows": "options.rooms", "key": "value"},
        "kinds": {
            "rows": [{"code": "C", "name": "Course of {{ account.name }}"}, {"code": "E"}],
            "key": "code",
        },
    }
    little.spec["resources"]["lessons"] |= {
        "for_each": "sites",
        "query": {"site": "{{ sites.value }}"},
    }
    little.spec["entities"]["course"] |= {
        "description": {"look_up": "kinds", "by": "kind", "take": "name"},
        "classroom_name": {"look_up": "rooms", "by": "room", "take": "value"},
    }
    little.connector["filters"] = {"sites": ["10"]}
    little.rows["/lessons"] = [lesson(1, kind="C", room="B")]
    little.sync()
    seen = little.look()
    assert seen.asked.count("GET /lessons?site=10") == 1
    assert [sheet[4] for sheet in seen.sheets] == ["B"]
    assert [row["DESCRIPTION"] for row in little.book.all("courses")] == ["Course of main"]
