"""A newer edusync goes on with every older store; an older one refuses a newer store (P16).

`stores/` keeps what each state of the store was left with by the edusync of its time, after a way
down and a way up of Yparéo's simulator (0001 knew no way up), and Edusign as it stood then.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import World, actions

pytestmark = pytest.mark.promise("P16")

STORES = Path(__file__).parent / "stores"
STATES = sorted(file.stem for file in STORES.glob("*.sql"))


def as_it_was(world: World, state: str) -> None:
    """Put a store, its key and Edusign there as the edusync of that time left them."""
    own = STORES / f"edusign-{state}.json"
    left = own if own.exists() else STORES / "edusign.json"
    world.book.tables.update(json.loads(left.read_text(encoding="utf-8")))
    world.book.counter = 1000
    with closing(sqlite3.connect(world.state)) as connection:
        connection.executescript((STORES / f"{state}.sql").read_text(encoding="utf-8"))
    key = (STORES / f"{state}.key").read_text(encoding="utf-8")
    world.state.with_suffix(".key").write_text(key, encoding="utf-8")


def rows(world: World, state: str) -> dict[str, set[tuple[str, ...]]]:
    """Return who is linked with what, and what went up, as the store says."""
    tables = {"link": "kind, source_id, edusign_id"}
    if state != "0001":
        tables["upload"] = "source_id, edusign_id, status, lines"
    with closing(sqlite3.connect(world.state)) as connection:
        return {
            table: set(connection.execute(f"select {columns} from {table}"))
            for table, columns in tables.items()
        }


def test_every_state_of_the_store_that_was_ever_on_main_is_kept() -> None:
    from edusync.state.open import HEAD

    assert len(STATES) == 15
    assert STATES[-1] == HEAD, "keep a store of the new state: tests/promises/keep_store.py"


@pytest.mark.fault("F27")
@pytest.mark.parametrize("state", STATES)
def test_older_store_is_gone_on_with(make_world: Callable[..., World], state: str) -> None:
    world = make_world("ypareo")
    as_it_was(world, state)
    before = rows(world, state)
    assert actions(world.plan()) == []
    assert rows(world, state) == before
    assert len(before["link"]) >= 20


@pytest.mark.fault("F27")
@pytest.mark.parametrize("state", STATES[1:])
def test_what_went_up_does_not_go_again(make_world: Callable[..., World], state: str) -> None:
    world = make_world("ypareo")
    as_it_was(world, state)
    world.to_evening()
    world.erp.seen.clear()
    result = world.write_back()
    assert (result.status, [seen for seen in world.erp.seen if not seen.startswith("GET")]) == (
        "success",
        [],
    )
