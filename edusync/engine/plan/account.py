"""Plan one account: compare with the store, ask Edusign only where something may change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.judge.companions import companions
from edusync.engine.outcome import Outcome
from edusync.engine.plan.courses import (
    handmade,
    new_sheets,
    plan_completion,
    plan_course,
    read_changed,
)
from edusync.engine.plan.doubling import hold_doubling
from edusync.engine.plan.draft import Draft
from edusync.engine.plan.handmade import take_over_coming
from edusync.engine.plan.holds import hold_removals
from edusync.engine.plan.let_in import hold_let_in
from edusync.engine.plan.mass_additions import hold_additions
from edusync.engine.plan.mass_contents import hold_contents
from edusync.engine.plan.mass_moves import hold_moves
from edusync.engine.plan.moved import note_moved_to_past, note_postponed
from edusync.engine.plan.namesakes import note_namesakes
from edusync.engine.plan.people import plan_groups, plan_people
from edusync.engine.plan.plan import Change
from edusync.engine.plan.roll_call import call_roll
from edusync.engine.plan.same_class import hold_second_sheets
from edusync.engine.plan.shared_links import block_shared, leave_shared
from edusync.engine.plan.successions import of_today, successions
from edusync.engine.plan.unlinked import take_over_unlinked
from edusync.engine.plan.unsettled import changed_there, unsettled
from edusync.engine.plan.vanished import plan_vanished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.look import Look
    from edusync.engine.plan.plan import AccountPlan
    from edusync.engine.plan.setting import Setting
    from edusync.state.view import StoreView


def plan(verdicts: Verdicts, view: StoreView, look: Look, setting: Setting) -> AccountPlan:
    """Return what would be done to an account; nothing is written."""
    draft = Draft(verdicts, view, setting)
    block_shared(draft)
    matched = handmade(draft)
    tutors = "external" in setting.spec.entities
    others = [*(session for session, _ in matched), *of_today(draft).values()]
    people = companions(verdicts, others, changed_there(setting.spec, look), tutors=tutors)
    for outcome in (*look.outcomes, *look.standing):
        draft.report.add(outcome)
    for reason in verdicts.people.externals.reasons.values():
        draft.report.skip(reason)
    plan_people(draft, people, look)
    note_namesakes(draft)
    plan_groups(draft, people, look)
    draft.successions = successions(draft)
    today = {ref: sheet for ref, sheet in verdicts.today.items() if ref in draft.successions}
    sheets = [*new_sheets(draft, verdicts.sheets)]
    call_roll(draft, "course", {source_id: "" for _, source_id, _ in sheets})
    draft.ask_ahead(sheets)
    read_changed(draft, verdicts.sheets, look)
    for source_id, sheet in {**verdicts.sheets, **today}.items():
        with draft.unless_unclear("course", source_id):
            plan_course(draft, source_id, sheet, look)
    take_over_coming(draft)
    for session, found in matched:
        plan_completion(draft, session, found)
    plan_vanished(draft)
    _note_blurred(draft)
    take_over_unlinked(draft, look)
    note_moved_to_past(draft)
    note_postponed(draft)
    leave_shared(draft)
    groups = people.groups.keys() & view.fingerprints["group"].keys()
    hold_removals(draft, lambda: _seats(draft), len(groups))
    hold_moves(draft)
    hold_contents(draft, people)
    hold_additions(draft)
    hold_let_in(draft)
    hold_doubling(draft)
    hold_second_sheets(draft)
    _settle(draft)
    return replace(draft.finished(people), unsettled=unsettled(draft, people, look))


def _seats(draft: Draft) -> Mapping[str, int]:
    """Return how many students the coming sheets had that stay, and of which it is known who comes.

    Behind those whose session is stuck, a few that get others would not be seen.
    """
    changes = (*draft.changes, *draft.held)
    deleted = {change.source_id for change in changes if change.action == "delete"}
    seats = draft.view.seats(draft.setting.window)
    left_out = deleted | draft.verdicts.stuck.keys()
    return {sheet: count for sheet, count in seats.items() if sheet not in left_out}


def _note_blurred(draft: Draft) -> None:
    """Note the kinds of which a row could be any item.

    Of sessions, `plan_vanished` says so; tutors are not deleted.
    """
    for kind in draft.verdicts.blurred:
        if kind not in ("course", "external"):
            detail = "a row of this kind has no id that could be read"
            draft.guard(Outcome("RUN_READ_INCOMPLETE", kind, detail=detail))


def _settle(draft: Draft) -> None:
    """Plan to look up old writes in doubt of items that nobody wants any more."""
    planned = {change.key for change in (*draft.changes, *draft.held)}
    for doubt in draft.view.in_doubt:
        key = (doubt.kind, doubt.source_id)
        if key not in planned:
            planned.add(key)
            draft.add(Change(doubt.kind, "settle", doubt.source_id, draft.ids.get(key)))
