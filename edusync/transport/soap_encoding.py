"""WSDLs of the flavour RPC-encoded.

Their arrays, said in plain XML Schema, which is what zeep reads and writes well.

SOAP 1.1, section 5.4.2: an encoded array is an element that holds its members, whatever they are
called; `item` is what servers write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
_SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"


_EMPTY = (
    f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{_ENCODING}"/>'.encode()
)
_SAYS_ARRAY = re.compile(rb"""\s[\w.-]+:type\s*=\s*["'][\w.-]+:Array["']""")


def described(url: str, fetch: Callable[[str], bytes]) -> bytes:
    """Return a WSDL or schema as zeep reads it.

    That of the encoding itself is known, and is never fetched.
    """
    return _EMPTY if url == _ENCODING else plainly(fetch(url))


def answered(raw: bytes) -> bytes:
    """Return an answer without the words that an element is an encoded array.

    Its WSDL says of what.
    """
    if _ENCODING.encode() not in raw:
        return raw
    return _SAYS_ARRAY.sub(b"", raw)


def plainly(document: bytes) -> bytes:
    """Return a WSDL or schema with each array of the encoding as a sequence of items.

    That is each type derived from the encoding's Array; any other stays as it is.
    """
    if _ENCODING.encode() not in document:
        return document
    from lxml import etree

    root = etree.fromstring(
        document, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    )
    for imported in [*root.iter(f"{_SCHEMA}import")]:
        if imported.get("namespace") == _ENCODING:
            imported.getparent().remove(imported)
    for restriction in [*root.iter(f"{_SCHEMA}restriction")]:
        member = _member(restriction)
        if member is None:
            continue
        kind = restriction.getparent().getparent()
        for child in list(kind):
            kind.remove(child)
        sequence = etree.SubElement(kind, f"{_SCHEMA}sequence")
        etree.SubElement(
            sequence,
            f"{_SCHEMA}element",
            {
                "name": "item",
                "type": member,
                "minOccurs": "0",
                "maxOccurs": "unbounded",
                "nillable": "true",
            },
        )
    return etree.tostring(root)


def _member(restriction: object) -> str | None:
    """Return the type of the members of an encoded array, None for what is none."""
    for attribute in restriction.iter(f"{_SCHEMA}attribute"):  # type: ignore[attr-defined]  # an element of lxml
        array_type = attribute.get(f"{_WSDL}arrayType")
        if array_type and array_type.endswith("[]"):
            return str(array_type.removesuffix("[]"))
    return None
