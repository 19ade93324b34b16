"""Why an item is not there: on other days, not sent, named by nobody, or held back by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.explaining.answer import Answer, as_answer
from edusync.spec.needs import needs
from edusync.target.records import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.explaining.asked import Asked


_MOST_NAMED = 5


def where_is_the_session(asked: Asked) -> Iterator[Answer]:
    """Yield where a session is that the ERP does not send, or that has begun."""
    verdicts, standing = asked.verdicts, asked.own_standing
    begun = verdicts.left_alone.get(asked.source_id)
    if begun is not None:
        yield Answer(
            f"it began on {begun:%Y-%m-%d at %H:%M} UTC: nothing of it is changed any more",
            "DOWN_COURSE_STARTED",
        )
        return
    record = standing.record if standing is not None else None
    if isinstance(record, Sheet) and not verdicts.window.now < record.starts_at:
        yield Answer(
            f"its sheet began on {record.starts_at:%Y-%m-%d at %H:%M} UTC, and the ERP is asked "
            f"for the days {asked.window}",
            "DOWN_COURSE_PAST",
        )
        return
    if asked.is_unread(asked.key):
        yield unread(asked)
        return
    yield from _on_other_days(asked)


def _on_other_days(asked: Asked) -> Iterator[Answer]:
    """Yield what the ERP says of a session on days that no run reads, and what runs said of it."""
    elsewhere = asked.elsewhere
    for reason in elsewhere.reasons:
        yield as_answer(reason)
    if elsewhere.reasons:
        return
    before = asked.said_before()
    if before is not None:
        words = before["detail"] or before["code"]
        yield Answer(
            f"the run of {before['at']:%Y-%m-%d at %H:%M} UTC said: {words}", before["code"]
        )
    yield not_sent(asked)


def not_sent(asked: Asked) -> Answer:
    """Say where the ERP was looked into, and that it sent nothing of the kind."""
    entity = asked.instance.spec.entities.get(asked.kind)
    source = entity.source if entity is not None else ""
    place = asked.instance.spec.resources[source].place if source else None
    days = asked.window
    if asked.kind == "course" and asked.elsewhere.failed is None:
        window = asked.elsewhere.window
        days = f"from {window.first} to {window.last}"
    more = (
        f"; other days could not be looked at: {asked.elsewhere.failed}"
        if (asked.kind == "course" and asked.elsewhere.failed)
        else ""
    )
    return Answer(
        f"the ERP did not send it in the list '{source}' {days}{more}: check the id, its day, and "
        "the filters of the account",
        spec=f"{place.file}:{place.line}" if place else None,
    )


def who_names_it(asked: Asked) -> Iterator[Answer]:
    """Yield which sessions name somebody or a group, and why these do not come down."""
    of_kind = [one for one in asked.run.outcomes if (one.kind, one.source_id) == (asked.kind, None)]
    off = next((one for one in of_kind if one.code.endswith("_OFF")), None)
    why = off or asked.why_away(asked.key)
    if why is not None and not why.is_of_session:
        yield as_answer(why)
        return
    sessions = asked.sessions
    named = f"{len(sessions)} session(s), {', '.join(sessions[:_MOST_NAMED])}"
    if asked.is_unread(asked.key):
        yield unread(asked)
    elif why is not None:
        yield Answer(
            f"the sessions that name it stay away: {why.code}", "DOWN_PERSON_COURSES_BLOCKED"
        )
    elif sessions and asked.is_absent(asked.key):
        source = asked.instance.spec.entities[asked.kind].source
        yield Answer(
            f"{named}, name it, and the list '{source}' does not hold it", "DOWN_REFERENCE_MISSING"
        )
    elif sessions:
        yield from _blocked(asked, named)
    elif asked.is_absent(asked.key) and not comes_with_sessions(asked):
        yield not_sent(asked)
    else:
        yield from no_session(asked)


def _blocked(asked: Asked, named: str) -> Iterator[Answer]:
    """Yield why none of the sessions that name somebody comes down."""
    reasons = asked.run.plan.reasons
    found = [reasons.get(("course", session)) for session in asked.sessions]
    codes = sorted({reason.code for reason in found if reason is not None})
    if all(found):
        words = f"it is on {named}, and all are blocked: {', '.join(codes)}"
        yield Answer(words, "DOWN_PERSON_COURSES_BLOCKED")
    else:
        yield Answer(f"it is on {named}, and is not among those who come down with them")


def no_session(asked: Asked) -> Iterator[Answer]:
    """Yield that no session of the window names somebody, and which later one does."""
    who = "a student whom it follows" if asked.kind == "external" else "it"
    yield Answer(f"no session {asked.window} refers to {who}", "DOWN_PERSON_NO_SESSION")
    if asked.is_absent(asked.key):
        yield Answer("the ERP's lists hold only who is on a session, so the id may also be wrong")
    later = [reason for reason in asked.elsewhere.reasons if reason.detail]
    for reason in later[:_MOST_NAMED]:
        yield Answer(
            f"it is on session {reason.source_id}, which is not there yet: {reason.detail}"
        )


def comes_with_sessions(asked: Asked) -> bool:
    """Whether the ERP is asked for such items through its sessions."""
    spec = asked.instance.spec
    courses, met = spec.entities["course"].source, set[str]()
    waiting = [spec.entities[asked.kind].source] if asked.kind in spec.entities else []
    while waiting:
        name = waiting.pop()
        if name not in met:
            met.add(name)
            waiting.extend(needs(spec.resources[name]))
    return courses in met


def unread(asked: Asked) -> Answer:
    """Say that nobody knows whether the ERP has something."""
    guards = asked.run.plan.guards
    code = "RUN_SUSPICIOUS_EMPTY" if "RUN_SUSPICIOUS_EMPTY" in guards else "RUN_READ_INCOMPLETE"
    causes = sorted(
        {
            outcome.code
            for outcome in asked.run.outcomes
            if outcome.severity == "error" and outcome.kind is None
        }
    )
    why = f": {', '.join(causes)}" if causes else ""
    return Answer(f"the ERP was not read wholly, so nobody knows whether it has it{why}", code)
