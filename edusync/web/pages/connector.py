"""One connector: how it stands, its events, its runs, and what can be done with it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.console.events import Choice, events_as_csv, events_page
from edusync.app.console.overview import standing
from edusync.app.console.ran import ran
from edusync.app.console.values import MOST, values_now
from edusync.app.console.waiting import sheet_to_settle, waiting_of
from edusync.locale import gettext as _
from edusync.state.acts import acts_of
from edusync.state.mails import wants_weekly
from edusync.web.access import visitor
from edusync.web.asked import day_of, page_asked
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = Blueprint("connector", __name__, url_prefix="/connectors/<connector>")
_RUNS = 30


@PAGE.get("/")
def page(connector: str) -> ResponseReturnValue:
    """Show how it stands, and the events that were asked for."""
    console = here()
    known = console.fleet.known()[connector]
    choice = _choice()
    return render_template(
        "connector.html",
        row=standing(console.store, console.fleet, visitor(), connector, console.now()),
        waiting=waiting_of(console.store, console.fleet, [connector]),
        sheet_to_settle=sheet_to_settle,
        zone=known.zone,
        choice=choice,
        found=events_page(console.store, connector, choice, known.zone, page_asked()),
        runs=console.store.runs(connector, _RUNS),
        acts=acts_of(console.store, connector),
        busy=console.jobs.is_busy(connector),
        is_weekly=wants_weekly(console.store, visitor().id, connector),
        today=console.now().astimezone(known.zone).date(),
    )


@PAGE.get("/runs/<run>")
def one_run(connector: str, run: str) -> ResponseReturnValue:
    """Show a run as a plan, with what was done of it."""
    console, query = here(), request.args
    code, kind = query.get("code", ""), query.get("kind", "")
    result = ran(console.store, connector, run, code=code, kind=kind, page=page_asked())
    if result is None:
        abort(404)
    zone = console.fleet.known()[connector].zone
    values = None
    if "values" in query:
        values = values_now(lambda: console.fleet.instance(connector), result.lines, zone)
    return render_template(
        "run.html",
        connector=connector,
        erp=console.fleet.known()[connector].label,
        zone=zone,
        ran=result,
        now=values,
        most=MOST,
        code=code,
        kind=kind,
    )


@PAGE.get("/events.csv")
def export(connector: str) -> ResponseReturnValue:
    """Send the events that were asked for as a file."""
    console = here()
    if request.args.get("day") and day_of(request.args["day"]) is None:
        abort(400)  # a file of other events would look like the one that was asked for
    zone = console.fleet.known()[connector].zone
    is_operator = visitor().is_operator
    text = events_as_csv(console.store, connector, _choice(), zone, for_operator=is_operator)
    name = f"{connector}-{console.now().astimezone(zone):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    # a mark at its beginning tells spreadsheets that it is UTF-8
    return Response("\ufeff" + text, mimetype="text/csv", headers=headers)


@PAGE.post("/run")
def run(connector: str) -> ResponseReturnValue:
    """Run it now."""
    started = here().actions.run(visitor(), connector)
    flash(_("It runs now.") if started else _("It is busy already."))
    return _back(connector)


@PAGE.post("/pause")
def pause(connector: str) -> ResponseReturnValue:
    """Let it not run by itself for a time."""
    zone = here().fleet.known()[connector].zone
    reason, last = request.form.get("reason", "").strip(), day_of(request.form.get("until"))
    if last is None or last < here().now().astimezone(zone).date():
        flash(_("Name a last day of the pause that is still to come."), "error")
        return _back(connector)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    here().actions.pause(visitor(), connector, reason or _("no reason was said"), end)
    return _back(connector)


@PAGE.post("/resume")
def resume(connector: str) -> ResponseReturnValue:
    """Let it run by itself again."""
    here().actions.resume(visitor(), connector)
    return _back(connector)


def _choice() -> Choice:
    query = request.args
    return Choice(
        show=query.get("show", "troubles"),
        run=query.get("run", "last"),
        code=query.get("code", ""),
        kind=query.get("kind", ""),
        day=day_of(query.get("day")),
    )


def _back(connector: str) -> ResponseReturnValue:
    return redirect(address("connector.page", connector=connector))
