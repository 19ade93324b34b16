"""Several writes under way at once: never two of one item, nor one of an item and of what it rests
on; a wish to stop is heard while they wait for the rate; a refusal changes nothing for the others.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from threading import Condition
from typing import Any, NamedTuple

import pytest

from edusync.codes import get_code
from edusync.codes.own import Words, declare, meant_by
from edusync.diagnostics import Severity
from edusync.engine.interruption import stop_workers
from edusync.engine.lanes import GoesAlone, Lanes
from edusync.engine.outcome import Outcome, Report
from edusync.locale import speaking
from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from edusync.sandbox.serve import serving
from edusync.state.open import open_store
from tests.conftest import World
from tests.reliability.test_kill import finish, held, start, undisturbed

__all__ = ["undisturbed"]
pytestmark = pytest.mark.slow


class Write(NamedTuple):
    """A write as it arrives: of which item, and which ids of Edusign it names."""

    kind: str
    item: str
    names: frozenset[str]


class Watched:
    """Edusign, which keeps every write until four are under way, or no other one comes, and notes
    which are under way together.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.changed = Condition()
        self.under_way: list[Write] = []
        self.together: list[tuple[Write, Write]] = []
        self.most = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "GET":
            return self.application(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        with self._noted(_write(environ["PATH_INFO"], json.loads(body or b"{}"))):
            return list(self.application(environ, start_response))

    @contextmanager
    def _noted(self, write: Write) -> Iterator[None]:
        with self.changed:
            self.together += [(write, other) for other in self.under_way]
            self.under_way.append(write)
            self.most = max(self.most, len(self.under_way))
            self.changed.notify_all()
            self.changed.wait_for(lambda: len(self.under_way) == 4, timeout=0.05)
        try:
            yield
        finally:
            with self.changed:
                self.under_way.remove(write)


def _write(path: str, body: dict[str, Any]) -> Write:
    parts = path.removeprefix("/v1/").split("/")
    data = next((one for one in body.values() if isinstance(one, dict)), body)
    item = str(data.get("ID") or data.get("API_ID") or parts[-1])
    return Write(parts[0], item, frozenset(_texts(data)) - {item})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@pytest.fixture
def watched(tmp_path: Path, registry: Registry) -> Iterator[tuple[World, Watched]]:
    with ExitStack() as stack:
        world = World(tmp_path, registry, "ypareo", stack, at_once=4)
        edusign = Watched(world.app)
        world.edusign = stack.enter_context(serving(edusign))
        world.write()
        yield world, edusign


def test_nothing_is_under_way_beside_what_it_rests_on(
    watched: tuple[World, Watched], undisturbed: dict[str, list[Any]]
) -> None:
    world, edusign = watched
    world.sync()
    assert held(world) == undisturbed
    for _, happen in world.simulation.story():
        happen()
    world.sync()
    for one, other in edusign.together:
        assert one.kind == other.kind
        assert one.item != other.item
        assert one.item not in other.names
        assert other.item not in one.names
    assert edusign.most == 4
    assert {one.kind for one, _ in edusign.together} == {
        "professor",
        "student",
        "group",
        "course",
    }


@pytest.mark.fault("F26")
@pytest.mark.promise("P22")
@pytest.mark.walk(every=4)
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("number", [1, 7, 16])
def test_wish_to_stop_is_heard_after_the_records_in_flight(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    sent: signal.Signals,
    number: int,
) -> None:
    world = make_world(grace="50ms", at_once=4)
    process: dict[str, subprocess.Popen[bytes]] = {}
    seen = 0

    def hook(verb: str, _path: str) -> None:
        nonlocal seen
        seen += verb != "GET"
        if seen == number and verb != "GET":
            os.kill(process["it"].pid, sent)

    world.faults.before = hook
    process["it"] = start(world)
    out, _ = process["it"].communicate(timeout=30)
    world.faults.before = lambda _verb, _path: None
    assert process["it"].returncode == 130, out.decode()
    assert number <= len(world.writes()) <= number + 3 * 2
    assert left_by(world) == ([], len(world.writes()), "crashed")
    finish(world)
    assert held(world) == undisturbed


def left_by(world: World) -> tuple[list[Any], int, str]:
    """Return what is in doubt, how many links there are, and how the last run ended."""
    store = open_store(str(world.state))
    try:
        return (
            store.in_doubt("school"),
            len(store.links("school", "main")),
            store.runs("school")[0]["status"],
        )
    finally:
        store.close()


@pytest.mark.fault("F26")
@pytest.mark.promise("P22")
def test_wish_to_stop_is_heard_while_writes_wait_for_the_rate(
    make_world: Callable[..., World], undisturbed: dict[str, list[Any]]
) -> None:
    world = make_world(grace="50ms", at_once=4)
    most = 60  # in the midst of the students
    edusign = {
        "base_url": world.edusign,
        "api_key": "${file:key}",
        "requests_per_minute": most,
    }
    world.write(accounts=[{"name": "main", "edusign": edusign}])
    process: dict[str, subprocess.Popen[bytes]] = {}
    asked: list[float] = []

    def hook(_verb: str, _path: str) -> None:
        if len(world.book.requests) == most:
            asked.append(time.monotonic())
            os.kill(process["it"].pid, signal.SIGTERM)

    world.faults.after = hook
    process["it"] = start(world)
    process["it"].communicate(timeout=50)
    took = time.monotonic() - asked[0]
    world.faults.after = lambda _verb, _path: None
    assert (process["it"].returncode, took < 10) == (130, True)
    in_doubt, links, status = left_by(world)
    assert (in_doubt, links, status) == ([], len(world.writes()), "crashed")
    world.write(grace="50ms")
    finish(world)
    assert held(world) == undisturbed


REFUSALS = ["Student already exists in this school", "The data are not valid", "group not found"]


@pytest.mark.promise("P2")
@pytest.mark.walk(every=2)
@pytest.mark.parametrize("message", REFUSALS)
@pytest.mark.parametrize("path", ["/student", "/group", "/course"])
def test_refused_write_is_told_as_one_after_the_other(
    tmp_path: Path, registry: Registry, path: str, message: str
) -> None:
    told = []
    for at_once in (1, 4):
        with ExitStack() as stack:
            folder = tmp_path / str(at_once)
            folder.mkdir()
            world = World(folder, registry, "ypareo", stack, at_once=at_once)
            # what is refused beside others is sent once more, alone
            world.faults.active.append(
                Fault("refused", times=99, verb="POST", path=path, message=message)
            )
            result = world.sync()
            told.append(
                (
                    result.status,
                    [(one.code, one.kind, one.source_id, one.detail) for one in result.outcomes],
                    held(world),
                )
            )
    assert told[0] == told[1]


def test_lanes_keep_the_order_of_what_is_noted_and_raise_the_first_error() -> None:
    stop_workers(0)  # a runner of this process was stopped before
    report = Report("main")
    lanes = Lanes(4, report)
    inside, entered = Condition(), 0

    def work(number: int) -> int:
        nonlocal entered
        report.add(Outcome("DOWN_CREATED", "course", f"{number} began"))
        if number % 5 == 2:
            lanes.only_alone()
        with lanes.apart(), inside:
            entered += 1
            inside.notify_all()
            inside.wait_for(lambda: entered > number, timeout=1)
        report.add(Outcome("DOWN_CREATED", "course", f"{number} ended"))
        return number

    assert lanes.run(range(12), work) == list(range(12))
    words = [str(one.source_id) for one in report.outcomes]
    assert [word.split()[0] for word in words] == sorted(
        (word.split()[0] for word in words), key=int
    )

    def fail(number: int) -> int:
        with lanes.apart():
            pass
        report.add(Outcome("DOWN_CREATED", "course", str(number)))
        if number in {3, 4}:
            raise ValueError(number)
        return number

    report.outcomes.clear()
    with pytest.raises(ValueError, match="3"):
        lanes.run(range(1000), fail)
    assert len(report.outcomes) < 20
    with pytest.raises(GoesAlone):
        raise GoesAlone


def test_a_lane_knows_whose_run_it_is() -> None:
    """What codes of a spec mean, and the language, are those of the run that opened the lanes."""
    declare("one", {"X_SHARED": Words(Severity.INFO, {"en": "One.", "fr": "Un."}, {})})
    declare("two", {"X_SHARED": Words(Severity.ERROR, {"en": "Two.", "fr": "Deux."}, {})})
    try:
        with meant_by("one"), speaking("fr"):
            met = Lanes(2, Report()).run([1, 2, 3], lambda _item: get_code("X_SHARED"))
    finally:
        declare("one", {})
        declare("two", {})
    assert {(one.meaning, one.severity) for one in met} == {("Un.", Severity.INFO)}
