"""Run a connector now, whatever its slots, a pause or a quarantine say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.runner.endings import Ended, ended_by, run_direction
from edusync.errors import EdusyncError
from edusync.state.holds import end_quarantine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.app.runner.fleet import Fleet
    from edusync.app.runs.moment import Moment
    from edusync.state.store import Store


def run_now(
    store: Store, fleet: Fleet, name: str, moment: Callable[[], Moment]
) -> Iterator[tuple[str, Ended]]:
    """Run a connector down, and up where its ERP has a way; yield how each ended.

    In shadow nothing goes up, and it looks once.

    When both sides answered, the quarantine of that direction is over. One direction's fault stops
    not the other.
    """
    try:
        instance = fleet.instance(name)
    except EdusyncError as error:
        yield "down", ended_by(error)
        return
    goes_up = instance.spec.writeback is not None and not instance.schedule.shadow
    for direction in ("down", "up") if goes_up else ("down",):
        ended = run_direction(instance, store, fleet.registry, moment(), direction)
        if ended.kind in {"done", "data"}:
            end_quarantine(store, name, direction)
        yield direction, ended
