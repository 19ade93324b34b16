"""What people see of a number in Excel, where its format fills up zeros or puts signs between.

An id 7 with the format 000 reads 007, and a phone number with 00" "00" "00" "00" "00 keeps its
first zero. Formats that only round, group or name a unit stay numbers: nothing is lost by them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?]+)|(.)', re.DOTALL)
_LITERAL = frozenset(" -/():+'")


def shown(value: float, number_format: str) -> object:
    """Return a whole number as its format shows it, the number itself where that says no more."""
    whole = int(value)
    if whole != value or whole < 0:
        return value
    pieces = _pieces(number_format)
    if pieces is None:
        return value
    digits = str(whole) if whole else ""
    written: list[str] = []
    places = sum(len(piece) for piece, is_digits in pieces if is_digits)
    for piece, is_digits in reversed(pieces):
        if not is_digits:
            written.append(piece)
            continue
        for sign in reversed(piece):
            places -= 1
            if not places:  # the first place takes all that is left
                written.append(digits or ("0" if sign == "0" else ""))
            elif digits:
                digits, last = digits[:-1], digits[-1]
                written.append(last)
            elif sign == "0":
                written.append("0")
    return "".join(reversed(written)).strip()


@lru_cache(maxsize=256)
def _pieces(number_format: str) -> tuple[tuple[str, bool], ...] | None:
    """Return the literals and places of a format, None when it shows a plain number."""
    pieces: list[tuple[str, bool]] = []
    for quoted, escaped, places, other in _PIECE.findall(number_format.partition(";")[0]):
        if places:
            pieces.append((places, True))
        elif quoted or escaped:
            pieces.append((quoted or escaped, False))
        elif other in _LITERAL:
            pieces.append((other, False))
        elif other:
            return None  # General, decimals, thousands, per cent, powers, dates
    signs = "".join(piece for piece, is_digits in pieces if is_digits)
    begins = bool(pieces) and not pieces[0][1] and bool(pieces[0][0].strip())
    fills = signs.count("0") > 1
    return tuple(pieces) if signs and (fills or begins) else None
