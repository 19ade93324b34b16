"""Who asks, and what they may see. What is not theirs is not there: 404."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from flask import abort, g, redirect, request, session, url_for

from edusync.state.visitors import user_of_session
from edusync.web.console import here

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

    from edusync.state.visitors import User

View = TypeVar("View", bound="Callable[..., object]")
API = "/api/"
KEY = "token"
"""Where the signed cookie holds what opens a session; the store has its digest."""


def for_everybody(view: View) -> View:
    """Let a page be seen without signing in."""
    view.for_everybody = True  # type: ignore[attr-defined]  # a mark that `_check` looks for
    return view


def for_operators(view: View) -> View:
    """Let a page be there for operators only."""
    view.for_operators = True  # type: ignore[attr-defined]  # as above
    return view


def visitor() -> User:
    """Return who is signed in."""
    return cast("User", g.visitor)


def guard(app: Flask) -> None:
    """Look at every request before its page does.

    A page whose address names a `connector` is there for those who see that connector.
    """

    @app.before_request
    def check() -> Response | None:
        token = _bearer() if request.path.startswith(API) else session.get(KEY)
        g.visitor = user_of_session(here().store, token, here().now()) if token else None
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static" or hasattr(view, "for_everybody"):
            return None
        if g.visitor is None and request.path.startswith(API):
            abort(401)
        if g.visitor is None:
            session.pop(KEY, None)
            wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
            return redirect(url_for("sign_in.form", then=None if wanted == "/" else wanted))
        if hasattr(view, "for_operators") and not g.visitor.is_operator:
            abort(404)
        connector = (request.view_args or {}).get("connector")
        if connector is not None and not (
            g.visitor.sees(connector) and connector in here().fleet.known()
        ):
            abort(404)
        return None


def _bearer() -> str | None:
    """Return the token of a program; what a browser has counts for pages only."""
    header = request.authorization
    return header.token if header is not None and header.type == "bearer" else None


def local(address: str | None) -> str:
    """Return where to go next, when that is a page of this console; else the first page."""
    is_ours = (
        address is not None
        and address.startswith("/")
        and address[1:2] not in {"/", "\\"}
        and address.isprintable()  # browsers leave out tabs and ends of lines
    )
    return str(address) if is_ours else url_for("overview.page")
