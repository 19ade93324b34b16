"""Refused is not absent on the way up: every read × every kind of refusal loses no line."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from edusync.errors import EdusyncError
from tests.conftest import World
from tests.reliability.test_refused_reads import ALWAYS, REFUSALS, Refusing, lose_the_store
from tests.support.walks import Sample

pytestmark = pytest.mark.slow
LISTS = ("course", "justified-absence", "justified-absence/absence-reason")


class Evening:
    """A school in the evening, its classes archived, which can be played again and again."""

    def __init__(self, world: World, *, store: bool) -> None:
        self.world = world
        self.refusing = Refusing(world.app.wsgi_app)
        world.app.wsgi_app = self.refusing  # type: ignore[method-assign]  # Flask's own door
        answers = world.simulation.answers(world.erp_url)
        world.write(options=answers["options"], reasons=answers.get("reasons", {}))
        world.sync()
        if not store:
            lose_the_store(world)
        world.to_evening()
        world.play("7712001", "7712002")
        self.absences = copy.deepcopy(world.simulation.seed.absences)
        self.kept = world.folder / "kept"
        self.kept.mkdir()
        for file in world.folder.glob("state.*"):
            shutil.copy(file, self.kept)

    def again(self) -> None:
        self.refusing.rest()
        self.world.simulation.seed.absences = copy.deepcopy(self.absences)
        for file in self.world.folder.glob("state.*"):
            file.unlink()
        for file in self.kept.glob("state.*"):
            shutil.copy(file, self.world.folder)

    def run(self) -> bool:
        """Send, and return whether it said that all is well."""
        try:
            return self.world.write_back().status == "success"
        except EdusyncError:
            return False

    def rows(self) -> list[dict[str, Any]]:
        """Return what the ERP holds, without its own numbers."""
        rows = [{**row, "codeAbsence": 0} for row in self.world.simulation.attendance()]
        return sorted(rows, key=repr)


@pytest.mark.fault("F5")
@pytest.mark.promise("P13")
@pytest.mark.walk(every=31)
@pytest.mark.parametrize("store", [True, False], ids=["with its store", "store lost"])
def test_refused_reads_lose_no_line(
    make_world: Callable[..., World], store: bool, sample: Sample
) -> None:
    evening = Evening(make_world(grace="1ms"), store=store)
    evening.again()
    evening.refusing.seen.clear()
    assert evening.run()
    reads, due = dict(evening.refusing.seen), evening.rows()
    members = [
        (route, said, times, skip)
        for route, count in sorted(reads.items())
        for said in REFUSALS
        if not (route in LISTS and said == "an empty list")
        for times, skip in ((1, 0), (ALWAYS, 0), (ALWAYS, count // 2))
    ]
    harmful = []
    for route, said, times, skip in sample(members):
        evening.again()
        evening.refusing.refuse(route, REFUSALS[said], times, skip)
        if evening.run() and evening.rows() != due:
            harmful.append((route, said, times, "said success, and lines are missing"))
        evening.refusing.rest()
        if not (evening.run() and evening.run()) or evening.rows() != due:
            harmful.append((route, said, times, "did not heal"))
    assert harmful == []
