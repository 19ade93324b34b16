"""Which names rows do have where one is missing: names of keys alone, never a value."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from edusync.model.ids import folded
from edusync.model.marked import Marked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LONGEST, NAMED = 80, 5
"""How long a name may be, and how many are named."""


def is_name(key: str) -> bool:
    """Whether a key of an object is a name of the ERP's, not an id or an e-mail that is data."""
    return "@" not in key[1:] and any(map(str.isalpha, key)) and len(key) <= LONGEST


def names_there(rows: Sequence[Any], steps: Sequence[str], ours: Collection[str]) -> str:
    """Return the names beside the last of some steps that rows do have, the nearest first.

    What only a few of the rows have is left out, for it may be data, and so is what is `ours`.
    Empty when there are none.
    """
    *above, missing = steps
    places = [place for row in rows for place in _places(row, above)]
    counts = Counter(str(key) for place in places for key in place)
    common = [
        key
        for key, count in counts.items()
        if 2 * count >= len(places) and is_name(key) and (above or key not in ours)
    ]
    common.sort(key=lambda key: -_nearness(missing, key))
    shown = ", ".join(common[:NAMED])
    more = len(common) - NAMED
    return shown if more <= 0 else f"{shown} and {more} more"


def _places(value: Any, above: Sequence[str]) -> Iterator[dict[Any, Any]]:
    """Yield the objects that stand at a path; of lists each item."""
    value = value.members if isinstance(value, Marked) else value
    if isinstance(value, list):
        for item in value:
            yield from _places(item, above)
    elif isinstance(value, dict):
        if not above:
            yield value
        elif above[0] in value:
            yield from _places(value[above[0]], above[1:])


def _nearness(missing: str, key: str) -> float:
    return SequenceMatcher(None, folded(missing), folded(key)).ratio()
