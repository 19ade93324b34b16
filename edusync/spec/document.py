"""YAML read into plain data, with the place of every key and value.

Specs are plain data: tags, merge keys, anchors and aliases are refused while the events go by,
before anything is built. Scalars follow YAML 1.2: only true, false, null and numbers are not text;
dates stay text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import Diagnostic, Location, Route, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 256 * 1024
MOST_DEPTH = 40
MOST_NODES = 50_000

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


@dataclass(slots=True)
class Document:
    """One YAML file: its data, and where each route stands.

    A route is the keys and indexes from the top.
    """

    file: str
    data: Any = None
    keys: dict[Route, tuple[int, int]] = field(default_factory=dict)
    values: dict[Route, tuple[int, int]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    half_read: set[Route] = field(default_factory=set)
    """Things of which a part was left out: what is wrong with them now is a consequence, and so is
    everything that is only a warning."""

    def at(self, route: Route, *, key: bool = False) -> Location:
        """Return the place of a value, or of its key.

        For a route that is not there, of the nearest one above.
        """
        while route:
            places = (self.keys, self.values) if key else (self.values, self.keys)
            for table in places:
                if route in table:
                    return Location(self.file, *table[route])
            route, key = route[:-1], True
        return Location(self.file, 1, 1)

    def get(self, route: Route) -> Any:
        """Return the data at a route, None when it is not there."""
        here = self.data
        for step in route:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def report(
        self, code: str, route: Route, message: str, hint: str, *, key: bool = False
    ) -> None:
        """Add a finding at a route, with the severity of its code."""
        from edusync.codes import get_code

        if self.half_read and (
            route[:2] in self.half_read or get_code(code).severity is not Severity.ERROR
        ):
            return
        self.findings.append(
            Diagnostic(code, get_code(code).severity, message, self.at(route, key=key), hint)
        )

    @property
    def has_errors(self) -> bool:
        """Whether any finding blocks."""
        return any(found.severity is Severity.ERROR for found in self.findings)


def read_document(text: str, file: str) -> Document:
    """Read YAML text; what is wrong with it is among the findings of the document."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    document = Document(file)
    if len(text.encode()) > MOST_BYTES:
        document.report(
            "SPEC_TOO_LARGE",
            (),
            f"the file is larger than {MOST_BYTES // 1024} KiB",
            "a spec is a few hundred lines: is this the right file?",
        )
        return document
    try:
        document.data = _Reading(
            document, YAML(typ="safe").parse(text)
        ).whole()  # libyaml: ten times as fast
    except YAMLError:
        _read_slowly(document, text)
    except _Refused as refused:
        document.findings.append(
            Diagnostic(
                refused.code,
                Severity.ERROR,
                refused.message,
                Location(file, *refused.place),
                refused.hint,
            )
        )
    return document


def _read_slowly(document: Document, text: str) -> None:
    """Read text that libyaml cannot read with the parser in Python.

    That one says better what is wrong and where.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    file = document.file
    document.keys, document.values, document.findings = {}, {}, []
    try:
        document.data = _Reading(document, YAML(typ="safe", pure=True).parse(text)).whole()
    except _Refused as refused:
        document.findings.append(
            Diagnostic(
                refused.code,
                Severity.ERROR,
                refused.message,
                Location(file, *refused.place),
                refused.hint,
            )
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = str(error.problem or error.context or "this is not YAML").split("\n")[0].lower()
        document.findings.append(
            Diagnostic(
                "SPEC_UNREADABLE",
                Severity.ERROR,
                f"not readable YAML: {problem}",
                Location(file, *place),
                "mind the indentation, the colon and the quotes here",
            )
        )
    except YAMLError as error:
        first = str(error).split("\n")[0]
        document.report(
            "SPEC_UNREADABLE",
            (),
            f"not readable YAML: {first}",
            "save the file as plain text in UTF-8",
        )


class _Refused(Exception):
    def __init__(self, code: str, place: tuple[int, int], message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.place, self.message, self.hint = code, place, message, hint


class _Reading:
    """Build plain data from the events of one file, remembering places."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events
        self.nodes = 0

    def next_event(self) -> Any:
        event = next(self.events)
        self.nodes += 1
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if self.nodes > MOST_NODES:
            raise _Refused(
                "SPEC_TOO_LARGE",
                place,
                f"the file has more than {MOST_NODES} values",
                "a spec has a few hundred: is this the right file?",
            )
        if getattr(event, "anchor", None):
            raise _Refused(
                "SPEC_ALIAS",
                place,
                "anchors and aliases are not part of a spec",
                "write the value out where it is used",
            )
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in {"!", "None"}:
            raise _Refused("SPEC_TAG", place, f"a YAML tag '{tag}'", "write plain data")
        return event

    def first_event(self) -> Any:
        event = next(self.events)
        while type(event).__name__ in {"StreamStartEvent", "DocumentStartEvent", "CommentEvent"}:
            event = next(self.events)
        return event

    def whole(self) -> Any:
        first = self.first_event()
        if type(first).__name__ in {"StreamEndEvent", "DocumentEndEvent"}:
            return None
        data = self.build(self.checked(first), (), 0)
        rest = [type(event).__name__ for event in self.events]
        if "DocumentStartEvent" in rest:
            raise _Refused(
                "SPEC_UNREADABLE",
                (1, 1),
                "the file holds several YAML documents",
                "keep one, without '---' in between",
            )
        return data

    def checked(self, event: Any) -> Any:
        self.events = _chain(event, self.events)
        return self.next_event()

    def build(self, event: Any, route: Route, depth: int) -> Any:
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        self.document.values[route] = place
        if depth > MOST_DEPTH:
            raise _Refused(
                "SPEC_TOO_LARGE",
                place,
                f"the file is nested deeper than {MOST_DEPTH} levels",
                "a spec is a few levels deep: mind the brackets here",
            )
        match type(event).__name__:
            case "ScalarEvent":
                return self.scalar(event, place)
            case "SequenceStartEvent":
                return self.sequence(route, depth)
            case "MappingStartEvent":
                return self.mapping(route, depth)
            case _:
                raise _Refused(
                    "SPEC_UNREADABLE",
                    place,
                    "this is not a value",
                    "write a text, a number, a list or a mapping",
                )

    def sequence(self, route: Route, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next_event()).__name__ != "SequenceEndEvent":
            items.append(self.build(event, (*route, len(items)), depth + 1))
        return items

    def mapping(self, route: Route, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := self.next_event()).__name__ != "MappingEndEvent":
            place = (event.start_mark.line + 1, event.start_mark.column + 1)
            if type(event).__name__ != "ScalarEvent":
                raise _Refused(
                    "SPEC_UNREADABLE",
                    place,
                    "a key must be a plain word",
                    "write 'key: value'; a template as a value stands in quotes",
                )
            name = str(event.value)
            if name == "<<" and not event.style:
                raise _Refused(
                    "SPEC_MERGE_KEY", place, "'<<' merges keys invisibly", "write the keys out"
                )
            here = (*route, name)
            if name in found:
                self.document.findings.append(
                    Diagnostic(
                        "SPEC_DUPLICATE_KEY",
                        Severity.ERROR,
                        f"the key '{name}' stands twice",
                        Location(self.document.file, *place),
                        f"it is first written at line {self.document.keys[here][0]}",
                    )
                )
                self.build(self.next_event(), (*here, "\0twice"), depth + 1)
                continue
            self.document.keys[here] = place
            found[name] = self.build(self.next_event(), here, depth + 1)
        return found

    def scalar(self, event: Any, place: tuple[int, int]) -> Any:
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
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        return text


def _chain(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest
