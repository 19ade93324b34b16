"""The lists of the ERP, read for some sheets that go up: their days are the window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.model import Window
from edusync.spec.needs import changes_with_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from edusync.engine.outcome import Report
    from edusync.engine.read.names import Answers
    from edusync.engine.read.source import AnySource
    from edusync.engine.read.table import Status, Table
    from edusync.engine.upward.links import Links
    from edusync.engine.upward.sheet import UpSheet
    from edusync.spec.tree import Spec

_APART = timedelta(days=7)
"""Sheets further apart are read for by themselves.

One that was held long ago must not make the ERP tell of all the days since.
"""
_NEAR = timedelta(days=14)
"""How far from the days of sheets a day with rows is looked for."""
_DAYS_KEPT = 5
_READ_TOGETHER = 50
"""How many sheets the ERP is read for at once, at least.

What is read before writing stays fresh, and is not asked for sheet by sheet.
"""


def window_of(now: datetime, zone: ZoneInfo, sheets: Sequence[UpSheet]) -> Window:
    """Return the days of some sheets as the window, so that the lists are read for them."""
    window = Window.around(now, days=0, days_back=0, zone=zone)
    days = [window.day_of(sheet.archived.sheet.starts_at) for sheet in sheets] or [window.today]
    return replace(window, first=min(days), last=max(days))


def read_together(sheets: Sequence[UpSheet], at_once: int) -> Iterator[list[UpSheet]]:
    """Yield the sheets that the ERP is read for together, in the order of their start.

    `at_once` is how many sheets go up in one call. Sheets of which something may stand in the ERP
    come apart, since lists are read for them more warily.
    """
    size = max(at_once, _READ_TOGETHER)
    together: list[UpSheet] = []
    for sheet in sorted(sheets, key=lambda one: (one.may_stand, _start(one))):
        if together and (
            len(together) == size
            or sheet.may_stand != together[-1].may_stand
            or _start(sheet)[0] - _start(together[-1])[0] > _APART
        ):
            yield together
            together = []
        together.append(sheet)
    if together:
        yield together


def _start(sheet: UpSheet) -> tuple[datetime, str]:
    return sheet.archived.sheet.starts_at, sheet.source_id


@dataclass(slots=True)
class SheetLists:
    """Open the lists of one account for some sheets; what is the same for all is read once."""

    spec: Spec
    source: AnySource
    answers: Answers
    names: dict[str, Any]
    report: Report
    functions: Mapping[str, Callable[..., Any]]
    now: datetime
    rare: dict[str, set[str]]
    rows_on: dict[str, set[date]]
    """The last days of which each list is known to have rows."""
    tables: dict[str, Table] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)

    def opened(self, sheets: Sequence[UpSheet], links: Links | None = None) -> Lists:
        """Return the lists for some sheets; `links` name the students on them.

        Where something of them may stand in the ERP, the lists are read for a day more, of which
        they are known to have rows. One that has none then was not read, and what stands would be
        written twice.
        """
        window = window_of(self.now, ZoneInfo(self.spec.zone), sheets)
        days = self._known_near(window) if any(sheet.may_stand for sheet in sheets) else {}
        window = replace(
            window,
            first=min([window.first, *days.values()]),
            last=max([window.last, *days.values()]),
        )
        scope = names_in_scope(self.answers, window)
        names = {**self.names, "window": scope["window"], "now": scope["now"]}
        rows = [_row(sheet, links) for sheet in sheets if links is not None]
        lists = Lists(
            self.spec,
            self.source,
            names,
            self.report,
            self.functions,
            sheets=rows,
            singles=self.answers.singles,
            rare=self.rare,
            expected=dict.fromkeys(days, 1),
        )
        lists.read_tables |= self.tables
        lists.statuses |= self.statuses
        return lists

    def keep(self, lists: Lists) -> None:
        """Keep the lists that are the same for all sheets: types, reasons, periods; and filters."""
        self.names = {**self.names, "filters": lists.names["filters"]}
        for name, status in lists.statuses.items():
            if not changes_with_sheets(self.spec, name):
                self.statuses[name] = status
                if name in lists.read_tables:
                    self.tables[name] = lists.read_tables[name]

    def note_rows(
        self, written: Iterable[tuple[str, datetime]], taken_away: Iterable[datetime]
    ) -> None:
        """Note of which moments lists have rows by now, and of which they may have none."""
        zone = ZoneInfo(self.spec.zone)
        for name, moment in written:
            days = {*self.rows_on.get(name, ()), moment.astimezone(zone).date()}
            self.rows_on[name] = set(sorted(days)[-_DAYS_KEPT:])
        gone = {moment.astimezone(zone).date() for moment in taken_away}
        self.rows_on |= {name: days - gone for name, days in self.rows_on.items()}

    def _known_near(self, window: Window) -> dict[str, date]:
        """Return a day before or after a window, not far, of which a list is known to have rows.

        Not one of its own days: what was sent of these may have been taken away by hand, so that it
        is sent again.
        """
        nearest: dict[str, date] = {}
        for name, days in self.rows_on.items():
            near = [
                day
                for day in days
                if window.first - _NEAR <= day < window.first
                or window.last < day <= window.last + _NEAR
            ]
            if near and name in self.spec.resources:
                nearest[name] = max(near)
        return nearest

    def forget(self) -> None:
        """Forget what was read, since the ERP moved on."""
        self.tables.clear()
        self.statuses.clear()


def _row(sheet: UpSheet, links: Links) -> dict[str, Any]:
    """Return a sheet as a row of the list `sheets`."""
    students = [
        links.person(found) for found in sheet.archived.attendance if found.role == "student"
    ]
    return {**sheet.course(), "students": students}
