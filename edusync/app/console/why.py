"""Why is this item, or why is it not, on Edusign? Answered from the store, at once.

Names are those of Edusign at the moment (P18), by one call; when it does not answer in time, the
answer says so and does without. What the store does not know, both sides can be asked:
`edusync/app/explaining/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from edusync.app.console.names import AT_ONCE, name_of
from edusync.app.console.steps import OF_KIND, step_of
from edusync.app.explaining.explain import explain_item
from edusync.app.runs.sides import open_edusign
from edusync.errors import EdusyncError
from edusync.locale import speaking
from edusync.state.clues import brought_down
from edusync.state.event_search import Wanted, find_events
from edusync.state.runs import ENDED, ONE_ITEM, UPWARD
from edusync.state.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from edusync.app.console.finding import Item
    from edusync.app.console.steps import Step
    from edusync.app.explaining.answer import Answer
    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.locale import Language
    from edusync.registry import Registry
    from edusync.state.clues import Down
    from edusync.state.event_search import EventRow
    from edusync.state.store import Store
    from edusync.state.uploads import Upload

State = Literal["passed", "reason", "open"]
_DONE = {"DOWN_CREATED", "DOWN_ADOPTED", "DOWN_UPDATED", "DOWN_COMPLETED", "DOWN_COURSE_RELINKED"}
_DONE |= {"DOWN_COURSE_MADE_ANEW", "DOWN_PERSON_RELINKED", "DOWN_GROUP_RELINKED", "UP_SENT"}
_DONE |= {"UP_COURSE_ALREADY_SENT"}
_FOR_GOOD = {"DOWN_COURSE_VANISHED", "DOWN_COURSE_CANCELLED", "DOWN_DELETED"}
"""Why a session is gone, also when it is not named again."""
_MOST = 200


class Told(NamedTuple):
    """What Edusign says of an item at the moment: its name, or that it did not answer."""

    name: str = ""
    is_there: bool | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The answer. `reasons` are those of now, the deciding one first; `before` is older.

    What several runs said stands there once, when it was said last.
    """

    item: Item
    down: Down | None
    looked: Mapping[str, Any] | None
    """The last run down that looked at both sides."""
    failed: EventRow | None
    """Why the last run did not, None when it did."""
    reasons: Sequence[EventRow]
    steps: Sequence[tuple[Step, State]]
    before: Sequence[EventRow]
    upload: Upload | None

    @property
    def reason(self) -> EventRow | None:
        """Return the deciding reason."""
        return self.reasons[0] if self.reasons else None


def why(store: Store, connector: str, item: Item) -> Why:
    """Return what runs said of an item, in the order of the FAQ."""
    runs = store.runs(connector, direction="down")
    looked = next((run for run in runs if run["status"] in ENDED), None)
    failed = None
    if runs and runs[0]["status"] in {"failed", "crashed"}:
        failed = _stopped(store, connector, runs[0]["id"])
    told, _ = find_events(store, Wanted(connector, kind=item.kind, source_id=item.source_id), _MOST)
    mine = [one for one in told if one.account in {None, "", item.account}]
    up = store.runs(connector, 1, direction="up")
    alone = next((one for one in mine if one.direction == ONE_ITEM), None)
    last = looked["id"] if looked else ""
    if alone is not None and (looked is None or alone.started_at > looked["started_at"]):
        last = alone.run  # somebody had it brought down alone, after that run
    last_up = up[0]["id"] if up else ""
    told_of = next((one for one in mine if one.direction in UPWARD), None)
    if told_of is not None and (not up or told_of.started_at > up[0]["started_at"]):
        last_up = told_of.run  # it went up at once, after the last run of all
    if mine and mine[0].code in _FOR_GOOD and not any(one.run == last for one in mine):
        last = mine[0].run  # the ERP has it no more, so no later run speaks of it
    now = {last, last_up}
    reasons = [one for one in mine if one.run in now and one.code not in _DONE]
    reasons.sort(key=lambda one: (one.direction in UPWARD, one.severity == "info"))
    down = next(
        (
            one
            for one in brought_down(store, connector)
            if (one.kind, one.account, one.source_id) == item[:3]
        ),
        None,
    )
    upload = None
    if item.kind == "course":
        upload = Uploads(store, connector, item.account, 0).one(item.source_id)
    is_sent = upload is not None and upload.status == "sent"
    steps = _steps(item, reasons, down, failed=bool(failed), looked=bool(looked), sent=is_sent)
    before = {(one.code, one.detail): one for one in reversed(mine) if one not in reasons}
    newest = sorted(before.values(), key=lambda one: one.started_at, reverse=True)
    return Why(item, down, looked, failed, reasons, steps, newest, upload)


def _stopped(store: Store, connector: str, run: str) -> EventRow | None:
    """Return what stopped a run: its event that is about no item."""
    events, _ = find_events(store, Wanted(connector, [run], severities=("error",)), 100)
    return next((one for one in events if one.kind is None), events[0] if events else None)


def _steps(
    item: Item,
    reasons: Sequence[EventRow],
    down: Down | None,
    *,
    failed: bool,
    looked: bool,
    sent: bool,
) -> list[tuple[Step, State]]:
    """Return the questions and their answers; those before the reason were passed.

    A run notes the first reason in this order, so what comes before it was no hindrance.
    """
    asked = OF_KIND[item.kind]
    decided = [step_of(one.code) for one in reasons if one.direction not in UPWARD]
    first = min((asked.index(step) for step in decided if step in asked), default=None)
    is_up = any(one.direction in UPWARD for one in reasons)

    def state(number: int, step: Step) -> State:
        if step == "up":
            return "reason" if is_up else "passed" if sent else "open"
        if number == first or (step == "reach" and failed):
            return "reason"
        is_before = number < first if first is not None else down is not None
        return "passed" if looked and (is_before or step in {"run", "reach"}) else "open"

    return [(step, state(number, step)) for number, step in enumerate(asked)]


def told_by_edusign(instance: Instance, item: Item) -> Told:
    """Ask Edusign for the name of an item, by one call. Nothing is kept of it.

    EdusyncError when it does not say.
    """
    account = next((one for one in instance.accounts if one.name == item.account), None)
    if account is None or item.edusign_id is None:
        return Told()
    client = open_edusign(account, AT_ONCE)
    try:
        name = name_of(client, item.kind, item.edusign_id)
    finally:
        client.close()
    return Told(is_there=False) if name is None else Told(name, is_there=True)


@dataclass(frozen=True, slots=True)
class Explained:
    """What both sides said when they were asked; `code` is why they could not be."""

    at: datetime
    answers: Sequence[Answer]
    code: str | None = None


def ask_both(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    item: Item,
    language: Language,
) -> Explained:
    """Ask the ERP and Edusign about an item, as `edusync explain` does; writes nothing (P23)."""
    found: list[Answer] = []
    with speaking(language):
        try:
            for account, answer in explain_item(
                instance, store, registry, moment, item.kind, item.source_id
            ):
                if account in {None, item.account}:
                    found.append(answer)
        except EdusyncError as error:
            return Explained(moment.now, found, error.code)
    return Explained(moment.now, found)
