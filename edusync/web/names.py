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
    names: dict[Called, str] = {}
    if not wanted:
        return names, True
    try:
        instance = console.fleet.instance(connector)
    except EdusyncError:
        return names, False
    parts = [part for number in range(_AT_ONCE) if (part := wanted[number::_AT_ONCE])]
    lookups = [console.lookups.submit(ask_names, instance, part, names) for part in parts]
    waited = wait(lookups, PATIENCE)
    for one in waited.not_done:
        one.cancel()
    return names.copy(), not waited.not_done and all(one.result() for one in lookups)
