"""One mistake, one finding: what is only said because a name elsewhere is misspelt is not said.

Where a hint names the word that was meant, the text is read once more with that word. What is not
found any more is a consequence: an option that nothing uses since `options` was misspelt.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from edusync.diagnostics import Diagnostic

    Look = Callable[[str], Sequence[Diagnostic] | None]

_MEANT = re.compile(r"did you mean '(.+)'\?$")
_QUOTED = re.compile(r"'([^'\n]+)'")


def without_consequences(findings: Sequence[Diagnostic], text: str, look: Look) -> list[Diagnostic]:
    """Return the findings of a text, but those that are gone once misspelt words are put right.

    `look` returns what is found in another text, None where that is no whole spec.
    """
    corrected, misspelt = _corrected(findings, text)
    if not misspelt or len(misspelt) == len(findings):
        return [*findings]
    found = look(corrected)
    if found is None:
        return [*findings]
    left = Counter((one.code, one.message) for one in found)
    gone = [one for one in findings if one not in misspelt and not left[one.code, one.message]]
    return [_with_other_end(one, gone) for one in findings if one not in gone]


def _with_other_end(finding: Diagnostic, gone: Sequence[Diagnostic]) -> Diagnostic:
    """Return a finding with where the word stands that is meant, if nothing else uses it there.

    The misspelt one of the two may be either.
    """
    meant = _MEANT.search(finding.hint or "")
    for other in gone:
        is_unused = other.code.endswith("_UNUSED")
        if meant is not None and is_unused and f"'{meant.group(1)}'" in other.message:
            where = f"line {other.location.line}: {other.message}"
            return replace(finding, hint=f"{where}; {finding.hint}")
    return finding


def _corrected(findings: Sequence[Diagnostic], text: str) -> tuple[str, set[Diagnostic]]:
    """Return the text with every misspelt word put right, and the findings that say so."""
    lines = text.split("\n")
    misspelt: set[Diagnostic] = set()
    places: dict[tuple[int, int], tuple[str, str]] = {}
    for finding in findings:
        meant, line = _MEANT.search(finding.hint or ""), finding.location.line - 1
        if meant is None or line >= len(lines):
            continue
        column = finding.location.column - 1
        words = [(_word(lines[line], one, column), one) for one in _QUOTED.findall(finding.message)]
        at, wrong = min(((at, one) for at, one in words if at is not None), default=(0, ""))
        if wrong:
            places[line, at] = (wrong, meant.group(1))
            misspelt.add(finding)
    for (line, at), (wrong, right) in sorted(places.items(), reverse=True):
        lines[line] = lines[line][:at] + right + lines[line][at + len(wrong) :]
    return "\n".join(lines), misspelt


def _word(line: str, word: str, begin: int) -> int | None:
    """Return where a word stands in a line, from a column on; None where it does not."""
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(line, begin)
    return found.start() if found else None
