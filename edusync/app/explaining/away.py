"""Why an item is not there: on other days, not sent, named by nobody, or held back by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.explaining.answer import Answer, as_answer, moment_in_words
from edusync.locale import gettext as _
from edusync.locale.details import in_words
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
            _("it began on {at}: nothing of it is changed any more", at=moment_in_words(begun)),
            "DOWN_COURSE_STARTED",
        )
        return
    record = standing.record if standing is not None else None
    if isinstance(record, Sheet) and not verdicts.window.now < record.starts_at:
        yield Answer(
            _(
                "its sheet began on {at}, and the ERP is asked for the days {days}",
                at=moment_in_words(record.starts_at),
                days=asked.window,
            ),
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
        at, words = moment_in_words(before["at"]), in_words(before["detail"]) or before["code"]
        yield Answer(_("the run of {at} said: {words}", at=at, words=words), before["code"])
    yield not_sent(asked)


def not_sent(asked: Asked) -> Answer:
    """Say where the ERP was looked into, and that it sent nothing of the kind."""
    entity = asked.instance.spec.entities.get(asked.kind)
    source = entity.source if entity is not None else ""
    place = asked.instance.spec.resources[source].place if source else None
    days, more = asked.window, ""
    if asked.kind == "course":
        window, failed = asked.elsewhere.window, asked.elsewhere.failed
        if failed is None:
            days = _("from {first} to {last}", first=window.first, last=window.last)
        else:
            more = _("; other days could not be looked at: {words}", words=failed)
    return Answer(
        _(
            "the ERP did not send it in the list '{name}' {days}{more}: check the id, its day, and "
            "the filters of the account",
            name=source,
            days=days,
            more=more,
        ),
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
    named = _(
        "{count} session(s), {ids}", count=len(sessions), ids=", ".join(sessions[:_MOST_NAMED])
    )
    if asked.is_unread(asked.key):
        yield unread(asked)
    elif why is not None:
        yield Answer(
            _("the sessions that name it stay away: {code}", code=why.code),
            "DOWN_PERSON_COURSES_BLOCKED",
        )
    elif sessions and asked.is_absent(asked.key):
        source = asked.instance.spec.entities[asked.kind].source
        yield Answer(
            _(
                "{sessions}, name it, and the list '{list}' does not hold it",
                sessions=named,
                list=source,
            ),
            "DOWN_REFERENCE_MISSING",
        )
    elif sessions:
        yield from _blocked(asked, named)
    elif asked.is_absent(asked.key) and not comes_with_sessions(asked):
        yield not_sent(asked)
    else:
        yield from no_session(asked)


def which_sheets_lack_it(asked: Asked) -> Iterator[Answer]:
    """Ask which sheets come down without somebody whom their session names, or keep them."""
    if asked.kind not in {"student", "professor"} or asked.why_away(asked.key) is None:
        return
    reasons = asked.run.plan.reasons
    sessions = [one for one in asked.sessions if ("course", one) not in reasons]
    if not sessions:
        return
    ids = ", ".join(sessions[:_MOST_NAMED])
    named = _("{count} session(s), {ids}", count=len(sessions), ids=ids)
    if asked.stays(asked.key):
        yield Answer(_("it stays on the sheets of {sessions}", sessions=named))
    else:
        yield Answer(_("it is missing from the sheets of {sessions}", sessions=named))


def _blocked(asked: Asked, named: str) -> Iterator[Answer]:
    """Yield why none of the sessions that name somebody comes down."""
    reasons = asked.run.plan.reasons
    found = [reasons.get(("course", session)) for session in asked.sessions]
    codes = sorted({reason.code for reason in found if reason is not None})
    if all(found):
        words = _(
            "it is on {sessions}, and all are blocked: {codes}",
            sessions=named,
            codes=", ".join(codes),
        )
        yield Answer(words, "DOWN_PERSON_COURSES_BLOCKED")
    else:
        yield Answer(
            _("it is on {sessions}, and is not among those who come down with them", sessions=named)
        )


def no_session(asked: Asked) -> Iterator[Answer]:
    """Yield that no session of the window names somebody, and which later one does."""
    words = (
        _("no session {days} refers to a student whom it follows", days=asked.window)
        if asked.kind == "external"
        else _("no session {days} refers to it", days=asked.window)
    )
    yield Answer(words, "DOWN_PERSON_NO_SESSION")
    if asked.is_absent(asked.key):
        yield Answer(
            _("the ERP's lists hold only who is on a session, so the id may also be wrong")
        )
    later = [reason for reason in asked.elsewhere.reasons if reason.detail]
    for reason in later[:_MOST_NAMED]:
        yield Answer(
            _(
                "it is on session {id}, which is not there yet: {words}",
                id=reason.source_id,
                words=reason.words,
            )
        )


def comes_with_sessions(asked: Asked) -> bool:
    """Whether the ERP is asked for such items through its sessions."""
    spec = asked.instance.spec
    if "course" not in spec.entities:
        return False
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
    words = _("the ERP was not read wholly, so nobody knows whether it has it")
    return Answer(f"{words}: {', '.join(causes)}" if causes else words, code)
