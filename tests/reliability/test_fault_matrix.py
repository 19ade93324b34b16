"""The fault matrix: every route of Edusign that edusync uses × whatever a wire or a server can do
to an answer does no harm, on the way down and on the way up.

Reads that are refused are walked through in test_refused_reads*.py. `--whole` goes through all;
the end of the run says how many.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest

from edusync.errors import EdusyncError
from edusync.target import exchange
from tests.conftest import World
from tests.reliability.test_kill import held
from tests.reliability.test_refused_reads import (
    ALWAYS,
    REFUSALS,
    Situation,
    Stage,
    change,
    harm,
    is_well,
    lose_the_store,
    nothing,
)
from tests.reliability.test_refused_reads_upward import Evening
from tests.support.spoilt_wire import CUTS, EVERY, HANGS, Ill, SpoiltWire, whole
from tests.support.walks import Sample

pytestmark = pytest.mark.slow

Member = tuple[str, str, int]
"""A route, what happens to its answers, and to how many of them."""

ROUTES = {
    "first": {
        "GET school",
        "GET course",
        "GET course/get-id/:id",
        "GET group",
        "GET group/get-id/:id",
        "GET professor/:id",
        "GET professor/get-id/:id",
        "GET professor/by-email/:id",
        "GET professor/restore/:id",
        "GET student/get-id/:id",
        "GET student/by-email/:id",
        "GET externals/by-email/:id",
        "POST professor",
        "POST externals",
        "POST student",
        "POST group",
        "POST course",
    },
    "changed": {
        "GET course/:id",
        "GET externals/:id",
        "GET group/:id",
        "GET professor",
        "GET student",
        "PATCH professor",
        "PATCH externals",
        "PATCH student",
        "PATCH group",
        "PATCH course",
        "DELETE course/:id",
        "PUT course/attendance/:id",
        "DELETE course/attendance/:id",
    },
    "lost store, changed": {"GET student/:id"},
}
"""The routes of the way down, by the first situation in which each is taken."""
EVERY_ROUTE = frozenset[str]().union(*ROUTES.values())
RESTORE = "GET professor/restore/:id"
BY_ID = "GET course/:id"
READ_UPWARD = {
    "GET school",
    "GET course",
    BY_ID,
    "GET justified-absence",
    "GET justified-absence/absence-reason",
}
REMEMBERED = "a list of words"
"""What Edusign says of data that are not valid: it is named, and not sent again until they change
(test_edusign_side.py)."""


def refusal(said: str, *, works: bool) -> Ill:
    """Return an answer that refuses, after the work or in its place."""
    status, body = REFUSALS[said]
    return Ill(lambda _body: whole(body, status=status.encode()), works=works)


WRITES = EVERY | {
    f"refused: {said}, {when}": refusal(said, works=works)
    for said in REFUSALS
    for when, works in (("not done", False), ("done", True))
    if said != REMEMBERED and (works or b"success" not in REFUSALS[said][1])
}
"""What happens to a write: of those that are refused some have had their effect."""


def archived_already(world: World) -> None:
    """One professor was there once."""
    row = {
        "ID": "old",
        "id": "old",
        "EMAIL": world.simulation.seed.staff[42]["email"],
        "FIRSTNAME": "M",
        "LASTNAME": "L",
        "API_ID": "42",
        "API_TYPE": "ypareo",
        "HIDDEN": ["school-sandbox"],
    }
    world.book.add("professors", row)


def change_everything(world: World) -> None:
    """A day passes on which something of every kind changes."""
    seed = world.simulation.seed
    seed.courses[7712003]["codesApprenant"] = [90217, 90211]
    seed.students[90213]["nomApprenant"] = "Autre"
    seed.contacts[501][0]["nomInterlocuteur"] = "Autre"
    seed.groups[1202] |= {"nomGroupe": "BTS-CG3", "etenduGroupe": "BTS Comptabilité 3e année"}
    change(world)


def lose_the_store_and_change(world: World) -> None:
    lose_the_store(world)
    change_everything(world)


SITUATIONS = {
    "first": Situation(synced=False, since=nothing),
    "changed": Situation(synced=True, since=change_everything),
    "lost store, changed": Situation(synced=True, since=lose_the_store_and_change),
}


_READ = exchange._READ
"""The one limit that a test cannot wait for."""


def limit(said: str = "") -> None:
    """Wait for what hangs no longer than a test can."""
    exchange._READ = 0.25 if said in HANGS else _READ


class Wired(Stage):
    """A situation with a wire that can spoil answers."""

    def __init__(self, world: World, situation: Situation) -> None:
        super().__init__(world, situation)
        self.wire = SpoiltWire(world.app.wsgi_app)
        world.app.wsgi_app = self.wire  # type: ignore[method-assign]  # Flask's own door

    def spoil(self, route: str, said: str, times: int) -> None:
        """Spoil the next answers of a route."""
        limit(said)
        self.wire.spoil(route, WRITES[said], times)

    def rest(self) -> None:
        super().rest()
        self.wire.rest()
        limit()


def members(seen: Mapping[str, int]) -> Iterator[Member]:
    """Yield each route with whatever can happen to its answers: to one, or to all of them.

    A read is asked for again, so one answer of it that is spoilt is no more than a cut one.
    """
    for route in sorted(seen):
        if route == RESTORE or not route.startswith("GET "):
            for said in WRITES:
                yield route, said, 1
                if said in CUTS or said.startswith("refused"):
                    yield route, said, ALWAYS
        else:
            for said in (said for said, ill in EVERY.items() if ill.works):
                if said not in REFUSALS:
                    yield route, said, ALWAYS
                if said in CUTS:
                    yield route, said, 1


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can wait for."""
    monkeypatch.setattr(exchange, "_MOST_BYTES", 1_000_000)
    monkeypatch.setattr(exchange, "_READ", _READ)


def walked(
    members: Iterable[Member], spoil: Callable[[Member], None], harmed: Callable[[], str | None]
) -> list[tuple[Member, str]]:
    """Return the members that did harm, each with what it did; print how many there were."""
    found, count = [], 0
    for member in members:
        count += 1
        spoil(member)
        try:
            harm = harmed()
        except Exception as error:  # noqa: BLE001 - a traceback is a harm like another
            harm = f"a traceback: {type(error).__name__}: {error}"
        if harm is not None:
            found.append((member, harm))
    print(f"{count} faults, {len(found)} harmful")  # noqa: T201 - shown with -rP
    return found


def _make(make_world: Callable[..., World], name: str) -> Wired:
    options = {"importTutors": True}
    world = make_world(options=options, grace="1ms", rules={"restore_archived": True})
    if not SITUATIONS[name].synced:
        archived_already(world)
    return Wired(world, SITUATIONS[name])


@pytest.mark.fault("F5")
@pytest.mark.promise("P2")
@pytest.mark.usefixtures("limits")
@pytest.mark.walk(every=907)
@pytest.mark.parametrize("name", SITUATIONS)
def test_faults_on_the_way_down_do_no_harm(
    make_world: Callable[..., World], name: str, sample: Sample
) -> None:
    stage = _make(make_world, name)
    stage.again()
    stage.wire.seen.clear()
    assert is_well(stage.run())
    seen, due = dict(stage.wire.seen), held(stage.world)
    assert ROUTES[name] <= seen.keys() <= EVERY_ROUTE

    def spoil(member: Member) -> None:
        stage.again()
        stage.spoil(*member)

    assert walked(sample(members(seen)), spoil, lambda: harm(stage, due)) == []


class Named(Evening):
    """Days after it went up, a sheet is named that goes up again: it is read by its id."""

    def __init__(self, world: World, *, store: bool) -> None:
        super().__init__(world, store=store)
        super().run()
        world.later(days=2)
        for file in world.folder.glob("state.*"):
            shutil.copy(file, self.kept)

    def run(self) -> bool:
        try:
            return self.world.write_back(resend=["7712001"]).status == "success"
        except EdusyncError:
            return False


@pytest.mark.fault("F5")
@pytest.mark.promise("P13")
@pytest.mark.usefixtures("limits")
@pytest.mark.walk(every=149)
@pytest.mark.parametrize(
    ("day", "reads"), [(Evening, READ_UPWARD - {BY_ID}), (Named, READ_UPWARD)], ids=["all", "named"]
)
def test_faults_on_the_way_up_do_no_harm(
    make_world: Callable[..., World], day: type[Evening], reads: set[str], sample: Sample
) -> None:
    evening = day(make_world(grace="1ms"), store=True)
    wire = SpoiltWire(evening.world.app.wsgi_app)
    evening.world.app.wsgi_app = wire  # type: ignore[method-assign]  # Flask's own door
    evening.again()
    assert evening.run()
    due = evening.rows()
    assert wire.seen.keys() == reads

    def spoil(member: Member) -> None:
        evening.again()
        limit(member[1])
        wire.spoil(member[0], WRITES[member[1]], member[2])

    def harmed() -> str | None:
        well, rows = evening.run(), evening.rows()
        wire.rest()
        limit()
        if well and rows != due:
            return "said success, and lines are missing"
        if any(rows.count(row) > due.count(row) for row in rows):
            return "sent twice, or sent what is not due"
        if not (evening.run() and evening.run()) or evening.rows() != due:
            return "did not heal"
        return None

    assert walked(sample(members(wire.seen)), spoil, harmed) == []
