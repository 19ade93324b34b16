"""The extension for VS Code is packaged by `vsce` from npm, and starts what there is to start."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from edusync.cli import COMMANDS

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"


def npm(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    found = shutil.which("npm")
    if found is None or shutil.which("node") is None:
        pytest.skip("node and npm are not here: the extension is packaged by them")
    try:
        return subprocess.run(
            [found, *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("npm could not fetch what packages the extension within five minutes")


def test_extension_is_packaged_with_what_it_needs(tmp_path: Path) -> None:
    folder = tmp_path / "vscode"
    shutil.copytree(EXTENSION, folder, ignore=shutil.ignore_patterns("node_modules", "*.vsix"))
    fetched = npm(
        "install", "--no-audit", "--no-fund", "--omit=optional", "--fetch-retries=1", folder=folder
    )
    if fetched.returncode:
        pytest.skip(f"npm could not fetch it: {fetched.stderr.strip().splitlines()[-1:]}")
    made = npm("run", "package", folder=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    with ZipFile(folder / "edusync.vsix") as package:
        names = package.namelist()
        manifest = json.loads(package.read("extension/package.json"))
    assert "extension/extension.js" in names
    assert any(name.startswith("extension/node_modules/vscode-languageclient/") for name in names)
    assert manifest["main"] == "./extension.js"


def test_extension_starts_a_command_that_there_is() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    command = manifest["contributes"]["configuration"]["properties"]["edusync.command"]["default"]
    assert command[0] == "edusync"
    assert command[1] in COMMANDS
