"""Which lines of a spec its cases exercise.

Values that were filled, conditions that went both ways, states that were sent, options, filters.

A point is one thing on one line that a case can show. `# edusync: uncovered REASON` on a line, or
alone above it, excuses the points of that line.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from edusync.app.files.specs import shown
from edusync.diagnostics import Location
from edusync.errors import EdusyncError, FilesInvalid
from edusync.spec import load_spec
from edusync.spec.needs import is_read_back
from edusync.spec.tree import (
    Expression,
    FileCall,
    FilterBy,
    HttpCall,
    Question,
    ReadAs,
    Resource,
    StateRule,
    Value,
    Verdict,
    walk,
)
from edusync.testing.replay import CANARY
from edusync.testing.watch import EMPTY, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from edusync.spec.tree import Node, Spec
    from edusync.testing.cases import Case

_EXCUSE = re.compile(r"#\s*edusync:\s*uncovered\s+(\S.*)$")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on one line. `needed` is what has to be seen of it, in words."""

    line: int
    column: int
    what: str
    needed: frozenset[str]

    @property
    def key(self) -> tuple[int, int, str]:
        """Return what tells points apart."""
        return self.line, self.column, self.what


class Line(NamedTuple):
    """A line of a spec: whether all that it says was shown, and what was not, or why not."""

    number: int
    state: Literal["whole", "part", "none", "excused", "plain"]
    text: str
    note: str


@dataclass(slots=True)
class Coverage:
    """What the cases of a spec showed."""

    file: str
    text: str
    spec: Spec
    points: list[Point]
    seen: Seen
    excuses: Mapping[int, str]
    cases: set[str] = field(default_factory=set)

    def missing(self, point: Point) -> frozenset[str]:
        """Return what no case showed of a point."""
        return point.needed - self.seen.words.get(point.key, set())

    @property
    def counted(self) -> list[Point]:
        """Return the points that count: those that nobody excused."""
        return [point for point in self.points if point.line not in self.excuses]

    @property
    def gaps(self) -> list[Point]:
        """Return the points that count and are not wholly shown, in the order of the file."""
        return sorted(
            (point for point in self.counted if self.missing(point)), key=lambda point: point.key
        )

    @property
    def needless(self) -> list[int]:
        """Return the lines whose excuse excuses nothing."""
        return sorted(
            line
            for line in self.excuses
            if not any(point.line == line and self.missing(point) for point in self.points)
        )

    @property
    def percent(self) -> float:
        """Return how much of what counts was shown."""
        needed = sum(len(point.needed) for point in self.counted)
        return (
            100.0
            if not needed
            else 100.0 * (1 - sum(len(self.missing(point)) for point in self.counted) / needed)
        )

    def lines(self) -> list[Line]:
        """Return every line of the spec, and how it stands."""
        return [self._line(number, text) for number, text in enumerate(self.text.splitlines(), 1)]

    def _line(self, number: int, text: str) -> Line:
        points = [point for point in self.points if point.line == number]
        missing = [
            f"never {' or '.join(sorted(self.missing(point)))}"
            for point in points
            if self.missing(point)
        ]
        if number in self.excuses:
            return Line(number, "excused", text, self.excuses[number])
        if not points or not missing:
            return Line(number, "whole" if points else "plain", text, "")
        nothing = all(self.missing(point) == point.needed for point in points)
        return Line(number, "none" if nothing else "part", text, "; ".join(dict.fromkeys(missing)))


def outline(file: Path, functions: Mapping[str, Callable[..., Any]]) -> Coverage:
    """Return what there is to be shown of a spec, before any case has.

    FilesInvalid when the spec has errors.
    """
    text, name = file.read_text(encoding="utf-8"), shown(file)
    spec, document = load_spec(text, name, functions)
    if spec is None:
        raise FilesInvalid(document.findings)
    return Coverage(name, text, spec, list(_points(spec)), Seen(), _excuses(text))


def run_shown(case: Case, coverage: Coverage) -> dict[str, Any]:
    """Run a case, and note what it shows."""
    coverage.cases.add(case.name)
    note_answers(coverage.spec, case, coverage.seen)
    return case.run(watch=coverage.seen)


def measure(
    file: Path, cases: Iterable[Case], functions: Mapping[str, Callable[..., Any]]
) -> Coverage:
    """Run the cases of a spec and return what they showed of it.

    FilesInvalid when the spec has errors.
    """
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    coverage = outline(file, functions)
    for case in cases:
        # what it showed until then counts; `edusync test` says what is wrong with it
        with suppress(EdusyncError, AssertionError):
            run_shown(case, coverage)
    return coverage


# what there is to be seen


def _points(spec: Spec) -> Iterator[Point]:
    met: set[tuple[int, int, str]] = set()
    is_back = is_read_back(spec)
    shown_parts = walk(spec, lambda node, field: _is_shown(node, field) and not is_back(node))
    parts = (point for one in shown_parts for point in _own(one.node, one.field))
    for point in (*_questions(spec), *parts):
        if point.key not in met and (point.what != "call" or spec.transport.kind == "http"):
            met.add(point.key)
            yield point


def _is_shown(node: Node, field: str) -> bool:
    """Whether cases can show a part: questions are asked otherwise, a probe never."""
    return not isinstance(node, Question) and field != "probe"


def _own(node: Node, field: str) -> Iterator[Point]:
    """Yield the points of a part of a spec itself."""
    match node:
        case Expression(place=Location() as place, constant=False):
            is_test = type(node) is Expression and field != "items"
            yield _point(place, "text", *(("true", "false") if is_test else ("used",)))
        case Verdict():
            if node.when.place is not None:
                yield _point(node.when.place, "text", "true")
        case Value():
            yield _point(node.place, "value", "filled")
        case Resource():
            yield _point(node.place, "list", "read")
        case ReadAs():
            yield _point(node.place, "as", "filled")
        case FilterBy():
            yield _point(node.place, "filter_by", "kept", "dropped")
        case StateRule():
            yield _point(node.place, "state", "met")
        case HttpCall() | FileCall() if field in {"login", "logout", "call"}:
            yield _point(node.place, "call", "called")


def _questions(spec: Spec) -> Iterator[Point]:
    for question in spec.options.values():
        choices = (
            ("true", "false")
            if question.type == "boolean"
            else tuple(question.values) or ("answered",)
        )
        yield _point(question.place, "option", *choices)
    for question in spec.filters.values():
        yield _point(question.place, "filter", "set", "not set")


def _point(place: Location, what: str, *needed: str) -> Point:
    return Point(place.line, place.column, what, frozenset(needed))


# what was seen


def note_answers(spec: Spec, case: Case, noted: Seen) -> None:
    """Note the options and filters that a case answers."""
    settings = case.told()
    options = settings.get("options") or {}
    for name, question in spec.options.items():
        value = options.get(name, question.default)
        if value not in EMPTY:
            noted.note(
                question.place,
                "option",
                str(value).lower()
                if isinstance(value, bool)
                else str(value)
                if question.values
                else "answered",
            )
    common = settings.get("filters") or {}
    for name, question in spec.filters.items():
        own: list[Mapping[str, Any]] = [
            account.get("filters") or {} for account in settings.get("accounts") or [{}]
        ]
        is_set = any(one.get(name, common.get(name, question.default)) for one in own)
        noted.note(question.place, "filter", "set" if is_set else "not set")


def _excuses(text: str) -> dict[int, str]:
    """Return the lines whose points are excused, with the reason."""
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _EXCUSE.search(line)
        if match:
            found[number + 1 if line.lstrip().startswith("#") else number] = match.group(1)
    return found
