"""Read files of rows: CSV as Excel and ERPs write it, and Excel workbooks as people see them."""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack, closing
from datetime import date, datetime, time
from importlib import import_module
from io import BytesIO, StringIO
from itertools import chain, dropwhile, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.errors import ConfigurationProblem
from edusync.model import UNKNOWN
from edusync.transport.charset import NotReadable, text_of
from edusync.transport.columns import Columns, columns_of, numbered
from edusync.transport.message import AnswerKind, Flaw
from edusync.transport.number_format import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

Rows = list[dict[str, Any]]
KINDS = frozenset({"csv", "xlsx", "ics"})
XLSX = AnswerKind("xlsx")

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
    """Return the rows of a CSV under the names of its header, and the lines that are none.

    An empty cell is nothing. Read as Excel writes it: a first line `sep=;`, `="001"` for the text
    001, and empty cells behind the last column. NotReadable names the line that ends the reading.
    """
    whole = text_of(raw, promised.charset)
    separator, text = separated(whole, promised.separator, promised.header)
    lines = _csv_lines(text, separator, first=1 if text is whole else 2)
    number, columns, lines = _headed(lines, promised)
    rows: Rows = []
    flaws = list(columns.flaws)
    for at, cells in lines:
        if not any(cells):
            continue
        if len(cells) < columns.width or any(cells[columns.width :]):
            why = f"it has {len(cells)} cells, and line {number} names {columns.width} columns"
            if not promised.header:
                why = f"it has {len(cells)} cells, and line {number} has {columns.width}"
            flaws.append(Flaw("rows", f"line {at}", why))
            continue
        rows.append({name: cells[place] or None for place, name in columns.read})
    if not rows and any(flaw.kind == "rows" for flaw in flaws):
        raise NotReadable(str(flaws[-1]))
    return rows, tuple(flaws)


def _headed(
    lines: Iterator[tuple[int, list[str]]], promised: AnswerKind
) -> tuple[int, Columns, Iterator[tuple[int, list[str]]]]:
    """Return the line of the header, the columns that it names, and the lines of the rows."""
    lines = dropwhile(lambda line: line[0] < promised.header, lines)
    number, header = next(lines, (1, []))
    if not header and promised.header > 1:
        raise NotReadable(f"it has no line {promised.header}, in which the columns have names")
    columns = (
        columns_of(header, f"line {number}", promised.places)
        if promised.header
        else numbered(len(header), promised.places)
    )
    rows = lines if promised.header else chain([(number, header)], lines)
    return number, columns, islice(rows, promised.skip, None)


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
    match = _WRITTEN_AS_FORMULA.fullmatch(cell.strip())
    return (match.group(1) if match else cell).strip()


def separated(text: str, separator: str | None = None, header: int = 1) -> tuple[str, str]:
    """Return what separates the cells of a CSV, and its text without Excel's line `sep=;`.

    It is what the spec says, else that line, else what the line of the header has most, where what
    stands between quotes does not count.
    """
    separator_line = _SEPARATOR_LINE.match(text)
    text = text[separator_line.end() :] if separator_line else text
    above = max(header - (2 if separator_line else 1), 0)
    return separator or (separator_line.group(1) if separator_line else _most(text, above)), text


def _most(text: str, above: int) -> str:
    lines = _QUOTED.sub("", text[:65_536]).split("\n", above + 1)
    line = lines[above] if above < len(lines) else ""
    return max(_SEPARATORS, key=line.count)


def read_xlsx(raw: bytes, promised: AnswerKind = XLSX) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the rows of a sheet under the names of its header, and its flaws.

    It is the first visible sheet, or the one that is promised.

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
            return _sheet_rows(promised, *books)
    except NotReadable:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, ParseError, BadZip):
        raise NotReadable("it is no Excel workbook, or it breaks off") from None


def _sheet_rows(
    promised: AnswerKind, book: Any, formulas: Any = None
) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the rows of a workbook; `formulas` is the same one with its formulas."""
    sheet = _sheet(book, promised.sheet)
    sheet.reset_dimensions()  # some writers say a size that is not the sheet's
    lines, never = sheet.iter_rows(), _never_calculated(formulas, sheet.title)
    place = f"sheet '{sheet.title}'"
    columns, lines = _headed_sheet(lines, promised, place)
    flaws = list(columns.flaws)
    rows: Rows = []
    widest = 0
    for line in lines:
        cells = [
            (name, line[at], getattr(line[at], "coordinate", None) in never)
            for at, name in columns.read
            if at < len(line)
        ]
        if all(cell.value is None and not uncounted for _, cell, uncounted in cells):
            continue
        row: dict[str, Any] = {name: None for _, name in columns.read}
        for name, cell, uncounted in cells:
            row[name] = UNKNOWN if uncounted and cell.value is None else _cell(cell)
            if row[name] is UNKNOWN:
                bad = f"the error {cell.value}" if cell.value else "a formula without its result"
                where = f"{place}, cell {cell.coordinate}"
                flaws.append(Flaw("cell", where, f"it holds {bad}", name))
        widest = max(widest, len(line))
        rows.append(row)
    flaws += [
        Flaw("column", place, f"there is no column '{name}'", name)
        for at, name in columns.read
        if rows and at >= max(widest, columns.width if name[0] != "#" else 0)
    ]
    return rows, tuple(flaws)


def _sheet(book: Any, wanted: str | int | None) -> Any:
    """Return a sheet by its name, by its place among the visible ones, or the first of these."""
    visible = [one for one in book.worksheets if one.sheet_state == "visible"]
    if isinstance(wanted, str):
        named = [one for one in book.worksheets if one.title.strip() == wanted.strip()]
        if named:
            return named[0]
        titles = ", ".join(f"'{one.title}'" for one in visible)
        raise NotReadable(f"no sheet is called '{wanted}'; there are {titles}")
    if not visible:
        raise NotReadable("no sheet of the workbook is visible")
    if (wanted or 1) > len(visible):
        raise NotReadable(f"it has no sheet {wanted}: {len(visible)} of its sheets are not hidden")
    return visible[(wanted or 1) - 1]


def _headed_sheet(
    lines: Iterator[Any], promised: AnswerKind, place: str
) -> tuple[Columns, Iterator[Any]]:
    """Return the columns that the header of a sheet names, and the lines of its rows."""
    lines = islice(lines, max(promised.header - 1, 0), None)
    header = next(lines, None)
    where = f"{place}, line {promised.header}" if promised.header > 1 else place
    if header is None and promised.header > 1:
        raise NotReadable(f"{where}: there is no such line")
    if promised.header:
        names = ["" if cell.value is None else str(cell.value).strip() for cell in header or ()]
        columns = columns_of(names, where, promised.places)
        return columns, islice(lines, promised.skip, None)
    columns = numbered(len(header or ()), promised.places)
    return columns, islice(chain([header or ()], lines), promised.skip, None)


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
