"""What an answer of SOAP holds: by the types of the WSDL, and by its XML where these are silent.

An element that comes several times by its type is a list, even of one; an attribute stands among
the elements of its element; what is not there is None. An element that only wraps a list is the
list. What the WSDL does not declare is read as XML is: a text, or its parts by their names.
"""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from isodate import ISO8601Error, duration_isoformat

from edusync.model.marked import Marked
from edusync.transport.decode import value_of
from edusync.transport.message import AnswerKind
from edusync.transport.query import text

if TYPE_CHECKING:
    from collections.abc import Iterable

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TEXT = "_value_1"
"""Where zeep has the text of an element that may have attributes."""
_AS_XML = AnswerKind("xml")
_LONGEST = 400
"""Digits of a number; what is longer is no number that an ERP counts with."""


class Reading:
    """Reads elements. `types` are those of a WSDL.

    `lexical`: numbers, dates, times and lengths of time are the texts that were written.
    """

    def __init__(self, types: Any, *, lexical: bool) -> None:
        self.types, self.lexical = types, lexical

    def body(self, element: Any, kind: Any, *, whole: bool = False) -> Any:
        """Return what the element in the body of an envelope holds.

        What stands alone in it is read without it, and what wraps a list is the list. With
        `whole` it is found by the name of the element as well.
        """
        content = self.value(element, kind)
        names = [name for name, _ in _elements(kind)]
        if not isinstance(content, dict) or not names or _attributes(kind):
            return {names[0]: content} if whole and len(names) == 1 else _unwrapped(content, names)
        if len(names) > 1 or (content[names[0]] == [] and len(content) > 1):
            return content  # several things, or rows that the WSDL calls otherwise
        alone = content[names[0]]
        inner_kind = self._kind_of_only(element, kind)
        inner = [name for name, _ in _elements(inner_kind)]
        if isinstance(alone, dict) and len(inner) == 1 and not _attributes(inner_kind):
            alone = alone.get(inner[0])
        if not whole:
            return alone
        return {**(alone if isinstance(alone, dict) else {}), names[0]: alone}

    def _kind_of_only(self, element: Any, kind: Any) -> Any:
        """Return the type of the only element of a type, as the answer has it."""
        _, only = _elements(kind)[0]
        child = next(
            (one for one in _children(element) if local(one) == only.qname.localname), None
        )
        return only.type if child is None else self._declared_type(child, only.type)

    def value(self, element: Any, kind: Any) -> Any:
        """Return what an element of a type holds."""
        kind = self._declared_type(element, kind)
        if not hasattr(kind, "elements"):
            return by_xml(element) if _is_any(kind, element) else self._simple(element, kind)
        members, attributes = _elements(kind), _attributes(kind)
        if any(name == _TEXT and hasattr(one.type, "pythonvalue") for name, one in members):
            return self._marked(element, dict(members)[_TEXT].type, attributes)
        known = {one.qname.localname: (name, one) for name, one in members if _is_named(one)}
        if len(known) != len(members) or getattr(kind, "_array_type", None) is not None:
            return by_xml(element)
        children = _children(element)
        if not children and not element.attrib:
            return None
        read: dict[str, list[Any]] = {name: [] for name, _ in members}
        strange: list[tuple[str, Any]] = []
        for child in children:
            if local(child) not in known:
                strange.append((local(child), by_xml(child)))
                continue
            name, one = known[local(child)]
            read[name].append(self.value(child, one.type))
        content: dict[str, Any] = {
            name: read[name] if _several(one) else _alone(read[name]) for name, one in members
        }
        content |= self._attributes(element, attributes)
        if _only_list(content, members, attributes):
            rows = content[members[0][0]]
            if rows or not any(isinstance(one, dict) for _, one in strange):
                return rows  # else the rows are called otherwise than the WSDL has it
        return {**_grouped(strange, content.keys()), **content}

    def _declared_type(self, element: Any, kind: Any) -> Any:
        """Return the type of an element: that which the answer says, else that of the WSDL."""
        type_name = element.get(f"{_XSI}type")
        if not type_name:
            return kind
        prefix, _, name = type_name.rpartition(":")
        space = element.nsmap.get(prefix or None)
        qname = f"{{{space}}}{name}" if space else name
        return self.types.get_type(qname, fail_silently=True) or kind

    def _simple(self, element: Any, kind: Any) -> Any:
        """Return the value of a simple type; what its type cannot read stays the text it is."""
        written = element.text
        if written is None or element.get(f"{_XSI}nil") in {"true", "1"}:
            return None
        try:
            value = kind.pythonvalue(written)
        except (TypeError, ValueError, ISO8601Error, InvalidOperation, ArithmeticError):
            return written.strip() or None
        return _plain(value, written.strip(), lexical=self.lexical)

    def _marked(self, element: Any, kind: Any, attributes: list[tuple[str, Any]]) -> Any:
        """Return the text of an element with its attributes; the value where it has none."""
        value_read = self._simple(element, kind)
        marks = {
            name: value
            for name, value in self._attributes(element, attributes).items()
            if value is not None
        }
        if not marks:
            return value_read
        return Marked(text(value_read), marks) if value_read not in (None, "") else marks

    def _attributes(self, element: Any, attributes: list[tuple[str, Any]]) -> dict[str, Any]:
        declared = {one.qname.localname: (name, one) for name, one in attributes if one.qname}
        values: dict[str, Any] = {name: None for name, _ in declared.values()}
        for attribute, written in element.attrib.items():
            if attribute.startswith(_XSI):
                continue
            name, one = declared.get(
                attribute.rpartition("}")[2], (attribute.rpartition("}")[2], None)
            )
            values[name] = written
            with suppress(TypeError, ValueError, ISO8601Error, ArithmeticError, AttributeError):
                values[name] = _plain(one.parse(written), written.strip(), lexical=self.lexical)
        return values


def only_element(kind: Any) -> str | None:
    """Return the name of the only element that a type has, None for a type of several."""
    names = [name for name, _ in _elements(kind)] if hasattr(kind, "elements") else []
    return names[0] if len(names) == 1 and not _attributes(kind) else None


def by_xml(element: Any) -> Any:
    """Return what an element holds as XML is read: a text, or its parts by their names."""
    if element.get(f"{_XSI}nil") in {"true", "1"}:
        return None
    children = [(local(child), by_xml(child)) for child in _children(element)]
    return value_of(children, element, _AS_XML)


def _plain(value: Any, written: str, *, lexical: bool) -> Any:
    """Return a text, a number or a flag.

    Dates and lengths of time are texts of ISO 8601, bytes are base64.
    """
    match value:
        case list():
            words = written.split()
            return [
                _plain(one, word, lexical=lexical) for one, word in zip(value, words, strict=True)
            ]
        case bool() | str() | None:
            return value
        case bytes():
            return b64encode(value).decode()
        case _ if lexical:
            return written
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_isoformat(value)
        case Decimal():
            return _number(value)
        case int() | float():
            return value
    return written


def _number(value: Decimal) -> Any:
    """Return a decimal as a whole number or a float; one that a float would change stays a text."""
    if not value.is_finite():
        return None
    if value == value.to_integral_value():
        return int(value) if abs(value.adjusted()) < _LONGEST else str(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)


def _only_list(
    content: dict[str, Any], members: list[tuple[str, Any]], attributes: list[tuple[str, Any]]
) -> bool:
    """Whether an element of a type only wraps a list."""
    return len(members) == 1 and not attributes and isinstance(content[members[0][0]], list)


def _unwrapped(content: Any, names: list[str]) -> Any:
    return content[names[0]] if isinstance(content, dict) and names and len(names) == 1 else content


def _grouped(strange: Iterable[tuple[str, Any]], known: Iterable[str]) -> dict[str, Any]:
    """Return what the WSDL does not declare, by name; what comes several times is a list."""
    grouped: dict[str, Any] = {}
    several: set[str] = set()
    for name, value in strange:
        if name in known:
            continue
        if name in several:
            grouped[name].append(value)
        elif name in grouped:
            grouped[name] = [grouped[name], value]
            several.add(name)
        else:
            grouped[name] = value
    return grouped


def _elements(kind: Any) -> list[tuple[str, Any]]:
    return list(getattr(kind, "elements", ()) or ())


def _attributes(kind: Any) -> list[tuple[str, Any]]:
    return [
        (name, one)
        for name, one in getattr(kind, "attributes", ()) or ()
        if getattr(one, "qname", None) is not None
    ]


def _is_named(element: Any) -> bool:
    return getattr(element, "qname", None) is not None and type(element).__name__ != "Any"


def _is_any(kind: Any, element: Any) -> bool:
    """Whether a type says nothing of what is in an element."""
    return kind is None or type(kind).__name__ == "AnyType" or len(_children(element)) > 0


def _alone(read: list[Any]) -> Any:
    """Return what came once; more than the WSDL allows is a list, so that nothing is lost."""
    return read if len(read) > 1 else read[0] if read else None


def _several(element: Any) -> bool:
    return bool(element.accepts_multiple)


def _children(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str)]


def local(element: Any) -> str:
    """Return the name of an element without its name space."""
    return str(element.tag).rpartition("}")[2]
