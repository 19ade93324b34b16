"""The FAQ's questions in words, and the advice that explains a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.locale import gettext as _

if TYPE_CHECKING:
    from edusync.app.console.steps import Step
    from edusync.app.console.waiting import Settled

_ADVICE = {
    "DOWN_COURSE_PAST": "emergency",
    "DOWN_COURSE_SAME_DAY": "emergency",
    "DOWN_COURSE_MANUAL_AMBIGUOUS": "emergency",
    "DOWN_COURSE_MANUAL_UNMATCHED": "emergency",
    "DOWN_COURSE_BEYOND_WINDOW": "when",
    "DOWN_COURSE_NOT_RUN_YET": "when",
    "DOWN_PERSON_NO_SESSION": "students",
    "DOWN_PERSON_MANUAL_TWIN": "twice",
    "DOWN_PERSON_NAME_TWIN": "twice",
    "DOWN_PERSON_EMAIL_CONFLICT": "twice",
    "DOWN_STUDENT_EMAIL_DUPLICATE": "twice",
    "DOWN_PROFESSOR_EMAIL_DUPLICATE": "twice",
    "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE": "twice",
    "DOWN_STUDENT_FIELD_MISSING": "by-hand",
    "DOWN_PROFESSOR_FIELD_MISSING": "by-hand",
    "DOWN_COURSE_PROFESSOR_INVALID": "by-hand",
    "UP_COURSE_CHANGED_AFTER_SEND": "archive",
    "UP_COURSE_NOT_ARCHIVED": "archive",
    "UP_COURSE_MANUAL": "emergency",
}


def advice(code: str) -> str | None:
    """Return where on the page of advice a code is explained."""
    return _ADVICE.get(code)


def question(step: Step) -> str:
    """Return a question of the FAQ."""
    return {
        "run": _("Has a run looked since the change?"),
        "reach": _("Could both systems be reached?"),
        "day": _("Are the name, the day and the times right?"),
        "filter": _("Do the filters and the status let it through?"),
        "professor": _("Is there a professor, with names and an e-mail of their own?"),
        "student": _("Is there a student, with names and an e-mail?"),
        "person": _("Are the names and the e-mail there, and is a session planned?"),
        "sheet": _("May the sheet on Edusign be written?"),
        "up": _("Did the attendance go up?"),
    }[step]


def explanation(step: Step) -> str:
    """Return what is behind a question."""
    return {
        "run": _("No run has looked at both sides yet."),
        "reach": _("The address, the name and the password of both sides, and that they answer."),
        "day": _("The coming days are brought down; nothing new for today or before."),
        "filter": _("What the connector leaves out: other structures, statuses, cancelled ones."),
        "professor": _("A sheet needs one. Two with the same e-mail keep each other away."),
        "student": _("Where the ERP's sheets need one; the others stay on the sheet."),
        "person": _("Somebody comes down with the first sheet that names them."),
        "sheet": _("What is archived, signed or begun is not changed any more."),
        "up": _("It goes up once the sheet is archived."),
    }[step]


def to_settle(settled: Settled) -> str | None:
    """Return in words what the buttons beside something are for; None where its remedy says it."""
    return {
        "plan": _(
            "Are they to go? Then let this very plan through. Are they to stay? Put back what was "
            "changed; until then nothing of it happens."
        ),
        "sheets": _(
            "Look into the ERP whether the attendance stands there. Send it again when it does "
            "not; or say that somebody has entered it."
        ),
        "reasons": _("Choose which reason of the ERP is meant; what waits for it goes then."),
        "password": _("Write the password that holds now; it is tried at once."),
    }.get(settled)
