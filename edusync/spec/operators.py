"""What the operators of expressions do: comparisons that never fail, and arithmetic."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def same(left: object, right: object) -> bool:
    """Whether two values are the same; a number and a text are compared as text, since ids are text (ruling L4)."""
    if left == right:
        return True
    number, other = (left, right) if type(left) is int else (right, left)
    return type(number) is int and isinstance(other, str) and str(number) == str(other)


def _contains(item: object, box: object) -> bool:
    if box is None:
        return False
    if isinstance(box, str):
        return isinstance(item, str) and item in box
    return any(same(item, other) for other in box)  # type: ignore[attr-defined]  # lists, tuples and mappings iterate


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(left: object, right: object) -> bool:
        if left is None or right is None:
            return False
        try:
            return compare(left, right)
        except TypeError:
            return False

    return test


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": same,
    "ne": lambda left, right: not same(left, right),
    "lt": _ordered(operator.lt),
    "lteq": _ordered(operator.le),
    "gt": _ordered(operator.gt),
    "gteq": _ordered(operator.ge),
    "in": _contains,
    "notin": lambda item, box: not _contains(item, box),
}
ARITHMETIC = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
}
