"""The wheel holds everything that it needs, and works where no checkout is near."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    assert list(folder.glob("*.tar.gz"))
    return built


def test_wheel_from_the_source_archive_holds_every_bundled_file(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    held = {
        name.removeprefix("edusync/_bundled/")
        for name in names
        if name.startswith("edusync/_bundled/")
    }
    assert held == {
        file.relative_to(ROOT).as_posix()
        for folder in ("specs", "schemas")
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    }
    assert "edusync/locale/fr/LC_MESSAGES/edusync.mo" in names
    assert not any(name.startswith(("tests/", "docs/")) for name in names)


def test_packages_are_as_pypi_and_wheels_want_them(wheel: Path) -> None:
    for tool in (
        ["twine", "check", "--strict", *map(str, wheel.parent.iterdir())],
        ["check_wheel_contents", str(wheel)],
    ):
        ended = subprocess.run(
            [sys.executable, "-m", *tool], capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_installed_wheel_lists_both_connectors_and_plays_the_demo(
    wheel: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    binaries = tmp_path / "env" / "bin"
    subprocess.run(
        [binaries / "pip", "install", "-q", "-c", ROOT / "requirements.lock", wheel],
        check=True,
        capture_output=True,
    )
    listed = subprocess.run(
        [binaries / "edusync", "connectors"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert [line.split()[0] for line in listed.stdout.splitlines()] == sorted(
        path.stem for path in (ROOT / "specs").glob("*.yaml")
    )
    played = subprocess.run(
        [binaries / "edusync", "demo", "--erp", "ypareo"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert "success: nothing was written" in played.stdout
