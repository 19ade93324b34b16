"""How a survey reads: its headings, what they mean, and what it says first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from edusync.locale import gettext as _
from edusync.locale import ngettext
from edusync.locale.labels import LABELS, label

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from edusync.app.runs.survey import Row, Survey


def headings() -> list[str]:
    """Return the headings of the numbers of a survey."""
    return [label("column", word) for word in LABELS["column"]]


def numbers(row: Row) -> list[int]:
    """Return the numbers of a row, in the order of the headings."""
    return [
        row.there,
        row.by_id,
        row.by_email,
        row.by_time,
        row.adopted + row.known,
        row.held,
        row.left,
        row.twice,
    ]


def origin_words(origin: str, own: str) -> str:
    """Return whose something is, in words."""
    if not origin:
        return _("made by hand")
    return "edusync" if origin == own else origin


def changed_last(origin: str, at: datetime, zone: ZoneInfo) -> str:
    """Return when a connector wrote sheets to come last: whether it still does."""
    moment = f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    return _("sheets to come of '{name}' changed last on {moment}", name=origin, moment=moment)


def lead(survey: Survey) -> list[str]:
    """Return what a page says first."""
    lines = [_("Nothing was changed to make this page: both sides were only read.")]
    counts = Counter[str]()
    for account in survey.accounts:
        for row in account.rows:
            if row.origin != survey.own and row.kind == "course":
                counts.update(adopted=row.adopted, held=row.held, left=row.left)
    if not survey.foreign:
        return [*lines, _("No other connector has anything on Edusign.")]
    names = ", ".join(survey.foreign)
    lines.append(_("Items of another connector stand there: {names}.", names=names))
    adopted, waiting = counts["adopted"], counts["held"]
    lines.append(
        ngettext(
            "{count} sheet to come would be taken over as it stands.",
            "{count} sheets to come would be taken over as they stand.",
            adopted,
        )
    )
    lines.append(
        ngettext(
            "{count} sheet to come waits for somebody who can say what it is.",
            "{count} sheets to come wait for somebody who can say what they are.",
            waiting,
        )
    )
    lines.append(
        _(
            "Nobody loses a signature: sheets that are signed, archived or under way stay as they "
            "are."
        )
    )
    return lines


def column_meanings() -> list[tuple[str, str]]:
    """Return what each heading means."""
    meanings = (
        _("how many stand on Edusign"),
        _("how many are one of the ERP by the id that the other connector gave them"),
        _("how many are one of the ERP by their e-mail"),
        _("sheets by time, name and professors; groups and people by their names"),
        _("how many edusync would take over as they stand, or knows already"),
        _("how many may be several, so that a person has to say which one they are"),
        _("how many are left as they are, since the ERP knows nothing of them"),
        _("how many would be made a second time if nothing were taken over"),
    )
    return list(zip(headings(), meanings, strict=True))
