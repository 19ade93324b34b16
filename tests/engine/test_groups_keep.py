"""Whoever cannot be read keeps the place in a group, as on the sheets."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Wire
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Rows = list[dict[str, Any]]


def _undecided(rows: Rows) -> None:
    rows[0]["tags"] = 5


def _two_people(rows: Rows) -> None:
    rows.append(person(1, last="Other", first="Somebody", mail="other@ecole.test", tags=[]))


def _sets(**values: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[0].update(values)


WAYS: dict[str, Callable[[Rows], None]] = {
    "a lost letter": _sets(last="Last\ufffd"),
    "a name of several": _sets(first=["a", "b"]),
    "an e-mail that is an object": _sets(mail={"work": "a@ecole.test"}),
    "misread letters": _sets(last="LefÃ¨vre"),
    "nobody can say whether they count": _undecided,
    "two people of one id": _two_people,
    "an id that holds a lost letter": _sets(id="1\ufffd"),
}


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.has_classes()
        everybody = [1, 2, 3, 4]
        found.rows["/learners"] = [person(number, tags=[]) for number in everybody]
        found.rows["/lessons"] = [
            lesson(n, classes=[5], learners=everybody, kind="x") for n in range(1, 5)
        ]
        found.rows["/classes"] = [{"id": 5, "title": "BTS 1", "learners": everybody}]
        drop = {"DOWN_STUDENT_FILTERED": "'x' in row.tags"}
        found.spec["entities"]["student"]["drop"] = drop
        yield found


def members(wire: Wire) -> list[str]:
    (group,) = wire.book.tables["groups"].values()
    known = {row["ID"]: str(row["API_ID"]) for row in wire.book.tables["students"].values()}
    return sorted(known[one] for one in group["STUDENTS"])


@pytest.mark.parametrize("way", WAYS)
def test_who_cannot_be_read_stays_in_the_group_and_on_the_sheets(wire: Wire, way: str) -> None:
    """Seven ways; who is in no list of the group leaves it once everybody can be read."""
    before = wire.down()
    assert (before.code, members(wire)) == (0, ["1", "2", "3", "4"]), before.said
    good = [dict(row) for row in wire.rows["/learners"]]
    WAYS[way](wire.rows["/learners"])
    ended = wire.down()
    assert members(wire) == ["1", "2", "3", "4"]
    assert ended.students == before.students
    assert "DOWN_" in ended.said
    wire.rows["/learners"] = good
    wire.rows["/classes"][0]["learners"] = [2, 3, 4]
    assert wire.down().code == 0
    assert members(wire) == ["2", "3", "4"]
