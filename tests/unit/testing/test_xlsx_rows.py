"""A workbook that is written again reads as before, and holds the sheet that is read alone."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from edusync.testing.xlsx_rows import rewritten, without_lines
from edusync.transport.message import AnswerKind
from edusync.transport.tables import read_xlsx


def workbook(promised: AnswerKind) -> bytes:
    """Return a workbook with cells of each type, a hidden sheet, and what stands around a table."""
    book, out = Workbook(), BytesIO()
    book.active.title = "Cover"
    book.active["A1"] = "Secret of the cover"
    sheet = book.create_sheet("Planning")
    hidden = book.create_sheet("Hidden")
    hidden["A1"], hidden.sheet_state = "Secret of the hidden", "hidden"
    for _ in range(promised.header - 1):
        sheet.append(["Secret above"])
    sheet.append(["Id", "Name", "On", "At", "Both", "Share", "Yes"])
    for _ in range(promised.skip):
        sheet.append(["Secret unit"])
    for n in (1, 2, 3):
        day, at = date(2026, 3, n), time(8 + n, 30)
        whole = datetime.combine(day, at)
        sheet.append([n, f"=Name {n}", day, at, whole, n / 4, n == 1])
    sheet.cell(sheet.max_row, 1).number_format = "000"
    sheet.cell(sheet.max_row, 2).value = None
    sheet.cell(sheet.max_row - 2, 2).value = "plain"
    sheet.cell(sheet.max_row - 1, 2).value = "#N/A"
    sheet.cell(sheet.max_row - 1, 2).data_type = "e"
    book.save(out)
    return out.getvalue()


SHEETS = [
    AnswerKind("xlsx", sheet="Planning"),
    AnswerKind("xlsx", sheet=2, header=3),
    AnswerKind("xlsx", sheet="Planning", header=2, skip=1),
]


def as_text(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{name: str(cell) for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("promised", SHEETS)
def test_rows_are_read_as_before(promised: AnswerKind) -> None:
    raw = workbook(promised)
    rows, flaws = read_xlsx(raw, promised)
    made = rewritten(rows, promised, lambda name: name, lambda row: list(row.values()))
    again, flaws_again = read_xlsx(made, promised)
    assert again == rows
    assert len(rows) == 3
    assert [flaw.where for flaw in flaws_again] == [
        flaw.where.replace("Planning", "Sheet2") if promised.sheet == 2 else flaw.where
        for flaw in flaws
    ] or len(flaws_again) == len(flaws)
    with ZipFile(BytesIO(made)) as parts:
        assert b"Secret" not in b"".join(parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("promised", SHEETS)
def test_lines_are_taken_out_of_a_workbook(promised: AnswerKind) -> None:
    raw = workbook(promised)
    rows, _ = read_xlsx(raw, promised)
    assert read_xlsx(without_lines(raw, promised, {0, 2}), promised)[0] == [rows[1]]
    assert read_xlsx(without_lines(raw, promised, {0, 1, 2}), promised)[0] == []


def test_what_begins_like_a_formula_stays_a_text() -> None:
    rows = [{"a": "=1+1"}]
    made = rewritten(rows, AnswerKind("xlsx"), lambda name: name, lambda row: list(row.values()))
    assert read_xlsx(made, AnswerKind("xlsx"))[0] == rows
