"""Sign in at a provider of OpenID Connect; use an invitation there; let oneself in there, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session
from flask import url_for as address

from edusync.app.console import accounts, identities
from edusync.locale import gettext as _
from edusync.state.identities import forget_identities
from edusync.web.access import KEY, for_everybody, local, visitor
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from edusync.web.provider import Provider

PAGE = Blueprint("oidc", __name__)
_WISH = "oidc"
"""Where the signed cookie holds what the browser went to the provider for."""


@PAGE.get("/sign-in/provider")
@for_everybody
def leave() -> ResponseReturnValue:
    """Go to the provider: to sign in, with an invitation, or to link what was asked for."""
    from edusync.web.provider import NotLetIn

    provider = _provider()
    if "link" in request.args:
        if session.get(_WISH, {}).get("link") is None:
            abort(404)
    else:
        wish = {"ticket": request.args.get("ticket"), "then": request.args.get("then")}
        session[_WISH] = {name: value for name, value in wish.items() if value}
    try:
        return provider.leave_for(here().url + address("oidc.back"))
    except NotLetIn:
        return _refused(_("{provider} does not answer at the moment.", provider=provider.label))


@PAGE.get("/sign-in/provider/back")
@for_everybody
def back() -> ResponseReturnValue:
    """Come back from the provider."""
    from edusync.web.provider import NotLetIn

    provider, console = _provider(), here()
    wish = session.pop(_WISH, None)
    if wish is None:
        return _refused(_("Begin again: nothing was asked for from this browser."))
    try:
        person = provider.person()
    except NotLetIn:
        return _refused(_("{provider} did not let you in.", provider=provider.label))
    try:
        if "link" in wish:
            if g.visitor is None or g.visitor.id != wish["link"]:
                abort(404)
            identities.link_identity(console.store, person, g.visitor)
            flash(_("From now on you can sign in with {provider}.", provider=provider.label))
            return redirect(address("people.account"))
        if "ticket" in wish:
            token = identities.use_invitation(console.store, person, wish["ticket"], console.now())
        else:
            token = identities.sign_in_as(console.store, person, console.now())
    except accounts.Refused as refused:
        return _refused(_why(refused))
    session.clear()  # a cookie of before is worth nothing after
    session[KEY] = token
    return redirect(local(wish.get("then")))


@PAGE.post("/account/provider")
def link() -> ResponseReturnValue:
    """Begin to let the visitor in by the provider, too; who knows their password may."""
    console, user = here(), visitor()
    provider = _provider()
    try:
        accounts.check_own(console.store, user, request.form.get("password", ""))
    except accounts.Refused:
        flash(_("The password is wrong."), "error")
        return redirect(address("people.account"))
    session[_WISH] = {"link": user.id}
    return render_template("provider.html", provider=provider, problem=None)


@PAGE.post("/account/provider/forget")
def forget() -> ResponseReturnValue:
    """Let the visitor not in by the provider any more."""
    _provider()
    if not identities.has_password(visitor()):
        flash(_("You have no password yet: ask an operator for a link to choose one."), "error")
        return redirect(address("people.account"))
    forget_identities(here().store, visitor().id)
    flash(_("You sign in with your password alone."))
    return redirect(address("people.account"))


def _provider() -> Provider:
    return here().provider or abort(404)


def _why(refused: accounts.Refused) -> str:
    if refused.message == identities.UNKNOWN:
        return _("Nobody was invited with this account. Ask an operator for an invitation.")
    if refused.message == accounts.TAKEN:
        return _("Somebody else signs in with this account already.")
    return _("The link was used already, or is too old. Ask for a new one.")


def _refused(words: str) -> ResponseReturnValue:
    return render_template("provider.html", provider=_provider(), problem=words), 403
