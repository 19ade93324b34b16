"""Which steps of a sheet are remembered at the end of a run: those of lines that are not settled.

What they wrote stands in the ERP. The next run goes on behind them and sends none a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.upward.sheet import THEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from edusync.engine.upward.sheet import UpSheet
    from edusync.state.uploads import Progress, StepKey

_GOES_ON = frozenset({"refused", "held"})


def steps_to_keep(
    sheet: UpSheet, progress: Mapping[StepKey, Progress], ran: Collection[StepKey]
) -> set[StepKey]:
    """Return the steps of a sheet that the next run must know of; `ran` are those of this run.

    A step with what a line said before is let go when it was made with what the line says now.
    """
    mine = {key for key in progress if key.source_id == sheet.source_id}
    if sheet.in_doubt or sheet.read_again:
        return mine
    left = {key for key, one in sheet.records.items() if one["status"] in _GOES_ON}
    made = {_place(key) for key in ran}
    return {key for key in mine if _belongs(key, left) and (key in ran or _place(key) not in made)}


def _belongs(key: StepKey, left: Collection[str]) -> bool:
    """Whether a step is of a line, or of a part of the sheet, of which something is left."""
    if key.person:
        return key.person in left
    return THEN in left if key.step.startswith(THEN) else bool({*left} - {THEN})


def _place(key: StepKey) -> tuple[str, str, str]:
    return key.source_id, key.person, key.step.partition(".")[0]
