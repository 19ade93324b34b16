"""The questions by which an item is explained, in their order. Each is answered from a fact.

A question says nothing of what it did not look at: what the store holds is the store's word, what
stands on Edusign is looked up at that moment, and what the ERP says was read for this answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.app.explaining.answer import Answer, as_answer, moment_in_words
from edusync.app.explaining.away import (
    where_is_the_session,
    which_sheets_lack_it,
    who_names_it,
)
from edusync.locale import gettext as _
from edusync.locale.details import in_words
from edusync.locale.labels import label, labels
from edusync.state.adoptions import came_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.app.explaining.asked import Asked
    from edusync.engine.plan.plan import Change
    from edusync.state.links import Link

_DONE_LAST = frozenset(
    {
        "EDU_REJECTED",
        "EDU_LOOKUP_REFUSED",
        "EDU_IN_DOUBT",
        "DOWN_COURSE_HELD_DEPENDENCY",
        "DOWN_COURSE_STARTED",
        "DOWN_COURSE_SIGNED",
        "DOWN_COURSE_ARCHIVED",
    }
)
"""What a run meets when it writes, and a plan cannot know."""


def brings_it_down(asked: Asked) -> Iterator[Answer]:
    """Ask whether the spec brings such items down; by the id on Edusign, what was made by hand."""
    by_hand = [event for event in asked.run.outcomes if event.edusign_id == asked.source_id]
    if by_hand and asked.link is None:
        yield replace(as_answer(by_hand[0]), last=True)
    elif asked.kind not in asked.instance.spec.entities and asked.link is None:
        erp, kind = asked.instance.spec.label, label("kind", asked.kind)
        yield Answer(_("the spec of {erp} brings no {kind} down", erp=erp, kind=kind), last=True)


def is_forgotten(asked: Asked) -> Iterator[Answer]:
    """Ask the store whether somebody was forgotten; it knows nothing else of them."""
    if asked.link is None and asked.run.view.is_forgotten(*asked.key):
        words = _("what was kept of them was deleted; whether Edusign has them, it shows itself")
        yield Answer(words, "DOWN_PERSON_FORGOTTEN", last=True)


def stands_there(asked: Asked) -> Iterator[Answer]:
    """Ask the store and then Edusign whether it stands there."""
    link, standing = asked.link, asked.own_standing
    if link is None or standing is None:
        return
    holes = {"came": _how_it_came(asked, link), "id": link.edusign_id}
    if standing.unclear is not None:
        words = _(
            "it {came} as {id}; Edusign does not say whether it is still there: {words}",
            words=standing.unclear,
            **holes,
        )
        yield Answer(words, "EDU_LOOKUP_REFUSED", last=True)
    elif standing.record is None:
        words = _("it {came} as {id}, and was deleted there: Edusign has it no more", **holes)
        is_kept = asked.kind == "course" and asked.change is None and asked.reason is None
        code = "DOWN_COURSE_DELETED_BY_HAND" if is_kept else None
        yield Answer(words, code if asked.kind == "course" else "DOWN_PERSON_DELETED_BY_HAND")
    elif standing.is_archived:
        words = _("it is on Edusign as {id} and archived there; it {came}", **holes)
        yield Answer(words, "DOWN_PERSON_ARCHIVED")
    else:
        yield Answer(_("it is on Edusign as {id}; it {came}", **holes))


def _how_it_came(asked: Asked, link: Link) -> str:
    if link.manual:
        return _("was made by hand and completed")
    view = asked.run.view
    former = came_from(view.store, view.connector, view.account, link.kind, link.edusign_id)
    if former == "":
        return _("was made by hand and taken over")
    if former is not None:
        return _("was taken over from '{name}'", name=former)
    return _("was created by edusync") if link.created else _("was taken over")


def is_in_doubt(asked: Asked) -> Iterator[Answer]:
    """Ask the store whether a write of it is in doubt."""
    doubts = {(doubt.kind, doubt.source_id): doubt for doubt in asked.run.view.in_doubt}
    if asked.key in doubts:
        at = doubts[asked.key].intended_at
        yield Answer(
            _("a write of {at} was not answered clearly", at=moment_in_words(at)), "EDU_IN_DOUBT"
        )


def is_held(asked: Asked) -> Iterator[Answer]:
    """Ask the plan whether a guard holds it."""
    change = asked.change
    if change is not None and change.code is not None:
        yield _held(change)


def is_kept_away(asked: Asked) -> Iterator[Answer]:
    """Ask whether reading, judging or planning noted a reason."""
    reason, noted = asked.reason, asked.run.outcomes
    waits = reason is not None and reason.code == "DOWN_COURSE_HELD_DEPENDENCY"
    for outcome in dict.fromkeys(noted):
        of_account = outcome.key == ("", "") and outcome.is_of_session
        if asked.is_of_its_row(outcome) or (waits and of_account):
            yield as_answer(outcome)
    if reason is not None:
        yield as_answer(reason)
        yield from _who_is_waited_for(asked)
    yielded = {reason}
    for outcome in noted:
        if outcome.key == asked.key and outcome not in yielded:
            yielded.add(outcome)
            yield as_answer(outcome)


def failed_last(asked: Asked) -> Iterator[Answer]:
    """Ask the store whether the last run tried, and what stopped it."""
    change = asked.change
    if change is None or change.code is not None:
        return
    for event in asked.said_last:
        words = in_words(event["detail"]) or event["field"] or _("it could not be done")
        is_own = (event["kind"], event["source_id"]) == asked.key
        if is_own and event["code"] in _DONE_LAST - {"EDU_IN_DOUBT"}:
            yield Answer(
                _("the last run tried: {words}", words=words), event["code"], event["spec"]
            )
        elif event["kind"] is None and event["severity"] == "error" and event["detail"]:
            yield Answer(
                _("the last run was stopped: {words}", words=words), event["code"], event["spec"]
            )
    yield from _who_is_archived(asked)


def would_change(asked: Asked) -> Iterator[Answer]:
    """Ask the plan what the next run would do."""
    change = asked.change
    if change is None or change.code is not None:
        return
    if change.action == "settle":
        yield Answer(_("the next run looks up what became of a write in doubt"))
    else:
        named = change.action != "create" and change.fields
        words = _("the next run will {action} it", action=label("action", change.action))
        words += f" ({labels('field', change.fields)})" if named else ""
        if change.by_hand:
            is_sheet = asked.kind == "course"
            code = "DOWN_COURSE_OVERWRITTEN" if is_sheet else "DOWN_PERSON_OVERWRITTEN"
            yield Answer(_("{words}: it was changed by hand", words=words), code)
        else:
            yield Answer(words, None if change.action == "delete" else "DOWN_COURSE_NOT_RUN_YET")


def who_is_missing(asked: Asked) -> Iterator[Answer]:
    """Ask whom the session names who are not on its sheet, or no longer valid, and why."""
    if asked.kind != "course" or (asked.reason is not None and asked.link is None):
        return
    for key in asked.named_by(asked.source_id):
        kind, ref = key
        who, why = {"kind": label("kind", kind), "id": ref}, asked.why_away(key)
        without = (
            _("its sheet keeps {kind} {id}", **who)
            if asked.stays(key)
            else _("its sheet is without {kind} {id}", **who)
        )
        if why is not None:
            answer = as_answer(why)
            yield Answer(f"{without}: {answer.words}", answer.code, answer.spec)
        elif asked.is_unread(key):
            words = _("the ERP could not be read wholly")
            yield Answer(f"{without}: {words}", "DOWN_VALUE_UNREADABLE")
        elif asked.is_absent(key) and key not in asked.ids:
            words = _("the ERP has no {kind} {id}", **who)
            yield Answer(f"{without}: {words}", "DOWN_REFERENCE_MISSING")


def is_not_there(asked: Asked) -> Iterator[Answer]:
    """Ask the ERP about what is not there for no reason that was met above."""
    if asked.reason is not None or asked.change is not None or asked.wanted() is not None:
        return
    if asked.kind == "course":
        yield from where_is_the_session(asked)
    else:
        yield from who_names_it(asked)


def is_in_step(asked: Asked) -> Iterator[Answer]:
    """Ask whether both sides say the same, field by field, with what Edusign shows now."""
    standing, wanted = asked.own_standing, asked.wanted()
    if asked.change is not None or asked.reason is not None or wanted is None:
        return
    if standing is None or standing.record is None or (asked.link and asked.link.manual):
        return
    fields = asked.differing(wanted)
    if fields:
        names = labels("field", fields)
        yield Answer(
            _("Edusign and the ERP differ in: {fields}; no change of it is planned", fields=names)
        )
    elif not standing.is_archived:
        names = labels("field", sorted(wanted.values))
        yield Answer(_("it is in step with the ERP; compared: {fields}", fields=names))


QUESTIONS: tuple[Callable[[Asked], Iterator[Answer]], ...] = (
    brings_it_down,
    is_forgotten,
    stands_there,
    is_in_doubt,
    is_held,
    is_kept_away,
    failed_last,
    would_change,
    who_is_missing,
    which_sheets_lack_it,
    is_not_there,
    is_in_step,
)
"""In the order in which they are asked."""


def answers(asked: Asked) -> Iterator[Answer]:
    """Yield the answers to all questions; the first that has a code is the reason."""
    for question in QUESTIONS:
        for answer in question(asked):
            yield answer
            if answer.last:
                return


# who is on a session


def _who_is_waited_for(asked: Asked) -> Iterator[Answer]:
    """Yield why the people are not there for whom a session waits."""
    if asked.reason is None or asked.reason.code != "DOWN_COURSE_HELD_DEPENDENCY":
        return
    for key in asked.named_by(asked.source_id):
        why = asked.why_away(key)
        if key[0] == "professor" and why is not None:
            answer = as_answer(why)
            who = f"{label('kind', 'professor')} {key[1]}"
            yield Answer(f"{who}: {answer.words}", answer.code, answer.spec)


def _who_is_archived(asked: Asked) -> Iterator[Answer]:
    """Yield the professors of a session who are archived on Edusign."""
    if asked.kind != "course":
        return
    for key in asked.named_by(asked.source_id):
        standing = asked.standing(*key) if key[0] == "professor" else None
        if standing is not None and standing.is_archived:
            words = _("professor {id} is archived on Edusign", id=key[1])
            if asked.instance.restore_archived:
                words = _("{words}; the next run restores them", words=words)
            yield Answer(words, "DOWN_PERSON_ARCHIVED")


def _held(change: Change) -> Answer:
    if change.leaves:
        words = _("a guard holds back that students leave it: {count}", count=len(change.leaves))
    elif change.moves:
        words = _("a guard holds back that its sheet moves")
    elif change.contents:
        fields = labels("field", change.contents)
        words = _("a guard holds back that this changes: {fields}", fields=fields)
    elif change.code == "RUN_ADDITIONS_HELD":
        words = _("a guard holds it back, for far more would come than there was")
    elif change.action == "create":
        words = _("a guard holds it back, for the same people have a sheet that waits")
    elif change.because:
        keys = ", ".join(change.because)
        words = _("a guard holds its deletion back; changed: {keys}", keys=keys)
    else:
        words = _("a guard holds its deletion back")
    return Answer(words, change.code)
