"""Did the attendance of this session go up, and if not, why? Asked of both sides at the moment.

Nothing is written (P23).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from edusync.app.explaining.answer import Answer, as_answer, moment_in_words
from edusync.app.runs.history import acted_at
from edusync.app.runs.upward import Upward
from edusync.codes import get_code
from edusync.diagnostics import Severity
from edusync.engine.upward.sheet import THEN
from edusync.errors import LookUpRefused
from edusync.locale import gettext as _
from edusync.locale.details import in_words
from edusync.locale.labels import label
from edusync.state.runs import UPWARD
from edusync.state.uploads import WHOLE, Uploads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.account_up import AccountUp
    from edusync.app.runs.moment import Moment
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.state.uploads import Upload

_MOST_RUNS = 50
"""How many runs are looked into."""
_UNSEEN = "UP_COURSE_NOT_LOOKED_AT"


def explain_attendance(
    instance: Instance, store: Store, registry: Registry, moment: Moment, source_id: str
) -> Iterator[tuple[str | None, Answer]]:
    """Yield (account, answer) pairs, the deciding one with its code."""
    if instance.spec.writeback is None:
        yield (
            None,
            Answer(_("{erp} has no way for attendance", erp=instance.spec.label), "UP_IMPOSSIBLE"),
        )
        return
    finished = next(
        (
            run
            for run in store.runs(instance.name, direction=UPWARD)
            if run["finished_at"] is not None
        ),
        None,
    )
    if finished is None:
        yield None, Answer(_("attendance has not gone up yet"))
    else:
        at, grade = moment_in_words(acted_at(finished)), label("grade", finished["status"])
        yield None, Answer(_("attendance last went up on {at}: {grade}", at=at, grade=grade))
        refused = "UP_NO_WRITE_PERMISSION"
        for event in store.events(finished["id"], code=refused, kind=None, source_id=None):
            yield event["account"], Answer(in_words(event["detail"]) or "", event["code"])
    with Upward(instance, store, registry, moment) as upward:
        upward.plan()
        for account in upward.accounts:
            for answer in _account(instance, store, account, source_id, moment.now):
                yield account.name, answer


def _account(
    instance: Instance, store: Store, account: AccountUp, source_id: str, now: datetime
) -> Iterator[Answer]:
    link = store.links(instance.name, account.name).get(("course", source_id))
    upload = Uploads(store, instance.name, account.name, 0).one(source_id)
    sheet = source_id if link is None else link.edusign_id
    events = [
        outcome
        for outcome in account.report.outcomes
        if source_id in {outcome.source_id, outcome.field}
        or (outcome.kind == "course" and outcome.edusign_id == sheet)
        or outcome.code == "UP_OFF"
    ]
    events.sort(key=lambda outcome: get_code(outcome.code).severity is not Severity.ERROR)
    if link is not None and link.manual:
        yield Answer(_("its sheet was made by hand and completed"), "UP_COURSE_MANUAL")
    yield from _lasting(instance, store, account.name, source_id)
    yield from (as_answer(outcome) for outcome in events)
    if link is None and not events:
        words = _(
            "no sheet of this session was brought to Edusign: see why with `explain FILE course ID`"
        )
        yield Answer(words, "UP_COURSE_NOT_BROUGHT")
    if upload is not None:
        yield from _sent(upload)
    states = Counter(line["state"] for line in account.lines if line["course"] == source_id)
    if states:
        lines = ", ".join(f"{count} {label('state', state)}" for state, count in states.items())
        yield Answer(_("the next run sends {lines}", lines=lines))
    elif link is not None and upload is None and not events and not link.manual:
        yield from _on_edusign(account, link.edusign_id, now)


def _lasting(instance: Instance, store: Store, account: str, source_id: str) -> Iterator[Answer]:
    """Yield what was said when the sheet was settled last, and stays true."""
    settled = {"UP_SENT", "UP_COURSE_ENTERED"}
    lasting = {"UP_COURSE_ENTERED"}
    if instance.spec.writeback is not None:
        lasting |= {rule.code for rule in instance.spec.writeback.report}
    for run in store.runs(instance.name, direction=UPWARD)[:_MOST_RUNS]:
        events = [
            event
            for event in store.events(run["id"], code=None, kind="course", source_id=source_id)
            if event["account"] in {None, account}
        ]
        if any(event["code"] in settled for event in events):
            at = moment_in_words(acted_at(run))
            for event in events:
                if event["code"] in lasting:
                    yield Answer(_("said on {at}", at=at), event["code"])
            return


def _on_edusign(account: AccountUp, edusign_id: str, now: datetime) -> Iterator[Answer]:
    """Yield why a sheet of which nothing went is not among those that go, as Edusign shows it."""
    if account.client is None or account.since is None:
        return
    try:
        archived = account.client.archived_sheet(edusign_id)
    except LookUpRefused as refused:
        yield Answer(
            _(
                "Edusign does not say how its sheet is: {words}",
                words=in_words(refused.message),
            ),
            refused.code,
        )
        return
    if archived is None:
        yield Answer(
            _("its sheet was deleted on Edusign, and nothing of it went up"), "UP_COURSE_GONE"
        )
    elif not archived.sheet.locked:
        yield Answer(_("its sheet is not archived on Edusign"), "UP_COURSE_NOT_ARCHIVED")
    elif archived.sheet.starts_at > now:
        day = f"{archived.sheet.starts_at:%Y-%m-%d}"
        yield Answer(_("it begins on {day}", day=day), "UP_COURSE_LATER")
    else:
        yield _unseen(archived.sheet.changed_at, account.since)


def _unseen(changed: datetime | None, since: datetime) -> Answer:
    """Return when a sheet was archived, and whether runs still look at it."""
    at = moment_in_words(changed) if changed else ""
    after = moment_in_words(since)
    if changed is None:
        words = _(
            "its sheet was archived, and runs look at what changed since {since}", since=after
        )
        return Answer(words, _UNSEEN)
    if changed >= since:
        return Answer(
            _(
                "its sheet was archived on {at}, and the next run looks at what changed since "
                "{since}",
                at=at,
                since=after,
            )
        )
    return Answer(
        _(
            "its sheet was archived on {at}, and runs look at what changed since {since}",
            at=at,
            since=after,
        ),
        _UNSEEN,
    )


def _sent(upload: Upload) -> Iterator[Answer]:
    lines = {key: record for key, record in upload.lines.items() if key not in {THEN, WHOLE}}
    yield Answer(
        _(
            "{sent} of {all} lines stand in the ERP ({status})",
            sent=sum(record["status"] == "sent" for record in lines.values()),
            all=len(lines),
            status=label("upload", upload.status),
        )
    )
    for key, record in upload.lines.items():
        if record["status"] != "sent":
            words = f"{_whose(key)}: {_became(record)}"
            in_doubt = "UP_IN_DOUBT" if record["status"] == "doubt" else None
            yield Answer(words, record.get("code") or in_doubt)


def _whose(key: str) -> str:
    """Return whose line it is, by its key: `role:id`, or `role@…` for an id on Edusign."""
    if key == WHOLE:
        return _("the whole sheet")
    role, at, edusign_id = key.partition("@")
    if at and role.isidentifier():
        return _("{role} on Edusign {id}", role=label("kind", role), id=edusign_id)
    role, colon, source_id = key.partition(":")
    return f"{label('kind', role)} {source_id}" if colon else key


def _became(record: Mapping[str, Any]) -> str:
    """Return what became of a line that did not go up."""
    then, tries = (
        _("every run looks at it again, and sends it once nothing holds it"),
        record.get("tries"),
    )
    match record["status"]:
        case "held" if not record.get("code"):
            return _("to be sent again by the next run")
        case "held":
            return _("held; {then}", then=then)
        case "left_out":
            return _("the ERP has no place for it; {then}", then=then)
        case "doubt":
            return _("nobody knows whether it landed")
        case "given_up" if tries:
            return _("given up after {tries} tries", tries=tries)
        case "given_up":
            return _("given up after it was held for three months")
    return _("tried {tries} times", tries=tries)
