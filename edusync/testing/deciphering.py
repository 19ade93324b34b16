"""Read a text that a wire wrote otherwise, letter by letter.

What is found in it can be replaced where it stands.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPES = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<json>(?:\\u[0-9a-fA-F]{4})+)"
)
_LAST_OF_ONE = 0xFFFF  # letters behind it are escaped as two
_DEEPEST = 3
"""How often a text may have been written again: an entity in JSON in a URL."""


@dataclass(frozen=True, slots=True)
class Deciphered:
    """A text as it reads.

    Its letters, and between which places of the raw text each of them stands.
    """

    raw: str
    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw places of some of the letters."""
        return self.starts[start], self.ends[end - 1]

    def written(self, start: int, end: int, text: str) -> str:
        """Write what replaces some of the letters as they are written themselves."""
        first, last = self.span(start, end)
        found = _ESCAPES.search(self.raw, first, last)
        match found.lastgroup if found else None:
            case "percent":
                return quote(text, safe="")
            case "entity":
                return escape(text)
            case "json":
                return json.dumps(text)[1:-1]
        return text


def readings(text: str) -> Iterator[Deciphered]:
    """Yield a text as it is, and as it reads when escapes are undone, one kind after another.

    A text may hold what only looks like one.
    """
    newest = [Deciphered(text, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))]
    met = {text}
    yield newest[0]
    for _ in range(_DEEPEST):
        following = []
        for before in newest:
            for kind in {match.lastgroup for match in _ESCAPES.finditer(before.letters)}:
                after = _undone(before, kind)
                if after.letters not in met:
                    met.add(after.letters)
                    following.append(after)
        yield from following
        newest = following


def as_read(text: str) -> Deciphered:
    """Return a text as it reads with every escape undone."""
    *_, found = readings(text)
    return found


def _undone(before: Deciphered, kind: str | None) -> Deciphered:
    letters, starts, ends = list[str](), list[int](), list[int]()

    def put(letter: str, start: int, end: int) -> None:
        first, last = before.span(start, end)
        letters.append(letter)
        starts.append(first)
        ends.append(last)

    at = 0
    for match in _ESCAPES.finditer(before.letters):
        if match.lastgroup != kind:
            continue
        for place in range(at, match.start()):
            put(before.letters[place], place, place + 1)
        place = match.start()
        for letter, width in _plain(match):
            put(letter, place, place + width)
            place += width
        at = match.end()
    for place in range(at, len(before.letters)):
        put(before.letters[place], place, place + 1)
    return Deciphered(before.raw, "".join(letters), tuple(starts), tuple(ends))


def _plain(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield what an escape says, letter by letter, and how wide each of them is written."""
    text = found.group()
    match found.lastgroup:
        case "percent":
            raw = bytes.fromhex(text.replace("%", ""))
            try:
                yield from ((letter, 3 * len(letter.encode())) for letter in raw.decode())
            except UnicodeDecodeError:
                yield from ((letter, 3) for letter in raw.decode("latin-1"))
        case "json":
            halves = text.encode().decode("unicode_escape").encode("utf-16", "surrogatepass")
            for letter in halves.decode("utf-16", "replace"):
                yield letter, 6 * (2 if ord(letter) > _LAST_OF_ONE else 1)
        case _:
            plain = unescape(text)
            if len(plain) == 1:
                yield plain, len(text)
            else:  # no entity that is known
                yield from ((letter, 1) for letter in text)
