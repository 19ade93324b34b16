"""A success that says nothing where an ERP promises to say something is in doubt, looked up."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Response

from tests.conftest import World

PLACES = {"ypareo": "/absences", "fca": "/assiduite"}
BODIES = ("null", "", "{}")


def lines(world: World) -> list[Any]:
    return list(world.simulation.attendance())


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("erp", PLACES)
@pytest.mark.parametrize("body", BODIES)
def test_success_that_says_nothing_loses_and_doubles_no_line(
    make_world: Callable[..., World], erp: str, body: str, landed: bool
) -> None:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    world.write(
        options=dict(answers["options"]), reasons=dict(answers.get("reasons", {})), grace="1ms"
    )
    world.sync()
    world.to_evening()
    sheet = min(
        row["API_ID"] for row in world.book.all("courses") if row["START"] < "2026-03-17T18"
    )
    world.play(sheet)

    def whole() -> list[Any]:
        world.write_back()
        return lines(world)

    due = undone(world, whole)
    left = [1]

    def nothing(_verb: str, path: str) -> Response | None:
        left[0] -= path.endswith(PLACES[erp])
        said = Response(body, 200, content_type="application/json")
        return said if path.endswith(PLACES[erp]) and left[0] == 0 else None

    setattr(world.erp, "after" if landed else "before", nothing)
    first = world.write_back()
    world.later(hours=12)
    assert (first.status, world.write_back().status) == ("success", "success")
    assert len(lines(world)) == len(due) > 0


def undone(world: World, act: Callable[[], list[Any]]) -> list[Any]:
    """Return what comes of an act, and put store and ERP back."""
    files = {file: file.read_bytes() for file in world.folder.glob("state.*")}
    holders = ((world.simulation.seed, "absences"), (world.simulation, "lines"))
    kept = [(holder, name) for holder, name in holders if hasattr(holder, name)]
    before = [copy.deepcopy(getattr(holder, name)) for holder, name in kept]
    found = copy.deepcopy(act())
    for file in world.folder.glob("state.*"):
        file.unlink()
    for file, content in files.items():
        file.write_bytes(content)
    for (holder, name), rows in zip(kept, before, strict=True):
        setattr(holder, name, rows)
    return found
