"""A school moves in: what stands on Edusign, what edusync would do, and how attendance compares."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.console.moving import called_in_survey, page_of, shade
from edusync.app.explaining.reconcile import week_of
from edusync.app.explaining.survey_words import (
    changed_last,
    column_meanings,
    headings,
    lead,
    numbers,
    origin_words,
)
from edusync.locale import gettext as _
from edusync.state.acts import acts_of
from edusync.web.access import visitor
from edusync.web.asked import day_of, page_asked
from edusync.web.console import here
from edusync.web.names import names_now

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from edusync.state.acts import Act

PAGE = Blueprint("moving", __name__, url_prefix="/connectors/<connector>")


@PAGE.get("/stands")
def standing(connector: str) -> ResponseReturnValue:
    """Show what stands on each account, by whose it is."""
    console = here()
    last_survey, busy = console.surveys.get(connector), console.jobs.is_busy(connector)
    wanted = [] if last_survey is None or busy else called_in_survey(last_survey)
    names, all_named = names_now(connector, wanted)
    return render_template(
        "stands.html",
        connector=connector,
        zone=console.fleet.known()[connector].zone,
        survey=last_survey,
        lead=lead(last_survey) if last_survey is not None else [],
        headings=headings(),
        numbers=numbers,
        origin_words=origin_words,
        changed_last=changed_last,
        meanings=column_meanings(),
        names=names,
        all_named=all_named,
        busy=busy,
        last=_last(connector, "survey"),
    )


@PAGE.post("/stands")
def survey(connector: str) -> ResponseReturnValue:
    """Look what stands there; nothing is written."""
    started = here().actions.survey(visitor(), connector, here().surveys)
    return _started(started, address("moving.standing", connector=connector))


@PAGE.get("/shadow")
def in_shadow(connector: str) -> ResponseReturnValue:
    """Show, day by day, what edusync would have done otherwise."""
    console, day = here(), day_of(request.args.get("day"))
    shadow = shade(console.store, connector, day=day, page=page_asked())
    busy = console.jobs.is_busy(connector)
    wanted = [one for part in (*shadow.days, *shadow.people) for one in part.called]
    names, all_named = names_now(connector, [] if busy else wanted)
    return render_template(
        "shadow.html",
        connector=connector,
        zone=console.fleet.known()[connector].zone,
        shadow=shadow,
        day=day,
        names=names,
        all_named=all_named,
        busy=busy,
        last=_last(connector, "shadow"),
    )


@PAGE.post("/shadow")
def look(connector: str) -> ResponseReturnValue:
    """Look now; Edusign is not written."""
    started = here().actions.look(visitor(), connector)
    return _started(started, address("moving.in_shadow", connector=connector))


@PAGE.get("/attendance")
def attendance(connector: str) -> ResponseReturnValue:
    """Show how the attendance of both sides compares, student by student."""
    console, show = here(), request.args.get("show", "")
    known = console.fleet.known()[connector]
    compared, busy = console.compared.get(connector), console.jobs.is_busy(connector)
    page = None if compared is None else page_of(compared, show, page_asked())
    names, all_named = names_now(connector, [] if page is None or busy else page.called)
    last_week = console.now().astimezone(known.zone).date() - timedelta(days=7)
    return render_template(
        "attendance.html",
        connector=connector,
        erp=known.label,
        zone=known.zone,
        compared=compared,
        lines=page,
        show=show,
        names=names,
        all_named=all_named,
        busy=busy,
        week=compared.first if compared is not None else week_of(last_week)[0],
        last=_last(connector, "reconcile"),
    )


@PAGE.post("/attendance")
def compare(connector: str) -> ResponseReturnValue:
    """Compare the week of a day; nothing is written."""
    console, day = here(), day_of(request.form.get("day"))
    here_again = address("moving.attendance", connector=connector)
    if day is None:
        flash(_("Name a day of the week that is to be compared."), "error")
        return redirect(here_again)
    started = console.actions.compare(visitor(), connector, week_of(day), console.compared)
    return _started(started, here_again)


def _last(connector: str, what: str) -> Act | None:
    """Return who looked last, and how that ended."""
    return next((one for one in acts_of(here().store, connector) if one.what == what), None)


def _started(started: bool, back: str) -> ResponseReturnValue:  # noqa: FBT001 - what a button did
    if not started:
        flash(_("It is busy already."))
    return redirect(back)
