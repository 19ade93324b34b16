"""Findings as an editor shows them: the whole word, the code, what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from edusync.app.authoring.validate import Door, check_text
from edusync.app.files.specs import shown
from edusync.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from edusync.lsp.source import Source

_OURS = re.compile(r"^(edusync|shows|connector|transport|entities|accounts)\s*:", re.MULTILINE)
"""What a file of ours says at the left margin, one that cannot be read included."""
_QUOTED = re.compile(r"'([^'\n]+)'")
_MEANT = re.compile(r"did you mean '(.+)'\?$")
_PLAIN = re.compile(r"[\w$@.-]+|\S")
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding in an open file, with from where to where it is about."""

    finding: Diagnostic
    start: int
    end: int


def find(file: Path, source: Source, door: Door) -> list[PlacedFinding]:
    """Return what `edusync validate` finds in a file with the text that stands in the editor.

    What is wrong with the spec of a connector file is said where the file names it.
    """
    if _OURS.search(source.text) is None:
        return []
    name = shown(file)
    findings = list(dict.fromkeys(check_text(file, source.text, door, sure=False) or []))
    door.connector_files.clear()
    door.instances.clear()
    own = [
        PlacedFinding(one, *_place(source, one)) for one in findings if one.location.file == name
    ]
    spec = source.of(("spec",), key=False) or source.of(("connector", "spec"), key=False)
    start, end = (spec.start, spec.end) if spec else (0, 0)
    others = [PlacedFinding(one, start, end) for one in findings if one.location.file != name]
    return sorted(own + others, key=lambda one: (one.start, one.finding.order))


def as_diagnostic(source: Source, found: PlacedFinding, file: Path) -> lsp.Diagnostic:
    """Return a finding as the protocol has it."""
    finding = found.finding
    lines = [finding.message, *([finding.hint] if finding.hint else [])]
    if finding.location.file != shown(file):
        lines[0] = f"{finding.location}: {lines[0]}"
    page = codes_page()
    return lsp.Diagnostic(
        range=source.range(found.start, found.end),
        message="\n".join(lines),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=lsp.CodeDescription(page) if page else None,
        source="edusync",
        tags=[lsp.DiagnosticTag.Unnecessary] if finding.code.endswith("_UNUSED") else None,
    )


@cache
def codes_page() -> str | None:
    """Return the address of the page of codes, None where the documents are not installed."""
    checkout = Path(__file__).parents[2]
    page = checkout / "docs" / "reference" / "codes.md"
    is_ours = page.is_file() and (checkout / "pyproject.toml").is_file()
    return page.as_uri() if is_ours else None


def _place(source: Source, finding: Diagnostic) -> tuple[int, int]:
    """Return from where to where a finding is about: the word that it quotes, else all."""
    at = source.at(finding.location.line, finding.location.column)
    spot = source.spot(at)
    plain = _PLAIN.match(source.text, at)
    fallback = (at, plain.end() if plain else at + 1)
    if spot is None or not spot.start <= at < max(spot.end, spot.start + 1):
        return fallback
    words = [match.group(1) for match in _QUOTED.finditer(finding.message)]
    meant = meant_by(finding)
    if meant is not None:  # of the words that it quotes, the misspelt one
        words.sort(key=lambda word: -SequenceMatcher(None, word, meant).ratio())
    for word in words:
        whole = re.compile(rf"(?<![\w$@-]){re.escape(word)}(?![\w$@-])")
        here = whole.match(source.text, at) or whole.search(source.text, spot.start, spot.end)
        if here is not None:
            return here.span()
    if at > spot.start:
        return fallback
    is_block = source.text[spot.start : spot.start + 1] in {"|", ">"}
    end = source.text.find("\n", spot.start, spot.end) if is_block else spot.end
    return spot.start, spot.end if end < 0 else end


def meant_by(finding: Diagnostic) -> str | None:
    """Return the word that was probably meant, None when the hint names none."""
    match = _MEANT.search(finding.hint or "")
    return match.group(1) if match else None
