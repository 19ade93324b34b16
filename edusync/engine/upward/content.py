"""What a step holds: the digest of its lines, a cell and a file of them."""

from __future__ import annotations

import csv
from hashlib import blake2b
from io import StringIO
from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.verdicts import Undecided
from edusync.spec.compile.payloads import render
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.language.written import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.engine.upward.sheet import Line, UpSheet
    from edusync.spec.tree import Payload, Writeback
    from edusync.spec.tree.step import CsvForm, Step


def digest_of(placed: Sequence[tuple[UpSheet, Line]]) -> str:
    """Return a digest of lines: a step that was done for other lines is another step."""
    return blake2b(
        "|".join(
            sorted(
                f"{sheet.source_id}/{line.key}/{line.state}/{line.digest}" for sheet, line in placed
            )
        ).encode(),
        digest_size=8,
    ).hexdigest()


def line_of(
    writeback: Writeback, role: str, state: str, names: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the line of a person of a role in a state; Unreadable when it cannot be made."""
    added = writeback.states[state].added
    return {
        **render(writeback.lines[role], None, names),
        **(render(added, None, names) if added else {}),
    }


def cell(name: str, column: Payload, names: Mapping[str, Any], charset: str = "utf-8") -> str:
    """Return what a line has in a column of a file; Undecided when it cannot be worked out."""
    try:
        found = render(column, None, names)
    except Unreadable as error:
        raise Undecided(f"column '{name}': {error}") from None
    if is_unknown(found):
        raise Undecided(f"column '{name}' could not be read")
    text = as_text(found)
    if not calls.fits(text, charset):
        raise Undecided(f"column '{name}' holds a character that cannot be written")
    return text


def file_of(step: Step, lines: Sequence[Mapping[str, Any]], names: Mapping[str, Any]) -> bytes:
    """Return the file that a step writes of lines; Undecided when a cell cannot be worked out."""
    form = step.csv_as
    columns = step.csv.members if step.csv is not None else {}
    return csv_of(
        {
            name: [cell(name, column, {**names, "line": line}, form.charset) for line in lines]
            for name, column in columns.items()
        },
        form,
    )


def csv_of(columns: Mapping[str, list[str]], form: CsvForm) -> bytes:
    """Return a file of columns; a character that the charset lacks is in none of its cells."""
    out = StringIO()
    writer = csv.writer(
        out,
        delimiter=form.separator,
        quoting=csv.QUOTE_ALL if form.quote == "all" else csv.QUOTE_MINIMAL,
        lineterminator="\r\n" if form.line_end == "crlf" else "\n",
    )
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue().encode(form.charset)
