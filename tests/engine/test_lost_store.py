"""A lost store, or an old copy of it: what stands on Edusign is found and never made twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.little import Little, lesson

TABLES = {"student": "students", "professor": "professors", "group": "groups", "course": "courses"}
NUMBERS = {"student": "1", "professor": "70", "group": "5", "course": "1"}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.spec["resources"]["classes"] = {"get": "/classes", "key": "id"}
        found.spec["entities"]["group"] = {
            "from": "classes",
            "source_id": "id",
            "name": "title",
            "students": "learners",
        }
        found.spec["entities"]["course"]["groups"] = "classes"
        found.rows["/classes"] = [{"id": 5, "title": "BTS 1", "learners": [1, 2]}]
        found.rows["/lessons"] = [lesson(number, classes=[5]) for number in (1, 2, 3)]
        found.sync()
        yield found


def lose_store(little: Little) -> None:
    for file in little.folder.glob("state.db*"):
        file.unlink()


def sync(little: Little) -> list[tuple[Any, ...]]:
    """Run twelve hours later; return the events."""
    little.now += timedelta(hours=12)
    little.seen.events, little.seen.stopped, little.book.requests[:] = [], [], []
    little.sync()
    assert little.seen.stopped == []
    return little.seen.events


def codes(events: list[tuple[Any, ...]], *wanted: str) -> list[tuple[str, str]]:
    return [(event[0], event[2]) for event in events if event[0] in wanted]


def ours(little: Little, kind: str) -> list[str]:
    rows = little.book.tables[TABLES[kind]].values()
    return sorted(str(row["API_ID"]) for row in rows if row["API_TYPE"] == "little")


def put_before(little: Little, kind: str) -> None:
    """Let another connector have an item of the same id, which Edusign finds first."""
    table = little.book.tables[TABLES[kind]]
    own = little.book.find(TABLES[kind], API_ID=NUMBERS[kind])
    assert own is not None
    theirs = dict(own, ID="THEIRS", id="THEIRS", API_TYPE="another", EMAIL="other@ecole.test")
    little.book.tables[TABLES[kind]] = {"THEIRS": theirs, **table}


@pytest.mark.parametrize("kind", TABLES)
def test_item_behind_another_connectors_item_of_the_same_id_is_found(
    little: Little, kind: str
) -> None:
    before = ours(little, kind)
    put_before(little, kind)
    if kind in {"student", "professor"}:  # else the e-mail tells
        own = next(row for row in little.book.tables[TABLES[kind]].values() if row["ID"] != "THEIRS"
                   and row["API_ID"] == NUMBERS[kind])  # fmt: skip
        own["EMAIL"] = "before@ecole.test"
    lose_store(little)
    assert codes(sync(little), "DOWN_CREATED", "EDU_LOOKUP_REFUSED") == []
    assert ours(little, kind) == before
    assert sync(little) == []


@pytest.mark.parametrize(("kind", "path"), [("group", "/group"), ("course", "/course")])
def test_item_that_may_stand_behind_another_is_held_while_no_list_is_shown(
    little: Little, kind: str, path: str
) -> None:
    before = ours(little, kind)
    put_before(little, kind)
    lose_store(little)

    def refuse_list(verb: str, where: str) -> None:
        if verb == "GET" and where.endswith(path):
            little.faults.active.append(Fault("refused", verb="GET", path=path, message="E17"))

    little.faults.before = refuse_list
    held = codes(sync(little), "EDU_LOOKUP_REFUSED")
    assert held == [("EDU_LOOKUP_REFUSED", NUMBERS[kind])]
    assert ours(little, kind) == before


@pytest.mark.parametrize("kind", ["group", "course"])
def test_items_of_ours_that_stand_twice_are_held_and_named(little: Little, kind: str) -> None:
    own = little.book.find(TABLES[kind], API_ID=NUMBERS[kind])
    assert own is not None
    little.book.tables[TABLES[kind]]["TWIN"] = dict(own, ID="TWIN", id="TWIN")
    put_before(little, kind)
    lose_store(little)
    assert codes(sync(little), "EDU_LOOKUP_REFUSED") == [("EDU_LOOKUP_REFUSED", NUMBERS[kind])]


@pytest.mark.parametrize("kind", ["group", "course"])
def test_item_of_another_connector_alone_keeps_ours_from_nothing(little: Little, kind: str) -> None:
    put_before(little, kind)
    lose_store(little)
    own = next(
        edusign_id
        for edusign_id, row in little.book.tables[TABLES[kind]].items()
        if edusign_id != "THEIRS" and row["API_ID"] == NUMBERS[kind]
    )
    del little.book.tables[TABLES[kind]][own]
    assert codes(sync(little), "DOWN_CREATED") == [("DOWN_CREATED", NUMBERS[kind])]
    assert sync(little) == []
