"""Recorded workbooks: one sheet, and in the columns that the spec reads nobody real."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.transport.tables import extra, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from edusync.transport.message import AnswerKind

_ERROR = "#N/A"
"""Stands for a cell that could not be read."""


def rewritten(
    rows: Sequence[Mapping[str, Any]],
    promised: AnswerKind,
    caption: Callable[[str], str],
    cells: Callable[[dict[str, str]], Sequence[str]],
) -> bytes:
    """Return a workbook with the rows of another: each caption as `caption` says it.

    And of each row what `cells` makes of it, by caption. Numbers stay numbers.
    """
    names = list(rows[0]) if rows else []
    lines = []
    for row in rows:
        texts = {name: "" if row[name] in (None, UNKNOWN) else str(row[name]) for name in names}
        cells_by_name = zip(names, cells(texts), strict=True)
        lines.append([_as_it_was(row[name], text) for name, text in cells_by_name])
    return _written([caption(name) for name in names], lines, promised)


def without_lines(raw: bytes, promised: AnswerKind, gone: Collection[int]) -> bytes:
    """Return a workbook without some of its rows."""
    rows, _ = read_xlsx(raw, promised)
    left = [row for at, row in enumerate(rows) if at not in gone]
    shown = left or [dict.fromkeys(row) for row in rows[:1]]
    lines = [[_ERROR if cell is UNKNOWN else cell for cell in row.values()] for row in left]
    return _written(list(shown[0]) if shown else [], lines, promised)


def _as_it_was(value: Any, text: str) -> Any:
    """Return what became of a cell, of the type that it had; nothing for what was empty."""
    if value is UNKNOWN:
        return _ERROR
    if isinstance(value, bool):
        return text == str(True)
    if isinstance(value, int | float):
        try:
            return type(value)(text)
        except ValueError:
            return text
    return text or None


def _written(names: list[str], lines: list[list[Any]], promised: AnswerKind) -> bytes:
    """Return a workbook; lines that are no rows are blank, and sheets before it are empty."""
    book = extra("openpyxl", "files").Workbook()
    sheet = book.active
    for _ in range(promised.sheet - 1 if isinstance(promised.sheet, int) else 0):
        sheet = book.create_sheet()
    if isinstance(promised.sheet, str):
        sheet.title = promised.sheet
    for column, name in enumerate(names, 1):
        _write(sheet.cell(promised.header, column), name)
    for at, line in enumerate(lines, promised.header + promised.skip + 1):
        for column, value in enumerate(line, 1):
            _write(sheet.cell(at, column), value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, value: Any) -> None:
    """Write a cell; a text stays one, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "e" if value == _ERROR else "s"
