"""A misspelt key anywhere in any shipped spec is found at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from edusync.app.recordings import recorded
from edusync.registry import Registry
from edusync.spec import load_spec
from edusync.spec.document import read_document

ROOT = Path(__file__).parents[2]
SPECS = sorted((*(ROOT / "specs").glob("*.yaml"), *(ROOT / "specs" / "examples").glob("*.yaml")))
FREE = {
    "query",
    "headers",
    "form",
    "json",
    "values",
    "basic",
    "with",
    "arguments",
    "merge",
    "set",
    "student",
    "professor",
    "map",
    "csv",
    "carry",
    "calls",
    "xml",
}
"""Below these the ERP decides what a key is called: what is sent, and what choices are called."""
STRIDE = 3
"""Every third key keeps the suite quick; all of them were tried on 25 November 2026 (1: about 100 seconds)."""


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_misspelt_key_is_found_at_its_line(file: Path, registry: Registry) -> None:
    text = file.read_text(encoding="utf-8")
    document = read_document(text, file.name)
    lines = text.splitlines(keepends=True)
    answers = recorded(file)
    tried, missed = 0, []
    for route, (line, column) in [*document.keys.items()][::STRIDE]:
        key = str(route[-1])
        if (
            len(route) == 2
            and route[0] in {"options", "connection"}
            and f"{route[0]}.{key}" not in text
        ):  # an answer that is only asked for
            continue
        if (
            FREE & set(map(str, route[:-1]))
            or lines[line - 1][column - 1 :].startswith(("'", '"'))
            or len(key) < 2
        ):
            continue
        tried += 1
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        assert after.startswith(key), (key, after)
        planted = [*lines[: line - 1], f"{before}{key[:-1]}q{after[len(key) :]}", *lines[line:]]
        _, found = load_spec("".join(planted), file.name, registry.functions, answers)
        if not any(finding.location.line == line for finding in found.findings):
            missed.append(
                (
                    ".".join(map(str, route)),
                    [(finding.code, finding.location.line) for finding in found.findings][:2],
                )
            )
    assert tried > 15
    assert missed == []
