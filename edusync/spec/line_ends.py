"""Where the lines of a file end: as editors count them, which YAML does otherwise."""

from __future__ import annotations

import re
from itertools import accumulate

_ALONE = re.compile(r"\r(?!\n)")
_ODD = frozenset("\x85\u2028\u2029")
"""Next line, line and paragraph separator: line breaks of YAML, and signs in a line of editors."""


def even(text: str) -> str:
    """Return a text whose lines end with a line feed, where some end with a carriage return alone.

    Every sign stays where it stood.
    """
    return _ALONE.sub("\n", text)


def has_odd_breaks(text: str) -> bool:
    """Whether a parser of YAML counts more lines in a text than an editor."""
    return not _ODD.isdisjoint(text)


def line_starts(text: str) -> list[int]:
    """Return where each line of a text begins, in characters from 0."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
