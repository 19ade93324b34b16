"""Recorded tables: fewer lines, and in the columns that the spec reads nobody real."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from edusync.transport.charset import text_of
from edusync.transport.columns import distinct_names
from edusync.transport.tables import separated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from edusync.transport.message import AnswerKind


def rewritten(
    text: str,
    promised: AnswerKind,
    caption: Callable[[str], str],
    cells: Callable[[dict[str, str]], Sequence[str]],
) -> str:
    """Return a table with each caption as `caption` says it.

    And of each line what `cells` makes of it, by caption.
    """
    delimiter, captions, lines = _lines(text, promised)
    names = distinct_names(captions, promised.places)
    return _written(
        delimiter,
        promised,
        [caption(name) for name in captions],
        [
            list(cells({name: cell.strip() for name, cell in zip(names, line, strict=False)}))
            for line in lines
        ],
    )


def without_lines(raw: bytes, promised: AnswerKind, gone: Collection[int]) -> bytes:
    """Return a table without some of its rows."""
    charset, left_out = promised.charset or "utf-8", frozenset(gone)
    delimiter, captions, lines = _lines(text_of(raw, promised.charset), promised)
    return _written(
        delimiter, promised, captions, [line for at, line in enumerate(lines) if at not in left_out]
    ).encode(charset)


def _lines(text: str, promised: AnswerKind) -> tuple[str, list[str], list[list[str]]]:
    """Return the separator, the captions, and the lines that rows are made of.

    Where no line names the columns, they are called by their places.
    """
    delimiter, rest = separated(text, promised.separator, promised.header)
    reader = csv.reader(StringIO(rest, newline=""), delimiter=delimiter)
    above = promised.header - 1 - (rest is not text)
    while reader.line_num < above:
        next(reader, None)
    if promised.header:
        captions = [name.strip() for name in next(reader, [])]
    lines = [line for line in islice(reader, promised.skip, None) if any(map(str.strip, line))]
    if not promised.header:
        captions = [f"#{at + 1}" for at in range(max(map(len, lines), default=0))]
    return delimiter, captions, lines


def _written(
    delimiter: str, promised: AnswerKind, captions: list[str], lines: list[list[str]]
) -> str:
    """Write a table; lines that are no rows are blank."""
    out = StringIO()
    head = [captions] if promised.header else []
    out.write("\n" * max(promised.header - 1, 0))
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(head)
    out.write("\n" * promised.skip)
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return out.getvalue()
