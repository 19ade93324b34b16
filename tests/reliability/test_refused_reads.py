"""Refused is not absent: every read of Edusign × every kind of refusal does no harm (P1, D8, D14).

A run may be graded down, or stop. It may not make a double, delete or take off what should stay,
or say success when something is missing; and once Edusign answers again, the next runs end as if
nothing had happened.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from edusync.app.runs.sync import Result, is_failure
from edusync.errors import EdusyncError
from edusync.sandbox.edusign.faults import Fault
from tests.conftest import World
from tests.reliability.test_kill import held
from tests.support.walks import Sample

pytestmark = pytest.mark.slow


def error(message: object) -> bytes:
    return json.dumps({"status": "error", "message": message}).encode()


REFUSALS: dict[str, tuple[str, bytes]] = {
    "too many requests": ("200 OK", error("Too many requests")),
    "maintenance": ("200 OK", error("Maintenance en cours, réessayez plus tard")),
    "an error": ("200 OK", error("An error occurred")),
    "of another thing": ("200 OK", error("Training not linked")),
    "no words": ("200 OK", error("")),
    "a list of words": ("200 OK", error(["the request is not valid"])),
    "a code only": ("200 OK", b'{"status":"error","errorCode":"ERROR"}'),
    "an empty success": ("200 OK", b'{"status":"success","result":null}'),
    "an empty list": ("200 OK", b'{"status":"success","result":[]}'),
    "an empty object": ("200 OK", b'{"status":"success","result":{}}'),
    "another item": ("200 OK", b'{"status":"success","result":{"ID":"zz9","API_ID":"zz9"}}'),
    "a page": ("200 OK", b"<html>Edusign</html>"),
    "an outage": ("502 Bad Gateway", b"Bad gateway"),
}
OFTEN = ("maintenance", "an error", "an empty success")
"""Kinds of which a refusal in the middle of the run is tried too."""
ALWAYS = 10_000
LISTS = ("an empty list", "an empty success")
"""What the end of a list looks like: of a list these say nothing wrong."""

_ROUTE = re.compile(
    r"/v1/(?P<kind>[\w-]+)(?:/(?P<how>get-id|by-email|absence-reason))?(?P<id>/.+)?$"
)


def route_of(path: str) -> str:
    """Return which read a request is."""
    found = _ROUTE.match(path)
    assert found is not None, path
    kind, how, item = found["kind"], found["how"], found["id"]
    return f"{kind}/{how}" if how else f"{kind}/:id" if item else kind


class Refusing:
    """Edusign, refusing some reads."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.route = ""
        self.answer: tuple[str, bytes] | None = None
        self.times = 0
        self.skip = 0
        self.seen: dict[str, int] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "GET" and path.startswith("/v1") and "restore" not in path:
            route = route_of(path)
            self.seen[route] = self.seen.get(route, 0) + 1
            if route == self.route and self.times > 0 and self.answer is not None:
                if self.skip:
                    self.skip -= 1
                else:
                    self.times -= 1
                    status, body = self.answer
                    start_response(status, [("Content-Type", "application/json")])
                    return [body]
        answered: Iterable[bytes] = self.application(environ, start_response)
        return answered

    def refuse(self, route: str, answer: tuple[str, bytes], times: int, skip: int = 0) -> None:
        self.route, self.answer, self.times, self.skip = route, answer, times, skip

    def rest(self) -> None:
        self.times = 0


def change(world: World) -> None:
    """A day passes in the ERP: a session moves, one goes, one gets somebody else, names change."""
    seed = world.simulation.seed
    world.simulation.move_course()
    del seed.courses[7712002]
    seed.staff[42]["nom"] = "Autre"
    world.later(hours=7)


def nothing(_world: World) -> None:
    """Leave everything as it is."""


def lose_the_store(world: World) -> None:
    for file in world.folder.glob("state.*"):
        file.unlink()


def lose_the_store_and_change(world: World) -> None:
    lose_the_store(world)
    change(world)


def delete_by_hand(world: World) -> None:
    found = world.book.find("courses", API_ID="7712001")
    assert found is not None
    del world.book.tables["courses"][found["ID"]]
    change(world)


@dataclass
class Situation:
    """What stands before the run: whether the school was synced, and what happened since."""

    synced: bool
    since: Callable[[World], None]
    doubt: str = ""
    """A write that takes effect and whose answer is lost."""


SITUATIONS = {
    "first": Situation(synced=False, since=nothing),
    "changed": Situation(synced=True, since=change),
    "lost store": Situation(synced=True, since=lose_the_store),
    "lost store, changed": Situation(synced=True, since=lose_the_store_and_change),
    "deleted by hand": Situation(synced=True, since=delete_by_hand),
    "professor in doubt": Situation(synced=False, since=nothing, doubt="/professor"),
    "tutor in doubt": Situation(synced=False, since=nothing, doubt="/externals"),
    "student in doubt": Situation(synced=False, since=nothing, doubt="/student"),
    "group in doubt": Situation(synced=False, since=nothing, doubt="/group"),
    "sheet in doubt": Situation(synced=False, since=nothing, doubt="/course"),
}


class Stage:
    """One situation, which can be played again and again."""

    def __init__(self, world: World, situation: Situation) -> None:
        self.world, self.situation = world, situation
        self.refusing = Refusing(world.app.wsgi_app)
        world.app.wsgi_app = self.refusing  # type: ignore[method-assign]  # Flask's own door
        if situation.synced:
            world.sync()
            situation.since(world)
        self.tables = copy.deepcopy(world.book.tables)
        self.kept = world.folder / "kept"
        self.kept.mkdir()
        for file in world.folder.glob("state.*"):
            shutil.copy(file, self.kept)

    def again(self) -> None:
        """Go back to before the run."""
        self.refusing.rest()
        self.world.book.tables = copy.deepcopy(self.tables)
        for file in self.world.folder.glob("state.*"):
            file.unlink()
        for file in self.kept.glob("state.*"):
            shutil.copy(file, self.world.folder)
        self.world.faults.active.clear()
        if self.situation.doubt:
            doubt = Fault("drop_after", verb="POST", path=self.situation.doubt)
            self.world.faults.active.append(doubt)

    def rest(self) -> None:
        """Refuse nothing any more."""
        self.refusing.rest()
        self.world.faults.active.clear()

    def run(self) -> Result | None:
        """Sync, and return what it did; None when it stopped, which is an event of its own."""
        try:
            return self.world.sync()
        except EdusyncError:
            return None


def doubles(world: World) -> list[tuple[str, str]]:
    """Return what stands twice on Edusign."""
    found = [
        (kind, f"{row['API_TYPE']} {row['API_ID']}")
        for kind in ("students", "professors", "externals", "groups", "courses")
        for row in world.book.all(kind)
    ]
    return sorted({item for item in found if found.count(item) > 1})


Held = dict[str, list[Any]]


def is_well(result: Result | None) -> bool:
    """Whether a run said that all is well."""
    return (
        result is not None
        and result.status == "success"
        and not any(map(is_failure, result.outcomes))
    )


def places(what: Held) -> set[tuple[str, str, str]]:
    """Return everything that Edusign holds, and who is on it: kind, id, student."""
    return {
        (kind, str(row["API_ID"]), student)
        for kind, rows in what.items()
        for row in rows
        for student in ("", *row["students"])
    }


def unnamed(result: Result, missing: Held, due: Held) -> list[tuple[str, str]]:
    """Return what is not as it is due though no event of the run names it."""
    named = {(outcome.kind, outcome.source_id) for outcome in result.outcomes}
    whole = any(is_failure(outcome) and not outcome.source_id for outcome in result.outcomes)
    return [
        (kind, row["API_ID"])
        for kind in due
        for row in due[kind]
        if row not in missing[kind] and (kind[:-1], row["API_ID"]) not in named and not whole
    ]


def harm(stage: Stage, due: Held) -> str | None:
    """Return what harm the run does that is about to be refused something; None when none."""
    world = stage.world
    before = held(world)
    result = stage.run()
    after = held(world)
    if doubles(world):
        return f"doubles {doubles(world)}"
    lost = (places(before) & places(due)) - places(after)
    if lost:
        return f"deleted or emptied {sorted(lost)}"
    if is_well(result) and after != due:
        return "said success, and something is missing"
    if result is not None and (lacking := unnamed(result, after, due)):
        return f"not done, and not named: {lacking}"
    stage.rest()
    for _ in range(2):
        result = stage.run()
    if not is_well(result) or held(world) != due or doubles(world):
        return f"did not heal (success: {is_well(result)}, doubles: {doubles(world)})"
    return None


def members(reads: Mapping[str, int]) -> Iterator[tuple[str, str, int, int]]:
    """Yield each read with each kind of refusal: route, kind, how often, after how many reads."""
    for route, count in sorted(reads.items()):
        for said in REFUSALS:
            if route == "course" and said in LISTS:
                continue
            yield route, said, ALWAYS, 0
            if said in OFTEN:
                yield route, said, 1, 0
                yield route, said, ALWAYS, count // 2


@pytest.mark.fault("F5")
@pytest.mark.promise("P2")
@pytest.mark.walk(every=61)
@pytest.mark.parametrize("name", SITUATIONS)
def test_refused_reads_do_no_harm(
    make_world: Callable[..., World], name: str, sample: Sample
) -> None:
    stage = Stage(make_world(options={"importTutors": True}, grace="1ms"), SITUATIONS[name])
    stage.again()
    stage.refusing.seen.clear()
    assert is_well(stage.run()) or SITUATIONS[name].doubt
    reads, due = dict(stage.refusing.seen), held(stage.world)
    harmful = []
    for route, said, times, skip in sample(members(reads)):
        stage.again()
        stage.refusing.refuse(route, REFUSALS[said], times, skip)
        found = harm(stage, due)
        if found is not None:
            harmful.append((route, said, times, skip, found))
    assert harmful == []
