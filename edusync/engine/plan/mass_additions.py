"""Hold back what is new when a run would bring far more than there was: it waits (D5).

A wrong filter brings the people and sessions of other sites, who get credentials by e-mail. A
first run has nothing to compare with, and neither has one after a first run that broke off.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import too_many_additions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change, Key

_PEOPLE = ("professor", "external", "student", "group")


def hold_additions(draft: Draft) -> None:
    """Hold back the new items of each kind of which too many come, and the sheets they are on."""
    if not draft.setting.was_whole:
        return
    held: set[Key] = set()
    for kind in _PEOPLE:
        new = _new(draft, kind)
        known = len(draft.view.fingerprints[kind])
        if too_many_additions(len(new), known):
            held |= _named(draft, kind, new, f"{len(new)} beside {known} known ones")
    new = _new(draft, "course")
    known, beside = _on_their_days(draft, new)
    if too_many_additions(beside, known):
        held |= _named(draft, "course", new, f"{beside} on days that had {known}")
    else:
        held |= {change.key for change in new if _has_somebody(change, held)}
    _keep(draft, held)


def _new(draft: Draft, kind: str) -> list[Change]:
    return [one for one in draft.changes if one.kind == kind and one.action == "create"]


def _named(draft: Draft, kind: str, new: Sequence[Change], detail: str) -> set[Key]:
    draft.guard(Outcome("RUN_ADDITIONS_HELD", kind, detail=detail))
    return {change.key for change in new}


def _on_their_days(draft: Draft, new: Sequence[Change]) -> tuple[int, int]:
    """Return how many sheets the days have on which new ones come, and how many come on those.

    A day that had none is a day of the planning that is published, or reached by the window.
    """
    day_of = draft.setting.window.day_of
    coming = draft.view.coming(draft.setting.window)
    days = Counter(day_of(one.facts.values["starts_at"]) for one in new if one.facts)
    known = {
        day: len(draft.view.on_days([(day, day)], draft.setting.window.zone) & coming)
        for day in days
    }
    return sum(known.values()), sum(count for day, count in days.items() if known[day])


def _has_somebody(change: Change, held: set[Key]) -> bool:
    """Whether somebody is on a new sheet who waits."""
    values = change.facts.values if change.facts else {}
    people = [("professor", ref) for ref in values["professors"]]
    people += [("student", ref) for ref in values.get("students", change.roster)]
    return not held.isdisjoint(people)


def _keep(draft: Draft, held: set[Key]) -> None:
    going = []
    for change in draft.changes:
        if change.key in held and change.action == "create":
            draft.held.append(replace(change, code="RUN_ADDITIONS_HELD"))
        else:
            going.append(change)
    draft.changes = going
