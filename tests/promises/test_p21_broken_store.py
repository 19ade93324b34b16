"""A file of the store that is cut short, emptied, gone, or has bits that changed: a run ends with a
code, or well; nothing is made twice, and a backup goes on as if nothing had happened (P21, F7).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from edusync.errors import EdusyncError
from tests.conftest import World
from tests.reliability.test_kill import held
from tests.reliability.test_refused_reads import Situation, Stage, change, doubles
from tests.support.walks import Sample

pytestmark = pytest.mark.slow
CUTS = 40
FLIPS = 360
Damage = tuple[str, int]


def members() -> Iterator[Damage]:
    """Yield each damage: in what way, and a seed of where."""
    yield from (("gone", 0), ("gone with its key", 0), ("emptied", 0), ("key gone", 0))
    yield from (("cut", number) for number in range(CUTS))
    yield from (("flipped", seed) for seed in range(FLIPS))


def damage(state: Path, how: str, number: int) -> None:
    """Damage the file of a store."""
    raw = bytearray(state.read_bytes())
    match how:
        case "gone" | "gone with its key":
            state.unlink()
        case "emptied":
            state.write_bytes(b"")
        case "cut":
            state.write_bytes(raw[: len(raw) * number // CUTS])
        case "flipped":
            random = Random(number)  # noqa: S311 - the same bits every time
            for _ in range(random.choice((1, 8, 64))):
                raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
            state.write_bytes(raw)
    if "key" in how:
        state.with_suffix(".key").unlink()


def harm(stage: Stage, due: dict[str, list[Any]]) -> str | None:
    """Run on what is there, and then on the backup; return what went wrong."""
    try:
        stage.world.sync()
    except EdusyncError:
        pass
    except Exception as error:  # noqa: BLE001 - a traceback is a harm like another
        return f"a traceback: {type(error).__name__}: {error}"
    if doubles(stage.world):
        return f"twice: {doubles(stage.world)}"
    put_back(stage)
    stage.world.sync()
    if held(stage.world) != due:
        return "the backup does not go on"
    return None if stage.world.sync().plan.is_empty else "the next plan is not empty"


def put_back(stage: Stage) -> None:
    """Put the backup back, without what lies beside it."""
    for file in stage.world.folder.glob("state.*"):
        file.unlink()
    for file in stage.kept.glob("state.*"):
        shutil.copy(file, stage.world.folder)


@pytest.mark.fault("F7")
@pytest.mark.promise("P21")
@pytest.mark.walk(every=29)
def test_file_of_a_store_that_is_damaged_does_no_harm(
    make_world: Callable[..., World], sample: Sample
) -> None:
    stage = Stage(make_world(grace="1ms"), Situation(synced=True, since=change))
    stage.world.sync()
    due, found = held(stage.world), []
    for how, number in sample(members()):
        stage.again()
        damage(stage.world.state, how, number)
        if (told := harm(stage, due)) is not None:
            found.append((how, number, told))
    assert found == []
