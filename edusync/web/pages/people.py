"""Who may sign in: for operators all, for everybody their own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, session
from flask import url_for as address

from edusync.app.console import accounts
from edusync.state import visitors
from edusync.state.acts import acts_of, note_act
from edusync.state.identities import has_identity
from edusync.state.mails import address_of
from edusync.web.access import KEY, for_operators, visitor
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = Blueprint("people", __name__)


@PAGE.get("/people")
@for_operators
def page() -> ResponseReturnValue:
    """List who may sign in."""
    return _page(None)


@PAGE.post("/people/invite")
@for_operators
def invite() -> ResponseReturnValue:
    """Make a link for somebody new."""
    known = here().fleet.known()
    role = "operator" if request.form.get("role") == "operator" else "school"
    chosen = sorted(set(request.form.getlist("connectors")) & known.keys())
    if role == "school" and not chosen:
        return _page(None, problem=True)
    token = accounts.invite(here().store, role, chosen, here().now())
    note_act(here().store, visitor().id, "invite", detail=", ".join(chosen) or role)
    return _page(token)


@PAGE.post("/people/<user_id>/link")
@for_operators
def link(user_id: str) -> ResponseReturnValue:
    """Make a link by which somebody chooses a new password."""
    user = visitors.user_by(here().store, id=user_id) or abort(404)
    note_act(here().store, visitor().id, "link", detail=user.name)
    return _page(accounts.let_choose_again(here().store, user, here().now()), user.name)


@PAGE.post("/people/<user_id>/delete")
@for_operators
def delete(user_id: str) -> ResponseReturnValue:
    """Let somebody not sign in any more; nobody can do so to themselves."""
    if user_id == visitor().id:
        abort(400)
    if visitors.user_by(here().store, id=user_id) is None:
        abort(404)
    visitors.delete_user(here().store, user_id)
    note_act(here().store, visitor().id, "remove")
    return redirect(address("people.page"))


@PAGE.get("/account")
def account() -> ResponseReturnValue:
    """Show what somebody can change of their own."""
    return _account()


@PAGE.post("/account/token")
def token() -> ResponseReturnValue:
    """Make a token for a program, which sees what the visitor sees; it is shown once."""
    console, user = here(), visitor()
    new_token = visitors.open_session(console.store, user.id, console.now() + accounts.TOKEN_FOR)
    note_act(console.store, user.id, "token")
    return _account(token=new_token)


@PAGE.post("/account/password")
def password() -> ResponseReturnValue:
    """Change the visitor's own password; other browsers are signed out."""
    old, new = request.form.get("old", ""), request.form.get("new", "")
    console, user = here(), visitor()
    try:
        accounts.change_password(console.store, user, old, new)
    except accounts.Refused as refused:
        return _account(problem=refused.message), 400
    until = console.now() + accounts.SIGNED_IN_FOR
    session[KEY] = visitors.open_session(console.store, user.id, until)
    return redirect(address("people.account"))


def _account(*, problem: str | None = None, token: str | None = None) -> str:
    store, user = here().store, visitor()
    return render_template(
        "account.html",
        problem=problem,
        token=token,
        mail_address=address_of(store, user.id),
        is_linked=has_identity(store, user.id),
    )


def _page(token: str | None, of: str = "", *, problem: bool = False) -> ResponseReturnValue:
    console = here()
    url = None if token is None else console.url + address("sign_in.link", token=token)
    return render_template(
        "people.html",
        users=visitors.users(console.store),
        connectors=sorted(console.fleet.known()),
        link=url,
        of=of,
        problem=problem,
        acts=acts_of(console.store, None),
    ), 400 if problem else 200
