"""Put a console together."""

from __future__ import annotations

from hashlib import blake2b
from http import HTTPStatus
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from flask import Flask, jsonify, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from edusync.app.runner.log import LOG
from edusync.errors import EdusyncError
from edusync.web import pages
from edusync.web.access import API, guard
from edusync.web.asked import refuse_unreadable
from edusync.web.console import NAME, PROVIDER, Console
from edusync.web.headers import harden
from edusync.web.language import speak
from edusync.web.provider import Provider
from edusync.web.words import teach

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def create_console(console: Console, *more: Blueprint) -> Flask:
    """Return the application: every module of `edusync/web/pages/`, and more blueprints."""
    app = Flask("edusync.web")
    app.secret_key = blake2b(b"console", key=console.store.key).digest()
    app.extensions[NAME] = console
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if console.oidc is not None:
        app.extensions[PROVIDER] = Provider(app, console.oidc)
    harden(app, is_plain=console.is_plain)
    speak(app)
    guard(app)
    csrf = CSRFProtect(app)
    teach(app)
    for module in iter_modules(pages.__path__):
        app.register_blueprint(import_module(f"{pages.__name__}.{module.name}").PAGE)
    refuse_unreadable(app, set(app.blueprints))
    for blueprint in more:
        csrf.exempt(blueprint)  # no cookie counts for them
        app.register_blueprint(blueprint)
    _say_what_is_wrong(app)
    return app


def _say_what_is_wrong(app: Flask) -> None:
    """Answer with a page, and never with a traceback."""

    @app.errorhandler(CSRFError)
    def refused(_error: CSRFError) -> ResponseReturnValue:
        return _page("csrf", 400)

    @app.errorhandler(EdusyncError)
    def stopped(error: EdusyncError) -> ResponseReturnValue:
        LOG.warning("a page failed", extra={"code": error.code})
        if request.path.startswith(API):
            return _page("503", 503)
        return render_template("error.html", what="code", code=error.code), 503

    @app.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return _page(str(error.code), error.code or 500)
        LOG.warning("a page failed: %s at %s", type(error).__name__, request.endpoint)
        return _page("500", 500)


def _page(what: str, status: int) -> ResponseReturnValue:
    if request.path.startswith(API):
        headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
        return jsonify(status=status, title=HTTPStatus(status).phrase), status, headers
    return render_template("error.html", what=what, code=""), status
