"""The text of a file: its lines, and where each key and each value begins and ends.

Places are offsets, in characters from the beginning. A text that is no YAML has those of what
stands before the mistake.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.workspace import PositionCodec

from edusync.spec.line_ends import even, has_odd_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Route

_MOST = 256 * 1024
"""A longer text is none of ours, and is not looked into."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A key, or a value that is a text: where it leads to, and from where to where it stands."""

    route: Route
    is_key: bool
    start: int
    end: int
    is_quoted: bool = False


class Source:
    """A text, with its spots in the order in which they stand.

    `codec` counts characters as the editor does.
    """

    def __init__(self, text: str, codec: PositionCodec | None = None) -> None:
        text = even(text)
        self.text, self.codec = text, codec or PositionCodec()
        self.counts_alike = not has_odd_breaks(text)
        """Whether YAML counts the lines of the text as the editor does."""
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.spots = list(_spots(self)) if len(text) < _MOST else []
        self._begins = [spot.start for spot in self.spots]
        self._by_route = {(spot.route, spot.is_key): spot for spot in self.spots}

    def offset(self, position: lsp.Position) -> int:
        """Return the offset of a place that the editor names."""
        line = min(position.line, len(self.lines) - 1)
        here = self.codec.position_from_client_units(
            self.lines, lsp.Position(line, position.character)
        )
        return min(self.starts[line] + here.character, self.starts[line] + len(self.lines[line]))

    def position(self, offset: int) -> lsp.Position:
        """Return an offset as the editor names places."""
        offset = max(0, min(offset, len(self.text)))
        line = self.line_of(offset) - 1
        inside = lsp.Position(line, offset - self.starts[line])
        return self.codec.position_to_client_units(self.lines, inside)

    def range(self, start: int, end: int) -> lsp.Range:
        """Return from where to where, as the editor names places."""
        return lsp.Range(self.position(start), self.position(end))

    def line_of(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect_right(self.starts, offset, hi=len(self.lines))

    def at(self, line: int, column: int) -> int:
        """Return the offset of a line and a column that count from 1, as findings do."""
        line = min(max(line, 1), len(self.lines))
        return self.starts[line - 1] + min(column - 1, len(self.lines[line - 1]))

    def spot(self, offset: int) -> Spot | None:
        """Return the key or the value that an offset stands in, or right behind."""
        index = bisect_right(self._begins, offset) - 1
        return self.spots[index] if index >= 0 and offset <= self.spots[index].end else None

    def of(self, route: Route, *, key: bool) -> Spot | None:
        """Return the key, or the value, at a route."""
        return self._by_route.get((route, key))

    def written(self, spot: Spot) -> str:
        """Return what stands there, quotes and the sign of a block included."""
        return self.text[spot.start : spot.end]


def _spots(source: Source) -> Iterator[Spot]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        yield from _Walk(source, YAML(typ="safe").parse(source.text)).node(())
    except (YAMLError, StopIteration, RuntimeError, RecursionError):
        return  # what stands behind a mistake has no place that is known


class _Walk:
    def __init__(self, source: Source, events: Iterator[Any]) -> None:
        self.source, self.events = source, events

    def next(self) -> Any:
        event = next(self.events, None)
        while type(event).__name__ in {"StreamStartEvent", "DocumentStartEvent"}:
            event = next(self.events, None)
        return event

    def node(self, route: Route, event: Any = None) -> Iterator[Spot]:
        """Yield the spots of what begins with an event, the next one when none is given."""
        event = event or self.next()
        name = type(event).__name__
        if name == "ScalarEvent":
            yield self.scalar(event, route, is_key=False)
        elif name == "SequenceStartEvent":
            index = 0
            while type(inner := self.next()).__name__ != "SequenceEndEvent" and inner is not None:
                yield from self.node((*route, index), inner)
                index += 1
        elif name == "MappingStartEvent":
            while type(inner := self.next()).__name__ == "ScalarEvent":
                here = (*route, str(inner.value))
                yield self.scalar(inner, here, is_key=True)
                yield from self.node(here)

    def scalar(self, event: Any, route: Route, *, is_key: bool) -> Spot:
        source = self.source
        start, end = (
            source.starts[mark.line] + mark.column if source.counts_alike else mark.index
            for mark in (event.start_mark, event.end_mark)
        )
        text = source.text[start:end].rstrip()
        return Spot(route, is_key, start, start + len(text), event.style in {"'", '"'})
