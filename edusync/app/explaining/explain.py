"""Why is this item, or why is it not, on Edusign? Asked of the store, Edusign and the ERP.

The order of the questions: docs/reference/rules.md#order-of-the-reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from edusync.app.explaining.answer import Answer
from edusync.app.explaining.asked import Asked
from edusync.app.explaining.found import find_id
from edusync.app.explaining.questions import answers
from edusync.app.runs.downward import Downward, Moment
from edusync.app.runs.history import acted_at
from edusync.app.runs.lateness import missed_slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Instance
    from edusync.registry import Registry
    from edusync.state.store import Store

KINDS = ("course", "student", "professor", "group", "external")


def explain_item(
    instance: Instance, store: Store, registry: Registry, moment: Moment, kind: str, source_id: str
) -> Iterator[tuple[str | None, Answer]]:
    """Yield (account, answer) pairs; the first with a code is the reason.

    `source_id` is the id in the ERP, or what `find_id` knows instead. Nothing is written (P23).
    Raises what stopped an account, once the others are explained.
    """
    yield from _runs(instance, store, moment)
    with Downward(instance, store, registry, moment) as downward:
        key = (kind, find_id(downward, kind, source_id))
    if key[1] != source_id:
        yield None, Answer(f"it has the id {key[1]}")
    with Downward(instance, store, registry, moment, trace=key) as downward:
        downward.plan()
        for run in downward.accounts:
            for answer in answers(Asked(downward, run, key)):
                yield run.account.name, answer
        for outcome in downward.stopped.outcomes():
            yield outcome.account, Answer(outcome.detail or "it was stopped", outcome.code)
        if downward.stopped.first is not None:
            raise downward.stopped.first


def _runs(instance: Instance, store: Store, moment: Moment) -> Iterator[tuple[str | None, Answer]]:
    """Yield when the connector ran last, and whether it is late."""
    runs = store.runs(instance.name, direction="down")
    finished = next((run for run in runs if run["finished_at"] is not None), None)
    if finished is None:
        yield None, Answer("this connector has not run yet")
    else:
        at = f"{acted_at(finished):%Y-%m-%d at %H:%M} UTC"
        yield None, Answer(f"the last run was on {at}: {finished['status']}")
    late = missed_slot(instance.schedule.down, runs, moment.now, ZoneInfo(instance.spec.zone))
    if late is not None:
        yield None, Answer(f"no run succeeded in the slot {late}", "RUN_LATE")
