"""What a filter is of: of the last part alone, where `~` or `+` stands before it; of a column."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from edusync.spec.language.expressions import tokens_of
from edusync.spec.language.filters import OF_WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.spec.language.positions import Token

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_BETWEEN = frozenset(
    {"==", "!=", "<", ">", "<=", ">=", ",", ":", "and", "or", "not", "in", "is", "if", "else"}
)
"""What ends the operands of `~` and `+`."""
_ENDS = frozenset({"variable_begin", "variable_end", "block_begin", "block_end", "data"})
_JOINING = frozenset({"~", "+", "-"})
_OF_ROW = ("row", ".", "column")


class PartFiltered(NamedTuple):
    """A filter of the last part alone: where it is named, and what stands before that part."""

    at: int
    name: str
    sign: str


def parts_filtered(source: str, *, bare: bool) -> list[PartFiltered]:
    """Return the filters that are of the last part alone, and of which nobody means that.

    What is put before as it is written, such as 'Basic ', is no part that is meant as well.
    """
    found = []
    tokens = tokens_of(source, bare=bare)
    for at, token in enumerate(tokens[1:], 1):
        if tokens[at - 1].text == "|" and token.kind == "name":
            sign = _joined_before(tokens[: at - 1])
            if sign is not None and _is_of_whole(token.text, sign):
                found.append(PartFiltered(token.at, token.text, sign))
    return found


def _is_of_whole(name: str, sign: str) -> bool:
    """Whether nobody means a filter of the last part alone; `length` may be added to a number."""
    return name in OF_WHOLE or (name == "length" and sign == "~")


def _joined_before(before: Sequence[Token]) -> str | None:
    """Return the sign that joins the last part to others that are not written out."""
    depth, sign, is_made = 0, None, False
    for token in reversed(before):
        if token.text in _CLOSE and token.kind == "operator":
            depth += 1
        elif token.text in _OPEN and token.kind == "operator":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and (token.kind in _ENDS or token.text in _BETWEEN):
            break
        elif depth == 0 and token.text in _JOINING:
            sign = token.text
        elif sign is not None and token.kind == "name":
            is_made = True
    return sign if is_made else None


def counted(source: str, *, bare: bool) -> Iterator[tuple[str, int]]:
    """Yield each column of `row` that `length` is asked of alone, and where that is."""
    tokens = tokens_of(source, bare=bare)
    for at, (before, token) in enumerate(pairwise(tokens), 1):
        column = tokens[max(at - 4, 0) : at - 1]
        if (before.text, token.text) == ("|", "length") and len(column) == len(_OF_ROW):
            row, dot, name = column
            above = tokens[at - 5].text if at > len(_OF_ROW) + 1 else ""
            if (row.text, dot.text) == _OF_ROW[:2] and name.kind == "name" and above != ".":
                yield name.text, token.at
