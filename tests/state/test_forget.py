"""A person who is forgotten stands in no table any more, and does not come back by themselves."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Date, Integer, Table, insert, select

from edusync.errors import UsageProblem
from edusync.state.forget import NOBODY, forget_person, forgotten, mark_of, remember_again
from edusync.state.instant import Instant
from edusync.state.open import open_store
from edusync.state.purge import purge_connector
from edusync.state.rename import rename_connector
from edusync.state.store import Store
from edusync.state.tables import metadata
from tests.conftest import World, codes
from tests.support import commands

NOW = datetime(2026, 3, 16, tzinfo=UTC)
WHO, THERE, BEFORE, OTHER = "1/canary-301", "canary-edusign", "1/canary-former", "1/302"

# how a person stands in each table that may hold one
HELD: dict[str, list[dict[str, Any]]] = {
    "link": [
        {"kind": "student", "source_id": WHO, "edusign_id": THERE, "members": []},
        {"kind": "course", "source_id": "9", "edusign_id": "e9", "members": [WHO, OTHER]},
        {"kind": "group", "source_id": "G1", "edusign_id": "g1", "members": [BEFORE, OTHER]},
    ],
    "former": [{"kind": "student", "former_id": BEFORE, "source_id": WHO}],
    "mixed_up": [{"kind": "student", "source_id": WHO}],
    "taken": [
        {"run": "r1", "kind": "student", "source_id": WHO, "of_kind": "course", "of_id": "9"}
    ],
    "refusal": [{"kind": "student", "source_id": WHO}],
    "adopted": [
        {"kind": "student", "source_id": WHO, "edusign_id": THERE, "former_id": "canary-theirs"}
    ],
    "apart": [{"kind": "student", "source_id": WHO, "edusign_id": THERE}],
    "intent": [{"id": "i1", "kind": "student", "source_id": WHO}],
    "upload": [
        {
            "source_id": "9",
            "edusign_id": "e9",
            "lines": {f"student:{WHO}": {}, f"student@{THERE}": {}, f"student:{OTHER}": {}},
        }
    ],
    "upload_step": [
        {"source_id": "9", "person": f"student:{WHO}", "got": {"cle": "canary-erp"}},
        {"source_id": "9", "person": f"student:{OTHER}", "got": {}},
    ],
    "clue": [{"kind": "student", "words": json.dumps({WHO: [["d1"], None], OTHER: [[], None]})}],
    "event": [
        {"kind": "student", "source_id": WHO, "detail": None},
        {"kind": None, "source_id": "canary-301", "field": "learners", "detail": None},
        {"kind": "student", "source_id": None, "edusign_id": THERE, "detail": None},
        {"kind": "student", "source_id": OTHER, "detail": f"the same e-mail as student {WHO}"},
        {"kind": "course", "source_id": "9", "detail": f"on Edusign {THERE}, 302"},
    ],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(str(tmp_path / "state.db"))) as store:
        fill(store)
        yield store


def fill(store: Store, connector: str = "hugo") -> None:
    with store.writing() as connection:
        row = {"id": f"run-{connector}", "connector": connector}
        connection.execute(
            insert(metadata.tables["run"]).values(whole(metadata.tables["run"], row))
        )
        for name, rows in HELD.items():
            table = metadata.tables[name]
            for number, held in enumerate(rows):
                own = {"connector": connector, "account": "main", "run": f"run-{connector}"}
                mine = {key: value for key, value in own.items() if key in table.c}
                if "id" in held:
                    mine["id"] = f"{connector}-{number}"
                connection.execute(insert(table).values(whole(table, {**held, **mine})))


def whole(table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with something in every column that needs it."""
    empty: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable or column.autoincrement is True:
            continue
        match column.type:
            case JSON():
                empty[column.name] = {}
            case Instant():
                empty[column.name] = NOW
            case Date():
                empty[column.name] = date(2026, 3, 16)
            case Integer():
                empty[column.name] = 0
            case _:
                empty[column.name] = "x" if str(column.type) != "BOOLEAN" else False
    return {**empty, **given}


def everything(store: Store) -> dict[str, str]:
    """Return all that stands in each table, as text."""
    with store.reading() as connection:
        return {
            name: json.dumps([list(row) for row in connection.execute(select(table))], default=str)
            for name, table in metadata.tables.items()
        }


def test_every_table_is_looked_at_or_holds_nobody() -> None:
    """A new table: say in `HELD` how a person stands in it, and let `forget_person` take them out;
    or name it in `NOBODY`, when no column can hold an id of a person.
    """
    assert set(metadata.tables) - NOBODY == set(HELD)
    assert not NOBODY & HELD.keys()


@pytest.mark.promise("P18")
def test_person_stands_in_no_table_any_more(store: Store) -> None:
    before = everything(store)
    assert {name for name, text in before.items() if "canary" in text} == HELD.keys()
    found = forget_person(store, "hugo", WHO)
    after = everything(store)
    assert {name: text for name, text in after.items() if "canary" in text} == {}
    assert (found.person, found.edusign_ids) == (("student", WHO), (THERE,))
    for name in ("link", "upload", "upload_step", "event"):
        assert "302" in after[name]  # nobody else was touched


def test_mark_says_nobody_and_is_known_by_the_key_alone(store: Store) -> None:
    forget_person(store, "hugo", WHO)
    marks = {mark_of(store.key, "student", source_id) for source_id in (WHO, BEFORE)}
    assert forgotten(store, "hugo") == marks
    assert mark_of(b"another key", "student", WHO) not in marks
    assert (remember_again(store, "hugo", "student", WHO), len(forgotten(store, "hugo"))) == (
        True,
        1,
    )
    assert not remember_again(store, "hugo", "student", WHO)


@pytest.mark.parametrize("asked", [WHO, "canary-301", THERE, BEFORE])
def test_person_is_found_by_every_id(store: Store, asked: str) -> None:
    assert forget_person(store, "hugo", asked).person == ("student", WHO)


def test_another_connector_keeps_what_it_has(store: Store) -> None:
    fill(store, "zola")
    forget_person(store, "hugo", WHO)
    assert forgotten(store, "zola") == frozenset()
    assert forget_person(store, "zola", WHO).rows > 0


def test_professor_of_the_same_id_is_asked_about(store: Store) -> None:
    with store.writing() as connection:
        table = metadata.tables["link"]
        row = {"connector": "hugo", "account": "main", "kind": "professor", "source_id": WHO}
        connection.execute(insert(table).values(whole(table, {**row, "members": []})))
    with pytest.raises(UsageProblem, match=f"professor {WHO}, student {WHO}"):
        forget_person(store, "hugo", WHO)
    forget_person(store, "hugo", WHO, "professor")
    text = everything(store)["link"]
    assert ('"student"' in text, '"professor"' in text, f'["{WHO}"' in text) == (True, False, True)


def test_nobody_of_that_id_is_said(store: Store) -> None:
    with pytest.raises(UsageProblem, match="the store has nobody with the id 'x'"):
        forget_person(store, "hugo", "x")


def test_marks_go_with_the_name_of_a_connector_and_with_the_connector(store: Store) -> None:
    forget_person(store, "hugo", WHO)
    before = forgotten(store, "hugo")
    rename_connector(store, "hugo", "victor")
    assert (forgotten(store, "victor"), forgotten(store, "hugo")) == (before, frozenset())
    purge_connector(store, "victor")
    assert forgotten(store, "victor") == frozenset()


# on real runs


def command(world: World, name: str, *more: str) -> subprocess.CompletedProcess[str]:
    at = ("--state", str(world.state), "--at", world.now.isoformat())
    return commands.edusync(name, str(world.file), *more, *at)


def seats(world: World) -> dict[str, list[str]]:
    return {row["API_ID"]: sorted(world.names(row)) for row in world.book.all("courses")}


def test_student_does_not_come_back_and_keeps_their_seats(world: World) -> None:
    world.sync()
    before, people = seats(world), len(world.book.all("students"))
    members = {row["API_ID"]: sorted(row["STUDENTS"]) for row in world.book.all("groups")}
    told = command(world, "forget", "90211")
    assert (told.returncode, "student 90211 is forgotten" in told.stdout) == (0, True), told.stderr
    assert "left to the school: the person on Edusign (" in told.stdout
    world.book.requests.clear()
    world.later(hours=1)
    result = world.sync()
    assert codes(result)["90211"] == "DOWN_PERSON_FORGOTTEN"
    assert world.writes() == ["PATCH /v1/group"]  # which keeps them, as one whom people put there
    assert members == {row["API_ID"]: sorted(row["STUDENTS"]) for row in world.book.all("groups")}
    world.later(hours=1)
    world.sync()
    assert len(world.writes()) == 1
    world.simulation.seed.courses[7712001] |= {"heureDebut": "18:00:00", "heureFin": "19:00:00"}
    later = {"codeSeance": 7712020, "heureDebut": "20:00:00", "heureFin": "21:00:00"}
    more = world.simulation.seed.courses[7712011] | later
    world.simulation.seed.courses[7712020] = more
    world.later(hours=1)
    world.sync()
    after = seats(world)
    assert after["7712001"] == before["7712001"]  # a seat that is left to the school
    assert ("90211" in before["7712011"], "90211" in after["7712020"]) == (True, False)
    assert len(world.book.all("students")) == people
    explained = command(world, "explain", "student", "90211").stdout
    assert "DOWN_PERSON_FORGOTTEN" in explained
    assert "DOWN_PERSON_FORGOTTEN" in command(world, "explain", "course", "7712020").stdout


def test_person_comes_again_when_that_is_said(world: World) -> None:
    world.sync()
    command(world, "forget", "90211")
    usage = command(world, "forget", "90211", "--undo")
    assert (usage.returncode, "--kind" in usage.stderr) == (2, True)
    told = command(world, "forget", "90211", "--kind", "student", "--undo")
    assert told.returncode == 0, told.stderr
    world.later(hours=1)
    result = world.sync()
    done = {event.code for event in result.outcomes if event.source_id == "90211"}
    assert done == {"DOWN_ADOPTED"}


def test_attendance_of_somebody_who_was_forgotten_does_not_go_up(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ammon", reasons={"sick leave": "Maladie"})
    world.sync()
    world.to_evening()
    world.play("55120")
    who = world.names(world.course("55120"))[0]
    assert command(world, "forget", who).returncode == 0
    told = command(world, "writeback")
    sent = {str(line["idStagiaire"]) for line in world.simulation.presences[55120].values()}
    assert (who in sent, len(sent) > 0) == (False, True), told.stdout
