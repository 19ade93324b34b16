"""Keep a store of the state that the migrations lead to now: `python -m tests.promises.keep_store`.

To be done whenever a migration was added, with the edusync that added it: its store is what later
ones have to go on with.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from edusync.plugins import load_registry
from edusync.state.open import HEAD
from tests.conftest import World

STORES = Path(__file__).parent / "stores"


def main() -> None:
    """Bring Yparéo's school down, play the classes of the next day, and send them up."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        world = World(Path(folder), load_registry(), "ypareo", stack)
        world.sync()
        world.to_evening()
        world.play(*played(world))
        world.write_back()
        with closing(sqlite3.connect(world.state)) as connection:
            dump = "\n".join(connection.iterdump()).replace(folder, "/school")
        (STORES / f"{HEAD}.sql").write_text(dump + "\n", encoding="utf-8")
        key = world.state.with_suffix(".key").read_text(encoding="utf-8")
        (STORES / f"{HEAD}.key").write_text(key, encoding="utf-8")
        left = json.dumps(world.book.tables)
        if left != (STORES / "edusign.json").read_text(encoding="utf-8"):
            (STORES / f"edusign-{HEAD}.json").write_text(left, encoding="utf-8")


def played(world: World) -> list[str]:
    """Return the sheets of the 17th that somebody is on, in their order."""
    rows = sorted(world.book.all("courses"), key=lambda row: (row["START"], row["ID"]))
    of_day = [row for row in rows if row["START"].startswith("2026-03-17")]
    return [row["API_ID"] for row in of_day if row["STUDENTS"]]


if __name__ == "__main__":
    main()
