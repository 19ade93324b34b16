"""What waits for a person, with one button each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.console.reasons import Reasons, read_reasons
from edusync.app.console.secrets import secrets_of
from edusync.app.console.waiting import waiting_of
from edusync.app.runs.moment import Moment
from edusync.errors import EdusyncError, StateError, UsageProblem
from edusync.locale import gettext as _
from edusync.locale import spoken
from edusync.web.access import visitor
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from edusync.app.console.secrets import Place
    from edusync.web.console import Console

PAGE = Blueprint("settle", __name__)
_OF = "/connectors/<connector>"
_LONGEST = 4096


@PAGE.get("/to-settle")
def page() -> ResponseReturnValue:
    """Show what waits in all connectors that somebody sees."""
    console, user = here(), visitor()
    names = [name for name in sorted(console.fleet.known()) if user.sees(name)]
    found = waiting_of(console.store, console.fleet, names)
    return render_template("to_settle.html", found=found)


@PAGE.post(_OF + "/approve")
def approve(connector: str) -> ResponseReturnValue:
    """Let through what is held of this very plan."""
    plan = request.form.get("plan", "")
    return _started(here().actions.approve(visitor(), connector, plan or abort(400)), connector)


@PAGE.post(_OF + "/leave")
def leave(connector: str) -> ResponseReturnValue:
    """Leave it as it is."""
    console, plan = here(), request.form.get("plan") or abort(400)
    if plan in {one.plan for one in waiting_of(console.store, console.fleet, [connector])}:
        console.actions.leave(visitor(), connector, plan)
    else:
        flash(_("This plan waits no more: look at what waits now."), "error")
    return _back(connector)


@PAGE.post(_OF + "/send-again")
def send_again(connector: str) -> ResponseReturnValue:
    """Send a sheet of attendance again."""
    sheet = request.form.get("sheet") or abort(400)
    return _started(here().actions.send_again(visitor(), connector, sheet), connector)


@PAGE.post(_OF + "/entered")
def entered(connector: str) -> ResponseReturnValue:
    """Note that somebody entered a sheet in the ERP."""
    sheet = request.form.get("sheet") or abort(400)
    return _started(here().actions.entered(visitor(), connector, sheet), connector)


@PAGE.get(_OF + "/password")
def password(connector: str) -> ResponseReturnValue:
    """Show which passwords there are; never what they are."""
    return render_template("password.html", connector=connector, places=_places(connector))


@PAGE.post(_OF + "/password")
def new_password(connector: str) -> ResponseReturnValue:
    """Write a new password, and try at once."""
    console, secret = here(), request.form.get("secret", "").strip()
    wanted = request.form.get("place")
    place = next((one for one in _places(connector) if one.name == wanted), None)
    if place is not None and not place.can_be_written:
        flash(_("It cannot be written from here: ask who runs edusync."), "error")
        return redirect(address("settle.password", connector=connector))
    if place is None or not secret or len(secret) > _LONGEST:
        flash(_("Write the new password."), "error")
        return redirect(address("settle.password", connector=connector))
    try:
        console.actions.new_secret(visitor(), connector, place, secret)
    except (UsageProblem, StateError, OSError):
        flash(_("It cannot be written from here: ask who runs edusync."), "error")
        return redirect(address("settle.password", connector=connector))
    flash(_("The new password is kept, and tried now."))
    console.actions.run(visitor(), connector)
    return _back(connector)


@PAGE.get(_OF + "/reasons")
def reasons(connector: str) -> ResponseReturnValue:
    """Show the reasons that wait for one of the ERP, read from both sides of the moment."""
    console = here()
    known = console.reasons.get(connector)
    if known is None:
        console.jobs.start(_job(connector), lambda: _read(console, connector))
    return render_template("reasons.html", connector=connector, reasons=known)


@PAGE.post(_OF + "/reasons/read")
def read_again(connector: str) -> ResponseReturnValue:
    """Read the reasons of both sides again."""
    here().reasons.pop(connector, None)
    return redirect(address("settle.reasons", connector=connector))


@PAGE.post(_OF + "/reasons")
def choose(connector: str) -> ResponseReturnValue:
    """Keep which reason of the ERP one of Edusign is, in the connector file."""
    console, theirs, ours = here(), request.form.get("theirs", ""), request.form.get("ours", "")
    known = console.reasons.get(connector)
    if known is None or theirs not in known.open or ours not in known.known:
        flash(_("Choose one of the ERP's reasons."), "error")
        return redirect(address("settle.reasons", connector=connector))
    try:
        console.actions.choose_reason(visitor(), connector, theirs, ours)
    except (UsageProblem, OSError):
        flash(_("It cannot be written from here: ask who runs edusync."), "error")
        return redirect(address("settle.reasons", connector=connector))
    left = tuple(one for one in known.open if one != theirs)
    console.reasons[connector] = Reasons(known.at, left, known.known)
    flash(_("Kept. The next run sends what waited for it."))
    return redirect(address("settle.reasons", connector=connector))


def _places(connector: str) -> list[Place]:
    """Return the secrets of a connector; one that is another school's, too, no school writes."""
    sees = visitor().sees
    return [
        one._replace(can_be_written=one.can_be_written and all(map(sees, one.shared_with)))
        for one in secrets_of(here().fleet, connector, spoken())
    ]


def _read(console: Console, connector: str) -> None:
    moment = Moment(console.now())
    try:
        instance = console.fleet.instance(connector)
        reasons = read_reasons(instance, console.store, console.fleet.registry, moment)
    except EdusyncError as error:
        reasons = Reasons(moment.now, code=error.code)
    console.reasons[connector] = reasons


def _job(connector: str) -> str:
    return f"reasons {connector}"


def _started(started: bool, connector: str) -> ResponseReturnValue:  # noqa: FBT001 - what a button did
    flash(_("It runs now.") if started else _("It is busy already."))
    return _back(connector)


def _back(connector: str) -> ResponseReturnValue:
    return redirect(address("connector.page", connector=connector))
