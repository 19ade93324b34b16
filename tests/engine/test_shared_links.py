"""A store that links one item of Edusign to several of the ERP: named, held, and settled by ids."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from edusync.state.open import open_store
from edusync.state.tables import link
from tests.bugs.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def _links(wire: Wire, kind: str) -> dict[str, str]:
    with closing(open_store(str(wire.folder / "state.db"))) as store, store.reading() as reading:
        query = select(link.c.source_id, link.c.edusign_id).where(link.c.kind == kind)
        return {row[0]: row[1] for row in reading.execute(query)}


def _share(wire: Wire, kind: str, one: str, other: str) -> None:
    """Let the link of `other` lead to the item of `one`."""
    there = _links(wire, kind)[one]
    with closing(open_store(str(wire.folder / "state.db"))) as store, store.writing() as writing:
        which = (link.c.kind == kind, link.c.source_id == other)
        writing.execute(update(link).where(*which).values(edusign_id=there))


def _tables(wire: Wire) -> dict[str, Any]:
    return {name: dict(rows) for name, rows in wire.book.tables.items()}


SHARED = [
    ("course", "courses", "1", "2"),
    ("course", "courses", "2", "1"),
    ("student", "students", "1", "2"),
    ("professor", "professors", "70", "71"),
    ("group", "groups", "5", "6"),
]


def _school(wire: Wire) -> None:
    wire.has_classes()
    wire.rows["/classes"] += [{"id": 6, "title": "BTS 2", "learners": [1, 2]}]
    for row in wire.rows["/lessons"]:
        row["classes"] = [5, 6]


@pytest.mark.parametrize("change", ["nothing", "title", "gone", "people"])
@pytest.mark.parametrize(("kind", "table", "one", "other"), SHARED)
def test_what_shares_a_link_is_held_and_settled_by_its_id(
    wire: Wire, kind: str, table: str, one: str, other: str, change: str
) -> None:
    """Whatever the ERP says of it meanwhile: nothing of the item changes before it is settled."""
    _school(wire)
    before = wire.down()
    item = _links(wire, kind)[one]
    was = dict(wire.book.tables[table][item])
    _share(wire, kind, one, other)
    if change == "title":
        for row in wire.rows["/lessons"][:2] + wire.rows["/classes"][:2]:
            row["title"] += " (new)"
    if change == "people":
        for row in wire.rows["/teachers"] + wire.rows["/learners"]:
            row["last"] += "-Other"
    if change == "gone":
        wire.rows["/lessons"] = [row for row in wire.rows["/lessons"] if row["id"] != int(other)]
    held = wire.down()
    assert (held.code != 0, "RUN_LINK_SHARED" in held.said) == (True, True), held.said
    assert wire.book.tables[table][item] == was
    assert f"RUN_LINK_FORGOTTEN {kind} {other}" in held.said, held.said
    settled = wire.down()
    assert "RUN_LINK_SHARED" not in settled.said, settled.said
    third = wire.down()
    assert third.code == 0, third.said
    assert third.sheets == wire.down().sheets
    assert len(set(_links(wire, kind).values())) == len(_links(wire, kind))
    if change == "nothing":
        assert third.sheets == before.sheets


def test_an_item_that_is_gone_from_edusign_is_made_anew_for_each(wire: Wire) -> None:
    before = wire.down()
    _share(wire, "course", "1", "2")
    gone = _links(wire, "course")["1"]
    for row in wire.book.all("courses"):
        if row["API_ID"] in {"1", "2"}:
            wire.book.tables["courses"].pop(row["ID"])
    assert gone not in wire.book.tables["courses"]
    assert "RUN_LINK_SHARED" in wire.down().said
    wire.down()
    assert wire.down().sheets == before.sheets


def test_an_item_of_nobody_is_held_for_ever(wire: Wire) -> None:
    """Its id on Edusign is a third one's."""
    wire.down()
    _share(wire, "course", "1", "2")
    item = wire.book.tables["courses"][_links(wire, "course")["1"]]
    item["API_ID"] = "99"
    for _ in range(3):
        held = wire.down()
        assert (held.code, "RUN_LINK_SHARED" in held.said) == (1, True), held.said
        assert "FORGOTTEN" not in held.said


def test_a_plan_writes_nothing_of_it(wire: Wire) -> None:
    wire.down()
    _share(wire, "course", "1", "2")
    links = _links(wire, "course")
    assert "RUN_LINK_SHARED" in wire.command("plan").said
    assert _links(wire, "course") == links


@pytest.mark.parametrize(("kind", "one", "other"), [("course", "1", "2"), ("student", "1", "2")])
def test_no_attendance_goes_to_the_wrong_session_or_person(
    wire: Wire, kind: str, one: str, other: str
) -> None:
    wire.goes_up()
    wire.down()
    _share(wire, kind, one, other)
    up = wire.attended()
    assert (up.code, "UP_SENT" in up.said) == (1, False), up.said
    assert ("RUN_LINK_SHARED" in up.said) == (kind == "course"), up.said
    wire.down()
    wire.down()
    told = len(wire.seen.events)
    wire.write_back()
    said = " ".join(" ".join(event) for event in wire.seen.events[told:])
    assert "UP_SENT course 1" in said, said
