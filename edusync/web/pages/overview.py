"""The first page: every connector at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask import url_for as address

from edusync.app.console.overview import overview
from edusync.web.access import visitor
from edusync.web.asked import page_asked
from edusync.web.console import here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = Blueprint("overview", __name__)


@PAGE.get("/")
def page() -> ResponseReturnValue:
    """Show the connectors; a school that has one sees that one."""
    console, user = here(), visitor()
    mine = [name for name in console.fleet.known() if user.sees(name)]
    if not user.is_operator and len(mine) == 1:
        return redirect(address("connector.page", connector=mine[0]))
    words = request.args.get("q", "")
    found = overview(console.store, console.fleet, user, console.now(), words, page_asked())
    return render_template("overview.html", found=found, words=words)
