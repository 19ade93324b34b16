"""Rows that count as one and are of different people: never one person on Edusign, and named."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from edusync.model.same_person import Who, are_two
from tests.bugs.wire import Wire
from tests.little import person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INES, TIM = Who("MARTEL", "Inès", "ines@ecole.test"), Who("ROLAND", "Tim", "tim@ecole.test")


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


JOINS: dict[str, dict[str, Any]] = {
    "first": {"key": "house", "same_key": "first"},
    "first_reported": {"key": "house", "same_key": "first_reported"},
    "ordered": {"key": "house", "same_key": "first", "order_by": "mail"},
    "gather": {"key": "house", "same_key": {"gather": {"mails": "mail"}}},
    "merge": {"key": "id", "merge": {"by": "house"}},
    "merge-last": {"key": "id", "merge": {"by": "house", "keep": "last"}},
}
"""Ways in which several rows become one; `house` is the wrong word."""


@pytest.mark.parametrize("entity_id", ["id", "house"])
@pytest.mark.parametrize("how", JOINS)
@pytest.mark.parametrize(("kind", "place"), [("student", "learners"), ("professor", "teachers")])
@pytest.mark.parametrize("derived", [False, True])
def test_a_wrong_word_joins_nobody(
    wire: Wire, kind: str, place: str, how: str, entity_id: str, derived: bool
) -> None:
    """Two people of one house: their sheets stay as they are, and the run says why."""
    rows = [row | {"house": f"h{n}"} for n, row in enumerate(wire.rows[f"/{place}"])]
    wire.rows[f"/{place}"] = rows
    if entity_id == "house":
        names = {row["id"]: row["house"] for row in rows}
        for lesson in wire.rows["/lessons"]:
            field = "teacher" if kind == "professor" else "learners"
            found = lesson[field]
            lesson[field] = names[found] if field == "teacher" else [names[one] for one in found]
    wire.spec["entities"][kind]["source_id"] = entity_id
    before = wire.down()
    assert before.code == 0, before.said
    for row in rows:
        row["house"] = "h0"
    wire.spec["resources"][place] |= JOINS[how]
    if derived:
        wire.spec["resources"]["again"] = {"from": place, "add": {"more": "id"}}
        wire.spec["entities"][kind]["from"] = "again"
    after = wire.down()
    assert after.sheets == before.sheets, after.said
    assert "of different people" in after.said, after.said


@pytest.mark.parametrize("kind", ["student", "professor"])
def test_an_id_that_several_have_is_nobodys(wire: Wire, kind: str) -> None:
    """A wrong `source_id`, of a list whose key is right."""
    place = "learners" if kind == "student" else "teachers"
    before = wire.down()
    wire.rows[f"/{place}"].append(wire.rows[f"/{place}"][0] | {"id": 99, "house": 1})
    for row in wire.rows[f"/{place}"]:
        row["house"] = wire.rows[f"/{place}"][0]["id"]
    wire.spec["entities"][kind]["source_id"] = "house"
    after = wire.down()
    assert after.sheets == before.sheets, after.said
    assert "of different people" in after.said, after.said


@pytest.mark.parametrize("how", JOINS)
def test_records_of_one_person_still_become_one(wire: Wire, how: str) -> None:
    """Two addresses, another spelling, a married name, and a name that is missing in one."""
    rows = [person(n) | {"house": n} for n in (1, 2)]
    rows += [
        rows[0] | {"id": 1 if "merge" not in how else 11, "mail": "second@ecole.test"},
        rows[1] | {"id": 2 if "merge" not in how else 12, "last": "", "first": "FIRST2"},
    ]
    wire.rows["/learners"] = rows
    wire.spec["resources"]["learners"] |= JOINS[how]
    ended = wire.down()
    assert "of different people" not in ended.said, ended.said
    assert [sheet[6] for sheet in ended.sheets] == [["1", "2"]] * 3 or "merge" in how


@pytest.mark.parametrize(
    ("one", "other", "by_id", "by_other"),
    [
        (INES, TIM, True, True),
        (INES, INES._replace(email="perso@ecole.test"), False, False),
        (INES, INES._replace(last_name="DURAND"), False, False),
        (INES, INES._replace(last_name="DURAND", email="d@ecole.test"), True, True),
        (INES, INES._replace(first_name="Tim"), False, True),
        (INES, INES._replace(first_name="Tim", email="t@ecole.test"), True, True),
        (INES, INES._replace(first_name="I."), False, False),
        (INES, INES._replace(first_name="INES MARIE", last_name="Martel-Durand"), False, False),
        (INES, Who("ROLAND", "Tim"), True, True),
        (INES, Who(None, "Inès", "x@ecole.test"), False, False),
        (INES, Who(), False, False),
    ],
)
def test_who_is_somebody_else(one: Who, other: Who, by_id: bool, by_other: bool) -> None:
    """Under one id a name may have been corrected; under two, siblings share an e-mail."""
    assert [are_two(*pair, one_id=True) for pair in ((one, other), (other, one))] == [by_id] * 2
    assert are_two(one, other, one_id=False) == by_other
