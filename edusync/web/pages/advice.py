"""What to do, and what not to, while a connector is in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = Blueprint("advice", __name__)


@PAGE.get("/advice")
def page() -> ResponseReturnValue:
    """Show the advice."""
    return render_template("advice.html")
