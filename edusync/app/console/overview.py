"""Every connector at a glance: last runs, the next start, what was done, what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.app.runner.needs import needs
from edusync.model.ids import folded
from edusync.state.holds import pauses
from edusync.state.latest import last_runs
from edusync.state.overview import short_runs, tallies
from edusync.state.runs import ENDED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from edusync.app.runner.fleet import Fleet, Known
    from edusync.app.runner.needs import Need
    from edusync.state.holds import Pause
    from edusync.state.latest import LastRun
    from edusync.state.overview import ShortRun, Tally
    from edusync.state.store import Store
    from edusync.state.visitors import User

A_PAGE = 50
STRIP = 14
"""Runs down that a strip shows: a week of two slots a day."""
_STRIP_DAYS = timedelta(days=15)
_AHEAD = timedelta(days=3)
PEOPLE = frozenset({"student", "professor", "external"})
_CHANGED = {"DOWN_ADOPTED", "DOWN_UPDATED", "DOWN_COMPLETED", "DOWN_COURSE_RELINKED"}


@dataclass(slots=True)
class Counts:
    """What the last run down did with sheets, or with people."""

    created: int = 0
    changed: int = 0
    deleted: int = 0
    left_out: int = 0

    @property
    def any(self) -> bool:
        """Whether it did anything."""
        return bool(self.created or self.changed or self.deleted or self.left_out)


@dataclass(frozen=True, slots=True)
class Row:
    """One connector. `status` is that of the last run that looked down, or what is worse."""

    known: Known
    status: str
    last: Mapping[str, LastRun]
    pause: Pause | None
    needs: Sequence[Need]
    strip: Sequence[ShortRun]
    next_at: datetime | None
    sheets: Counts
    people: Counts

    @property
    def name(self) -> str:
        """Return the name of the connector."""
        return self.known.listed.name

    @property
    def down(self) -> LastRun | None:
        """Return the last run down."""
        return self.last.get("down")

    @property
    def looked(self) -> bool:
        """Whether the last run down looked at both sides, so that its counts say something."""
        return self.down is not None and self.down.status in ENDED


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of connectors; those that need a person come first."""

    rows: Sequence[Row]
    found: int
    all: int
    waiting: int
    page: int
    pages: int


def overview(
    store: Store, fleet: Fleet, user: User, now: datetime, words: str = "", page: int = 1
) -> Overview:
    """Return a page of the connectors that somebody sees, and that bear the words."""
    known = {name: one for name, one in fleet.known().items() if user.sees(name)}
    waiting = _by_name(needs(store, {name: fleet.files()[name] for name in known}))
    chosen = [name for name, one in known.items() if _bears(one, words)]
    chosen.sort(key=lambda name: (name not in waiting, name.casefold()))
    pages = max(1, -(-len(chosen) // A_PAGE))
    page = min(max(1, page), pages)
    shown = chosen[(page - 1) * A_PAGE : page * A_PAGE]
    rows = _rows(store, fleet, shown, waiting, now)
    return Overview(rows, len(chosen), len(known), len(waiting), page, pages)


def standing(store: Store, fleet: Fleet, user: User, name: str, now: datetime) -> Row:
    """Return one connector; KeyError when there is none of that name for somebody."""
    if not user.sees(name):
        raise KeyError(name)
    waiting = _by_name(needs(store, {name: fleet.files()[name]}))
    return _rows(store, fleet, [name], waiting, now)[0]


def _rows(
    store: Store,
    fleet: Fleet,
    names: Sequence[str],
    waiting: Mapping[str, Sequence[Need]],
    now: datetime,
) -> list[Row]:
    known, runs, paused = fleet.known(), last_runs(store, names), pauses(store)
    strips = _strips(store, names, now)
    counts = _counts(store, [run.id for name in names if (run := runs.get((name, "down")))])
    rows = []
    for name in names:
        last = {way: runs[name, way] for way in ("down", "up") if (name, way) in runs}
        pause = paused.get(name)
        sheets, people = counts.get(last["down"].id if "down" in last else "", _nothing())
        rows.append(
            Row(
                known[name],
                _status(last, waiting.get(name, ())),
                last,
                pause if pause is not None and pause.holds(now) else None,
                waiting.get(name, ()),
                strips.get(name, ()),
                next(iter(fleet.starts(name, now, now + _AHEAD)), None),
                sheets,
                people,
            )
        )
    return rows


def _nothing() -> tuple[Counts, Counts]:
    return Counts(), Counts()


def _bears(one: Known, words: str) -> bool:
    text = folded(" ".join((one.listed.name, one.label, one.listed.erp, *one.listed.labels)))
    return all(word in text for word in folded(words).split())


def _by_name(found: Iterable[Need]) -> dict[str, list[Need]]:
    by_name: dict[str, list[Need]] = {}
    for one in found:
        by_name.setdefault(one.connector, []).append(one)
    return by_name


def _strips(store: Store, names: Collection[str], now: datetime) -> dict[str, list[ShortRun]]:
    found: dict[str, list[ShortRun]] = {}
    for run in short_runs(store, names, now - _STRIP_DAYS):
        if run.direction == "down":
            found.setdefault(run.connector, []).append(run)
    return {name: runs[-STRIP:] for name, runs in found.items()}


def _counts(store: Store, runs: Collection[str]) -> dict[str, tuple[Counts, Counts]]:
    found: dict[str, tuple[Counts, Counts]] = {}
    for tally in tallies(store, runs):
        sheets, people = found.setdefault(tally.run, _nothing())
        if tally.kind == "course":
            add(sheets, tally)
        elif tally.kind in PEOPLE:
            add(people, tally)
    return found


def add(counts: Counts, tally: Tally) -> None:
    """Count what a run named."""
    if tally.code == "DOWN_CREATED":
        counts.created += tally.times
    elif tally.code == "DOWN_DELETED":
        counts.deleted += tally.times
    elif tally.code in _CHANGED:
        counts.changed += tally.times
    elif tally.severity in {"warning", "error"}:
        counts.left_out += tally.times


def _status(last: Mapping[str, LastRun], waiting: Sequence[Need]) -> str:
    """Return the grade that a dot shows: that of the last run, `held` when somebody is awaited."""
    grade = last["down"].status if "down" in last else "none"
    return "held" if grade == "success" and waiting else grade
