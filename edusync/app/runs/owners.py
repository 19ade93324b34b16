"""Whose archived sheets are: each goes up once, by the account that brought it.

Several accounts, and several connectors of one spec, may share a school of Edusign, and all of them
see all its sheets. A sheet that nobody is known to have brought, since a store was lost, is tied to
a session of the ERP.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from edusync.app.runs.sheet_lists import read_together
from edusync.engine.map.mapper import Mapper, Skipped
from edusync.engine.outcome import Report
from edusync.engine.upward.links import Elsewhere
from edusync.engine.upward.sheet import UpSheet
from edusync.state.holders import holders
from edusync.state.uploads import sent_by_others

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from edusync.app.runs.sheet_lists import SheetLists
    from edusync.state.store import Store
    from edusync.target.records import ArchivedSheet


@dataclass(slots=True)
class Owners:
    """Who sends which sheet, for the accounts of one connector in the order of the file."""

    store: Store
    connector: str
    accounts: Sequence[str]
    off: set[str] = field(default_factory=set)
    """Accounts whose attendance does not go up."""
    tied: dict[str, str] = field(default_factory=dict)
    """Sheets that an account of this run tied to a session of its ERP, by Edusign id."""

    def elsewhere(self, account: str, mine: Container[str]) -> dict[str, Elsewhere]:
        """Return the sheets that another one sends, by Edusign id.

        `mine` are the ids of those that the account has a link of.
        """
        before = self.accounts[: self.accounts.index(account)]
        elsewhere: dict[str, Elsewhere] = {}
        known = holders(self.store, self.connector, account, "course")
        for edusign_id, everyone in known.items():
            own = {one.account for one in everyone if one.connector == self.connector}
            others = [one for one in everyone if one.connector != self.connector]
            running = [one.connector for one in others if one.runs]
            first = own.intersection(before) - self.off
            if first or (edusign_id not in mine and own.intersection(self.accounts)):
                elsewhere[edusign_id] = Elsewhere()
            elif edusign_id not in mine and others:
                elsewhere[edusign_id] = Elsewhere(min(one.connector for one in others))
            elif running:
                elsewhere[edusign_id] = Elsewhere(min(running), is_unsure=True)
        sent = sent_by_others(self.store, self.connector, account)
        for edusign_id, other_account in [*sent.items(), *self.tied.items()]:
            if other_account in self.accounts and other_account != account:
                elsewhere[edusign_id] = Elsewhere()
        return elsewhere


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions that the ERP has on the days of some sheets."""

    times: Mapping[str, tuple[datetime, datetime]]
    blurred: frozenset[str]
    """Ids of sessions of which nobody can say whether they count, or when they are."""
    whole: bool

    @classmethod
    def read(cls, lists: SheetLists, sheets: Sequence[ArchivedSheet]) -> Sessions:
        """Read the sessions of an account as the way down does."""
        times: dict[str, tuple[datetime, datetime]] = {}
        blurred, whole = set[str](), True
        quiet = replace(lists, report=Report(lists.report.account), tables=dict(lists.tables))
        known = [UpSheet("", "", sheet, {}, None) for sheet in sheets]
        for together in read_together(known, at_once=0):
            mapper = Mapper(quiet.opened(together), quiet.report)
            for item in mapper.items("course"):
                if isinstance(item, Skipped):
                    blurred |= {item.source_id} if item.undecided else set()
                elif isinstance(item.starts_at, datetime) and isinstance(item.ends_at, datetime):
                    times[item.source_id] = (item.starts_at, item.ends_at)
                else:
                    blurred.add(item.source_id)
            whole = whole and mapper.is_whole("course")
        return cls(times, frozenset(blurred), whole)

    def holds(self, sheet: ArchivedSheet) -> bool | None:
        """Whether the ERP has the session of a sheet, at its time; None when nobody can say."""
        source_id = sheet.sheet.source_id
        if self.times.get(source_id) == (sheet.sheet.starts_at, sheet.sheet.ends_at):
            return True
        return None if source_id in self.blurred or not self.whole else False
