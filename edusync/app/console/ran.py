"""One run as a plan: what it did with each item, field by field, and what it left alone and why.

Of a field only its name is known: what stood in it is kept by nobody (P18). What stands there at
the moment is asked for by `edusync/app/console/values.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.app.runs.sync import DONE
from edusync.state.clues import brought_down
from edusync.state.event_search import Wanted, find_events
from edusync.state.overview import tallies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from edusync.state.event_search import EventRow
    from edusync.state.overview import Tally
    from edusync.state.store import Store

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """What a run said of one item. `done` is what was done with it, None when nothing was.

    `fields` are those that it changed; none for something new.
    """

    event: EventRow
    done: str | None
    fields: Sequence[str]
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: its row of the store, how often it named each code, and a page of its lines."""

    run: Mapping[str, Any]
    tallies: Sequence[Tally]
    lines: Sequence[Line]
    found: int
    page: int
    pages: int

    @property
    def took(self) -> timedelta | None:
        """How long it took; None while it goes on, and when it was cut."""
        ended: datetime | None = self.run["finished_at"]
        return None if ended is None else ended - self.run["started_at"]

    @property
    def requests(self) -> Mapping[str, int]:
        """How many requests went to each side, `erp` and `edusign`; none of an older run."""
        return dict((self.run["counts"] or {}).get("requests") or {})

    @property
    def did(self) -> dict[str, dict[str, int]]:
        """How many items of each kind it created, changed and so on."""
        found: dict[str, dict[str, int]] = {}
        for one in self.tallies:
            if one.code in DONE and one.kind is not None:
                found.setdefault(one.kind, {})[DONE[one.code]] = one.times
        return found

    @property
    def others(self) -> Sequence[Tally]:
        """What else it said, the gravest first."""
        grades = ("error", "warning", "info")
        others = [one for one in self.tallies if one.code not in DONE or one.kind is None]
        return sorted(
            others,
            key=lambda one: (
                grades.index(one.severity) if one.severity in grades else len(grades),
                -one.times,
            ),
        )


def ran(
    store: Store, connector: str, run_id: str, *, code: str = "", kind: str = "", page: int = 1
) -> Ran | None:
    """Return a run of a connector; None when it is not one. `code` and `kind` narrow its lines."""
    run = store.run(connector, run_id)
    if run is None:
        return None
    wanted = Wanted(connector, [run_id], code, kind)
    page = max(1, page)
    events, found = find_events(store, wanted, A_PAGE, (page - 1) * A_PAGE)
    starts = {
        (one.kind, one.account, one.source_id): one.starts_at
        for one in brought_down(store, connector)
        if one.starts_at is not None
    }
    lines = [
        Line(
            one,
            DONE.get(one.code),
            one.field.split(", ") if one.field and one.code in DONE else (),
            starts.get((one.kind or "", one.account or "", one.source_id or "")),
        )
        for one in events
    ]
    pages = max(1, -(-found // A_PAGE))
    return Ran(run, tallies(store, [run_id]), lines, found, min(page, pages), pages)
