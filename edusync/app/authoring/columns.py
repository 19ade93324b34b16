"""The columns of a row as somebody looks at it: every leaf by its path, and whether it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.places import Made, Place, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.spec.places import Seen

ABOVE = frozenset({"parent"})
"""What a row came out of."""
_DEEPEST = 4


def leaves(row: Any) -> dict[str, Any]:
    """Return the plain values of a row by their path; those of a list of rows stand together."""
    if not isinstance(row, dict):
        return {"value": row}
    return dict(_leaves({key: value for key, value in row.items() if key not in ABOVE}, "", 0))


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        found: dict[str, list[Any]] = {}
        for one in value:
            for key, inner in leaves(one).items():
                found.setdefault(key, []).append(inner)
        yield from ((f"{path}[].{key}", inner) for key, inner in found.items())
    else:
        yield path, value


def is_read(path: str, seen: Seen, above: frozenset[str] = ABOVE) -> bool:
    """Whether a spec reads what stands at a path of a row; what it came out of is shown there."""
    if path.partition(".")[0] in above:
        return False
    for name in path.replace("[]", "").split("."):
        if any(isinstance(one, Place) and one.whole for one in seen):
            return True
        found: dict[Place | Made, bool] = dict(step(seen, name))
        for one in seen:
            if isinstance(one, Place) and one.each is not None:
                found[one.each] = False
        for one in list(found):
            if isinstance(one, Place):
                found |= {place: False for _, place in one.picked}
        seen = found
    return any(isinstance(one, Place) and (one.read or one.whole or one.members) for one in seen)
