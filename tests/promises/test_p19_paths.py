"""A path of a spec never leads out of the folder of the ERP, to read or to write (P19, F33)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from edusync.errors import EdusyncError
from tests.bugs.school import PEOPLE, School
from tests.contract.scenes.scene import School as Scened
from tests.contract.scenes.scene import evening, with_functions
from tests.contract.scenes.wires import over_files

LEAKED = "LEAKED"
PATTERNS = (
    "../people.csv",
    "../*.csv",
    "/etc/passwd",
    "{outside}/people.csv",
    "x/../../people.csv",
    "lesson/../people.csv",
    "~/people.csv",
    "link.csv",
    "linked/people.csv",
    "linked/*.csv",
    "**/people.csv",
    "**people",
    "pipe.csv",
    "zero.csv",
    "folder.csv",
    "[",
    "file:///etc/passwd",
    "CON",
    "x" * 300 + ".csv",
    "\x00",
)
WRITTEN = (
    "../up.csv",
    "../../up.csv",
    "/{outside}/up.csv",
    "x/up.csv",
    "..",
    ".",
    "../",
    "linked/up.csv",
    "..\\up.csv",
    "~/up.csv",
    "x\ny.csv",
    "x" * 300 + ".csv",
    "a\x00b.csv",
)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """Open a school beside whose folder lies what nobody may read."""
    with ExitStack() as stack:
        school = School(tmp_path, stack)
        outside = tmp_path / "people.csv"
        outside.write_text(PEOPLE.replace("MARTEL", LEAKED), encoding="utf-8")
        files = tmp_path / "files"
        (files / "link.csv").symlink_to(outside)
        (files / "linked").symlink_to(tmp_path)
        (files / "zero.csv").symlink_to("/dev/zero")
        (files / "folder.csv").mkdir()
        os.mkfifo(files / "pipe.csv")
        yield school


@pytest.mark.promise("P19")
@pytest.mark.fault("F33")
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: ascii(one)[:20])
def test_nothing_outside_of_the_folder_is_read(school: School, pattern: str) -> None:
    named = pattern.replace("{outside}", str(school.folder))
    school.spec["resources"]["people"]["file"] = named
    run = school.sync()
    assert run.code in ({0} if pattern == "**/people.csv" else {1, 2, 4, 5}), run.events
    assert "Traceback" not in run.events
    assert LEAKED not in " ".join(run.names) + run.events


@pytest.mark.promise("P19")
@pytest.mark.fault("F33")
@pytest.mark.parametrize("name", WRITTEN, ids=lambda one: ascii(one)[:20])
def test_nothing_outside_of_the_folder_is_written(tmp_path: Path, name: str) -> None:
    with ExitStack() as stack:
        school = Scened(tmp_path, with_functions(), stack)
        over_files(school)
        school.goes_up()
        school.spec["resources"]["reasons"] = {"file": "reasons.json", "key": "id"}
        named = name.replace("{outside}", str(tmp_path))
        step = {"file": named, "csv": {"who": "{{ line.who }}"}, "in_doubt": "repeat"}
        school.spec["writeback"]["for_sheet"] = [step]
        before = outside(tmp_path)
        with suppress(EdusyncError):
            evening("absent", "absent")(school)
        made = {one for one in outside(tmp_path) - before if not one.startswith("state.")}
        assert made <= {"little.yaml", "school.yaml", "locks"}


def outside(folder: Path) -> set[str]:
    """Return what lies in the folder above that of the ERP, and above that."""
    return {one.name for here in (folder, folder.parent) for one in here.iterdir()}
