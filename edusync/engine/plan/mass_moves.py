"""Hold moves of sheets back when a run would move too many: these wait, the rest goes on (D5).

One wrong word of a spec, such as the format of a date, a zone or the column of the end, moves all
sheets at once. Any other start or end counts. What people moved on Edusign and is put back does
not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import too_many_moves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change

    Times = tuple[datetime, datetime]

_TIMES = ("starts_at", "ends_at")


def hold_moves(draft: Draft) -> None:
    """Hold back the moves of sheets when they are too many, or still wait.

    Sessions that the ERP has in the past by now count, though their sheets stay where they are.
    """
    moving = {change.source_id: times for change, times in _moving(draft)}
    begun = draft.verdicts.left_alone
    if not moving and not begun:
        return
    coming = draft.view.coming(draft.setting.window)
    past = begun.keys() & coming
    count = len(moving) + len(past)
    of = len(_timed(draft, coming) | moving.keys())
    held: set[str] = set()
    if too_many_moves(count, of):
        held |= moving.keys()
        said = f"{count} of {of} coming sheets"
        _guard(draft, f"{count} of {of} coming sheets, {len(past)} to the past" if past else said)
    still = (moving.keys() & draft.setting.waiting.moves) - held
    if still:
        _guard(draft, f"{_sheets(len(still))} wait since an earlier run")
    _keep(draft, {source_id: moving[source_id] for source_id in held | still})


def _moving(draft: Draft) -> Iterator[tuple[Change, Times]]:
    """Yield the changes that would move a sheet, each with the times that it has."""
    for change in draft.changes:
        if change.kind != "course" or change.edusign_id is None or change.facts is None:
            continue
        if change.by_hand or not set(_TIMES).intersection(change.fields):
            continue
        times = draft.times.get(change.source_id)
        if times is None:
            sheet = draft.setting.client.sheet(change.edusign_id)
            times = None if sheet is None else (sheet.starts_at, sheet.ends_at)
        values = change.facts.values
        if times is not None and times != (values["starts_at"], values["ends_at"]):
            yield change, times


def _timed(draft: Draft, coming: set[str]) -> set[str]:
    """Return the coming sheets of whose sessions it could be read when they are, or are gone."""
    stuck, known = draft.verdicts.stuck, {one.replaces for one in draft.changes}
    return {ref for ref in coming - known if stuck.get(ref) != "DOWN_COURSE_FIELD_MISSING"}


def _keep(draft: Draft, held: Mapping[str, Times]) -> None:
    """Leave sheets at their times, and note the changes that are held as they were."""
    changes = []
    removals = {one.key: index for index, one in enumerate(draft.held) if one.leaves}
    for change in draft.changes:
        times = held.get(change.source_id) if change.kind == "course" else None
        if times is None or change.facts is None:
            changes.append(change)
            continue
        waits = replace(change, code="RUN_MOVES_HELD")
        if change.key in removals:  # the whole of it waits for somebody already
            waits = draft.held.pop(removals[change.key])
            removals = {one.key: index for index, one in enumerate(draft.held) if one.leaves}
        values = change.facts.values
        said = {name: values[name] for name in _TIMES} | {"students": waits.leaves}
        digest = Facts(said).sorted_fingerprint(draft.view.key)
        draft.held.append(replace(waits, moves=True, fingerprint=digest))
        fields = tuple(name for name in change.fields if name not in _TIMES)
        if fields or change.action != "update":
            facts = Facts({**values, **dict(zip(_TIMES, times, strict=True))})
            digest = facts.sorted_fingerprint(draft.view.key)
            changes.append(replace(change, fields=fields, facts=facts, fingerprint=digest))
    draft.changes = changes


def _guard(draft: Draft, detail: str) -> None:
    draft.guard(Outcome("RUN_MOVES_HELD", "course", field="starts_at", detail=detail))


def _sheets(count: int) -> str:
    return f"{count} coming sheet{'' if count == 1 else 's'}"
