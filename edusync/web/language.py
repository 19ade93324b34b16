"""Which language somebody reads: the one they chose, else the browser's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from edusync.locale import LANGUAGES, Language, speaking

if TYPE_CHECKING:
    from flask import Flask

COOKIE = "language"
NAMES: dict[Language, str] = {"en": "English", "fr": "Français"}
"""Each language in its own words."""


def wanted() -> Language:
    """Return the language of a request."""
    chosen = request.cookies.get(COOKIE)
    best = request.accept_languages.best_match(LANGUAGES, default="en")
    return next(one for one in LANGUAGES if one == (chosen if chosen in LANGUAGES else best))


def speak(app: Flask) -> None:
    """Let every page be in the language of who asks."""

    @app.before_request
    def begin() -> None:
        g.speaking = speaking(wanted())
        g.speaking.__enter__()

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        begun = g.pop("speaking", None)
        if begun is not None:
            begun.__exit__(None, None, None)
