"""SOAP by zeep, over our own HTTP.

The WSDL says how a call is written and an answer is read, everything else is as for any HTTP call.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from logging import ERROR, getLogger
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from edusync.errors import CallFailed, EdusyncError, SourceError
from edusync.transport.decode import is_html, prolog
from edusync.transport.message import Decoded
from edusync.transport.soap_declared import declares
from edusync.transport.soap_encoding import answered, described
from edusync.transport.soap_header import header_elements
from edusync.transport.soap_reading import Reading, by_xml, local, only_element

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Service:
    """The operations of a WSDL.

    `fetch` reads a document; `address` replaces scheme and host of the addresses that the WSDL
    names. `lexical`: numbers, dates and times of answers are the texts that were written.
    """

    def __init__(
        self,
        wsdl: str,
        fetch: Callable[[str], bytes],
        address: str | None,
        *,
        lexical: bool = False,
    ) -> None:
        self.wsdl, self.fetch, self.address, self.lexical = wsdl, fetch, address, lexical
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

        A value that stands alone in its element is read without it; of an answer that is wanted
        `whole` it is found by its name as well, and what stands in the header by `soap_header`.
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
        from lxml.etree import LxmlError

        _, operation = self._operation(name)
        try:
            header, body = _parts(raw)
        except (LxmlError, ValueError):
            return Decoded(None, "broken")
        first = next(iter(body), None) if body is not None else None
        if status != HTTPStatus.OK or (first is not None and local(first) == "Fault"):
            return Decoded(None, "fault")
        if body is None or (first is None and operation.output.body is not None):
            return Decoded(None, "broken")
        content = self._read(operation.output, body, first, whole=whole)
        only = only_element(operation.output.body.type) if operation.output.body else None
        if isinstance(content, dict) and only in content:
            only = None  # it is found by its name
        if whole and header is not None:
            content = {
                **(content if isinstance(content, dict) else {}),
                "soap_header": by_xml(header),
            }
        declared = operation.output.body.type if operation.output.body is not None else None
        return Decoded(content, "soap", only=only, declares=partial(declares, declared))

    def _read(self, output: Any, body: Any, first: Any, *, whole: bool) -> Any:
        """Return what the body of an answer holds."""
        if output.body is None:
            return None
        is_wrapped = local(first) != "Body" and getattr(output, "_is_body_wrapped", False)
        reading = Reading(self.client.wsdl.types, lexical=self.lexical)
        return reading.body(body if is_wrapped else first, output.body.type, whole=whole)

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

    def opened(self) -> Mapping[str, Any]:
        """Return what stands at each port; SourceError when there is no WSDL."""
        self._open()
        return self.ports

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
                for service, details in client.wsdl.services.items()
                for port in details.ports
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


def _parts(raw: bytes) -> tuple[Any, Any]:
    """Return header and body of an envelope, with what the body refers to in its place."""
    from lxml import etree
    from zeep.wsdl.messages.multiref import process_multiref

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    children = {local(child): child for child in etree.fromstring(answered(raw), parser)}
    if "Body" in children:
        process_multiref(children["Body"])  # type: ignore[no-untyped-call]  # zeep has no types
    return children.get("Header"), children.get("Body")


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
