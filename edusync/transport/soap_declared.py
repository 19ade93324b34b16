"""Which paths an answer of SOAP can have at all, by the types of the WSDL.

An element that may be left out is not there when there is nothing; one that no type declares is
never there, whatever the ERP has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.transport.soap_reading import only_element

if TYPE_CHECKING:
    from collections.abc import Iterator


def declares(kind: Any, steps: tuple[str, ...]) -> bool:
    """Whether the type of an answer declares a path of names; True where the type is silent."""
    return any(_has(one, steps, several=several) for one, several in _ways(kind))


def _ways(kind: Any) -> Iterator[tuple[Any, bool]]:
    """Yield what a path may begin at, and whether that is a list.

    The answer, and what is read without the one element that it stands in.
    """
    yield kind, False
    for _ in range(2):
        if _is_silent(kind) or only_element(kind) is None:
            return
        ((_, element),) = kind.elements
        kind, several = element.type, bool(element.accepts_multiple)
        yield kind, several or _wraps(kind)
        if several:
            return


def _has(kind: Any, steps: tuple[str, ...], *, several: bool) -> bool:
    if not steps or _is_silent(kind):
        return True
    if several or not hasattr(kind, "elements"):
        return False
    if steps[0] in {name for name, _ in kind.attributes}:
        return len(steps) == 1
    element = dict(kind.elements).get(steps[0])
    if element is None:
        return False
    inner = bool(element.accepts_multiple) or _wraps(element.type)
    return _has(element.type, steps[1:], several=inner)


def _wraps(kind: Any) -> bool:
    """Whether an element of a type is read as the list that it wraps."""
    if _is_silent(kind) or not hasattr(kind, "elements") or only_element(kind) is None:
        return False
    return bool(kind.elements[0][1].accepts_multiple)


def _is_silent(kind: Any) -> bool:
    """Whether a type does not say, or not alone, what is in an element."""
    if kind is None or type(kind).__name__ == "AnyType" or getattr(kind, "abstract", False):
        return True
    if not hasattr(kind, "elements"):
        return False
    if getattr(kind, "_array_type", None) is not None:
        return True
    return any(
        getattr(one, "qname", None) is None or type(one).__name__ == "Any" or name == "_value_1"
        for name, one in kind.elements
    )
