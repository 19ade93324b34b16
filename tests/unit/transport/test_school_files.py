"""Tables as schools have them: titles above the header, units below it, columns of one name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from edusync.testing.csv_rows import rewritten, without_lines
from edusync.transport.decode import decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import Span

SPAN = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), UTC)
TITLED = (
    "Export, mars 2026\n\nNom;E-mail;E-mail;;Groupes\ntexte;pro;perso;;liste\n"
    "RENAUD;a@ecole.test;b@ecole.test;x;A, B\n"
)
ROW = {
    "Nom": "RENAUD",
    "E-mail#1": "a@ecole.test",
    "E-mail#2": "b@ecole.test",
    "#4": "x",
    "Groupes": "A, B",
}
PLACES = frozenset({"E-mail#1", "E-mail#2", "#4"})
TITLED_KIND = AnswerKind("csv", header=3, skip=1, places=PLACES)


def book(*sheets: tuple[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with some sheets."""
    made, out = Workbook(), BytesIO()
    made.remove(made.worksheets[0])
    for name, lines in sheets:
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
        if name in hidden:
            sheet.sheet_state = "hidden"
    made.save(out)
    return out.getvalue()


LINES = [line.split(";") for line in TITLED.splitlines()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_header_line_skipped_lines_and_columns_by_place(kind: str) -> None:
    raw = TITLED.encode() if kind == "csv" else book(("A", LINES))
    found = decode_file(raw, replace(TITLED_KIND, kind=kind), SPAN)
    assert found.body == [ROW]
    assert [flaw.column for flaw in found.flaws] == ["E-mail"]  # which nobody reads by itself


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_table_without_a_header_has_columns_by_their_numbers(kind: str) -> None:
    lines = [["001", "RENAUD"], ["002", "BLIN"]]
    raw = b"001;RENAUD\n002;BLIN\n" if kind == "csv" else book(("A", lines))
    assert decode_file(raw, AnswerKind(kind, header=0), SPAN).body == [
        {"#1": "001", "#2": "RENAUD"},
        {"#1": "002", "#2": "BLIN"},
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("place", ["E-mail#3", "Nom#2"])
def test_column_that_is_told_by_a_place_that_there_is_not_is_a_flaw(kind: str, place: str) -> None:
    raw = TITLED.encode() if kind == "csv" else book(("A", LINES))
    promised = AnswerKind(kind, header=3, skip=1, places=frozenset({place}))
    assert place in {flaw.column for flaw in decode_file(raw, promised, SPAN).flaws}


def test_place_beyond_the_last_cell_is_a_flaw() -> None:
    promised = AnswerKind("xlsx", header=3, skip=1, places=frozenset({"#9"}))
    assert "#9" in {flaw.column for flaw in decode_file(book(("A", LINES)), promised, SPAN).flaws}
    of_csv = decode_file(TITLED.encode(), replace(promised, kind="csv"), SPAN)
    assert (of_csv.body, of_csv.kind) == (None, "broken")


@pytest.mark.parametrize(
    ("sheet", "found"),
    [(None, "B"), (1, "B"), (2, "C"), ("C", "C"), ("A", "A")],
)
def test_sheet_by_name_or_by_place_among_those_that_are_not_hidden(
    sheet: str | int | None, found: str
) -> None:
    raw = book(*((name, [["id"], [name]]) for name in "ABC"), hidden=("A",))
    assert decode_file(raw, AnswerKind("xlsx", sheet=sheet), SPAN).body == [{"id": found}]


@pytest.mark.parametrize(
    ("promised", "told"),
    [
        (AnswerKind("xlsx", sheet="X"), "no sheet is called 'X'; there are 'B', 'C'"),
        (AnswerKind("xlsx", sheet=3), "it has no sheet 3: 2 of its sheets are not hidden"),
        (AnswerKind("xlsx", header=9), "sheet 'B', line 9: there is no such line"),
    ],
)
def test_sheet_or_line_that_there_is_not_is_named(promised: AnswerKind, told: str) -> None:
    raw = book(*((name, [["id"], [name]]) for name in "ABC"), hidden=("A",))
    found = decode_file(raw, promised, SPAN)
    assert (found.kind, found.cause) == ("broken", told)


def test_header_below_the_last_line_of_a_csv_is_named() -> None:
    found = decode_file(b"id\n1\n", AnswerKind("csv", header=7), SPAN)
    assert (found.kind, found.cause) == (
        "broken",
        "it has no line 7, in which the columns have names",
    )


@pytest.mark.parametrize("text", [TITLED, "sep=;\n" + TITLED.partition("\n")[2]])
def test_recorded_table_is_read_like_the_one_that_came(text: str) -> None:
    """A recording keeps the lines in their places, and nothing of those that are no rows."""
    before = decode_file(text.encode(), TITLED_KIND, SPAN).body
    again = rewritten(text, TITLED_KIND, lambda name: name, lambda row: list(row.values()))
    assert decode_file(again.encode(), TITLED_KIND, SPAN).body == before
    assert "mars 2026" not in again
    assert "perso" not in again
    left = without_lines(text.encode(), TITLED_KIND, {0})
    assert before == [ROW]
    assert decode_file(left, TITLED_KIND, SPAN).body == []
