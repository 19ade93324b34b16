"""Why is this item, or why is it not, on Edusign? Asked of the store, Edusign and the ERP.

The order of the questions: docs/reference/rules.md#order-of-the-reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from edusync.app.explaining.answer import Answer, moment_in_words
from edusync.app.explaining.asked import Asked
from edusync.app.explaining.found import find_id
from edusync.app.explaining.questions import answers
from edusync.app.runs.downward import Downward
from edusync.app.runs.history import acted_at
from edusync.app.runs.lateness import missed_slot
from edusync.locale import gettext as _
from edusync.locale.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
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
        yield None, Answer(_("it has the id {id}", id=key[1]))
    with Downward(instance, store, registry, moment, trace=key) as downward:
        downward.plan()
        for run in downward.accounts:
            for answer in answers(Asked(downward, run, key)):
                yield run.account.name, answer
        for outcome in downward.stopped.outcomes():
            yield outcome.account, Answer(outcome.words or _("it was stopped"), outcome.code)
        if downward.stopped.first is not None:
            raise downward.stopped.first


def _runs(instance: Instance, store: Store, moment: Moment) -> Iterator[tuple[str | None, Answer]]:
    """Yield when the connector ran last, and whether it is late."""
    runs = store.runs(instance.name, direction="down")
    finished = next((run for run in runs if run["finished_at"] is not None), None)
    if finished is None:
        yield None, Answer(_("this connector has not run yet"))
    else:
        at, grade = moment_in_words(acted_at(finished)), label("grade", finished["status"])
        yield None, Answer(_("the last run was on {at}: {grade}", at=at, grade=grade))
    late = missed_slot(instance.schedule.down, runs, moment.now, ZoneInfo(instance.spec.zone))
    if late is not None:
        yield None, Answer(_("no run succeeded in the slot {slot}", slot=late), "RUN_LATE")
