"""Read files of rows: CSV as Excel and ERPs write it, and Excel workbooks as people see them."""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack, closing
from datetime import date, datetime, time
from importlib import import_module
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.errors import ConfigurationProblem
from edusync.model import UNKNOWN
from edusync.transport.charset import NotReadable, text_of
from edusync.transport.message import Flaw
from edusync.transport.number_format import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from edusync.transport.message import AnswerKind

Rows = list[dict[str, Any]]
KINDS = frozenset({"csv", "xlsx", "ics"})

_SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WRITTEN_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Span(NamedTuple):
    """Two instants between which events are spread out, and the zone of times without one."""

    first: datetime
    last: datetime
    zone: tzinfo


def extra(module: str, name: str) -> Any:
    """Return a module of an optional extra; ConfigurationProblem when it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise ConfigurationProblem(
            "CONF_DRIVER_MISSING",
            f"reading this needs {module}, which is not installed",
            f"install it with: pip install 'edusync[{name}]'",
        ) from None


def read_csv(raw: bytes, promised: AnswerKind) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the rows of a CSV under the names of its first line, and the lines that are none.

    An empty cell is nothing. Read as Excel writes it: a first line `sep=;`, `="001"` for the text
    001, and empty cells behind the last column. NotReadable names the line that ends the reading.
    """
    whole = text_of(raw, promised.charset)
    separator, text = separated(whole, promised.separator)
    lines = _csv_lines(text, separator, first=1 if text is whole else 2)
    number, header = next(lines, (1, []))
    names = _names(header, f"line {number}")
    rows: Rows = []
    flaws = _doubles(names, f"line {number}")
    alone = {flaw.column for flaw in flaws}
    for at, cells in lines:
        if not any(cells):
            continue
        if len(cells) < len(names) or any(cells[len(names) :]):
            why = f"it has {len(cells)} cells, and line {number} names {len(names)} columns"
            flaws.append(Flaw("rows", f"line {at}", why))
            continue
        rows.append(
            {
                name: cell or None
                for name, cell in zip(names, cells, strict=False)
                if name and name not in alone
            }
        )
    if not rows and any(flaw.kind == "rows" for flaw in flaws):
        raise NotReadable(str(flaws[-1]))
    return rows, tuple(flaws)


def _csv_lines(text: str, separator: str, *, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV, each with the line that it begins on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = first
    try:
        for cells in reader:
            yield begins, [_csv_cell(cell) for cell in cells]
            begins = reader.line_num + first
    except csv.Error as error:
        raise NotReadable(f"line {begins}: {error}") from None


def _csv_cell(cell: str) -> str:
    found = _WRITTEN_AS_FORMULA.fullmatch(cell.strip())
    return (found.group(1) if found else cell).strip()


def separated(text: str, separator: str | None = None) -> tuple[str, str]:
    """Return what separates the cells of a CSV, and its text without Excel's line `sep=;`.

    It is what the spec says, else that line, else what the first line has most, where what stands
    between quotes does not count.
    """
    said = _SEPARATOR_LINE.match(text)
    text = text[said.end() :] if said else text
    return separator or (said.group(1) if said else _most(text)), text


def _most(text: str) -> str:
    line = _QUOTED.sub("", text[:65_536]).partition("\n")[0]
    return max(_SEPARATORS, key=line.count)


def read_xlsx(raw: bytes) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the rows of the first visible sheet under the names of its first line, and its flaws.

    Days and times become text as ISO writes them, numbers what their format shows. A cell that
    holds an error is UNKNOWN. NotReadable when it is no workbook.
    """
    from xml.etree.ElementTree import ParseError
    from zipfile import BadZipFile, ZipFile
    from zlib import error as BadZip  # noqa: N812 - its name says nothing

    load_workbook = extra("openpyxl", "files").load_workbook
    if raw.startswith(_OLD_EXCEL):
        raise NotReadable("it is an old or locked workbook: save it as .xlsx, without a password")
    try:
        with ZipFile(BytesIO(raw)) as parts:
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            calculates = any(b"<f" in parts.read(name) for name in sheets)
        with ExitStack() as stack:
            books = [
                stack.enter_context(
                    closing(load_workbook(BytesIO(raw), read_only=True, data_only=data_only))
                )
                for data_only in (True, *([False] if calculates else []))
            ]
            return _sheet_rows(*books)
    except NotReadable:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, ParseError, BadZip):
        raise NotReadable("it is no Excel workbook, or it breaks off") from None


def _sheet_rows(book: Any, formulas: Any = None) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the rows of a workbook; `formulas` is the same one with its formulas."""
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise NotReadable("no sheet of the workbook is visible")
    sheet.reset_dimensions()  # some writers say a size that is not the sheet's
    lines, never = sheet.iter_rows(), _never_calculated(formulas, sheet.title)
    place = f"sheet '{sheet.title}'"
    header = [cell.value for cell in next(lines, ())]
    names = _names(["" if name is None else str(name).strip() for name in header], place)
    flaws = _doubles(names, f"{place}, line 1")
    alone = {flaw.column for flaw in flaws}
    read = [name for name in names if name and name not in alone]
    rows: Rows = []
    for line in lines:
        cells = [
            (name, cell, getattr(cell, "coordinate", None) in never)
            for name, cell in zip(names, line, strict=False)
            if name in read
        ]
        if all(cell.value is None and not uncounted for _, cell, uncounted in cells):
            continue
        row: dict[str, Any] = dict.fromkeys(read)
        for name, cell, uncounted in cells:
            row[name] = UNKNOWN if uncounted and cell.value is None else _cell(cell)
            if row[name] is UNKNOWN:
                bad = f"the error {cell.value}" if cell.value else "a formula without its result"
                where = f"{place}, cell {cell.coordinate}"
                flaws.append(Flaw("cell", where, f"it holds {bad}", name))
        rows.append(row)
    return rows, tuple(flaws)


def _never_calculated(formulas: Any, title: str) -> set[str]:
    """Return the cells of a sheet that hold a formula, whether it was calculated or not."""
    if formulas is None:
        return set()
    formulas[title].reset_dimensions()
    return {
        cell.coordinate
        for line in formulas[title].iter_rows()
        for cell in line
        if cell.value is not None and cell.data_type == "f"
    }


def _names(header: list[str], place: str) -> list[str]:
    if not any(header):
        raise NotReadable(f"{place}: no column has a name")
    while not header[-1]:
        header = header[:-1]
    return header


def _doubles(names: list[str], place: str) -> list[Flaw]:
    """Return the names that several columns have: nobody knows which of them is meant."""
    return [
        Flaw(
            "column",
            place,
            f"{names.count(name)} columns are called '{name}'; give each a name of its own",
            name,
        )
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]


def _cell(cell: Any) -> Any:
    value = cell.value
    if value is not None and cell.data_type == "e":
        return UNKNOWN
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown(value, cell.number_format)
    return value.strip() or None if isinstance(value, str) else value
