"""What people read, in their language: gettext's catalogues, `LANGUAGE/LC_MESSAGES/edusync.mo`.

The English text is the key. Who says nothing reads English, and a text without French is English.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
DOMAIN = "edusync"
FOLDER = Path(__file__).parent

_spoken: ContextVar[Language] = ContextVar("language", default="en")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let texts be in a language until the block ends."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def speak(language: Language) -> None:
    """Let texts be in a language to the end of this context; a command has a context of its own."""
    _spoken.set(language)


def spoken() -> Language:
    """Return the language of the texts at this moment."""
    return _spoken.get()


def gettext(text: str, /, **holes: object) -> str:
    """Return a text in the reader's language; `{name}` holds what is given for it.

    Without holes braces stand for themselves.
    """
    return _filled(_catalogue(spoken()).gettext(text), holes)


def pgettext(context: str, text: str, /, **holes: object) -> str:
    """Return a text whose translation depends on where it stands."""
    return _filled(_catalogue(spoken()).pgettext(context, text), holes)


def ngettext(one: str, many: str, count: int, /, **holes: object) -> str:
    """Return the form of a text for a number of things, which is its hole `count`."""
    return _filled(_catalogue(spoken()).ngettext(one, many, count), {"count": count, **holes})


def _filled(text: str, holes: dict[str, object]) -> str:
    return text.format(**holes) if holes else text


@cache
def _catalogue(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    return cast("NullTranslations", translation(DOMAIN, str(FOLDER), [language]))
