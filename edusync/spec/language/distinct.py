"""Each item of a list once, in time: a list of an answer may have hundreds of thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.evaluate import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_COMPOSED = 4096
"""Mappings and lists are compared with each other, so there may be no more than these."""


def distinct(items: Iterable[object]) -> list[object]:
    """Return each item once, in their order; Unreadable for too many mappings and lists."""
    seen: set[object] = set()
    found: list[object] = []
    composed: list[object] = []
    for item in items:
        try:
            is_new = item not in seen
            seen.add(item)
        except TypeError:
            is_new = item not in composed
            composed.extend([item] if is_new else ())
            if len(composed) > MOST_COMPOSED:
                raise Unreadable("there are too many mappings to compare") from None
        if is_new:
            found.append(item)
    return found
