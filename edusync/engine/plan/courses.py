"""Plan the sheets: create, adopt, bring in step, complete one made by hand (D2, D3, D11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.digest import REFERENCES, Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.handmade import match_handmade
from edusync.engine.plan.leavers import note_leavers
from edusync.engine.plan.matching import former_link
from edusync.engine.plan.no_effect import no_effect
from edusync.engine.plan.plan import Change
from edusync.engine.plan.renumbered import keeping
from edusync.engine.plan.roll_call import shown
from edusync.engine.plan.sheets import ROSTER, barred, differing, start_before_hands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from edusync.engine.judge.verdicts import WantedSheet
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.look import Look
    from edusync.state.links import Link
    from edusync.target.records import Sheet


def new_sheets(draft: Draft, sheets: Mapping[str, WantedSheet]) -> Iterator[tuple[str, str, str]]:
    """Yield what will be looked up of the sheets that are surely new, as `Draft.ask_ahead` asks."""
    unsure = draft.blocked | draft.unclear | draft.waiting.keys()
    for source_id, wanted in sheets.items():
        is_known = ("course", source_id) in draft.view.links or source_id in draft.successions
        people = {("professor", ref) for ref in wanted.facts.values["professors"]}
        if not (is_known or wanted.course.also_known_as or draft.mixed_up or people & unsure):
            yield "course", source_id, ""


def read_changed(draft: Draft, sheets: Iterable[str], look: Look) -> None:
    """Read those of some sheets that have a link, and change, by a list, where they are many."""
    known, window = draft.view.fingerprints["course"], draft.setting.window
    changed = [one for one in sheets if one in known and one not in look.touched]
    asked = {draft.view.links["course", source_id].edusign_id for source_id in changed}
    draft.sheets_there = shown(asked, draft.setting.client.sheets(window.today, window.last))


def plan_course(draft: Draft, source_id: str, wanted: WantedSheet, look: Look) -> None:
    """Plan the sheet of one session: it is linked, it is a session of before, or it is new."""
    link = draft.view.links.get(("course", source_id))
    former = None
    if link is None:
        former = former_link(draft.view, wanted.course, draft.is_sent)
        former = former or draft.successions.get(source_id)
    if former is not None:  # its session is still sent, whatever becomes of it
        draft.sent_before.add(former.source_id)
    known = link or former
    facts = _placeable(draft, source_id, wanted, known.source_id if known else source_id)
    if facts is None:
        return
    if former is not None:
        _plan_renamed(draft, source_id, former, facts)
        return
    if link is not None:
        if link.manual or _plan_linked(draft, link, facts, look, wanted):
            return
        detail, code = "it was deleted there", "DOWN_COURSE_MADE_ANEW"
        if ("course", source_id) in look.anew:
            detail, code = "it took the sheet, and has none", "EDU_NO_EFFECT"
        draft.report.add(Outcome(code, "course", source_id, link.edusign_id, detail=detail))
        draft.ids.pop(("course", source_id), None)
    _plan_new(draft, source_id, facts, wanted)


def _placeable(draft: Draft, source_id: str, wanted: WantedSheet, known_as: str) -> Facts | None:
    """Return what can be on a sheet; None, with the reason, when it waits for its professors.

    `known_as` is the id under which we brought it down, if we did.
    """
    professors = wanted.facts.values["professors"]
    unclear = [ref for ref in professors if ("professor", ref) in draft.unclear]
    if unclear:
        _hold(draft, source_id, f"nobody knows whether Edusign has {', '.join(unclear)}")
        return None
    waiting = [ref for ref in professors if ("professor", ref) in draft.waiting]
    if waiting:
        _hold(draft, source_id, f"nobody knows who {', '.join(waiting)} is on Edusign")
        return None
    mixed_up = _mixed_up(draft, wanted) if draft.mixed_up else []
    if mixed_up:
        _hold(draft, source_id, f"the ERP has mixed up ids of people: {', '.join(mixed_up)}")
        return None
    facts = _without_blocked(draft, wanted.facts) if draft.blocked else wanted.facts
    if not facts.values["professors"]:
        _hold(draft, source_id, "its professors are blocked")
        return None
    return keeping(draft, "course", known_as, facts, wanted.students)


def _mixed_up(draft: Draft, wanted: WantedSheet) -> list[str]:
    """Return who of a sheet has the id of somebody else."""
    people = [("professor", ref) for ref in wanted.facts.values["professors"]]
    people += [("student", ref) for ref in wanted.students]
    return [ref for kind, ref in people if (kind, ref) in draft.mixed_up]


def _plan_linked(draft: Draft, link: Link, facts: Facts, look: Look, wanted: WantedSheet) -> bool:
    """Plan an update of a linked sheet where it differs; false when it is gone from Edusign."""
    source_id, edusign_id = link.source_id, link.edusign_id
    touched = look.touched.get(source_id)
    if touched is None and source_id in look.missing:
        touched = draft.setting.client.sheet(edusign_id)
        if touched is None:
            return False
    changed = draft.changed("course", source_id, link.fingerprint, facts)
    fields = changed or (differing(facts, touched, draft.ids) if touched else ())
    if not fields:
        return True
    listed = draft.sheets_there.get(edusign_id)
    sheet = touched or listed or draft.setting.client.sheet(edusign_id)
    if sheet is None:
        return False
    if draft.blocked and (unclear := _in_conflict(draft, wanted, sheet)):
        _hold(draft, source_id, f"nobody knows who {', '.join(unclear)} is on Edusign")
        return True
    fields = _may_change(draft, source_id, sheet, facts, fields)
    had_no_effect = not changed and ("course", source_id) in look.unheard
    if fields and had_no_effect:
        draft.report.add(no_effect("course", source_id, edusign_id, fields))
    if fields:
        by_hand = not changed and not had_no_effect
        draft.add(
            Change(
                "course",
                "update",
                source_id,
                edusign_id,
                fields,
                facts=facts,
                by_hand=by_hand,
                created=link.created,
            )
        )
    return True


def _in_conflict(draft: Draft, wanted: WantedSheet, sheet: Sheet) -> list[str]:
    """Return the professors of a session who are blocked, and stand on its sheet all the same.

    They teach the class: a change of the sheet would take them off.
    """
    refs = wanted.facts.values["professors"]
    blocked = [ref for ref in refs if ("professor", ref) in draft.blocked]
    return [ref for ref in blocked if draft.holder("professor", ref) in sheet.professors]


def _plan_renamed(draft: Draft, source_id: str, former: Link, facts: Facts) -> None:
    """Plan to give the sheet of a session the id that the ERP gave the session."""
    edusign_id, verdicts = former.edusign_id, draft.verdicts
    unknown = draft.view.on_days(verdicts.unknown_days, verdicts.window.zone)
    if not verdicts.whole or former.source_id in unknown:
        detail = f"it may be session {former.source_id}, which was not read"
        code = "DOWN_COURSE_HELD_DEPENDENCY"
        draft.report.skip(
            Outcome(code, "course", source_id, edusign_id, field="source_id", detail=detail)
        )
        return
    draft.ids["course", source_id] = edusign_id
    if source_id in draft.successions:
        detail = f"it was {former.source_id}"
        code = "DOWN_COURSE_RELINKED"
        is_of_today = source_id in verdicts.today  # its day is no reason any more
        note = draft.decide_anew if is_of_today else draft.report.add
        note(Outcome(code, "course", source_id, edusign_id, detail=detail))
    changed = draft.changed("course", former.source_id, former.fingerprint, facts)
    draft.add(
        Change(
            "course",
            "update",
            source_id,
            edusign_id,
            (*changed, "identity"),
            facts=facts,
            created=former.created,
            replaces=former.source_id,
        )
    )


def _plan_new(draft: Draft, source_id: str, facts: Facts, wanted: WantedSheet) -> None:
    """Plan to create a sheet, or to adopt the one that stands under the id of the session."""
    match = draft.match("course", source_id)
    if match is None:
        fields = tuple(facts.values)
        draft.add(Change("course", "create", source_id, fields=fields, facts=facts))
        return
    sheet: Sheet = match.record  # type: ignore[assignment]  # sheets are matched with sheets
    if ROSTER in facts.values:
        note_leavers(draft, "course", sheet, wanted.students)
    fields = _may_change(draft, source_id, sheet, facts, differing(facts, sheet, draft.ids))
    draft.ids["course", source_id] = sheet.edusign_id
    draft.add(Change("course", "adopt", source_id, sheet.edusign_id, fields, facts=facts))


def _may_change(
    draft: Draft, source_id: str, sheet: Sheet, facts: Facts, fields: tuple[str, ...]
) -> tuple[str, ...]:
    """Return which of the fields may be changed on a sheet, and note what bars the others."""
    if not fields:
        return ()
    draft.times[source_id] = sheet.starts_at, sheet.ends_at
    now, view = draft.setting.now(), draft.view
    digests, _ = view.details("course", source_id)
    back = start_before_hands(facts, sheet, digests, view.key)
    code = barred(sheet, fields, now, goes_back_to=back)
    if code is None:
        return fields
    if code != "DOWN_COURSE_SIGNED" and _is_of_another_day(draft, facts, sheet):
        detail = f"the sheet is of {draft.verdicts.window.day_of(sheet.starts_at)}"
        moved = "DOWN_COURSE_MOVED_AFTER_START"
        draft.report.skip(
            Outcome(moved, "course", source_id, sheet.edusign_id, field="starts_at", detail=detail)
        )
        return ()
    names = ", ".join(fields)
    draft.report.skip(Outcome(code, "course", source_id, sheet.edusign_id, field=names))
    return (ROSTER,) if code == "DOWN_COURSE_SIGNED" and ROSTER in fields else ()


def _is_of_another_day(draft: Draft, facts: Facts, sheet: Sheet) -> bool:
    """Whether a class is still to come, on a later day than its sheet."""
    starts_at, day_of = facts.values["starts_at"], draft.verdicts.window.day_of
    return starts_at > draft.setting.now() and day_of(starts_at) > day_of(sheet.starts_at)


def _without_blocked(draft: Draft, facts: Facts) -> Facts:
    values = dict(facts.values)
    for name in ("professors", "students", "groups"):
        if name in values:
            values[name] = draft.allowed(REFERENCES[name], values[name])
    if any(("group", ref) in draft.waiting for ref in facts.values.get("groups", ())):
        del values["groups"]  # what is unknown keeps what Edusign has
    return Facts(values)


def _hold(draft: Draft, source_id: str, detail: str) -> None:
    """Note that a sheet waits for its professors."""
    code = "DOWN_COURSE_HELD_DEPENDENCY"
    draft.report.skip(Outcome(code, "course", source_id, field="professors", detail=detail))


# sheets made by hand


def handmade(draft: Draft) -> list[tuple[WantedSheet, Sheet]]:
    """Return the hand-made sheets that are to be completed, each with its session."""
    rule, begun, view = draft.setting.adopt, draft.verdicts.begun, draft.view
    if rule is None or not begun:
        return []
    linked = view.fingerprints["course"]
    sessions = [session for session in begun if session.course.source_id not in linked]
    known = {link.edusign_id for link in view.links.values() if link.kind == "course"}
    return match_handmade(
        draft.setting.client, sessions, rule, draft.setting.window, known, draft.report
    )


def plan_completion(draft: Draft, session: WantedSheet, sheet: Sheet) -> None:
    """Plan to complete a hand-made sheet with the people of its session (D3)."""
    source_id, facts = session.course.source_id, session.facts
    if any(("professor", ref) in draft.blocked for ref in facts.values["professors"]):
        return
    draft.decide_anew(Outcome("DOWN_COURSE_MANUAL_ADOPTED", "course", source_id, sheet.edusign_id))
    fields = ("professors", "students")
    draft.add(Change("course", "complete", source_id, sheet.edusign_id, fields, facts=facts))
