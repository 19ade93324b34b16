"""Names on a page: Edusign's, of this moment."""

from __future__ import annotations

from concurrent.futures import wait
from typing import TYPE_CHECKING

from edusync.app.console.names import ask_names
from edusync.errors import EdusyncError
from edusync.web.console import here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.console.names import Called

PATIENCE = 4.0
"""Seconds that a page waits for Edusign."""
_AT_ONCE = 3


def names_now(connector: str, wanted: Sequence[Called]) -> tuple[dict[Called, str], bool]:
    """Return what Edusign calls some items, and whether it answered for all of them in time."""
    console = here()
    found: dict[Called, str] = {}
    if not wanted:
        return found, True
    try:
        instance = console.fleet.instance(connector)
    except EdusyncError:
        return found, False
    parts = [part for number in range(_AT_ONCE) if (part := wanted[number::_AT_ONCE])]
    asked = [console.lookups.submit(ask_names, instance, part, found) for part in parts]
    told = wait(asked, PATIENCE)
    for one in told.not_done:
        one.cancel()
    return found.copy(), not told.not_done and all(one.result() for one in asked)
