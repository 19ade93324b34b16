"""A misspelt key anywhere in any shipped spec is found at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from edusync.app.files.recordings import recorded
from edusync.diagnostics import Route
from edusync.registry import Registry
from edusync.spec import load_spec
from edusync.spec.document import read_document
from tests.support.walks import Sample

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


@pytest.mark.walk(every=22)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_misspelt_key_is_found_at_its_line(file: Path, registry: Registry, sample: Sample) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    answers = recorded(file)
    keys = [
        (route, place)
        for route, place in read_document(text, file.name).keys.items()
        if _is_ours(route, place, text, lines)
    ]
    missed = []
    for route, (line, column) in sample(keys):
        key = str(route[-1])
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        assert after.startswith(key), (key, after)
        planted = [*lines[: line - 1], f"{before}{key[:-1]}q{after[len(key) :]}", *lines[line:]]
        _, found = load_spec("".join(planted), file.name, registry.functions, answers)
        if not any(
            finding.location.line == line or str(finding.hint).startswith(f"line {line}: ")
            for finding in found.findings
        ):
            missed.append(
                (
                    ".".join(map(str, route)),
                    [(finding.code, finding.location.line) for finding in found.findings][:2],
                )
            )
    assert len(keys) > 45
    assert missed == []


def _is_ours(route: Route, place: tuple[int, int], text: str, lines: list[str]) -> bool:
    """Whether the language decides what a key is called."""
    key, (line, column) = str(route[-1]), place
    asked_for = len(route) == 2 and route[0] in {"options", "connection"}
    if asked_for and f"{route[0]}.{key}" not in text:  # an answer that nothing reads
        return False
    return not (
        FREE & set(map(str, route[:-1]))
        or lines[line - 1][column - 1 :].startswith(("'", '"'))
        or len(key) < 2
    )
