"""Samples of what an ERP sends, and what each column of them holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edusync.errors import UsageProblem
from edusync.transport.decode import decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(slots=True)
class Sample:
    """One list of rows found in a file.

    Where it stands in the answer, and its fields with their values.
    """

    name: str
    items: str | None
    keyed: bool
    rows: Sequence[dict[str, Any]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    """Which entities it feeds."""

    @property
    def key(self) -> str | None:
        """Return the field that tells rows apart.

        One with another value in every row, by preference one that is named like an id.
        """
        alone = [
            name
            for name, values in self.values.items()
            if len(values) == len(self.rows)
            and len(set(map(str, values))) == len(values)
            and not isinstance(values[0], list | float)
        ]
        named = [
            name
            for name in alone
            if re.search(r"(^|[._])(id|code|key|num|ref|uid)|(id|code|_cle)$", name, re.IGNORECASE)
            or name.lower().endswith(f"id{self.name.lower().rstrip('s')}")
        ]
        return min(named or alone[:1], key=len, default=None)


def read_sample(file: Path) -> list[Sample]:
    """Return the lists of rows in a JSON, XML or CSV file; UsageProblem when there are none."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in {"json", "xml", "csv"}:
        raise UsageProblem(
            "RUN_USAGE", f"{file.name} is no sample", "give a .json, .xml or .csv file"
        )
    now = datetime(2026, 1, 1).astimezone()
    span = Span(now, now, UTC)  # only calendars look at it
    found = decode_file(file.read_bytes(), AnswerKind(kind), span)
    unread = found.cause or next((str(flaw) for flaw in found.flaws), None)
    if found.kind not in {"json", "xml", "csv"} or unread:
        because = f": {unread}" if unread else ""
        raise UsageProblem(
            "RUN_USAGE",
            f"{file.name} cannot be read as {kind.upper()}{because}",
            "save the answer as it came",
        )
    samples = list(_lists(found.body, file.stem, ()))
    if not samples:
        raise UsageProblem(
            "RUN_USAGE",
            f"{file.name} holds no list of rows",
            "give an answer with a list of sessions, students, professors, groups or rooms",
        )
    return samples


def _lists(body: Any, name: str, above: tuple[str, ...]) -> Iterator[Sample]:
    """Yield the lists of rows of an answer, the outermost ones."""
    rows = body if isinstance(body, list) else None
    keyed = (
        isinstance(body, dict)
        and len(body) > 1
        and all(isinstance(row, dict) for row in body.values())
        and all(re.fullmatch(r"\d+", str(key)) for key in body)
    )
    if keyed:
        rows = list(body.values())
    if rows is not None:
        rows = [row for row in rows if isinstance(row, dict)]
        if rows:
            sample = Sample(above[-1] if above else name, ".".join(above) or None, keyed, rows)
            for row in rows:
                for path, value in _leaves(row, ()):
                    sample.values.setdefault(path, []).append(value)
            yield sample
    elif isinstance(body, dict):
        for key, inner in body.items():
            if isinstance(inner, list | dict):
                yield from _lists(inner, name, (*above, str(key)))


def _leaves(row: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a row by their path.

    Plain values, lists of plain values, and the ids of lists of rows.
    """
    for key, value in row.items():
        path = ".".join((*above, str(key)))
        if isinstance(value, dict):
            yield from _leaves(value, (*above, str(key)))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            inner = next(
                (name for name in value[0] if re.search(r"id|code", name, re.IGNORECASE)), None
            )
            if inner is not None:
                yield f"{path}[].{inner}", [item.get(inner) for item in value]
        elif value not in (None, "", []):
            yield path, value
