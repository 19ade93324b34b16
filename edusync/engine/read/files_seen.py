"""Which files a pattern found before, and what is unknown now that one of them is gone.

An ERP writes a file for each month, group or night, and files come and go. One that is gone takes
its rows with it, and nobody knows whether these are gone from the ERP: its days are unknown as far
as they meet the window, until a file that is new since then holds them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from edusync.engine.outcome import Outcome
from edusync.spec.tree.call import FileCall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from edusync.engine.read.lists import Lists
    from edusync.engine.read.table import Days, Status
    from edusync.model import Window
    from edusync.spec.tree import Resource, Spec


@dataclass(frozen=True, slots=True)
class FileSeen:
    """One file: how many rows it had, the days in them, and when it was seen first and last."""

    rows: int
    days: Days | None
    first: datetime
    last: datetime

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what the store keeps of a file."""
        days = tuple(date.fromisoformat(day) for day in kept["days"])
        first, last = (datetime.fromisoformat(kept[name]) for name in ("first", "last"))
        return cls(kept["rows"], (days[0], days[1]) if days else None, first, last)

    def as_json(self) -> dict[str, Any]:
        """Return what the store keeps of a file."""
        return {
            "rows": self.rows,
            "days": [day.isoformat() for day in self.days or ()],
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
        }


Files = dict[str, FileSeen]


def seen_now(before: Mapping[str, FileSeen], status: Status, window: Window) -> Files:
    """Return the files of a list for the next run; what no window can meet is forgotten."""
    now = window.now
    here = {
        name: FileSeen(
            status.rows_of[name], days, before[name].first if name in before else now, now
        )
        for name, days in status.files.items()
    }
    kept = {
        name: replace(file, last=now) if name in status.unread else file
        for name, file in before.items()
        if not _is_over(file, window)
    }
    return {**kept, **here}


def files_of(lists: Lists, window: Window) -> dict[str, Files]:
    """Return the files that each list is known to come in, after a run that read them."""
    here = {
        name: seen_now(lists.files.get(name, {}), status, window)
        for name, status in lists.statuses.items()
        if status.patterns
    }
    return {**lists.files, **here}


def days_unknown(
    before: Mapping[str, FileSeen], status: Status, window: Window
) -> Iterator[tuple[str, Days | None]]:
    """Yield each file that is gone, with the days of the window that nobody knows any more.

    None stands for every day: no row of the file had a day. A file that other files of a list
    replaced, or whose days are over, is not among them.
    """
    here = seen_now(before, status, window)
    for name, gone in before.items():
        fits = any(PurePosixPath(name).match(pattern) for pattern in status.patterns)
        if name in status.files or name in status.unread or not fits:
            continue
        if not gone.rows or _is_over(gone, window):
            continue
        new = [here[other] for other in status.files if here[other].first > gone.last]
        if gone.days is None:
            if sum(file.rows for file in new) * 2 < gone.rows:
                yield name, None
            continue
        first, last = max(gone.days[0], window.today), min(gone.days[1], window.last)
        held = [file.days for file in new if file.days is not None]
        if first <= last and not any(days[0] <= first and last <= days[1] for days in held):
            yield name, (first, last)


def _is_over(file: FileSeen, window: Window) -> bool:
    """Whether no day of a file, or of the window in which it was seen last, is to come."""
    if file.days is not None:
        return file.days[1] < window.today
    length = window.last - window.today
    return (file.last + length + timedelta(days=1)).date() < window.today


def follower(lists: Lists, *names: str) -> Callable[[Iterable[Any]], None] | None:
    """Return what notes the days among values made of a row, for the files that it comes from.

    `names` are lists that the row comes from. None where none of them, and none above them, is
    read from files.
    """
    found = [
        name
        for name in sorted(_with_above(lists.spec, names))
        if isinstance(lists.spec.resources[name].call, FileCall)
    ]
    zone = ZoneInfo(lists.spec.zone)

    def follow(values: Iterable[Any]) -> None:
        for name in found:
            status = lists.statuses.get(name)
            if status is not None and status.file is not None:
                status.note_days(values, zone)

    return follow if found else None


def note_gone(lists: Lists, resource: Resource, status: Status) -> None:
    """Note the files that are gone: their days are unknown, or the list is."""
    before = lists.files.get(resource.name)
    if lists.window is None or before is None:
        return
    dated = resource.name in _dated(lists)
    for name, days in days_unknown(before, status, lists.window):
        if days is not None and dated:
            status.unknown_days.append(days)
            which = f"from {days[0]} to {days[1]}"
        else:
            status.problems.append("CONN_FILE_GONE")
            which = "that it held"
        detail = f"FILE {name} was there and is gone: the rows {which} are unknown"
        lists.report.add(
            Outcome("CONN_FILE_GONE", field=resource.name, place=resource.place, detail=detail)
        )


def _dated(lists: Lists) -> set[str]:
    """Return the lists of sessions alone: what a file of them held is known by its days."""
    found = _with_above(lists.spec, [lists.spec.entities["course"].source])
    return {name for name in found if lists.wanted[name] == 1}


def _with_above(spec: Spec, names: Iterable[str]) -> set[str]:
    """Return lists and those that they come from, however far."""
    found, waiting = set[str](), [*names]
    while waiting:
        name = waiting.pop()
        if name not in found and name in spec.resources:
            found.add(name)
            waiting += spec.resources[name].sources
    return found
