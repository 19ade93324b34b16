"""Where each character of a text stands in the YAML that it was read from."""

from __future__ import annotations

from typing import NamedTuple

_LONG_ESCAPES = {"x": 4, "u": 6, "U": 10}
"""How long the escapes are that name a character by its number; any other has two signs."""


class _Line(NamedTuple):
    """What one line of the file holds of a text: where, and what without its indentation."""

    number: int
    column: int
    text: str


def places_in(lines: list[str], place: tuple[int, int], value: str) -> list[tuple[int, int]] | None:
    """Return line and column of each character of a text that begins at a place, both from 1.

    None where that cannot be said for sure, such as where the text was put together elsewhere.
    """
    number, column = place
    if not 0 < number <= len(lines):
        return None
    head = lines[number - 1][column - 1 :]
    if head[:1] in {"|", ">"}:
        content = _block(lines, number, head)
        if content is None:
            return None
        return _literal(content, value) if head[0] == "|" else _folded(content, value, "")
    quote = head[:1] if head[:1] in {"'", '"'} else ""
    first = _Line(number, column + len(quote), head[len(quote) :])
    rest = [
        _Line(at, len(line) - len(line.lstrip(" \t")) + 1, line.strip(" \t"))
        for at, line in enumerate(
            lines[number : number + value.count("\n") + len(value)], number + 1
        )
    ]
    return _folded([first, *rest], value, quote)


def _block(lines: list[str], number: int, head: str) -> list[_Line] | None:
    """Return the lines of a block; None where its indentation is said by a number."""
    if any(sign.isdigit() for sign in head.partition("#")[0]):
        return None
    block: list[_Line] = []
    indent = -1
    for at, line in enumerate(lines[number:], number + 1):
        here = len(line) - len(line.lstrip(" "))
        is_blank = not line.strip(" ")
        if indent < 0 and not is_blank:
            indent = here
        if not is_blank and here < indent:
            break
        block.append(_Line(at, max(indent, 0) + 1, line[max(indent, 0) :]))
    return block


def _literal(content: list[_Line], value: str) -> list[tuple[int, int]] | None:
    """Return the places of a text whose lines stand as they are."""
    places: list[tuple[int, int]] = []
    written = ""
    for line in content:
        written += line.text + "\n"
        places += [(line.number, line.column + at) for at in range(len(line.text) + 1)]
    return places[: len(value)] if written.startswith(value) else None


class _Reading:
    """Where the reading of a folded text stands."""

    def __init__(self, content: list[_Line], quote: str) -> None:
        self.content, self.quote = content, quote
        self.row = self.at = 0

    @property
    def left(self) -> str:
        """What is left of the line."""
        return self.content[self.row].text[self.at :] if self.row < len(self.content) else ""

    @property
    def place(self) -> tuple[int, int]:
        """Where the next sign stands; at the end of the file, where the last one does."""
        line = self.content[min(self.row, len(self.content) - 1)]
        return line.number, line.column + self.at

    def takes(self, sign: str) -> tuple[int, int] | None:
        """Take one sign of the text; return where it stands, None where something else does."""
        escaped = self.quote == '"' and self.left.startswith("\\")
        if escaped and len(self.left) > 1:
            return self._passed(_LONG_ESCAPES.get(self.left[1], 2))
        if escaped:  # the line goes on without a space
            self._next_line()
            return self.takes(sign)
        if self.quote == "'" and sign == "'" and self.left.startswith("''"):
            return self._passed(2)
        if self.left.startswith(sign):
            return self._passed(1)
        if sign in " \n" and not self.left.strip(" "):
            place = self.place
            self._next_line()
            return place if self.row <= len(self.content) else None
        while not self.left.strip(" ") and self.row < len(self.content):
            self._next_line()
        return self._passed(1) if self.left.startswith(sign) else None

    def _passed(self, many: int) -> tuple[int, int]:
        place = self.place
        self.at += many
        return place

    def _next_line(self) -> None:
        self.row, self.at = self.row + 1, 0


def _folded(content: list[_Line], value: str, quote: str) -> list[tuple[int, int]] | None:
    """Return the places of a text in which a space may be the end of a line."""
    reading, places = _Reading(content, quote), list[tuple[int, int]]()
    for sign in value:
        place = reading.takes(sign)
        if place is None:
            return None
        places.append(place)
    return places
