"""Sign in, sign out, use a link that was sent, choose a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, session
from flask import url_for as address

from edusync.app.console import accounts
from edusync.locale import LANGUAGES
from edusync.state import visitors
from edusync.web.access import KEY, for_everybody, local, visitor
from edusync.web.console import here
from edusync.web.language import COOKIE

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = Blueprint("sign_in", __name__)
_A_YEAR = 365 * 24 * 3600


@PAGE.get("/sign-in")
@for_everybody
def form() -> ResponseReturnValue:
    """Show the form."""
    if g.visitor is not None:
        return redirect(local(request.args.get("then")))
    return render_template("sign_in.html", problem=None, name="")


@PAGE.post("/sign-in")
@for_everybody
def enter() -> ResponseReturnValue:
    """Let somebody in."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    where, console = request.remote_addr or "", here()
    try:
        token = accounts.sign_in(console.store, name, password, where, console.now())
    except accounts.Refused as refused:
        status = 429 if refused.message == accounts.TOO_OFTEN else 403
        return render_template("sign_in.html", problem=refused.message, name=name), status
    return _signed_in(token)


@PAGE.post("/sign-out")
@for_everybody
def leave() -> ResponseReturnValue:
    """Sign this browser out."""
    token = session.pop(KEY, None)
    if token:
        visitors.close_session(here().store, token)
    return redirect(address("sign_in.form"))


@PAGE.post("/sign-out-everywhere")
def leave_everywhere() -> ResponseReturnValue:
    """Sign every browser of the visitor out."""
    visitors.close_sessions(here().store, visitor().id)
    session.clear()
    return redirect(address("sign_in.form"))


@PAGE.get("/welcome/<token>")
@for_everybody
def link(token: str) -> ResponseReturnValue:
    """Show what a link is for."""
    return _link(token, None, "")


@PAGE.post("/welcome/<token>")
@for_everybody
def use_link(token: str) -> ResponseReturnValue:
    """Choose a name and a password."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        key = accounts.use_link(here().store, token, name, password, here().now())
    except accounts.Refused as refused:
        return _link(token, refused.message, name)
    return _signed_in(key)


@PAGE.get("/language/<language>")
@for_everybody
def speak(language: str) -> ResponseReturnValue:
    """Choose a language, and go on where one was."""
    if language not in LANGUAGES:
        abort(404)
    answer = make_response(redirect(local(request.args.get("then"))))
    answer.set_cookie(
        COOKIE,
        language,
        max_age=_A_YEAR,
        secure=not here().is_plain,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _link(token: str, problem: str | None, name: str) -> ResponseReturnValue:
    ticket = visitors.ticket_of(here().store, token, here().now())
    known = None
    if ticket is not None and ticket.user is not None:
        known = visitors.user_by(here().store, id=ticket.user)
    status = 410 if ticket is None else 400 if problem else 200
    return (
        render_template(
            "welcome.html", ticket=ticket, known=known, problem=problem, name=name, token=token
        ),
        status,
    )


def _signed_in(token: str) -> ResponseReturnValue:
    session.clear()  # a cookie of before is worth nothing after
    session[KEY] = token
    return redirect(local(request.args.get("then")))
