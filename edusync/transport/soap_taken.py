"""Which operations a WSDL has, and what each takes: a spec is checked with it before any call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.transport.soap import Service


def operations_of(service: Service) -> Mapping[str, Any]:
    """Return the type of what each operation takes, by `Port.Operation`.

    SourceError when there is no WSDL that can be read.
    """
    return {
        f"{port}.{name}": getattr(operation.input.body, "type", None)
        for port, proxy in service.opened().items()
        for name, operation in proxy._binding._operations.items()  # noqa: SLF001 - zeep shows them nowhere else
    }


def members_of(kind: Any) -> Mapping[str, Any] | None:
    """Return the type of each element and attribute of a type, by name; None where it is silent.

    A type is silent where anything may stand in it, or where it is a text or a number.
    """
    if not hasattr(kind, "elements") or getattr(kind, "abstract", False):
        return None
    elements = [(name, element) for name, element in kind.elements]
    if any(getattr(one, "qname", None) is None or name == "_value_1" for name, one in elements):
        return None
    attributes = getattr(kind, "attributes", ())
    if any(name is None or type(one).__name__ == "AnyAttribute" for name, one in attributes):
        return None
    return {name: one.type for name, one in (*elements, *attributes)}


def item_of(kind: Any) -> Any:
    """Return the type of an item of a list that stands for a type: of the element that it wraps."""
    elements = list(getattr(kind, "elements", ()))
    wraps = len(elements) == 1 and getattr(elements[0][1], "accepts_multiple", False)
    return elements[0][1].type if wraps else kind
