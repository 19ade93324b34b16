"""What goes by mail: a link for a forgotten password, an address of one's own, weekly summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.console import accounts, letters
from edusync.locale import gettext as _
from edusync.locale import speaking, spoken
from edusync.state import mails
from edusync.web.access import for_everybody, visitor
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from edusync.app.console.mailer import Mailer

PAGE = Blueprint("mail", __name__)


@PAGE.get("/forgotten")
@for_everybody
def forgotten() -> ResponseReturnValue:
    """Ask whose password was forgotten."""
    _mailer()
    return render_template("forgotten.html", is_sent=False)


@PAGE.post("/forgotten")
@for_everybody
def send_link() -> ResponseReturnValue:
    """Send a link, and answer the same whether there is somebody, or not, or not again so soon."""
    console, mailer = here(), _mailer()
    who, language = request.form.get("who", "").strip()[:255], spoken()

    def work() -> None:
        with speaking(language):
            letters.send_links(console.store, mailer, who, console.url, console.now())

    if who and letters.may_ask(console.store, who, request.remote_addr or "", console.now()):
        console.post.submit(work)
    return render_template("forgotten.html", is_sent=True)


@PAGE.post("/account/address")
def change() -> ResponseReturnValue:
    """Send a link to the address that somebody says is theirs, or forget theirs."""
    console, user, mailer = here(), visitor(), _mailer()
    new_address = request.form.get("address", "").strip()
    if not new_address:
        mails.forget_address(console.store, user.id)
        flash(_("No mail is sent to you any more."))
        return redirect(address("people.account"))
    try:
        accounts.check_own(console.store, user, request.form.get("password", ""))
    except accounts.Refused as refused:
        is_wrong = refused.message == accounts.WRONG
        words = _("The password is wrong.") if is_wrong else _("Too many tries. Wait a while.")
        flash(words, "error")
        return redirect(address("people.account"))
    if not letters.is_address(new_address):
        flash(_("Write a whole e-mail address."), "error")
    elif not letters.may_ask(console.store, f"address of {user.id}", "", console.now()):
        flash(_("That is enough mail for now. Wait for an hour."), "error")
    else:
        confirmations, url, now, language = (
            console.confirmations,
            console.url,
            console.now(),
            spoken(),
        )

        def work() -> None:
            with speaking(language):
                confirmations.send(mailer, user, new_address, url, now)

        console.post.submit(work)
        flash(_("Open the link that was sent to you; then the address counts."))
    return redirect(address("people.account"))


@PAGE.get("/account/address/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Keep the address of a link."""
    console = here()
    if console.confirmations.confirm(visitor(), token, console.now()) is None:
        flash(_("The link was used already, or is too old. Ask for a new one."), "error")
    else:
        flash(_("Mail is sent to you there from now on."))
    return redirect(address("people.account"))


@PAGE.post("/connectors/<connector>/weekly")
def weekly(connector: str) -> ResponseReturnValue:
    """Begin or end the weekly summary of a connector."""
    console, user = here(), visitor()
    _mailer()
    if request.form.get("wish") != "yes":
        mails.end_weekly(console.store, user.id, connector)
        flash(_("The weekly summary is off."))
    elif mails.address_of(console.store, user.id) is None:
        return redirect(address("people.account"))
    else:
        mails.wish_weekly(console.store, user.id, connector, spoken(), console.now())
        flash(_("A summary arrives on Mondays."))
    return redirect(address("connector.page", connector=connector))


def _mailer() -> Mailer:
    """Return who sends mail; 404 where none is sent."""
    return here().mailer or abort(404)
