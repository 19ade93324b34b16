"""`edusync explain --compiled FILE` prints the Python that a spec is compiled to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import World
from tests.support.commands import edusync

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yaml"))


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_each_part_of_a_spec_is_printed_with_its_lines(file: Path) -> None:
    ended = edusync("explain", "--compiled", str(file))
    assert (ended.returncode, ended.stderr) == (0, "")
    compile(ended.stdout, file.name, "exec")
    lines = file.read_text(encoding="utf-8").splitlines()
    remarks = re.findall(r"# (\w+): .*\.yaml:(\d+):\d+$", ended.stdout, re.MULTILINE)
    assert len(remarks) > 10
    assert [
        (field, number)
        for field, number in remarks
        if field.endswith("_name") and not lines[int(number) - 1].lstrip().startswith(f"{field}:")
    ] == []


def test_connector_file_prints_its_spec(world: World) -> None:
    ended = edusync("explain", "--compiled", str(world.file))
    assert (ended.returncode, "# entity course" in ended.stdout) == (0, True)


def test_file_that_is_not_there_is_a_usage_problem(tmp_path: Path) -> None:
    ended = edusync("explain", "--compiled", str(tmp_path / "none.yaml"))
    assert (ended.returncode, "RUN_USAGE" in ended.stderr) == (2, True)


def test_spec_with_mistakes_shows_them(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("edusync: 1\nconnector: broken\n", encoding="utf-8")
    ended = edusync("explain", "--compiled", str(file))
    assert (ended.returncode, "broken.yaml:1" in ended.stderr + ended.stdout) == (2, True)
