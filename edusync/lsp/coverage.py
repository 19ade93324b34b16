"""Which lines of a spec its cases show, for marks beside them.

It is asked for, since every case of the spec is run for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.app.files.recordings import case_folders
from edusync.errors import EdusyncError, FilesInvalid
from edusync.testing.cases import find_cases
from edusync.testing.coverage import measure

if TYPE_CHECKING:
    from pathlib import Path

    from edusync.app.authoring.validate import Door

COVERAGE = "edusync.coverage"
"""The command: it takes the address of a spec, and answers with its lines."""


class NotMeasured(Exception):
    """There is nothing to mark: why, in one sentence."""


def coverage(file: Path, text: str, door: Door) -> dict[str, Any]:
    """Return the `percent` that the cases show of a spec, how many `cases`, and its `lines`.

    A line has its number, from 0, its `state` (`whole`, `part`, `none` or `excused`) and a `note`
    of what no case showed, or why it is excused. NotMeasured where the file says something else
    than the `text` in the editor, has mistakes, or has no cases.
    """
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        raise NotMeasured("save the spec first: its cases are run with the file")
    cases = [case for home in case_folders(file) for case in find_cases(home, _dirs(file, door))]
    if not cases:
        raise NotMeasured(f"there are no cases of {file.name}")
    try:
        measured = measure(file, cases, door.registry.functions)
    except FilesInvalid:
        raise NotMeasured("the spec has mistakes: mend them first") from None
    except EdusyncError as error:
        raise NotMeasured(error.message) from None
    return {
        "percent": round(measured.percent, 1),
        "cases": len(measured.cases),
        "lines": [
            {"line": line.number - 1, "state": line.state, "note": line.note}
            for line in measured.lines()
            if line.state != "plain"
        ],
    }


def _dirs(file: Path, door: Door) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((*door.spec_dirs, file.parent.absolute())))
