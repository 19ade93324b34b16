"""Where a name is declared, where it is used, and another name for it everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.lsp.source import Source
from edusync.lsp.understood import DECLARED, understand

if TYPE_CHECKING:
    from pathlib import Path

    from edusync.lsp.understood import Named, Understood

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_CODE = re.compile(r"X_[A-Z][A-Z0-9_]*\Z")


class NoOtherName(Exception):
    """A name cannot be changed: why, in one sentence."""


def declared(here: Understood, offset: int) -> Named | None:
    """Return the declaration of the name at a place."""
    return next((one for one in used(here, offset) if one.declares), None)


def used(here: Understood, offset: int) -> list[Named]:
    """Return every place of the name at a place, its declaration among them."""
    named = here.name_at(offset)
    if named is None:
        return []
    return [one for one in here.names if (one.kind, one.name) == (named.kind, named.name)]


def renamed(here: Understood, offset: int, new: str, file: Path) -> list[Named]:
    """Return the places at which another name is to be written.

    NoOtherName where the name is not one of the spec, the new one is taken or none, and where the
    spec would not be the same but for the name.
    """
    places = used(here, offset)
    if not any(one.declares for one in places):
        raise NoOtherName("only a name that this spec declares can be changed here")
    kind, name = places[0].kind, places[0].name
    if (_CODE if kind == "code" else _NAME).match(new) is None:
        raise NoOtherName(f"'{new}' is no name for a {kind}")
    if new in (here.document.get(DECLARED[kind]) or {}):
        raise NoOtherName(f"a {kind} is called '{new}' already")
    text = here.source.text
    for one in reversed(places):
        text = text[: one.start] + new + text[one.end :]
    again = understand(Source(text), file.name, here.functions)
    if again is None or _wrong(again, new) != _wrong(here, name):
        raise NoOtherName(f"the spec would say something else if '{name}' was called '{new}'")
    if len([one for one in again.names if (one.kind, one.name) == (kind, new)]) != len(places):
        raise NoOtherName(f"'{new}' means something already where '{name}' is used")
    return places


def _wrong(here: Understood, name: str) -> list[str]:
    """Return what is wrong with a spec, without places and without a name."""
    return sorted(f"{one.code} {one.message}".replace(name, "") for one in here.document.findings)
