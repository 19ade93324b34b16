"""Answers of the service as envelopes of SOAP."""

from __future__ import annotations

from typing import Any

from flask import Response
from lxml import etree

from edusync_plugins.hyperplanning.wsdl import ENCODING, NS, TABLES

XSI = "http://www.w3.org/2001/XMLSchema-instance"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"


def reply(name: str, kind: str, value: Any, *, encoded: bool) -> Response:
    envelope = etree.Element(
        f"{{{ENVELOPE}}}Envelope",
        nsmap={"soap": ENVELOPE, "enc": ENCODING, "xsi": XSI}
        if encoded
        else {"soap": ENVELOPE, None: NS},  # type: ignore[dict-item]  # the default name space has no name
    )
    answer = etree.SubElement(
        etree.SubElement(envelope, f"{{{ENVELOPE}}}Body"), f"{{{NS}}}{name}Response"
    )
    write(
        etree.SubElement(answer, "return" if encoded else f"{{{NS}}}return"),
        kind,
        value,
        encoded=encoded,
    )
    return Response(
        etree.tostring(envelope, encoding="utf-8", xml_declaration=True),
        content_type="text/xml; charset=utf-8",
    )


def write(element: Any, kind: str, value: Any, *, encoded: bool) -> None:
    """Write a value.

    A table as its members, which are called by their type, and `item` in an encoded array.
    """
    if kind not in TABLES:
        element.text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        return
    space = "" if encoded else f"{{{NS}}}"
    if encoded:
        element.set(f"{{{XSI}}}type", "enc:Array")
    for item in value:
        child = etree.SubElement(element, "item" if encoded else f"{space}{TABLES[kind]}")
        if isinstance(item, dict):
            for name, inner in item.items():
                write(
                    etree.SubElement(child, f"{space}{name}"),
                    {"TableauSalle": "TableSalle", "TableauEnseignant": "TableEnseignant"}.get(
                        name, ""
                    ),
                    inner,
                    encoded=encoded,
                )
        elif item is not None:
            write(child, "", item, encoded=encoded)


def fault(code: str, message: str) -> Response:
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soap": ENVELOPE})
    fault = etree.SubElement(
        etree.SubElement(envelope, f"{{{ENVELOPE}}}Body"), f"{{{ENVELOPE}}}Fault"
    )
    etree.SubElement(fault, "faultcode").text = f"soap:{code}"
    etree.SubElement(fault, "faultstring").text = message
    return Response(
        etree.tostring(envelope, encoding="utf-8", xml_declaration=True),
        500,
        content_type="text/xml; charset=utf-8",
    )
