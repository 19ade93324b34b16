"""Look at Edusign before the ERP is read: which of our sheets people changed there (R33)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.engine.judge.verdicts import KnownSheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import Self

    from edusync.engine.plan.plan import AccountPlan, Key
    from edusync.model import Window
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient
    from edusync.target.records import Sheet

OVERLAP = timedelta(minutes=1)
"""How much earlier than the last look the next one begins."""
_AHEAD = timedelta(minutes=1)
"""How much later than by our clock Edusign may say that it is."""


def on_edusign(answered_at: datetime, now: datetime) -> datetime:
    """Return when something happened, so that later changes are seen (R33).

    It is `answered_at`, by Edusign's clock, but hardly later than `now`, by ours: what is dated too
    late hides changes by hand, what is dated too early is compared once more.
    """
    return min(answered_at, now + _AHEAD)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen on Edusign before the ERP was read."""

    at: datetime
    """When, by the clock of Edusign."""
    since: datetime | None
    """From when on changes were looked at; None in a first run, which looks at none."""
    touched: Mapping[str, Sheet]
    """Our sheets that somebody changed there, by source id."""

    def known_sheets(self, view: StoreView) -> KnownSheets:
        """Return what was brought down before, and which of it has to be looked at again."""
        doubts = {doubt.source_id for doubt in view.in_doubt if doubt.kind == "course"}
        return KnownSheets(view.fingerprints["course"], doubts | self.touched.keys(), view.key)

    def after(self, plan: AccountPlan, failed: frozenset[Key]) -> Self:
        """Return the look from which the next run goes on.

        When an edit by hand could not be put right, the next run sees it once more (R33).
        """
        left = {source_id for kind, source_id in failed | plan.unclear if kind == "course"}
        if self.since is None or left.isdisjoint(self.touched):
            return self
        return replace(self, at=self.since + OVERLAP)


def look(
    client: EdusignClient, view: StoreView, window: Window, at: datetime, since: datetime | None
) -> Look:
    """Return what people changed on our sheets since the last look."""
    touched = {} if since is None else dict(_touched(client, view, window, since))
    return Look(at, since, touched)


def _touched(
    client: EdusignClient, view: StoreView, window: Window, since: datetime
) -> Iterator[tuple[str, Sheet]]:
    sheets = list(client.sheets(window.today, window.last, updated_since=since))
    ours = view.sheets() if sheets else {}
    for sheet in sheets:
        if sheet.edusign_id in ours:
            source_id, written_at = ours[sheet.edusign_id]
            by_people = sheet.changed_at is None or sheet.changed_at > written_at
            if by_people:  # else the last change was ours
                yield source_id, sheet
