"""A schedule is right before anything is done: slots are ranges within one day that share no
moment, in a spec and in a connector file, both ways.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.connector_file import read_instance
from edusync.cli import command
from edusync.diagnostics import Diagnostic
from edusync.errors import FilesInvalid
from edusync.registry import Registry
from edusync.resources import bundled
from edusync.spec import load_spec
from edusync.spec.build.schedule import build_schedule
from edusync.spec.document import read_document
from edusync.spec.tree import Schedule, Slot
from tests.conftest import World

AT = {"spec": 26, "connector": 4}
"""The line on which the schedule stands in each kind of file."""
CODES = {
    "spec": {
        "form": "SPEC_WRONG_VALUE",
        "type": "SPEC_WRONG_TYPE",
        "key": "SPEC_UNKNOWN_KEY",
        "slot": "SPEC_BAD_SCHEDULE",
    },
    "connector": {
        "form": "CONF_OPTION_VALUE",
        "type": "CONF_WRONG_TYPE",
        "key": "CONF_UNKNOWN_KEY",
        "slot": "CONF_BAD_SCHEDULE",
    },
}
BAD = {
    # what stands behind the direction: the kind of mistake, its column behind the bracket of
    # `{down: `
    '["13:00-11:00"]': ("slot", 1),
    '["11:00-11:00"]': ("slot", 1),
    '["22:00-02:00"]': ("slot", 1),
    '["22:00-00:00"]': ("slot", 1),
    '["11:00-13:00", "11:00-13:00"]': ("slot", 16),
    '["11:00-13:00", "12:59-14:00"]': ("slot", 16),
    '["12:59-14:00", "11:00-13:00"]': ("slot", 16),
    '["09:00-20:00", "21:00-22:00", "12:00-13:00"]': ("slot", 31),
    "[]": ("form", 0),
    '["24:00-25:00"]': ("form", 1),
    '["9:00-11:00"]': ("form", 1),
    '["11:00 - 13:00"]': ("form", 1),
    '["11:00-13:00\\n"]': ("form", 1),
    '["midday"]': ("form", 1),
    '[""]': ("form", 1),
    "[1030]": ("type", 1),
    "[null]": ("type", 1),
    "null": ("type", 0),
    "1030": ("type", 0),
}
ONLY = {
    ("down", '["10:00"]'): ("form", 1),
    ("down", "with_down"): ("type", 0),
    ("down", '"11:00-13:00"'): ("type", 0),
    ("up", "sometimes"): ("form", 0),
    ("up", '"10:30"'): ("form", 0),
    ("up", '["with_down"]'): ("form", 1),
    ("up", '["at_once", "20:30"]'): ("form", 1),
    ("up", '["10:30", "10:30"]'): ("slot", 10),
    ("up", '["10:00-11:00", "10:30"]'): ("slot", 16),
    ("dwon", '["11:00-13:00"]'): ("key", -6),
}
MISTAKES = [
    (direction, written, kind, column)
    for written, (kind, column) in BAD.items()
    for direction in ("down", "up")
] + [(direction, written, *mistake) for (direction, written), mistake in ONLY.items()]
"""(direction, what is written, kind of mistake, column after `{down: `)."""
GOOD = [
    ("down", '["11:00-13:00"]', (Slot(time(11), time(13)),)),
    (
        "down",
        '["18:00-21:00", 11:00-13:00, "13:00-13:30", "00:00-00:01", "22:00-23:59"]',
        (
            Slot(time(18), time(21)),
            Slot(time(11), time(13)),
            Slot(time(13), time(13, 30)),
            Slot(time(0), time(0, 1)),
            Slot(time(22), time(23, 59)),
        ),
    ),
    ("up", "with_down", "with_down"),
    ("up", '["10:30"]', (Slot(time(10, 30), time(10, 30)),)),
    (
        "up",
        '["10:30", "20:00-21:00", "21:00"]',
        (
            Slot(time(10, 30), time(10, 30)),
            Slot(time(20), time(21)),
            Slot(time(21), time(21)),
        ),
    ),
]


def read(
    kind: str, schedule: str, tmp_path: Path, registry: Registry
) -> tuple[Schedule | None, list[Diagnostic]]:
    """Read a file of a kind with `schedule: …` in it."""
    if kind == "spec":
        text = (bundled("specs") / "examples" / "cursus.yaml").read_text(encoding="utf-8")
        lines = text.splitlines()
        assert lines[AT[kind] - 1].startswith("schedule: ")
        lines[AT[kind] - 1] = f"schedule: {schedule}"
        spec, document = load_spec("\n".join(lines), "cursus.yaml")
        return spec.schedule if spec else None, document.findings
    (tmp_path / "key").write_text("k", encoding="utf-8")
    connector = [
        "edusync: 1",
        "connector: school",
        "spec: ypareo",
        f"schedule: {schedule}",
        "connection: {url: https://erp.example, apiKey: '${file:key}'}",
        "accounts: [{name: main, edusign: {api_key: '${file:key}'}}]",
    ]
    (tmp_path / "c.yaml").write_text("\n".join(connector), encoding="utf-8")
    instance, findings = read_instance(tmp_path / "c.yaml", registry)
    return instance.schedule if instance else None, findings


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize(("direction", "written", "mistake", "column"), MISTAKES)
def test_bad_slot_is_found_at_its_place(
    kind: str,
    direction: str,
    written: str,
    mistake: str,
    column: int,
    tmp_path: Path,
    registry: Registry,
) -> None:
    built, findings = read(kind, f"{{{direction}: {written}}}", tmp_path, registry)
    before = len(f"schedule: {{{direction}: ") + 1
    assert (built, [(found.code, found.location.line) for found in findings]) == (
        None,
        [(CODES[kind][mistake], AT[kind])],
    )
    if mistake != "key":
        assert findings[0].location.column == before + column
    assert findings[0].hint


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize(("direction", "written", "expected"), GOOD)
def test_good_slots_are_times_of_day(
    kind: str,
    direction: str,
    written: str,
    expected: object,
    tmp_path: Path,
    registry: Registry,
) -> None:
    built, findings = read(kind, f"{{{direction}: {written}}}", tmp_path, registry)
    assert built is not None, findings
    assert (findings, getattr(built, direction)) == ([], expected)


@pytest.mark.parametrize(
    ("kind", "slots"), [("spec", Schedule().goes_up), ("connector", "at 10:30, 20:30")]
)
def test_at_once_leaves_the_slots_below_it(
    kind: str, slots: str, tmp_path: Path, registry: Registry
) -> None:
    built, findings = read(kind, "{up: at_once}", tmp_path, registry)
    assert built is not None, findings
    assert (built.at_once, built.goes_up, findings) == (True, f"at once, and {slots}", [])


def test_a_school_may_not_want_what_its_spec_does_at_once() -> None:
    base = replace(Schedule(), at_once=True)
    texts = ("schedule: {window_days: 3}", "schedule: {up: ['20:30']}", "schedule: {up: with_down}")
    found = [build_schedule(read_document(text, "c.yaml"), "X", base).at_once for text in texts]
    assert found == [True, False, False]


def test_what_a_connector_file_does_not_say_is_as_the_spec_has_it(
    tmp_path: Path, registry: Registry
) -> None:
    changed, _ = read("connector", "{window_days: 3}", tmp_path, registry)
    own, _ = read("connector", "{up: with_down}", tmp_path, registry)
    assert changed is not None
    assert own is not None
    assert (changed.window_days, changed.runs, changed.goes_up) == (
        3,
        "11:30-13:30, 18:00-21:00",
        "at 10:30, 20:30",
    )
    assert (own.window_days, own.runs, own.goes_up) == (
        7,
        "11:30-13:30, 18:00-21:00",
        "in the same runs",
    )


@pytest.mark.parametrize(
    "schedule",
    [{"down": ["10:00"]}, {"down": ["13:00-11:00"]}, {"down": []}, {"up": []}],
    ids=json.dumps,
)
def test_nothing_is_begun_under_a_bad_schedule(
    make_world: Callable[..., World], schedule: dict[str, Any]
) -> None:
    world = make_world(schedule=schedule)
    line = ["sync", str(world.file), "--state", str(world.state), "--at", world.now.isoformat()]
    with pytest.raises(FilesInvalid):
        command.main(line, standalone_mode=False)
    assert (world.state.exists(), world.book.requests, world.erp.seen) == (False, [], [])


@pytest.mark.parametrize(
    "schedule",
    [
        {"down": ["11:00-11:45", "22:00-23:59"], "up": ["12:00"]},
        {"down": ["00:00-00:01"], "up": "with_down"},
        {"up": ["10:30", "20:00-21:00"]},
    ],
    ids=json.dumps,
)
def test_runs_after_the_first_work_under_a_good_schedule(
    make_world: Callable[..., World], schedule: dict[str, Any]
) -> None:
    world = make_world(schedule=schedule)
    assert [world.sync().status for _ in range(3)] == ["success"] * 3


def test_so_many_schedules_were_tried(capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = len(MISTAKES) * len(CODES), len(GOOD) * len(CODES)
    with capsys.disabled():
        sys.stdout.write(f"schedules tried: {bad} bad, {good} good\n")
    assert (bad, good) >= (94, 10)
