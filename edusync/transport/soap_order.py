"""Answers of SOAP whose elements do not stand as the WSDL says.

Unknown ones between others, or in another order.

zeep stops at the first element that it does not expect, and loses those that follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"


def mended(document: Any, output: Any, types: Any) -> bool:
    """Put the elements of an envelope as the WSDL has them, without those that it does not know.

    `output` is the message that the WSDL describes, `types` are its types. Returns whether anything
    was changed.
    """
    body = next((child for child in document if _local(child) == "Body"), None)
    kind = getattr(output.body, "type", None)
    if body is None or kind is None:
        return False
    changed = [_mend(child, kind, types) for child in body if _local(child) != "Fault"]
    return any(changed)


def left_over(value: Any) -> bool:
    """Whether zeep did not read some elements of an answer."""
    if isinstance(value, list):
        return any(map(left_over, value))
    values = getattr(value, "__values__", None)
    if values is None:
        return False
    return bool(values.get("_raw_elements")) or any(map(left_over, values.values()))


def _mend(element: Any, kind: Any, types: Any) -> bool:
    said = element.get(_KIND)
    if said:
        prefix, _, name = said.rpartition(":")
        space = element.nsmap.get(prefix or None)
        kind = types.get_type(f"{{{space}}}{name}" if space else name, fail_silently=True) or kind
    known = _known(kind)
    if known is None or not len(element):
        return False
    changed = False
    places: list[int] = []
    for child in [child for child in element if isinstance(child.tag, str)]:
        found = known.get(_local(child))
        if found is None:
            element.remove(child)
            changed = True
            continue
        places.append(found[0])
        changed |= _mend(child, found[1], types)
    if places != sorted(places) and _in_order(getattr(kind, "_element", None)):
        element[:] = sorted(element, key=lambda child: known[_local(child)][0])
        changed = True
    return changed


def _known(kind: Any) -> dict[str, tuple[int, Any]] | None:
    """Return place and type of each element of a type.

    None when it may hold anything, or holds none.
    """
    elements = getattr(kind, "elements", None)
    if not elements or getattr(kind, "_array_type", None) is not None:
        return None
    found: dict[str, tuple[int, Any]] = {}
    for place, (_, element) in enumerate(elements):
        if getattr(element, "qname", None) is None or type(element).__name__ == "Any":
            return None
        found.setdefault(element.qname.localname, (place, element.type))
    return found


def _in_order(particle: Any) -> bool:
    """Whether a type is one sequence, whose elements stand in one order only."""
    if type(particle).__name__ != "Sequence":
        return type(particle).__name__ == "Element"
    return particle.max_occurs == 1 and all(map(_in_order, _inside(particle)))


def _inside(particle: Any) -> Iterator[Any]:
    yield from particle


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
