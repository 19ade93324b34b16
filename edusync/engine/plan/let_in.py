"""Hold back sessions that were cancelled until now, where half of them come at once (D5).

An ERP that calls a status by another word from now on lets through what is cancelled, and no rule
has changed. What other rules leave out comes as ever: drafts are published by the week.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import too_many_let_in
from edusync.engine.plan.scope_digest import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change
    from edusync.engine.plan.scope_digest import Remembered

_MOST = 1000
"""So many sessions are remembered of each rule."""


def hold_let_in(draft: Draft) -> None:
    """Hold back the new sheets of sessions of which too many were cancelled until now.

    Where the rules themselves changed, somebody wanted that.
    """
    scope, dropped = draft.setting.scope, draft.verdicts.dropped
    if scope.before is None or not scope.before.left_out or scope.is_changed:
        return
    created = {c.source_id for c in draft.changes if c.kind == "course" and c.action == "create"}
    held: set[str] = set()
    for code, ids in sorted(scope.before.left_out.items()):
        came = created.intersection(ids)
        all_of_them = len(came) + sum(source_id in dropped for source_id in ids)
        if too_many_let_in(len(came), all_of_them):
            held |= came
            detail = f"{len(came)} of {all_of_them} that {code} left out until now"
            draft.guard(Outcome("RUN_ADDITIONS_HELD", "course", detail=detail))
    going = []
    for change in draft.changes:
        if change.kind == "course" and change.source_id in held:
            draft.held.append(replace(change, code="RUN_ADDITIONS_HELD"))
        else:
            going.append(change)
    draft.changes = going


def left_out(
    verdicts: Verdicts, held: Iterable[Change], before: Remembered | None
) -> Mapping[str, tuple[str, ...]]:
    """Return the sessions to come that are cancelled, by the code, and those that still wait."""
    waits = {c.source_id for c in held if c.kind == "course" and c.action == "create"}
    found = (
        {code: waits.intersection(ids) for code, ids in before.left_out.items()} if before else {}
    )
    window = verdicts.window
    for source_id, one in verdicts.dropped.items():
        coming = one.starts_at is not None and window.now < one.starts_at <= window.ends_at
        if coming and one.code in CANCELLED:
            found.setdefault(one.code, set()).add(source_id)
    return {code: tuple(sorted(ids)[:_MOST]) for code, ids in found.items() if ids}
