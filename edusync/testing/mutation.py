"""One small mistake at a time in a spec, and who notices it: validation, a case, or nobody.

A mistake is what a hand slips into: a path that does not exist, the path beside it, another format,
a condition the other way round, another value of a state, a wrong key, other paging.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.files.recordings import recorded
from edusync.app.files.specs import shown
from edusync.diagnostics import Location
from edusync.errors import EdusyncError
from edusync.spec import load_spec
from edusync.spec.build import build_spec
from edusync.spec.document import read_document
from edusync.spec.needs import is_read_back
from edusync.spec.schema_check import check_schema
from edusync.spec.texts import Expression, Path
from edusync.spec.tree import Entity, PathValue, Question, ReadAs, Resource, walk
from edusync.testing.coverage import outline, run_shown
from edusync.testing.replay import CANARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.diagnostics import Route
    from edusync.spec.document import Document
    from edusync.testing.cases import Case
    from edusync.testing.coverage import Coverage

_READS = {"resources", "entities", "writeback", "transport"}
_NAME = re.compile(r"[^\W\d]\w*\Z")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it stands, of which kind it is, and the whole text with it."""

    line: int
    column: int
    kind: str
    before: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who noticed a mistake: `validate`, the name of a case, or nobody."""

    mistake: Mistake
    noticed_by: str | None


def mistakes(file: File) -> list[Mistake]:
    """Return every mistake that is planted in a spec, in the order of the file."""
    text = file.read_text(encoding="utf-8")
    document = read_document(text, shown(file))
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    every = []
    for route, kind, after in _slips(document, _places(document, text)):
        row, column = document.values[route]
        at, before = starts[row - 1] + column - 1, _written(document.get(route))
        quote = text[at] if text[at] in "\"'" else ""
        if text[at + len(quote) :].startswith(
            before
        ):  # a text over several lines, or with escapes, is left alone
            begin = at + len(quote)
            planted = (
                after.replace("'", "''")
                if quote == "'"
                else after.replace('"', '\\"')
                if quote
                else after
            )
            every.append(
                Mistake(
                    row,
                    column,
                    kind,
                    before,
                    after,
                    text[:begin] + planted + text[begin + len(before) :],
                )
            )
    return sorted(every, key=lambda mistake: (mistake.line, mistake.column, mistake.kind))


def judge(
    file: File,
    cases: Sequence[Case],
    functions: Mapping[str, Callable[..., Any]],
    planted: Sequence[Mistake],
) -> Iterator[Verdict]:
    """Yield who notices each mistake.

    Validation first, then the cases, those that show the line before the others.
    """
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    text = file.read_text(encoding="utf-8")
    answers = recorded(file)
    known = Counter(
        finding.code for finding in load_spec(text, "spec", functions, answers)[1].findings
    )
    expected, shows = dict[str, Any](), dict[str, set[int]]()
    for case in cases:
        coverage = outline(file, functions)
        expected[case.name] = _ran(case, coverage)
        shows[case.name] = {line for line, _, _ in coverage.seen.words}
    with tempfile.TemporaryDirectory() as folder:
        for number, mistake in enumerate(planted):
            spec, document = load_spec(mistake.text, "spec", functions, answers)
            if spec is None or Counter(finding.code for finding in document.findings) - known:
                yield Verdict(mistake, "validate")
                continue
            changed = File(folder) / f"{file.stem}{number}.yaml"
            changed.write_text(mistake.text, encoding="utf-8")
            ordered = sorted(
                cases,
                key=lambda case: (mistake.line not in shows[case.name], len(shows[case.name])),
            )
            yield Verdict(
                mistake,
                next(
                    (
                        case.name
                        for case in ordered
                        if _ran(replace(case, spec=changed)) != expected[case.name]
                    ),
                    None,
                ),
            )


def _ran(case: Case, coverage: Coverage | None = None) -> Any:
    """Return what comes of a case, and note what it shows."""
    try:
        return case.run() if coverage is None else run_shown(case, coverage)
    except (EdusyncError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"


class _Places(NamedTuple):
    """Where paths and conditions stand, as line and column. Keys are paths that tell rows apart."""

    paths: dict[tuple[int, int], str]
    """With what they say: some are only a part of the text."""
    keys: set[tuple[int, int]]
    conditions: set[tuple[int, int]]


def _places(document: Document, text: str) -> _Places:
    """Return where paths and conditions stand, by the tree that the spec is."""
    places = _Places({}, set(), set())
    whole = check_schema(document, "spec")
    if whole is None:
        return places
    spec, _ = build_spec(whole, text, {})
    is_back = is_read_back(spec)
    for met in walk(
        spec, lambda node, _field: not (isinstance(node, Question | ReadAs) or is_back(node))
    ):
        match met.node:
            case Path(place=Location() as place):
                places.paths[place.line, place.column] = met.node.source
            case Expression(place=Location() as place) if (
                type(met.node) is Expression and met.field != "items"
            ):
                places.conditions.add((place.line, place.column))
            case Resource(key=PathValue(path)) | Entity(fields={"source_id": PathValue(path)}) if (
                path.place is not None
            ):
                places.keys.add((path.place.line, path.place.column))
    for name, resource in spec.resources.items():
        for column, caption in resource.columns.items():
            places.paths[document.values["resources", name, "columns", column]] = caption
    return places


def _slips(document: Document, places: _Places) -> Iterator[tuple[Route, str, str]]:
    """Yield where a hand may slip, of which kind it is, and what it leaves there."""
    formats = list(document.get(("formats",)) or {})
    texts = [
        (route, value) for route in document.values if isinstance(value := document.get(route), str)
    ]
    beside: dict[Route, list[str]] = {}
    for route, value in texts:
        if _is_path(document, route, value, places):
            beside.setdefault(route[:2], []).append(value)
    for route, value in texts:
        if _is_path(document, route, value, places):
            others = [other for other in beside[route[:2]] if other != value]
            if others:
                yield route, "swap", others[0]
    for route in document.values:
        value = document.get(route)
        slip = None
        if isinstance(value, bool | int):
            slip = _of_plain(route, value)
        elif isinstance(value, str):
            slip = _of_text(document, route, value, formats, places)
        if slip is not None:
            yield route, *slip


def _of_plain(route: Route, value: int) -> tuple[str, str] | None:
    """Return the slip in a flag or a number: kind, and what is left there."""
    if isinstance(value, bool):
        is_option = route[0] == "options" and route[-1] == "default"
        return (
            ("option" if is_option else "state", str(not value).lower())
            if is_option or "set" in route
            else None
        )
    return (
        ("paging" if "paging" in route else "state", str(value + 1))
        if {"paging", "set"} & set(route)
        else None
    )


def _of_text(
    document: Document, route: Route, value: str, formats: Sequence[str], places: _Places
) -> tuple[str, str] | None:
    """Return the slip in a text: kind, and what is left there."""
    section, word = (route[0], route[-1]) if route else (None, None)
    if section == "formats":
        swapped = value.replace("%d", "%-").replace("%m", "%d").replace("%-", "%m")
        return ("format", swapped) if word == "pattern" and swapped != value else None
    if section not in _READS:
        return None
    if "as" in route[-2:]:
        other = next((name for name in formats if name != value), None)
        return ("format", other) if value in formats and other else None
    if document.values[route] in places.conditions:
        return "condition", f"not ({value})"
    if "paging" in route:
        return (
            ("paging", f"{value}X")
            if _NAME.match(value) and word not in {"kind", "until"}
            else None
        )
    if "set" in route and "{{" not in value:
        return "state", f"{value}X"
    if _is_path(document, route, value, places):
        return "key" if document.values[route] in places.keys else "path", f"{value}X"
    return None


def _is_path(document: Document, route: Route, value: str, places: _Places) -> bool:
    """Whether a text is a path: something that is taken from a row or an answer."""
    is_whole = places.paths.get(document.values[route]) == value
    return is_whole and value != "@" and "paging" not in route and route[0] in _READS


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
