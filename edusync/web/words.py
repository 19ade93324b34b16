"""How moments, codes and numbers read on a page; what the templates call by name."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import g, request, url_for

from edusync.codes import get_code, is_code
from edusync.locale import gettext, ngettext, pgettext, spoken
from edusync.locale.details import in_words
from edusync.locale.labels import label
from edusync.model import PARIS
from edusync.web.console import here
from edusync.web.language import NAMES
from edusync.web.questions import advice, explanation, question, to_settle
from edusync.web.setup_form import field_id

if TYPE_CHECKING:
    from datetime import date, timedelta, tzinfo

    from flask import Flask

    from edusync.app.runs.shadow import People

_RULES = re.compile(r"\s*\((?:[RUDPL]\d+[a-z]?(?:, )?)+\)")
_MINUTE = 60


def moment(instant: datetime | None, zone: tzinfo = PARIS) -> str:
    """Return a moment as people say it: today by name, and the year when it is another."""
    if instant is None:
        return ""
    local, now = instant.astimezone(zone), here().now().astimezone(zone)
    hour = f"{local:%H:%M}"
    match (local.date() - now.date()).days:
        case 0:
            return gettext("today {hour}", hour=hour)
        case -1:
            return gettext("yesterday {hour}", hour=hour)
        case 1:
            return gettext("tomorrow {hour}", hour=hour)
    pattern = "EEE d MMM, HH:mm" if local.year == now.year else "d MMM yyyy, HH:mm"
    return _formatted(local.replace(second=0, microsecond=0, tzinfo=None), pattern, spoken())


@lru_cache(4096)
def _formatted(local: datetime, pattern: str, language: str) -> str:
    """Return a time of the clock in words; a page of many connectors says the same ones often."""
    return format_datetime(local, pattern, locale=language)


def long_day(day: date) -> str:
    """Return a day with its name and its year."""
    return format_date(day, "EEEE d MMMM y", locale=spoken())


def hour(instant: str, zone: tzinfo) -> str:
    """Return the time of day of a moment in ISO 8601."""
    return f"{datetime.fromisoformat(instant).astimezone(zone):%H:%M}"


def counted_people(people: People) -> str:
    """Return in words how many people and groups were compared."""
    return ", ".join(
        f"{number(count)} {label('kinds', f'{kind}s')}"
        for kind, count in (people.compared or {}).items()
    )


def number(count: int) -> str:
    """Return a number with the marks of the language."""
    return format_decimal(count, locale=spoken())


def duration(length: timedelta | None) -> str:
    """Return how long something took."""
    if length is None:
        return ""
    seconds = length.total_seconds()
    if seconds < _MINUTE:
        return f"{format_decimal(round(seconds, 1), locale=spoken())} s"
    return f"{int(seconds // _MINUTE)} min {int(seconds % _MINUTE)} s"


def meaning(code: str) -> str:
    """Return what a code means, without the numbers of rules; the code itself when unknown."""
    return without_rules(get_code(code).meaning) if is_code(code) else code


def without_rules(text: str) -> str:
    """Return a text without the numbers of rules."""
    return _RULES.sub("", text)


def remedy(code: str) -> str:
    """Return what the reader can do about a code: a school nothing on a command line."""
    if not is_code(code):
        return ""
    known, visitor = get_code(code), g.get("visitor")
    is_operator = visitor is not None and visitor.is_operator
    return without_rules(known.remedy_for(operator=is_operator))


def here_with(endpoint: str | None = None, **changed: object) -> str:
    """Return the address of this page with something of its query changed, or of another one."""
    query = {**request.args.to_dict(), **changed}
    path = url_for(endpoint or str(request.endpoint), **(request.view_args or {}))
    return f"{path}?{urlencode(query)}" if query else path


def teach(app: Flask) -> None:
    """Let templates call these words."""
    app.jinja_env.filters.update(
        moment=moment,
        grade=lambda word: label("grade", word),
        number=number,
        long_day=long_day,
        hour=hour,
        duration=duration,
        in_words=in_words,
        without_rules=without_rules,
    )
    app.jinja_env.globals.update(
        _=gettext,
        ngettext=ngettext,
        pgettext=pgettext,
        label=label,
        meaning=meaning,
        remedy=remedy,
        advice=advice,
        question=question,
        to_settle=to_settle,
        explanation=explanation,
        spoken=spoken,
        languages=list(NAMES.items()),
        address=url_for,
        here_with=here_with,
        field_id=field_id,
        counted_people=counted_people,
    )

    @app.context_processor
    def who() -> dict[str, object]:
        return {"visitor": g.get("visitor"), "console": here()}
