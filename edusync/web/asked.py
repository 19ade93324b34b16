"""What an address or a form asks for: days and numbers are read here, and only those in range.

Whoever types an address may write any number of digits, and a day of any year. What is beyond these
bounds overflows somewhere behind a page: the days around it, the zone, the store's integers.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from flask import abort, request

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from flask import Flask

View = TypeVar("View", bound="Callable[..., object]")
EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 31)
"""A week or a time zone leads from none of these days out of the calendar."""
MOST_PAGES = 10_000
LONGEST = 4096
"""Characters of one answer of a form or an address; the store has columns that hold no more."""


def day_of(text: str | None) -> date | None:
    """Return the day that a text such as `2026-03-18` names; None for any other text.

    None, too, for a day before 1970 or after 2999.
    """
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def page_of(text: str | None) -> int | None:
    """Return the number of a page, from 1 to 10,000; None for any other text."""
    if text is None or len(text) > len(str(MOST_PAGES)):
        return None
    if not (text.isascii() and text.isdecimal()):
        return None
    return int(text) if 1 <= int(text) <= MOST_PAGES else None


def page_asked() -> int:
    """Return the page that the address asks for; the first one where it names none."""
    return page_of(request.args.get("page")) or 1


def takes_long_texts(view: View) -> View:
    """Let the form of a page hold whole files and pasted lists."""
    view.takes_long_texts = True  # type: ignore[attr-defined]  # a mark that `check` looks for
    return view


def refuse_unreadable(app: Flask, blueprints: Collection[str]) -> None:
    """Refuse characters that no store takes, and an answer that is too long.

    PostgreSQL takes no NUL in a text, and a lone half of a pair has no UTF-8. Pages of other
    blueprints read what they are sent themselves.
    """

    @app.before_request
    def check() -> None:
        if request.blueprint not in blueprints:
            return
        view = app.view_functions.get(request.endpoint or "")
        for text in _texts():
            if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
                abort(400)
            if len(text) > LONGEST and not hasattr(view, "takes_long_texts"):
                abort(413 if request.method == "POST" else 400)


def _texts() -> Iterator[str]:
    """Yield the names and the values of an address and of a form."""
    for name, value in (request.view_args or {}).items():
        yield from (name, str(value))
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield from (name, value)
