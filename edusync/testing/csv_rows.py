"""Recorded tables: fewer lines, and in the columns that the spec reads nobody real."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from edusync.transport.charset import text_of
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
    return _written(
        delimiter,
        [caption(name) for name in captions],
        [
            list(cells({name: cell.strip() for name, cell in zip(captions, line, strict=False)}))
            for line in lines
        ],
    )


def without_lines(raw: bytes, promised: AnswerKind, gone: Collection[int]) -> bytes:
    """Return a table without some of its rows."""
    charset, left_out = promised.charset or "utf-8", frozenset(gone)
    delimiter, captions, lines = _lines(text_of(raw, promised.charset), promised)
    return _written(
        delimiter, captions, [line for at, line in enumerate(lines) if at not in left_out]
    ).encode(charset)


def _lines(text: str, promised: AnswerKind) -> tuple[str, list[str], list[list[str]]]:
    """Return the separator, the captions, and the lines that rows are made of."""
    delimiter, text = separated(text, promised.separator)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    captions = [name.strip() for name in next(reader, [])]
    return delimiter, captions, [line for line in reader if any(cell.strip() for cell in line)]


def _written(delimiter: str, captions: list[str], lines: list[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([captions, *lines])
    return out.getvalue()
