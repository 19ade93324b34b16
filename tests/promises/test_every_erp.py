"""What is promised holds for each of the eight ERPs and for one that is invented, on SQLite and on
PostgreSQL, by the commands.

Each test plays a school of its own; a process that is killed is a real one (P1, P2, P3, P7, P13).
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.conftest import NOW, World
from tests.promises import invented
from tests.reliability.test_kill import held
from tests.support.commands import edusync
from tests.support.killing import kill_at
from tests.support.own_postgres import OwnPostgres, own_postgres

SHIPPED = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")
ERPS = (*SHIPPED, invented.NAME)
STORES = ("sqlite", "postgresql")
pytestmark = pytest.mark.slow
schools = pytest.mark.parametrize(
    "school", [(erp, store) for store in STORES for erp in ERPS], ids="-".join, indirect=True
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[OwnPostgres]:
    with own_postgres() as server:
        yield server


@pytest.fixture
def school(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """A school of one ERP with the options of its simulator, and a store of one kind."""
    erp, store = request.param
    with ExitStack() as stack:
        world = World(tmp_path, invented.with_invented(registry), erp, stack)
        if store == "postgresql":
            monkeypatch.setenv("EDUSYNC_STATE_KEY", "a key of the tests")
            server: OwnPostgres = request.getfixturevalue("postgres")
            world.state = stack.enter_context(server.database())  # type: ignore[assignment]  # a URL
        answered(world)
        yield world


def answered(world: World) -> None:
    """Write the connector file with what the simulator's school would answer."""
    answers = world.simulation.answers(world.erp_url)
    given: dict[str, Any] = {
        name: dict(answers[name]) for name in ("options", "reasons") if name in answers
    }
    if world.spec == invented.NAME:
        given["spec"] = invented.write_spec(world.folder)
    world.write(grace="50ms", **given)


@pytest.fixture(scope="module")
def undisturbed(
    registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, Any]]:
    """Return what a school has on Edusign after one run that nothing disturbs, by its ERP."""
    found: dict[str, dict[str, Any]] = {}

    def once(erp: str) -> dict[str, Any]:
        if erp not in found:
            with ExitStack() as stack:
                folder = tmp_path_factory.mktemp(erp)
                world = World(folder, invented.with_invented(registry), erp, stack)
                answered(world)
                world.sync()
                found[erp] = {"held": held(world), "writes": len(world.writes())}
        return found[erp]

    return once


def command(world: World, name: str, *words: str) -> Any:
    at = ("--state", str(world.state), "--at", world.now.isoformat())
    return edusync(name, str(world.file), *words, *at)


@pytest.mark.promise("P3")
@pytest.mark.promise("P15")
@schools
def test_after_a_run_the_next_plan_is_empty_and_always_the_same(school: World) -> None:
    assert '"create"' in command(school, "plan", "--format", "json").stdout
    command(school, "sync")
    before = held(school), len(school.writes())
    plans = {command(school, "plan", "--format", "json").stdout for _ in range(2)}
    assert len(plans) == 1
    assert not any(f'"{word}"' in next(iter(plans)) for word in ("create", "update", "delete"))
    command(school, "sync")
    assert (held(school), len(school.writes())) == before


@pytest.mark.promise("P1")
@pytest.mark.fault("F1")
@pytest.mark.walk(every=11)
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9])
@schools
def test_killed_at_a_write_the_next_run_ends_as_if_nothing_had_happened(
    school: World, undisturbed: Callable[[str], dict[str, Any]], part: float, moment: str
) -> None:
    """(P1) At the first write, and after three, six and nine tenths of them."""
    wanted = undisturbed(school.spec)
    at = ("--state", str(school.state), "--at", school.now.isoformat())
    number = 1 + int(part * wanted["writes"])
    ended = kill_at(school.faults, number, moment, "sync", str(school.file), *at)
    assert ended == -signal.SIGKILL
    school.settle()
    school.sync(real_sleep=True)
    assert held(school) == wanted["held"]


@pytest.mark.promise("P2")
@pytest.mark.fault("F5")
@pytest.mark.walk(every=7)
@pytest.mark.parametrize("path", ["/professor", "/student", "/course"])
@schools
def test_creation_whose_answer_is_lost_is_looked_up_and_not_doubled(
    school: World, undisturbed: Callable[[str], dict[str, Any]], path: str
) -> None:
    school.faults.active.append(Fault("drop_after", verb="POST", path=path, times=2))
    school.sync(real_sleep=True)
    school.sync(real_sleep=True)
    assert not school.faults.active[0].times
    assert held(school) == undisturbed(school.spec)["held"]


@pytest.mark.promise("P7", "P10")
@pytest.mark.fault("F12")
@pytest.mark.walk(every=5)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 1.0])
@schools
def test_a_call_that_fails_takes_nothing_away(
    school: World, undisturbed: Callable[[str], dict[str, Any]], part: float
) -> None:
    """(P7) Whichever it is of all that a run asks; the next run goes on as if it had not been."""
    before = len(school.erp.seen)
    command(school, "sync")
    asked = len(school.erp.seen) - before
    writes, seen = len(school.writes()), [0]

    def fails(_verb: str, _path: str) -> Any:
        seen[0] += 1
        return Response("broken", 500) if seen[0] == max(1, int(part * asked)) else None

    if asked:
        school.erp.before = school.erp.before_reading = fails
    else:  # it is a database
        school.simulation.file.rename(school.folder / "away.db")
    ended = command(school, "sync")
    assert ended.returncode != 0 or part == 1.0, ended.stdout  # the last one may sign out
    assert held(school) == undisturbed(school.spec)["held"]
    assert len(school.writes()) == writes


@pytest.mark.promise("P13")
@schools
def test_attendance_goes_up_once(school: World) -> None:
    """(P13) Of every class of the next day; a second run and a third send nothing."""
    command(school, "sync")
    day = (NOW.date()).isoformat()
    rows = [row for row in school.book.all("courses") if row["START"][:10] > day]
    first = min(row["START"][:10] for row in rows)
    school.play(*(row["API_ID"] for row in rows if row["START"][:10] == first))
    school.now = school.now.fromisoformat(f"{first}T22:00:00+01:00")
    command(school, "writeback")
    sent = [dict(row) for row in school.simulation.attendance()]
    assert sent
    for _ in range(2):
        command(school, "writeback")
        assert [dict(row) for row in school.simulation.attendance()] == sent
