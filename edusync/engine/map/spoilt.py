"""Texts that arrived and are no text of the school: nobody wrote them (B18, B22)."""

from __future__ import annotations

import re
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""Stands where somebody read a letter with the wrong charset: the letter is lost."""
LOST: Final = "a letter of it was lost where it was read with the wrong charset"
PROGRAM: Final = "it is a word that a program writes where it has no text"
PAGE: Final = "it holds the error or the page of a program"

WORDS: Final = frozenset(
    {
        *("null", "(null)", "undefined", "NaN", "[object Object]"),
        *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#DIV/0!", "#NULL!"),
        *("#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!"),
    }
)
"""What programs and spreadsheets write in place of a text. Null and None are people's names."""

_BEHIND = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MISREAD = re.compile(
    f"{REPLACEMENT}|Ã[{_BEHIND}]|Â[\u00a0-\u00bf]|â[€‚\u0080\u0082][{_BEHIND}]|Å[“’\u0092\u0093]"
)
"""UTF-8 that was read as Windows-1252 or Latin-1: Ã© for é."""
_PAGE = re.compile(
    r"<!doctype|</?(?:html|head|body)\b|<b>(?:warning|notice|deprecated|[a-z ]*error)</b>"
    r"|\bSQLSTATE\[|\bORA-\d{5}:|\bTraceback \(most recent call last\):",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff]*"
)

_STRANGE = re.compile(
    f"[ÃÂâÅ{REPLACEMENT}\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff]"
)
"""A letter that begins a text that was misread, or has no width."""
looks_strange: Final = _STRANGE.search
looks_like_a_page: Final = _PAGE.search
"""What is asked of each text before `why_spoilt` is: most texts are like any other."""


def why_spoilt(text: str, *, may_hold_a_page: bool = False) -> str | None:
    """Return why a text says nothing of what it stands for; None for a text like any other.

    A description may hold HTML.
    """
    if _MISREAD.search(text):
        return LOST
    if text in WORDS:
        return PROGRAM
    return PAGE if _PAGE.search(text) and not may_hold_a_page else None


def shows_nothing(text: str) -> bool:
    """Whether nobody would see anything of a text: blanks, and letters without a width."""
    return _INVISIBLE.fullmatch(text) is not None
