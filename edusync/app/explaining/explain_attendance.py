"""Did the attendance of this session go up, and if not, why? Asked of both sides at the moment.

Nothing is written (P23).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from edusync.app.explaining.answer import Answer, as_answer
from edusync.app.runs.history import acted_at
from edusync.app.runs.upward import Upward
from edusync.engine.upward.sheet import THEN
from edusync.errors import LookUpRefused
from edusync.state.uploads import WHOLE, Uploads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.account_up import AccountUp
    from edusync.app.runs.downward import Moment
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.state.uploads import Upload

_WHO = re.compile(r"^(\w+)@")


def explain_attendance(
    instance: Instance, store: Store, registry: Registry, moment: Moment, source_id: str
) -> Iterator[tuple[str | None, Answer]]:
    """Yield (account, answer) pairs, the deciding one with its code."""
    if instance.spec.writeback is None:
        yield None, Answer(f"{instance.spec.label} has no way for attendance", "UP_IMPOSSIBLE")
        return
    finished = next(
        (
            run
            for run in store.runs(instance.name, direction="up")
            if run["finished_at"] is not None
        ),
        None,
    )
    yield (
        None,
        Answer(
            f"attendance last went up on {acted_at(finished):%Y-%m-%d at %H:%M} UTC: "
            f"{finished['status']}"
            if finished
            else "attendance has not gone up yet"
        ),
    )
    with Upward(instance, store, registry, moment) as upward:
        upward.plan()
        for account in upward.accounts:
            for answer in _account(instance, store, account, source_id):
                yield account.name, answer


def _account(
    instance: Instance, store: Store, account: AccountUp, source_id: str
) -> Iterator[Answer]:
    link = store.links(instance.name, account.name).get(("course", source_id))
    upload = Uploads(store, instance.name, account.name, 0).one(source_id)
    if link is None:
        yield Answer(
            "no sheet of this session was brought to Edusign: see why with `explain FILE course ID`"
        )
    elif link.manual:
        yield Answer("its sheet was made by hand and completed", "UP_COURSE_MANUAL")
    if upload is not None:
        yield from _sent(upload)
    events = [
        outcome
        for outcome in account.report.outcomes
        if source_id in {outcome.source_id, outcome.field} or (outcome.code == "UP_OFF")
    ]
    yield from (as_answer(outcome) for outcome in events)
    states = Counter(line["state"] for line in account.lines if line["course"] == source_id)
    if states:
        yield Answer(
            f"the next run sends {', '.join(f'{count} {state}' for state, count in states.items())}"
        )
    elif link is not None and upload is None and not events and not link.manual:
        yield from _on_edusign(account, link.edusign_id)


def _on_edusign(account: AccountUp, edusign_id: str) -> Iterator[Answer]:
    """Yield why a sheet of which nothing went is not among those that go, as Edusign shows it."""
    if account.client is None or account.since is None:
        return
    try:
        found = account.client.archived_sheet(edusign_id)
    except LookUpRefused as refused:
        yield Answer(f"Edusign does not say how its sheet is: {refused.message}", refused.code)
        return
    if found is None:
        yield Answer(
            "its sheet was deleted on Edusign, and nothing of it went up", "UP_COURSE_GONE"
        )
    elif not found.sheet.locked:
        yield Answer("its sheet is not archived on Edusign", "UP_COURSE_NOT_ARCHIVED")
    else:
        at = found.sheet.changed_at
        when = f" on {at:%Y-%m-%d at %H:%M} UTC" if at else ""
        words = f"its sheet was archived{when}, and runs look at what changed since"
        yield Answer(f"{words} {account.since:%Y-%m-%d at %H:%M} UTC", "UP_COURSE_NOT_LOOKED_AT")


def _sent(upload: Upload) -> Iterator[Answer]:
    lines = {key: record for key, record in upload.lines.items() if key not in {THEN, WHOLE}}
    yield Answer(
        f"{sum(record['status'] == 'sent' for record in lines.values())} of {len(lines)} lines "
        f"stand in the ERP ({upload.status})"
    )
    for key, record in upload.lines.items():
        if record["status"] != "sent":
            tries = record.get("tries")
            held = "every run looks at it again, and sends it once nothing holds it"
            code = record.get("code")
            words = {
                "held": f"held; {held}" if code else "to be sent again by the next run",
                "left_out": f"the ERP has no place for it; {held}",
                "doubt": "nobody knows whether it landed",
                "given_up": f"given up after {tries} tries"
                if tries
                else "given up after it was held for three months",
            }.get(record["status"], f"tried {tries} times")
            who = "the whole sheet" if key == WHOLE else _WHO.sub(r"\1 on Edusign ", key, count=1)
            yield Answer(
                f"{who.replace(':', ' ', 1)}: {words}",
                code or ("UP_IN_DOUBT" if record["status"] == "doubt" else None),
            )
