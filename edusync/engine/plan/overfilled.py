"""Which sheets and groups would have twice the students, all of them known (D5).

A wrong condition of a look-up, or a list that the ERP filters no more, puts the whole school on
each sheet: whoever does not belong there is absent. Students who are new do not count: a school
that enters its e-mails brings most of a class at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import is_overfilled, too_many_overfilled
from edusync.engine.plan.sheets import ROSTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change

_EXAMPLES = 3


def overfilled(draft: Draft, groups: int) -> list[Change]:
    """Return the changes that put too many on sheets or into groups, and note them.

    Those that wait since an earlier run are among them. `groups` says how many groups were brought
    down before. Where removals wait, students of before stand beside the new ones.
    """
    sheets = sum(count > 0 for count in draft.view.seats(draft.setting.window).values())
    waiting = draft.setting.waiting.contents
    found: list[Change] = []
    for kind, of in (("course", sheets), ("group", groups)):
        doubled = [*_doubled(draft, kind)]
        held = [change for change in doubled if (*change.key, ROSTER) in waiting]
        detail = f"{len(held)} changes wait since an earlier run"
        if too_many_overfilled(len(doubled), of):
            held, some = doubled, ", ".join(sorted(one.source_id for one in doubled)[:_EXAMPLES])
            detail = f"{len(held)} of {of} would have twice the students, such as {some}"
        if held:
            draft.guard(Outcome("RUN_CONTENTS_HELD", kind, field=ROSTER, detail=detail))
        found += held
    return found


def _doubled(draft: Draft, kind: str) -> Iterator[Change]:
    known = draft.view.fingerprints["student"]
    removals = {change.key for change in draft.held if change.leaves}
    for change in draft.changes:
        is_other = change.kind != kind or change.action != "update" or change.key in removals
        if is_other or change.facts is None or ROSTER not in change.fields:
            continue
        before = draft.members.get((kind, change.replaces or change.source_id), ())
        new = {*change.facts.values.get(ROSTER, ())}.difference(before)
        if is_overfilled(sum(ref in known for ref in new), len(before)):
            yield change
