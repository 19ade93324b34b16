"""A whole store is copied into an empty one, on both databases, and compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

import edusync.state.move as move_module
from edusync.errors import Guarded, StateError, UsageProblem
from edusync.state.lock import alive, locked
from edusync.state.move import content, move
from edusync.state.open import open_store
from edusync.state.store import Store
from edusync.state.tables import event, link, metadata
from tests.conftest import World
from tests.state.test_store import store
from tests.support.commands import edusync

__all__ = ["store"]  # a fixture: an empty store on each database

KEY = "a key of the tests"


@pytest.fixture
def school(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with what a run leaves."""
    monkeypatch.setenv("EDUSYNC_STATE_KEY", KEY)
    world.sync()
    with closing(open_store(str(world.state))) as opened:
        yield opened


@pytest.fixture
def target(school: Store, store: Store, tmp_path: Path) -> Iterator[Store]:
    if store.lock_folder is None:
        yield store
        return
    with closing(open_store(str(tmp_path / "other.db"))) as opened:  # with the key of the school
        yield opened


def contents(store: Store) -> dict[str, Any]:
    with store.reading() as connection:
        return {table.name: content(connection, table) for table in metadata.sorted_tables}


def test_every_table_is_the_same_and_the_source_as_it_was(school: Store, target: Store) -> None:
    before = contents(school)
    rows = move(school, target)
    assert contents(school) == contents(target) == before
    assert {name: one.rows for name, one in before.items()} == rows
    assert min(rows["link"], rows["event"], rows["run"], rows["lease"]) > 0


def test_runs_go_on_with_the_copy(school: Store, target: Store, world: World) -> None:
    move(school, target)
    url = target.engine.url.render_as_string(hide_password=False)
    at = ["--at", world.now.isoformat()]
    again = edusync("sync", str(world.file), "--state", url, *at)
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True), again.stdout
    with target.reading() as connection:
        ids = list(connection.execute(select(event.c.id)).scalars())
    assert len(ids) == len(set(ids))


def test_a_target_that_is_not_empty_is_refused(school: Store, target: Store) -> None:
    move(school, target)
    with pytest.raises(UsageProblem, match="is not empty"):
        move(school, target)


def test_a_copy_that_is_not_the_same_is_not_kept(
    school: Store, target: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = move_module.content

    def less(connection: Any, table: Any) -> Any:
        if table is link and connection.engine is not school.engine:
            connection.execute(delete(link))
        return inner(connection, table)

    monkeypatch.setattr(move_module, "content", less)
    with pytest.raises(StateError, match="'link' is not the same: 0 rows of"):
        move(school, target)
    monkeypatch.undo()
    assert contents(target)["run"].rows == 0


def test_a_connector_that_runs_is_waited_for(school: Store, target: Store) -> None:
    with locked(school, "school"), pytest.raises(Guarded) as stopped:
        move(school, target)
    assert stopped.value.code == "RUN_BUSY"


def test_a_store_that_a_runner_has_is_not_moved(school: Store, target: Store) -> None:
    with alive(school, "somebody"), pytest.raises(UsageProblem, match="a runner has the store"):
        move(school, target)


def test_stores_with_different_keys_are_told_apart(
    school: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "another one")
    with (
        closing(open_store(str(tmp_path / "new.db"))) as other,
        pytest.raises(StateError, match="different keys"),
    ):
        move(school, other)


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_the_key_file_goes_along_as_text(
    world: World, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDUSYNC_STATE_KEY")
    world.sync()
    written = world.state.with_suffix(".key").read_text(encoding="ascii")
    with store.writing() as connection:  # the fixture gave it a key of its own
        connection.execute(delete(metadata.tables["setting"]))
    url = store.engine.url.render_as_string(hide_password=False)
    without = edusync("state", "move", str(world.state), url)
    monkeypatch.setenv("EDUSYNC_STATE_KEY", f"hex:{written}")
    moved = edusync("state", "move", str(world.state), url)
    assert (without.returncode, "EDUSYNC_STATE_KEY" in without.stderr) == (2, True)
    assert (moved.returncode, "the same by count and digest" in moved.stdout) == (0, True)
    with closing(sqlite3.connect(world.state)) as file:
        links = file.execute("select count(*) from link").fetchone()[0]
    assert f"link         {links:9} rows" in moved.stdout
