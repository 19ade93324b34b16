"""A survey as one page that a school can be sent: no script, nothing from elsewhere, no names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from edusync.app.explaining.survey_words import (
    changed_last,
    column_meanings,
    headings,
    lead,
    numbers,
    origin_words,
)
from edusync.codes import get_code
from edusync.locale import gettext as _
from edusync.locale.labels import label

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from edusync.app.runs.survey import AccountSurvey, Survey
    from edusync.engine.outcome import Outcome

_PAGE = """<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff;max-width:60rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem;margin-top:1.5rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:#4a5568}
th,td{padding:.3rem .5rem;border-bottom:1px solid #d5dbe3;text-align:right}
th:first-child,td:first-child,th:nth-child(2),td:nth-child(2){text-align:left}
.wide{overflow-x:auto}code{font-size:.9em}dt{font-weight:600;margin-top:.6rem}dd{margin:0}
.note{color:#4a5568}
</style>
</head>
<body>
<h1>{{ title }}</h1>
<p class="note">{{ moment }}</p>
{% for line in lead %}<p>{{ line }}</p>
{% endfor %}{% for account in accounts %}<h2>{{ account.title }}</h2>
<div class="wide"><table>
<tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr>
{% for row in account.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></div>
{% for line in account.lines %}<p>{{ line }}</p>
{% endfor %}{% if account.held %}<h3>{{ waits }}</h3>
<dl>{% for one in account.held %}<dt>{{ one.what }}</dt><dd>{{ one.why }}</dd>
<dd>{{ one.detail }}</dd><dd>{{ one.do }}</dd>
{% endfor %}</dl>
{% endif %}{% endfor %}<h2>{{ words_title }}</h2>
<dl>{% for word, meaning in words %}<dt>{{ word }}</dt><dd>{{ meaning }}</dd>
{% endfor %}</dl>
</body>
</html>
"""


def survey_page(survey: Survey, lang: str) -> str:
    """Return the page of a survey, in the language that texts are in; `lang` is its name."""
    page = Environment(autoescape=True).from_string(_PAGE)
    moment = f"{survey.at.astimezone(survey.zone):%Y-%m-%d %H:%M}"
    return page.render(
        lang=lang,
        title=_("What stands on Edusign: {name}", name=survey.connector),
        moment=_("seen on {moment}", moment=moment),
        lead=lead(survey),
        heads=[_("whose"), _("what"), *headings()],
        accounts=[_account(one, survey) for one in survey.accounts],
        waits=_("What waits for a person"),
        words_title=_("What the words mean"),
        words=column_meanings(),
    )


def _account(account: AccountSurvey, survey: Survey) -> dict[str, Any]:
    lines = [
        changed_last(origin, at, survey.zone)
        for origin, at in sorted(account.changed_at.items())
        if origin not in {"", survey.own}
    ]
    return {
        "title": _("account {name}", name=account.name),
        "rows": [
            [
                origin_words(row.origin, survey.own),
                label("stands", row.kind),
                *map(str, numbers(row)),
            ]
            for row in account.rows
        ],
        "lines": lines,
        "held": [_waiting(reason, account, survey.zone) for reason in account.held],
    }


def _waiting(reason: Outcome, account: AccountSurvey, zone: ZoneInfo) -> dict[str, str]:
    """Return an item that waits: a sheet by its name and time, others by their ids."""
    sheet = account.sheets.get(reason.edusign_id or "")
    ids = ", ".join(filter(None, (reason.source_id, reason.edusign_id)))
    what = f"{label('kind', reason.kind or '')} {ids}"
    if sheet is not None:
        what = f"{sheet.name}, {sheet.starts_at.astimezone(zone):%Y-%m-%d %H:%M} ({ids})"
    code = get_code(reason.code)
    return {"what": what, "why": code.meaning, "detail": reason.words or "", "do": code.remedy}
