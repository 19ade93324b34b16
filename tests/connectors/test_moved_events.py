"""ADE gives an event that is planned again a new id: its sheet is the same one, and there is no
second one (quirk A6, C23).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
import requests

from edusync.app.authoring.demo import Demo
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.engine.map.mapper import Mapper
from edusync.model import PARIS
from edusync.plugins import load_registry

if TYPE_CHECKING:
    from pathlib import Path

    from edusync.app.authoring.demo import Stage

DAY = date(2026, 3, 16)
MOMENT = Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))


def sheets(stage: Stage) -> dict[str, str]:
    """Return the sheets on Edusign: the ERP's identity → Edusign's id."""
    held = requests.get(f"{stage.edusign}/_sandbox/state", timeout=5).json()
    return {course["API_ID"]: course["ID"] for course in held["courses"]}


def test_event_that_is_planned_again_keeps_its_sheet(tmp_path: Path) -> None:
    registry = load_registry()
    with Demo(registry, "adesoft", tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        sync(stage.instance, stage.store, registry, MOMENT)
        before = sheets(stage)
        for _, happen in stage.story:
            happen()
        sync(stage.instance, stage.store, registry, MOMENT)
        after = sheets(stage)
        third = sync(stage.instance, stage.store, registry, MOMENT)
    assert after == {"12/8801/2/0": before["12/8801/2/0"], "12/8802/5/0": before["12/8802/0/0"]}
    assert third.plan.accounts[0].changes == []


def test_sheet_is_not_taken_over_on_the_word_of_half_a_reading(tmp_path: Path) -> None:
    """The old identity may come back: it was not seen, which is not to say that it is gone."""
    registry = load_registry()
    with Demo(registry, "adesoft", tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        sync(stage.instance, stage.store, registry, MOMENT)
        before = sheets(stage)
        for _, happen in stage.story:
            happen()
        whole = Mapper.is_whole
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                Mapper, "is_whole", lambda mapper, kind: kind != "course" and whole(mapper, kind)
            )
            result = sync(stage.instance, stage.store, registry, MOMENT)
        after = sheets(stage)
    assert after == before
    assert [
        (outcome.code, outcome.source_id)
        for outcome in result.outcomes
        if outcome.code == "DOWN_COURSE_HELD_DEPENDENCY"
    ] == [("DOWN_COURSE_HELD_DEPENDENCY", "12/8802/5/0")]


@pytest.mark.parametrize("lifetime", [3, 4, 5])
def test_session_that_dies_on_the_way_is_renewed_and_left(lifetime: int) -> None:
    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.engine.read.names import Answers, names_in_scope
    from edusync.engine.read.source import Source, Tools
    from edusync.model import Window
    from edusync.resources import bundled
    from edusync.sandbox.serve import serving
    from edusync.spec import load_spec
    from edusync_plugins.adesoft.simulator import AdesoftSimulation

    simulation = AdesoftSimulation(DAY, lifetime=lifetime)
    spec, _ = load_spec(
        (bundled("specs") / "adesoft.yaml").read_text(encoding="utf-8"), "adesoft.yaml"
    )
    assert spec is not None
    with serving(simulation.wsgi) as address:
        given = simulation.answers(address)
        options = {name: question.default for name, question in spec.options.items()} | dict(
            given["options"]
        )
        names = names_in_scope(
            Answers("main", given["connection"], options, {}),
            Window.around(MOMENT.now, days=7, days_back=0),
        )
        source = Source(spec, names, Tools(lambda: 0.0, lambda _seconds: None))
        lists = Lists(spec, source, names, Report(), {})
        rows = [len(lists.table(name).rows) for name in ("seances", "membres", "etudiants")]
        source.close()
    assert (
        rows,
        simulation.opened > 1,
        [left for _, left in simulation.sessions.values() if left > 0],
    ) == ([8, 3, 7], True, [])
