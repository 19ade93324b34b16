"""What the operators of expressions do: comparisons, which hardly ever fail, and arithmetic."""

from __future__ import annotations

import operator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable


def same(left: object, right: object) -> bool:
    """Whether two values are the same.

    A number and a text are compared as text, since ids are text (ruling L4).
    """
    if left == right:
        return True
    number, other = (left, right) if type(left) is int else (right, left)
    return type(number) is int and isinstance(other, str) and str(number) == str(other)


def _contains(item: object, box: object) -> bool:
    if box is None:
        return False
    if isinstance(box, str):
        return isinstance(item, str) and item in box
    if not isinstance(box, list | tuple | dict):
        raise Unreadable("'in' needs a text or a list to look into")
    if any(same(item, other) for other in box):
        return True
    if UNKNOWN in box:
        raise UnknownMet
    return False


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


def _computed(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def apply(left: object, right: object) -> Any:
        if left is None or right is None:
            return None
        try:
            return compute(left, right)
        except ZeroDivisionError:
            return None
        except TypeError:
            raise Unreadable(f"there is no {_SIGNS[compute]} of such values") from None

    return apply


def negative(value: object) -> Any:
    """Return a number or a length of time with the other sign; nothing stays nothing."""
    if value is None:
        return None
    if not isinstance(value, int | float | timedelta):
        raise Unreadable("'-' needs a number")
    return -value


def _remainder(left: Any, right: Any) -> Any:
    if isinstance(left, str):  # Python would write the right one into the text
        raise TypeError
    return left % right


_SIGNS: dict[Callable[[Any, Any], Any], str] = {
    operator.add: "'+'",
    operator.sub: "'-'",
    operator.truediv: "'/'",
    operator.floordiv: "'//'",
    _remainder: "'%'",
}
ARITHMETIC = {
    "Add": _computed(operator.add),
    "Sub": _computed(operator.sub),
    "Div": _computed(operator.truediv),
    "FloorDiv": _computed(operator.floordiv),
    "Mod": _computed(_remainder),
}


def into(box: object, step: object) -> Any:
    """Return what stands at a name of a mapping or at a place of a list, None when nothing does."""
    if isinstance(box, dict | Marked):
        return box.get(step)  # type: ignore[arg-type]  # a step into either is a name
    if isinstance(box, list | tuple) and isinstance(step, int) and -len(box) <= step < len(box):
        return box[step]
    return None
