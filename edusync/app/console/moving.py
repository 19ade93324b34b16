"""What a school looks at while it moves in, and later: ids, states and codes, made by a button.

Names are asked for when a page is shown (`edusync/app/console/names.py`), so they are taken out of
what is kept until then (P18).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edusync.app.console.names import Called
from edusync.app.explaining.reconcile import reconcile
from edusync.app.runs.shadow import days_seen, people_seen
from edusync.app.runs.survey import Seen, survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from edusync.app.explaining.reconcile_account import Reconciled
    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.shadow import Day, People
    from edusync.app.runs.survey import Survey
    from edusync.engine.upward.held_against import Held, HeldSheet
    from edusync.registry import Registry
    from edusync.state.store import Store

DAYS, OF_A_DAY, A_PAGE = 7, 10, 40
"""How many days a page has, how many differences of each, and how many lines of one day."""


def surveyed(instance: Instance, store: Store, registry: Registry, moment: Moment) -> Survey:
    """Return what stands on each account, without the names of sheets."""
    found = survey(instance, store, registry, moment)
    accounts = [
        replace(
            one, sheets={key: Seen(key, "", sheet.starts_at) for key, sheet in one.sheets.items()}
        )
        for one in found.accounts
    ]
    return replace(found, accounts=accounts)


def called_in_survey(found: Survey) -> list[Called]:
    """Return what waits for a person, to ask for its names; the first of each account."""
    return [
        Called(account.name, reason.kind, reason.edusign_id)
        for account in found.accounts
        for reason in account.held[:A_PAGE]
        if reason.kind and reason.edusign_id
    ]


# in shadow


@dataclass(frozen=True, slots=True)
class Part:
    """A day, or the people of an account, with the differences that are shown of it."""

    look: Day | People
    shown: Sequence[Mapping[str, Any]]

    @property
    def hidden(self) -> int:
        """How many differences are not shown."""
        return len(self.look.differences) - len(self.shown)

    @property
    def called(self) -> Iterator[Called]:
        """What stands on Edusign of what is shown."""
        for one in self.shown:
            if one["kind"] and one["edusign_id"]:
                yield Called(self.look.account, one["kind"], one["edusign_id"])


@dataclass(frozen=True, slots=True)
class Shade:
    """A page of what edusync would have done otherwise, the newest day first."""

    days: Sequence[Part]
    people: Sequence[Part]
    found: int
    """How many days there are, of all accounts."""
    differences: int
    page: int
    pages: int


def shade(store: Store, connector: str, *, day: date | None = None, page: int = 1) -> Shade:
    """Return a page of days, or of one day alone with everything that differs there."""
    days = sorted(days_seen(store, connector), key=lambda one: (one.day, one.account), reverse=True)
    people = people_seen(store, connector)
    every: Sequence[Day | People] = [*days, *people]
    differences = sum(len(one.differences) for one in every)
    page = max(1, page)
    if day is not None:
        mine = [one for one in days if one.day == day]
        pages = max(1, *(-(-len(one.differences) // A_PAGE) for one in mine), 1)
        page = min(page, pages)
        some = slice((page - 1) * A_PAGE, page * A_PAGE)
        parts = [Part(one, one.differences[some]) for one in mine]
        return Shade(parts, [], len(days), differences, page, pages)
    pages = max(1, -(-len(days) // DAYS))
    page = min(page, pages)
    shown = [Part(one, one.differences[:OF_A_DAY]) for one in days[(page - 1) * DAYS : page * DAYS]]
    beside = [Part(one, one.differences[:OF_A_DAY]) for one in people if page == 1]
    return Shade(shown, beside, len(days), differences, page, pages)


# reconciled


@dataclass(frozen=True, slots=True)
class Compared:
    """The attendance of some days as both sides said it, without names."""

    at: datetime
    first: date
    last: date
    accounts: Sequence[Reconciled]
    stopped: str | None
    """Why an account could not be compared."""

    def count(self, verdict: str) -> int:
        """Return of how many people something is so."""
        return sum(account.count(verdict) for account in self.accounts)


@dataclass(frozen=True, slots=True)
class Lines:
    """A sheet with the people of it that are on a page."""

    account: Reconciled
    sheet: HeldSheet
    people: Sequence[Held]

    def called(self, person: Held) -> Called | None:
        """Return who somebody is on Edusign; None for somebody who is not there."""
        key = person.role, person.source_id or person.edusign_id or ""
        edusign_id = person.edusign_id or self.account.ids.get(key)
        return Called(self.account.name, person.role, edusign_id) if edusign_id else None

    @property
    def title(self) -> Called | None:
        """The sheet, to ask for its name; None for a class of which there is none."""
        found = self.sheet.edusign_id
        return Called(self.account.name, "course", found) if found else None


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """A page of people, sheet by sheet."""

    sheets: Sequence[Lines]
    found: int
    page: int
    pages: int

    @property
    def called(self) -> list[Called]:
        """Everybody and every sheet whose name is asked for."""
        wanted = [
            one
            for lines in self.sheets
            for one in (lines.title, *(lines.called(person) for person in lines.people))
        ]
        return [one for one in dict.fromkeys(wanted) if one is not None]


def compared(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    days: tuple[date, date],
) -> Compared:
    """Hold the attendance of some days on Edusign against the ERP; nothing is written."""
    found, stopped = reconcile(instance, store, registry, moment, *days, named=False)
    for account in found:
        for sheet in account.sheets:
            sheet.name = None
    return Compared(moment.now, *days, found, None if stopped is None else stopped.code)


def page_of(compared: Compared, show: str = "", page: int = 1) -> ComparedPage:
    """Return a page of people: those who are not equal, or everybody (`all`), or one verdict.

    A sheet that could not be compared stands there as well, unless one verdict is asked for.
    """
    lines: list[tuple[Reconciled, HeldSheet, Held | None]] = []
    for account in compared.accounts:
        for sheet in account.sheets:
            people = [*_shown(sheet, show)]
            lines += [(account, sheet, person) for person in people]
            if not people and sheet.code and show in {"", "all"}:
                lines.append((account, sheet, None))
    pages = max(1, -(-len(lines) // A_PAGE))
    page = min(max(1, page), pages)
    some: dict[int, tuple[Reconciled, HeldSheet, list[Held]]] = {}
    for account, sheet, person in lines[(page - 1) * A_PAGE : page * A_PAGE]:
        mine = some.setdefault(id(sheet), (account, sheet, []))[2]
        if person is not None:
            mine.append(person)
    return ComparedPage([Lines(*one) for one in some.values()], len(lines), page, pages)


def _shown(sheet: HeldSheet, show: str) -> Iterator[Held]:
    for person in sheet.people:
        if show in {"all", person.verdict} or (not show and person.verdict != "equal"):
            yield person
