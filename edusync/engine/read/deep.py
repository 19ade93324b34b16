"""Write a value deep into a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.model.marked import Marked

if TYPE_CHECKING:
    from typing import Any

    Row = dict[str, Any]


def put(row: Row, steps: tuple[str, ...], value: object) -> None:
    """Put a value where some steps lead; nothing is written where they lead nowhere."""
    here = row
    for step in steps[:-1]:
        inner = here.get(step)
        if isinstance(inner, Marked):
            inner = inner.members
        if not isinstance(inner, dict):
            return
        here[step] = here = dict(inner)  # the row it came from keeps its own
    here[steps[-1]] = value
