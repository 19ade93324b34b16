"""The extension for VS Code is packaged by `vsce` from npm, and starts what there is to start."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from edusync.cli import COMMANDS
from edusync.lsp.coverage import COVERAGE

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


VSCODE = """
const drawn = {}, registered = {};
let made = 0;
const editor = {
  document: {
    uri: "file:///specs/x.yaml",
    save: async () => true,
    lineAt: (line) => ({ range: line }),
  },
  setDecorations: (kind, lines) => { drawn[kind.colour] = lines; },
};
module.exports = {
  drawn, registered, changed: [],
  Uri: { parse: (text) => text },
  OverviewRulerLane: { Left: 1 }, ProgressLocation: { Window: 10 },
  commands: { registerCommand: (name, does) => { registered[name] = does; } },
  window: {
    activeTextEditor: editor, visibleTextEditors: [editor], setStatusBarMessage: () => {},
    withProgress: (_shown, does) => does(),
    createTextEditorDecorationType: (kind) => ({ colour: kind.overviewRulerColor }),
  },
  workspace: {
    getConfiguration: () => ({ get: () => ["edusync", "lsp"] }),
    onDidChangeTextDocument: (does) => { module.exports.changed.push(does); },
  },
};
"""
CLIENT = """
exports.LanguageClient = class {
  async start() {}
  async sendRequest(method, asked) {
    exports.asked = [method, asked.command, asked.arguments];
    return { percent: 50, cases: 2, lines: [
      { line: 4, state: "whole", note: "" }, { line: 7, state: "part", note: "never true" } ] };
  }
};
"""
SCRIPT = """
const vscode = require("vscode"), client = require("vscode-languageclient/node");
const extension = require("./extension.js");
(async () => {
  await extension.activate({ subscriptions: [] });
  await vscode.registered["edusync.showCoverage"]();
  const shown = structuredClone(vscode.drawn);
  vscode.changed[0]({ document: vscode.window.activeTextEditor.document, contentChanges: [1] });
  console.log(JSON.stringify({ asked: client.asked, shown, after: vscode.drawn }));
})();
"""


def test_extension_marks_the_lines_that_the_server_names(tmp_path: Path) -> None:
    """In node, with what VS Code would be: marks are drawn, and taken away by the next change."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here: it runs the extension")
    shutil.copy(EXTENSION / "extension.js", tmp_path)
    modules = tmp_path / "node_modules"
    (modules / "vscode-languageclient").mkdir(parents=True)
    (modules / "vscode").mkdir()
    (modules / "vscode" / "index.js").write_text(VSCODE)
    (modules / "vscode-languageclient" / "node.js").write_text(CLIENT)
    (tmp_path / "run.js").write_text(SCRIPT)
    ran = subprocess.run(
        [node, "run.js"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    found = json.loads(ran.stdout or "{}")
    assert found["asked"] == ["workspace/executeCommand", COVERAGE, ["file:///specs/x.yaml"]]
    drawn = {colour: lines for colour, lines in found["shown"].items() if lines}
    assert sorted(drawn.values(), key=lambda lines: lines[0]["range"]) == [
        [{"range": 4}],
        [{"range": 7, "hoverMessage": "never true"}],
    ]
    assert [lines for lines in found["after"].values() if lines] == []


def test_extension_registers_each_command_that_it_offers() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    script = (EXTENSION / "extension.js").read_text(encoding="utf-8")
    offered = {one["command"] for one in manifest["contributes"]["commands"]}
    assert offered == {"edusync.showCoverage", "edusync.hideCoverage"}
    assert all(f'registerCommand("{name}"' in script for name in offered)
