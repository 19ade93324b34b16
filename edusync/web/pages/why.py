"""Why is my sheet not there? One field, and the answer in the order of the FAQ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.console.finding import KINDS, Item, find_items, item_of, reasons_of
from edusync.app.console.why import Explained, Told, ask_both, told_by_edusign, why
from edusync.app.runs.moment import Moment
from edusync.errors import EdusyncError
from edusync.locale import gettext as _
from edusync.locale import spoken
from edusync.web.access import visitor
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = Blueprint("why", __name__, url_prefix="/connectors/<connector>/why")
_PATIENCE = 4.0
"""Seconds that a page waits for Edusign."""
_MOST_ASKED = 200


@PAGE.get("/")
def find(connector: str) -> ResponseReturnValue:
    """Show what may be meant; one thing that was found is answered at once."""
    console = here()
    zone, words = console.fleet.known()[connector].zone, request.args.get("q", "").strip()
    items = find_items(console.store, connector, words, zone, console.now()) if words else []
    if len(items) == 1:
        return redirect(_address(connector, items[0], words))
    accounts = sorted(console.store.accounts(connector))
    return render_template(
        "why_find.html",
        connector=connector,
        words=words,
        found=items,
        accounts=accounts,
        unknown=[Item("course", one, words, None, None) for one in accounts if " " not in words],
        reasons=reasons_of(console.store, connector, items),
        zone=zone,
        link=_address,
    )


@PAGE.get("/item")
def item(connector: str) -> ResponseReturnValue:
    """Answer."""
    console, subject = here(), _item(connector)
    on_edusign, is_down = _on_edusign(connector, subject)
    return render_template(
        "why.html",
        connector=connector,
        zone=console.fleet.known()[connector].zone,
        words=request.args.get("q", ""),
        why=why(console.store, connector, subject),
        on_edusign=on_edusign,
        is_down=is_down,
        explained=console.explained.get((connector, subject, spoken())),
        busy=console.jobs.is_busy(_job(connector)),
        running=console.jobs.is_busy(connector),
    )


@PAGE.post("/ask")
def ask(connector: str) -> ResponseReturnValue:
    """Ask the ERP and Edusign as they are now; that takes as long as a plan."""
    console, subject = here(), _item(connector)
    language, known = spoken(), console.explained

    def work() -> None:
        moment = Moment(console.now())
        try:
            instance = console.fleet.instance(connector)
            registry = console.fleet.registry
            answer = ask_both(instance, console.store, registry, moment, subject, language)
        except EdusyncError as error:
            answer = Explained(moment.now, (), error.code)
        while len(known) >= _MOST_ASKED:
            known.pop(next(iter(known)))
        known[connector, subject, language] = answer

    console.jobs.start(_job(connector), work)
    return redirect(_address(connector, subject, request.form.get("q", "")))


@PAGE.post("/bring")
def bring(connector: str) -> ResponseReturnValue:
    """Bring this one sheet down now, without the rest of a run."""
    subject = _item(connector, known=True)
    started = here().actions.bring(visitor(), connector, subject.kind, subject.source_id)
    flash(_("It is brought down now.") if started else _("It is busy already."))
    return redirect(_address(connector, subject, request.form.get("q", "")))


def _item(connector: str, *, known: bool = False) -> Item:
    """Return the item of a request; 404 unless it can be asked about.

    The store knows nothing of one beyond the days that are read, and both sides can be asked about
    it all the same. With `known`, it has to.
    """
    values, store = request.values, here().store
    kind, account, source_id = (values.get(name, "") for name in ("kind", "account", "id"))
    stored = item_of(store, connector, kind, account, source_id)
    may_be = kind in KINDS and source_id and account in store.accounts(connector)
    if stored is None and may_be and not known:
        return Item(kind, account, source_id, None, None)
    return stored or abort(404)


def _on_edusign(connector: str, subject: Item) -> tuple[Told, bool]:
    """Return what Edusign says, and whether it does not answer."""
    if subject.edusign_id is None:
        return Told(), False
    console = here()
    try:
        instance = console.fleet.instance(connector)
        return console.lookups.submit(told_by_edusign, instance, subject).result(_PATIENCE), False
    except (EdusyncError, TimeoutError):
        return Told(), True


def _address(connector: str, subject: Item, words: str) -> str:
    return address(
        "why.item",
        connector=connector,
        kind=subject.kind,
        account=subject.account,
        id=subject.source_id,
        q=words,
    )


def _job(connector: str) -> str:
    return f"ask {connector}"
