"""The events of YAML as plain data, with the place of every key and value.

Tags, merge keys, anchors and aliases are refused while the events go by.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import Diagnostic, Location, Severity
from edusync.spec.line_ends import has_odd_breaks, line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Route
    from edusync.spec.document import Document

MOST_DEPTH = 40
MOST_NODES = 50_000
_MOST_DIGITS = 1_000
"""Python itself makes no number of more than 4,300 digits."""

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+\Z")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


class Refused(Exception):
    """What the file holds at a place cannot be read: it is no plain data, or too much."""

    def __init__(self, code: str, place: tuple[int, int], message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.place, self.message, self.hint = code, place, message, hint


class EventReader:
    """Build plain data from the events of one file, remembering places."""

    def __init__(self, document: Document, text: str, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events
        self.nodes = 0
        self.starts = line_starts(text) if has_odd_breaks(text) else None
        """Where lines begin, where a parser of YAML counts others than an editor does."""

    def _place(self, mark: Any) -> tuple[int, int]:
        """Return line and column of a place, from 1, as editors count them."""
        if self.starts is None:
            return mark.line + 1, mark.column + 1
        line = bisect_right(self.starts, mark.index)
        return line, mark.index - self.starts[line - 1] + 1

    def _next_event(self) -> Any:
        event = next(self.events)
        self.nodes += 1
        place = self._place(event.start_mark)
        if self.nodes > MOST_NODES:
            raise Refused(
                "SPEC_TOO_LARGE",
                place,
                f"the file has more than {MOST_NODES} values",
                "a spec has a few hundred: is this the right file?",
            )
        if getattr(event, "anchor", None):
            raise Refused(
                "SPEC_ALIAS",
                place,
                "anchors and aliases are not part of a spec",
                "write the value out where it is used",
            )
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in {"!", "None"}:
            raise Refused("SPEC_TAG", place, f"a YAML tag '{tag}'", "write plain data")
        return event

    def _first_event(self) -> Any:
        event = next(self.events)
        while type(event).__name__ in {"StreamStartEvent", "DocumentStartEvent", "CommentEvent"}:
            event = next(self.events)
        return event

    def whole(self) -> Any:
        """Return the data of the whole file; Refused, or what the parser raises."""
        first = self._first_event()
        if type(first).__name__ in {"StreamEndEvent", "DocumentEndEvent"}:
            return None
        data = self._build(self._checked(first), (), 0)
        rest = [type(event).__name__ for event in self.events]
        if "DocumentStartEvent" in rest:
            raise Refused(
                "SPEC_UNREADABLE",
                (1, 1),
                "the file holds several YAML documents",
                "keep one, without '---' in between",
            )
        return data

    def _checked(self, event: Any) -> Any:
        self.events = _chain(event, self.events)
        return self._next_event()

    def _build(self, event: Any, route: Route, depth: int) -> Any:
        place = self._place(event.start_mark)
        self.document.values[route] = place
        if depth > MOST_DEPTH:
            raise Refused(
                "SPEC_TOO_LARGE",
                place,
                f"the file is nested deeper than {MOST_DEPTH} levels",
                "a spec is a few levels deep: mind the brackets here",
            )
        match type(event).__name__:
            case "ScalarEvent":
                return self._scalar(event, place)
            case "SequenceStartEvent":
                return self._sequence(route, depth)
            case "MappingStartEvent":
                return self._mapping(route, depth)
            case _:
                raise Refused(
                    "SPEC_UNREADABLE",
                    place,
                    "this is not a value",
                    "write a text, a number, a list or a mapping",
                )

    def _sequence(self, route: Route, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self._next_event()).__name__ != "SequenceEndEvent":
            items.append(self._build(event, (*route, len(items)), depth + 1))
        return items

    def _mapping(self, route: Route, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while type(event := self._next_event()).__name__ != "MappingEndEvent":
            place = self._place(event.start_mark)
            if type(event).__name__ != "ScalarEvent":
                raise Refused(
                    "SPEC_UNREADABLE",
                    place,
                    "a key must be a plain word",
                    "write 'key: value'; a template as a value stands in quotes",
                )
            name = str(event.value)
            if name == "<<" and not event.style:
                raise Refused(
                    "SPEC_MERGE_KEY", place, "'<<' merges keys invisibly", "write the keys out"
                )
            here = (*route, name)
            if name in mapping:
                self.document.findings.append(
                    Diagnostic(
                        "SPEC_DUPLICATE_KEY",
                        Severity.ERROR,
                        f"the key '{name}' stands twice",
                        Location(self.document.file, *place),
                        f"it is first written at line {self.document.keys[here][0]}",
                    )
                )
                self._build(self._next_event(), (*here, "\0twice"), depth + 1)
                continue
            self.document.keys[here] = place
            mapping[name] = self._build(self._next_event(), here, depth + 1)
        return mapping

    def _scalar(self, event: Any, place: tuple[int, int]) -> Any:
        text = str(event.value)
        if event.style:  # libyaml says '' of a plain one, the parser in Python None
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _LEADING_ZERO.match(text):
            self.document.findings.append(
                Diagnostic(
                    "SPEC_LEADING_ZERO",
                    Severity.ERROR,
                    f"the number {text} begins with a zero",
                    Location(self.document.file, *place),
                    f'write "{text}" in quotes',
                )
            )
            return text
        if _INT.match(text):
            if len(text) > _MOST_DIGITS:
                raise Refused(
                    "SPEC_TOO_LARGE",
                    place,
                    f"a number of {len(text)} digits",
                    "write an id in quotes",
                )
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        return text


def _chain(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest
