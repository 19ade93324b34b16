"""The schemas serve a real editor: `yaml-language-server` from npm completes, documents and finds
mistakes while somebody types.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.client import Editor

ROOT = Path(__file__).parents[2]
SERVER = "yaml-language-server@1.19.2"
SCHEMAS = {
    kind: str((ROOT / "schemas" / f"{kind}.v1.schema.json").as_uri())
    for kind in ("spec", "connector", "case")
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not here: the language server of editors runs on them")
    home = tmp_path_factory.mktemp("npm")
    try:
        fetched = subprocess.run(
            [
                npm,
                "install",
                "--prefix",
                str(home),
                "--no-audit",
                "--no-fund",
                "--fetch-retries=1",
                "--fetch-timeout=30000",
                SERVER,
            ],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("npm could not fetch the language server within three minutes")
    if fetched.returncode:
        pytest.skip(
            f"npm could not fetch the language server: {fetched.stderr.strip().splitlines()[-1:]}"
        )
    settings = {
        "yaml": {
            "validate": True,
            "completion": True,
            "hover": True,
            "schemaStore": {"enable": False},
            "schemas": {
                SCHEMAS["spec"]: ["**/specs/*.yaml", "**/specs/examples/*.yaml"],
                SCHEMAS["connector"]: "**/*-school.yaml",
                SCHEMAS["case"]: "**/case.yaml",
            },
        }
    }
    found = Editor(
        [str(home / "node_modules/.bin/yaml-language-server"), "--stdio"], ROOT, settings
    )
    yield found
    found.close()


def test_editor_accepts_every_shipped_file_as_it_is_written(editor: Editor) -> None:
    files = [
        *sorted((ROOT / "specs").rglob("*.yaml")),
        *sorted((ROOT / "tests/connectors").rglob("case.yaml")),
    ]
    found = {}
    for file in files:
        editor.show(file, file.read_text(encoding="utf-8"))
    for file in files:
        diagnostics = editor.found(file)
        editor.shut(file)
        if diagnostics:
            found[str(file.relative_to(ROOT))] = [
                (one["range"]["start"]["line"] + 1, one["message"]) for one in diagnostics
            ][:3]
    assert len(files) > 200
    assert found == {}


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ("key: codeSite}", "kye: codeSite}", "kye"),
        ("window_days: 7}", "window_days: seven}", "integer"),
        ("  kind: http", "  kind: ftp", "http"),
        ("label: Yparéo\n", "label: Yparéo\nlabels: x\n", "labels"),
        ("    type: boolean\n", "    type: bolean\n", "boolean"),
        ("edusync: 1", "edusync: 2", "1"),
        ("    per_account: true", "    per_account: perhaps", "boolean"),
    ],
)
def test_editor_finds_a_mistake_at_its_line_once(
    editor: Editor, good: str, bad: str, words: str
) -> None:
    text = (ROOT / "specs/ypareo.yaml").read_text(encoding="utf-8")
    planted = text.replace(good, bad, 1)
    line = planted[: planted.index(bad) + len(bad.rstrip("\n"))].count("\n")
    file = ROOT / "specs" / f"planted-{abs(hash(bad))}.yaml"
    found = editor.open(file, planted)
    editor.shut(file)
    assert [(one["range"]["start"]["line"], words in one["message"]) for one in found] == [
        (line, True)
    ], found


def test_editor_completes_the_keys_of_a_list_and_the_values_of_a_kind(editor: Editor) -> None:
    text = (ROOT / "specs/ypareo.yaml").read_text(encoding="utf-8")
    planted = text.replace(
        "resources:\n", "resources:\n  rooms:\n    get: /rooms\n    \n", 1
    ).replace("  kind: http\n", "  kind: \n", 1)
    file = ROOT / "specs" / "typed.yaml"
    editor.open(file, planted)
    lines = planted.splitlines()
    keys = editor.at("completion", file, lines.index("    get: /rooms") + 1, 4)["items"]
    kinds = editor.at("completion", file, lines.index("  kind: "), 8)["items"]
    editor.shut(file)
    assert {"paging", "items", "for_each", "drop", "key", "filter_by"} <= {
        item["label"] for item in keys
    }
    assert {"http", "soap", "sql", "files"} <= {item["label"].strip('"') for item in kinds}
    assert all(
        item.get("documentation") for item in keys if item["label"] in {"paging", "drop", "key"}
    )


def test_editor_says_what_a_key_means(editor: Editor) -> None:
    file = ROOT / "specs" / "ypareo.yaml"
    text = file.read_text(encoding="utf-8")
    editor.open(file, text)
    line, words = next(
        (number, words) for number, words in enumerate(text.splitlines()) if "window_days:" in words
    )
    said = editor.at("hover", file, line, words.index("window_days:") + 4)["contents"]
    editor.shut(file)
    assert "days" in (said["value"] if isinstance(said, dict) else str(said)).lower()
