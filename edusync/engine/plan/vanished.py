"""What becomes of sheets whose session is gone: deleted, held by a guard, or kept (D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.outcome import Outcome
from edusync.engine.plan.holds import hold_deletions
from edusync.engine.plan.plan import DELETED, GONE, KEPT, WAITS, Change
from edusync.errors import LookUpRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.map.mapper import Skipped
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.setting import Setting
    from edusync.state.links import Link


class _Vanished(NamedTuple):
    """A sheet whose session is gone, and why it is kept; `unclear` when Edusign does not say."""

    link: Link
    why: str
    kept: str | None = None
    unclear: LookUpRefused | None = None

    @property
    def deletion(self) -> Change:
        link = self.link
        return Change("course", "delete", link.source_id, link.edusign_id, detail=self.why)


def plan_vanished(draft: Draft) -> None:
    """Plan to delete the coming sheets whose sessions are gone, as far as no guard holds them."""
    verdicts, view = draft.verdicts, draft.view
    missing = [
        source_id
        for source_id in view.fingerprints["course"]
        if not draft.is_sent(source_id) and ("course", source_id) not in draft.setting.shared
    ]
    coming = view.coming(draft.setting.window) if missing else set()
    links = [view.links["course", source_id] for source_id in missing if source_id in coming]
    gone = [link for link in links if not link.manual]
    if "course" not in draft.setting.spec.entities:
        for link in gone:
            draft.report.skip(_kept(link, "the spec has no sessions"))
        return
    if not verdicts.whole:
        detail = f"{len(gone)} sheets were not seen" if gone else None
        draft.guard(Outcome("RUN_READ_INCOMPLETE", detail=detail))
        return
    unknown = view.on_days(verdicts.unknown_days, verdicts.window.zone) if gone else set()
    if unknown:
        count = sum(link.source_id in unknown for link in gone)
        detail = f"{count} sheets of days that were not read were not seen"
        draft.guard(Outcome("RUN_READ_INCOMPLETE", detail=detail))
    found = [
        _look_up(link, verdicts.dropped.get(link.source_id), draft.setting)
        for link in gone
        if link.source_id not in unknown or link.source_id in verdicts.dropped
    ]
    found = _confirmed(draft, found)
    deletions = [one.deletion for one in found if one.kept is None and one.unclear is None]
    free, held, fired = hold_deletions(
        deletions,
        verdicts.dropped,
        len(coming),
        draft.setting.scope,
        draft.setting.waiting.deletions,
    )
    waiting = {change.key for change in held}
    for one in found:
        _note(draft, one, waits=one.deletion.key in waiting)
    for outcome in fired:
        draft.guard(outcome)
    draft.held += held
    for change in free:
        draft.add(change)


def _confirmed(draft: Draft, found: Sequence[_Vanished]) -> list[_Vanished]:
    """Return what is gone, and keep what an earlier reading of this run had."""
    draft.takes |= {("course", one.link.source_id): frozenset() for one in found if one.why == GONE}
    confirmed = draft.setting.confirmed
    if confirmed is None:
        return [*found]
    again = [
        one._replace(kept="another reading of this run had it")
        if one.why == GONE and ("course", one.link.source_id) not in confirmed
        else one
        for one in found
    ]
    count = sum(one.kept != before.kept for one, before in zip(again, found, strict=True))
    if count:
        detail = f"{count} sheets were seen in one of two readings"
        draft.guard(Outcome("RUN_READ_INCOMPLETE", detail=detail))
    return again


def _note(draft: Draft, one: _Vanished, *, waits: bool) -> None:
    """Note what becomes of a sheet whose session is gone."""
    link = one.link
    if one.unclear is not None:
        draft.note_unclear("course", link.source_id, one.unclear)
        return
    dropped = draft.verdicts.dropped.get(link.source_id)
    fate = WAITS if waits else DELETED
    if one.kept is not None:
        fate = f"{KEPT}{one.kept}"
    outcome = Outcome(
        "DOWN_COURSE_VANISHED",
        "course",
        link.source_id,
        link.edusign_id,
        place=dropped.place if dropped else None,
        detail=f"{one.why}; {fate}",
    )
    if one.kept is None:
        draft.decide_anew(outcome)
    else:
        draft.report.skip(outcome)


def _kept(link: Link, why: str) -> Outcome:
    """Return that the sheet of a session which is gone is kept."""
    detail = f"{GONE}; {KEPT}{why}"
    code = "DOWN_COURSE_VANISHED"
    return Outcome(code, "course", link.source_id, link.edusign_id, detail=detail)


def _look_up(link: Link, dropped: Skipped | None, setting: Setting) -> _Vanished:
    """Look whether the sheet of a session that is gone may go.

    `dropped` says which rule dropped a session that the ERP still sends.
    """
    why = dropped.code if dropped else GONE
    try:
        return _Vanished(link, why, _why_kept(link, setting))
    except LookUpRefused as refused:
        return _Vanished(link, why, unclear=refused)


def _why_kept(link: Link, setting: Setting) -> str | None:
    """Return why the sheet of a session that is gone stays; None when it goes."""
    if setting.vanished == "keep":
        return "the policy is keep"
    if not link.created:
        return "edusync did not create it"
    sheet = setting.client.sheet(link.edusign_id)
    if sheet is None:
        return None
    if sheet.locked is None:
        message = "Edusign does not say whether the sheet is archived"
        raise LookUpRefused("EDU_LOCK_UNKNOWN", message)
    if sheet.locked:
        return "it is archived"
    if sheet.signed:
        return "it bears a signature"
    return "it has started" if sheet.starts_at <= setting.now() else None
