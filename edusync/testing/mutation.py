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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.recordings import recorded
from edusync.app.files.specs import shown
from edusync.errors import EdusyncError
from edusync.spec import load_spec
from edusync.spec.document import read_document
from edusync.testing.coverage import outline, shown_by
from edusync.testing.replay import CANARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.diagnostics import Route
    from edusync.spec.document import Document
    from edusync.testing.cases import Case

_CONDITIONS = {"when", "ignore", "where", "needs", "done"}
_CONDITION_MAPS = {"drop", "hold", "report"}
_PATHS = {
    "path",
    "by",
    "on",
    "take",
    "key",
    "day",
    "time",
    "start",
    "plus",
    "source_id",
    "items",
    "again",
    "id",
    "label",
    "who",
    "at",
}
_PATH_MAPS = {"columns", "filter_by", "gather", "read", "add"}
_READS = {"resources", "entities", "writeback", "transport"}
_NO_FIELDS = {"from", "ignore", "drop", "assumed", "carry", "also_known_as"}
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


def mistakes(file: Path) -> list[Mistake]:
    """Return every mistake that is planted in a spec, in the order of the file."""
    text = file.read_text(encoding="utf-8")
    document = read_document(text, shown(file))
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = []
    for route, kind, after in _slips(document):
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
            found.append(
                Mistake(
                    row,
                    column,
                    kind,
                    before,
                    after,
                    text[:begin] + planted + text[begin + len(before) :],
                )
            )
    return sorted(found, key=lambda mistake: (mistake.line, mistake.column, mistake.kind))


def judge(
    file: Path,
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
        with shown_by(case, coverage):
            expected[case.name] = _ran(case)
        shows[case.name] = {line for line, _, _ in coverage.seen}
    with tempfile.TemporaryDirectory() as folder:
        for number, mistake in enumerate(planted):
            spec, document = load_spec(mistake.text, "spec", functions, answers)
            if spec is None or Counter(finding.code for finding in document.findings) - known:
                yield Verdict(mistake, "validate")
                continue
            changed = Path(folder) / f"{file.stem}{number}.yaml"
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


def _ran(case: Case) -> Any:
    try:
        return case.run()
    except (EdusyncError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"


def _slips(document: Document) -> Iterator[tuple[Route, str, str]]:
    """Yield where a hand may slip, of which kind it is, and what it leaves there."""
    formats = list(document.get(("formats",)) or {})
    texts = [
        (route, value) for route in document.values if isinstance(value := document.get(route), str)
    ]
    beside: dict[Route, list[str]] = {}
    for route, value in texts:
        if route[0] in _READS and _is_path(route, value):
            beside.setdefault(route[:2], []).append(value)
    for route, value in texts:
        others = (
            [other for other in beside.get(route[:2], ()) if other != value]
            if route[0] in _READS and _is_path(route, value)
            else []
        )
        if others:
            yield route, "swap", others[0]
    for route in document.values:
        value = document.get(route)
        slip = (
            _of_plain(route, value)
            if isinstance(value, bool | int)
            else _of_text(route, value, formats)
            if isinstance(value, str)
            else None
        )
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


def _of_text(route: Route, value: str, formats: Sequence[str]) -> tuple[str, str] | None:
    """Return the slip in a text: kind, and what is left there."""
    section, word, above = (
        route[0] if route else None,
        route[-1] if route else None,
        route[-2] if len(route) > 1 else None,
    )
    if section == "formats":
        swapped = value.replace("%d", "%-").replace("%m", "%d").replace("%-", "%m")
        return ("format", swapped) if word == "pattern" and swapped != value else None
    if section not in _READS:
        return None
    if "as" in (word, above):
        other = next((name for name in formats if name != value), None)
        return ("format", other) if value in formats and other else None
    if word in _CONDITIONS or above in _CONDITION_MAPS:
        return "condition", f"not ({value})"
    if "paging" in route:
        return (
            ("paging", f"{value}X")
            if _NAME.match(value) and word not in {"kind", "until"}
            else None
        )
    if "set" in route and "{{" not in value:
        return "state", f"{value}X"
    if _is_path(route, value):
        return "key" if word == "key" or "source_id" in route else "path", f"{value}X"
    return None


def _is_path(route: Route, value: str) -> bool:
    """Whether a text is a path: something that is taken from a row or an answer."""
    word, above = route[-1], route[-2] if len(route) > 1 else None
    if "{{" in value or value == "@":
        return False
    if route[0] == "entities":
        return (
            (len(route) == 3 and word not in _NO_FIELDS)  # noqa: PLR2004 - a field of an entity
            or word in _PATHS
            or (isinstance(word, int) and above in {"first_of", "all_of"})
        )
    return (
        word in _PATHS
        or above in _PATH_MAPS
        or (isinstance(word, int) and above in {"first_of", "all_of", "by", "on"})
    ) and above not in {"label", "with"}


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
