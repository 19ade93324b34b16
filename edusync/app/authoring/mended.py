"""Leave out of a spec that was guessed what does not validate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.diagnostics import Severity
from edusync.spec import load_spec
from edusync.spec.layout import formatted

if TYPE_CHECKING:
    from edusync.spec.tree import Spec

_MOST_MENDED = 40
_NEEDED = ("name", "starts_at", "ends_at", "professors", "last_name", "first_name", "email")
_GUESSED = re.compile(
    r"    (?!(from|sql|soap|get|post|call|source_id):)(?P<word>\w+):"  # of a list or an entity
    r"|  (probe|headers):"  # of the transport
)
"""The lines that can be left out, and leave a spec."""


def valid(text: str, name: str, notes: list[str]) -> tuple[str, Spec | None]:
    """Return a spec that validates, None when what is wrong is no guess that can be left out.

    A guess that does not validate is left out, and noted.
    """
    for _ in range(_MOST_MENDED):
        spec, document = load_spec(text, f"specs/{name}.yaml", {})
        errors = [one for one in document.findings if one.severity is Severity.ERROR]
        if spec is not None and not errors:
            return formatted(text), spec
        lines = text.splitlines()
        guessed = [one for one in errors if _GUESSED.match(lines[one.location.line - 1])]
        if not guessed:
            break
        finding = min(guessed, key=lambda one: one.location.line)
        number = finding.location.line - 1
        line = lines[number].partition("  # ")[0]
        notes.append(f"left out: {line.strip()} ({finding.message})")
        word = _GUESSED.match(line)
        needed = word["word"] if word is not None and word["word"] in _NEEDED else None
        if needed and "{value: null}" in line:
            break
        instead = [f"    {needed}: {{value: null}}  # guess: say where it stands"] if needed else []
        text = "\n".join([*lines[:number], *instead, *lines[number + 1 :]]) + "\n"
    return text, None
