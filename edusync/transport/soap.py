"""SOAP by zeep, over our own HTTP.

The WSDL says how a call is written and an answer is read, everything else is as for any HTTP call.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from logging import ERROR, getLogger
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from isodate import duration_isoformat

from edusync.errors import CallFailed, EdusyncError, SourceError
from edusync.model.marked import Marked
from edusync.transport.decode import is_html, prolog
from edusync.transport.message import Decoded
from edusync.transport.query import text
from edusync.transport.soap_encoding import answered, described
from edusync.transport.soap_header import header_elements
from edusync.transport.soap_order import left_over, mended

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Service:
    """The operations of a WSDL.

    `fetch` reads a document; `address` replaces scheme and host of the addresses that the WSDL
    names.
    """

    def __init__(self, wsdl: str, fetch: Callable[[str], bytes], address: str | None) -> None:
        self.wsdl, self.fetch, self.address = wsdl, fetch, address
        self.lock = Lock()
        self.client: Any = None
        self.ports: dict[str, Any] = {}

    def envelope(
        self,
        name: str,
        arguments: Mapping[str, Any],
        of_all: Mapping[str, Any],
        header: Mapping[str, Any] | str | None = None,
    ) -> tuple[str, Mapping[str, str], bytes]:
        """Return URL, headers and body of a call of `Port.Operation`.

        `of_all` are arguments that go with every operation which takes them, `header` is what
        stands in the header of the envelope. CallFailed when the WSDL has no such operation,
        argument or header.
        """
        proxy, operation = self._operation(name)
        from lxml import etree
        from zeep.exceptions import Error

        arguments = {**arguments, **self._taken(operation, of_all)}
        elements = header_elements(self.client, operation, header) if header else []
        try:
            message = self.client.create_message(
                proxy,
                operation.name,
                **{key: _wrapped(operation, key, value) for key, value in arguments.items()},
                **({"_soapheaders": elements} if elements else {}),
            )
        except (Error, TypeError) as error:
            raise CallFailed(
                "CONN_CALL_FAILED", f"{name} cannot be called like this: {error}"
            ) from None
        except Exception as error:  # noqa: BLE001 - zeep stumbles over a value in any way
            raise CallFailed(
                "CONN_CALL_FAILED", f"{name} does not take such values ({type(error).__name__})"
            ) from None
        new = type(proxy._binding).__name__ == "Soap12Binding"  # noqa: SLF001 - zeep shows it nowhere else
        kind = (
            f'application/soap+xml; charset=utf-8; action="{operation.soapaction}"'
            if new
            else "text/xml; charset=utf-8"
        )
        headers = {
            "Content-Type": kind,
            **({} if new else {"SOAPAction": f'"{operation.soapaction}"'}),
        }
        return (
            self.reachable(proxy._binding_options["address"]),  # noqa: SLF001
            headers,
            etree.tostring(message, encoding="utf-8"),
        )

    def read(self, name: str, raw: bytes, status: int, *, whole: bool = False) -> Decoded:
        """Read an answer: its value (type soap), nothing and the fault, or what else it is.

        A value that stands alone in its element is read without it, unless the answer is wanted
        `whole`.
        """
        if not raw.strip():
            return Decoded(None, "empty")
        head, root, typed = prolog((raw,))
        if root != "Envelope" or typed:
            broken = root == "Envelope" or (
                root is None and head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
            )
            kind = "html" if root == "html" or is_html(raw) else "broken" if broken else "text"
            return Decoded(None, kind)
        from zeep.exceptions import Fault

        proxy, operation = self._operation(name)
        try:
            found = proxy._binding.process_reply(  # noqa: SLF001 - the only way to read an answer that we fetched
                self.client, operation, self._reply(operation, raw, status)
            )
            if left_over(found):
                return Decoded(None, "broken")
        except Fault:
            return Decoded(None, "fault")
        except Exception:  # noqa: BLE001 - zeep meets an answer that does not fit with whatever it stumbles over
            return Decoded(None, "broken")
        body = plain(found)
        elements: list[Any] = getattr(getattr(operation.output.body, "type", None), "elements", [])
        if whole and len(elements) == 1 and not isinstance(body, dict):
            body = {elements[0][0]: body}
        return Decoded(body, "soap")

    def _reply(self, operation: Any, raw: bytes, status: int) -> Any:
        """Return an answer as zeep takes it, with its elements where the WSDL has them."""
        from lxml import etree

        document = etree.fromstring(
            answered(raw), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
        moved = mended(document, operation.output, self.client.wsdl.types)
        return SimpleNamespace(
            status_code=status,
            content=etree.tostring(document) if moved else answered(raw),
            headers={"Content-Type": "text/xml"},
            encoding="utf-8",
        )

    def _taken(self, operation: Any, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments that an operation takes.

        CallFailed when no operation of the service takes one of them.
        """
        every = [
            names_taken(one)
            for proxy in self.ports.values()
            for one in proxy._binding._operations.values()  # noqa: SLF001 - as below
        ]
        for name in arguments:
            if not any(name in taken for taken in every):
                raise CallFailed(
                    "CONN_CALL_FAILED", f"no operation of the service takes an argument '{name}'"
                )
        mine = names_taken(operation)
        return {name: value for name, value in arguments.items() if name in mine}

    def _operation(self, name: str) -> tuple[Any, Any]:
        self._open()
        port, _, operation = name.partition(".")
        proxy = self.ports.get(port)
        known = proxy._binding._operations.get(operation) if proxy is not None else None  # noqa: SLF001 - asking for an unknown one raises
        if known is None:
            raise CallFailed(
                "CONN_CALL_FAILED",
                f"the service has no operation '{name}'",
                "see the operations that the WSDL lists",
            )
        return proxy, known

    def _open(self) -> None:
        with self.lock:
            if self.client is not None:
                return
            from zeep import Client, Settings

            getLogger("zeep").setLevel(ERROR)  # it warns of addresses that we replace anyway
            settings = Settings(
                strict=False,
                xml_huge_tree=False,
                forbid_dtd=True,
                forbid_entities=True,
                forbid_external=False,
            )  # our fetch asks the ERP alone
            try:
                client = Client(self.wsdl, transport=_loader(self.fetch), settings=settings)  # type: ignore[no-untyped-call]  # zeep has no types
            except EdusyncError:
                raise
            except Exception:  # noqa: BLE001 - zeep meets what is no WSDL with whatever it stumbles over
                client = None
            if client is None or not client.wsdl.services:
                raise inactive("there is no description of a web service at the address")
            self.ports = {
                port: client.bind(service, port)
                for service, found in client.wsdl.services.items()
                for port in found.ports
            }
            self.client = client

    def reachable(self, named: str) -> str:
        """Return an address as we can reach it.

        The WSDL may name a host that is known inside the school only.
        """
        if self.address is None:
            return named
        ours, theirs = urlsplit(self.address), urlsplit(named)
        return urlunsplit((ours.scheme, ours.netloc, theirs.path, theirs.query, ""))


def inactive(message: str) -> SourceError:
    """Return that no web service is at an address, with the advice of the questionnaire (S4)."""
    return SourceError(
        "CONN_WEBSERVICE_INACTIVE",
        message,
        "open the URL in a browser: when it is right and the web service is active, a page should "
        "appear; the URL ends where the WSDL is",
    )


def _loader(fetch: Callable[[str], bytes]) -> Any:
    from zeep.transports import Transport

    class Loader(Transport):
        def load(self, url: str) -> bytes:
            return described(url, fetch)

    return Loader()  # type: ignore[no-untyped-call]  # zeep has no types


def names_taken(operation: Any) -> set[str]:
    """Return the names of the arguments of an operation."""
    elements = getattr(getattr(operation.input.body, "type", None), "elements", ())
    return {name for name, _ in elements}


def _wrapped(operation: Any, name: str, value: Any) -> Any:
    """Put a list into the element that the WSDL wraps it in.

    A table of keys is an element that holds the keys.
    """
    if not isinstance(value, list | tuple):
        return value
    element = next(
        (element for key, element in operation.input.body.type.elements if key == name), None
    )
    inner = list(getattr(getattr(element, "type", None), "elements", ()))
    if len(inner) == 1 and inner[0][1].accepts_multiple:
        return {inner[0][0]: list(value)}
    return list(value)


def plain(value: Any) -> Any:
    """Return lists, mappings, texts, numbers and flags.

    An element that only wraps a list is the list. Dates and lengths of time are as they were sent.
    """
    from zeep.helpers import serialize_object

    return _unwrapped(serialize_object(value, dict))  # type: ignore[no-untyped-call]  # zeep has no types


def _unwrapped(value: Any) -> Any:
    match value:
        case dict() if len(value) == 1 and isinstance(next(iter(value.values())), list):
            return [_unwrapped(item) for item in next(iter(value.values()))]
        case dict() if _TEXT in value and not isinstance(value[_TEXT], list | dict):
            return _marked(value)
        case dict():
            return {name: _unwrapped(inner) for name, inner in value.items()}
        case list():
            return [_unwrapped(item) for item in value]
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_isoformat(value)
        case Decimal():
            return _number(value)
        case bytes():
            return b64encode(value).decode()
    return value


_TEXT = "_value_1"
"""Where zeep puts the text of an element that may have attributes."""


def _marked(value: dict[str, Any]) -> Any:
    """Return the text of an element with its attributes; nothing when it has neither."""
    others = {name: _unwrapped(inner) for name, inner in value.items() if name != _TEXT}
    attributes = {name: inner for name, inner in others.items() if inner is not None}
    found = _unwrapped(value[_TEXT])
    if not attributes or (found is None and not attributes):
        return found
    return Marked(text(found), attributes) if found not in (None, "") else attributes


def _number(value: Decimal) -> Any:
    """Return a decimal as a whole number or a float; one that a float would change stays a text."""
    if not value.is_finite():
        return None
    if value == value.to_integral_value():
        return int(value) if abs(value.adjusted()) < _LONGEST else str(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)


_LONGEST = 400
"""Digits of a number; what is longer is no number that an ERP counts with."""
