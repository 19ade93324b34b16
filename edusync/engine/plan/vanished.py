"""What becomes of the sheet of a session that is gone: deleted, or kept for a reason (D4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.plan import Change
from edusync.model.window import midnight

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from edusync.engine.map.builder import Skipped
    from edusync.engine.outcome import Report
    from edusync.engine.plan.setting import Setting
    from edusync.state.store import Link, Store
    from edusync.target.client import EdusignClient


def deletion(
    link: Link, dropped: Skipped | None, setting: Setting, client: EdusignClient, report: Report
) -> tuple[Change, ...]:
    """Return the deletion of a sheet whose session is gone; nothing when the sheet is kept.

    `dropped` says which rule dropped a session that the ERP still sends. Raises LookUpRefused when
    Edusign does not say whether it has the sheet.
    """
    why = dropped.code if dropped else "gone from the ERP"
    kept = _why_kept(link, setting, client)
    if kept is None:
        report.forget("course", link.source_id)
    outcome = Outcome(
        "DOWN_COURSE_VANISHED",
        "course",
        link.source_id,
        link.edusign_id,
        place=dropped.place if dropped else None,
        detail=f"{why}; its sheet " + (f"was kept: {kept}" if kept else "is deleted"),
    )
    if kept is not None:
        report.skip(outcome)
        return ()
    report.add(outcome)
    return (Change("course", "delete", link.source_id, link.edusign_id, detail=why),)


def _why_kept(link: Link, setting: Setting, client: EdusignClient) -> str | None:
    """Return why the sheet of a session that is gone stays; None when it goes."""
    if setting.vanished == "keep":
        return "the policy is keep"
    if not link.created:
        return "edusync did not create it"
    sheet = client.sheet(link.edusign_id)
    if sheet is None:
        return None
    if sheet.locked:
        return "it is archived"
    if sheet.signed:
        return "it bears a signature"
    return "it has started" if sheet.starts_at <= setting.now() else None


def on_days(days: Iterable[tuple[date, date]], setting: Setting, store: Store) -> set[str]:
    """Return the sheets that start on some days, each from the first to the last."""
    found: set[str] = set()
    for first, last in days:
        begins = midnight(first) - timedelta(microseconds=1)
        ends = midnight(last + timedelta(days=1))
        found |= store.coming(setting.connector, setting.account, begins, ends)
    return found
