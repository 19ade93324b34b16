"""What stands in the header of an envelope: elements that the WSDL describes, or XML as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Mapping


def header_elements(client: Any, operation: Any, header: Mapping[str, Any] | str) -> list[Any]:
    """Return the elements of the header of a call.

    By name, with what is in them as the WSDL has it; or those of a text of XML. CallFailed when
    the WSDL has no such element, or the text is no XML.
    """
    if isinstance(header, str):
        return _written(header)
    return [
        element
        for name, value in header.items()
        for element in _rendered(_declared(client, operation, name), name, value)
    ]


def _written(text: str) -> list[Any]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return list(etree.fromstring(f"<all>{text}</all>".encode(), parser))
    except etree.XMLSyntaxError as error:
        raise CallFailed(
            "CONN_CALL_FAILED", f"what should stand in the header is no XML: {error.msg}"
        ) from None


def _declared(client: Any, operation: Any, name: str) -> Any:
    """Return an element: of the headers of the operation, else any of the WSDL of that name."""
    of_operation = getattr(getattr(operation.input.header, "type", None), "elements", ())
    every = [element for _, element in of_operation] + list(client.wsdl.types.elements)
    elements = {
        str(one.qname): one
        for one in every
        if getattr(one, "qname", None) is not None and name in {one.qname.localname, str(one.qname)}
    }
    mine = [str(one.qname) for _, one in of_operation if str(one.qname) in elements]
    if mine or len(elements) == 1:
        return elements[mine[0] if mine else next(iter(elements))]
    if elements:
        raise CallFailed(
            "CONN_CALL_FAILED",
            f"the WSDL has several elements '{name}' for a header",
            f"write the one that is meant: {', '.join(sorted(elements))}",
        )
    known = ", ".join(sorted({element.qname.localname for _, element in of_operation}))
    raise CallFailed(
        "CONN_CALL_FAILED",
        f"the WSDL has no element '{name}' for a header",
        f"its headers are: {known}" if known else "write the header as XML, in a text",
    )


def _rendered(element: Any, name: str, value: Any) -> list[Any]:
    from lxml import etree
    from zeep.exceptions import Error

    holder = etree.Element("header")
    try:
        content = element(**value) if isinstance(value, dict) else element(value)
        element.render(holder, content)
    except (Error, TypeError, ValueError) as error:
        raise CallFailed(
            "CONN_CALL_FAILED", f"the header '{name}' cannot be written like this: {error}"
        ) from None
    return list(holder)
