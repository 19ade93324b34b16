"""`# edusync: ignore[CODE] reason` silences a warning.

On its line, or on the line below when it stands alone. Errors cannot be silenced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.codes import get_code
from edusync.diagnostics import Diagnostic, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMENT = re.compile(r"#\s*edusync:\s*ignore\[([^\]]*)\]\s*(.*)$")


def without_ignored(text: str, file: str, findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that nobody silenced.

    And one for each comment that silences nothing or says no reason.
    """
    remaining, reported = list(findings), []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _COMMENT.search(line)
        if match is None:
            continue
        target = number + 1 if line.lstrip().startswith("#") else number
        for code in filter(None, (word.strip() for word in match.group(1).split(","))):
            hidden = [
                finding
                for finding in remaining
                if finding.code == code
                and finding.location.line == target
                and finding.severity is not Severity.ERROR
            ]
            remaining = [finding for finding in remaining if finding not in hidden]
            if not hidden:
                reported.append(
                    _report(
                        file,
                        number,
                        match.start() + 1,
                        f"'{code}' is ignored here, and nothing here has it",
                        "remove the comment; errors cannot be ignored",
                    )
                )
        if not match.group(2).strip():
            reported.append(
                _report(
                    file,
                    number,
                    match.start() + 1,
                    "the comment says no reason",
                    "write why behind the bracket",
                )
            )
    return remaining + reported


def _report(file: str, line: int, column: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        "SPEC_IGNORE_UNUSED",
        get_code("SPEC_IGNORE_UNUSED").severity,
        message,
        Location(file, line, column),
        hint,
    )
