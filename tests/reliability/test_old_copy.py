"""The store is put back to a copy from before attendance was sent: nothing is sent twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.conftest import World

ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")


@pytest.mark.fault("F7")
@pytest.mark.parametrize("erp", ERPS)
def test_attendance_sent_after_the_copy_was_made_is_not_doubled(
    make_world: Callable[..., World], erp: str
) -> None:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    options, out, copy = dict(answers["options"]), world.folder / "out", world.folder / "copy"
    for folder in (out, copy):
        folder.mkdir()
    if erp == "adesoft":
        options["attendanceFolder"] = str(out)
    world.write(options=options, reasons=dict(answers.get("reasons", {})))
    world.sync()
    world.to_evening()
    rows = sorted(world.book.all("courses"), key=lambda row: (row["START"], row["ID"]))
    held = [row["API_ID"] for row in rows if row["START"] < "2026-03-18" and row["STUDENTS"]]
    world.play(*held)
    for file in world.folder.glob("state.*"):
        shutil.copy(file, copy)
    world.write_back()
    before = sorted(map(repr, world.simulation.attendance()))
    for file in copy.glob("state.*"):
        shutil.copy(file, world.folder)
    world.write_back()
    assert sorted(map(repr, world.simulation.attendance())) == before
    if erp != "adesoft":  # whose attendance goes into files
        assert before
