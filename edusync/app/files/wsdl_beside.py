"""A WSDL that lies beside a spec: the operations that the spec calls, and what it hands them.

`specs/solfege.wsdl` is that of `specs/solfege.yaml`. The ERP's own is asked for when there is an
ERP; with this one a misspelt operation is found while the spec is written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.errors import EdusyncError
from edusync.transport.soap_taken import item_of, members_of, operations_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.diagnostics import Route
    from edusync.spec.document import Document

_APART = frozenset({"json", "form", "xml", "with", "headers", "query", "arguments", "values"})
"""Below these the ERP decides what a key is called."""
_LINES = re.compile(r"\s*\{\{\s*lines?\s*\}\}\s*\Z")


def check_with_wsdl(file: Path, document: Document) -> None:
    """Report operations and arguments of a spec that the WSDL beside it does not have.

    Nothing where there is none, or where the spec calls no SOAP service.
    """
    wsdl, transport = file.with_suffix(".wsdl"), document.get(("transport",))
    if not isinstance(transport, dict) or transport.get("kind") != "soap" or not wsdl.is_file():
        return
    known = _read(wsdl, document)
    if known is None:
        return
    wrong = {one.location for one in document.findings}
    for route, name in _operations(document.data, ()):
        if name not in known and document.at(route) not in wrong:
            document.report(
                "SPEC_WRONG_VALUE",
                route,
                f"{wsdl.name} has no operation '{name}'",
                did_you_mean(name, sorted(known)),
            )
        if name not in known:
            continue
        arguments = (*route[: -2 if route[-2] == "zip" else -1], "arguments")
        _check_members(document, arguments, known[name], f"the operation '{name}'")
    _check_of_all(document, known, wsdl.name)


def _read(wsdl: Path, document: Document) -> Mapping[str, Any] | None:
    """Return the operations of a WSDL; report one that cannot be read."""
    from edusync.transport.soap import Service

    def fetch(url: str) -> bytes:
        return Path(url.removeprefix("file://")).read_bytes()

    try:
        return operations_of(Service(str(wsdl.absolute()), fetch, None))
    except (EdusyncError, OSError, ValueError):
        document.report(
            "SPEC_WRONG_VALUE",
            ("transport", "wsdl"),
            f"{wsdl.name}, which lies beside the spec, is no WSDL that can be read",
            "save what stands behind the address of the service with ?wsdl, and what it includes "
            "beside it; or take the file away",
        )
        return None


def _operations(data: Any, route: Route) -> Iterator[tuple[Route, str]]:
    """Yield each operation that is called, and where it is named."""
    if isinstance(data, list):
        for index, one in enumerate(data):
            yield from _operations(one, (*route, index))
    if not isinstance(data, dict):
        return
    if isinstance(data.get("soap"), str):
        yield (*route, "soap"), data["soap"]
    zipped = data.get("zip")
    for column, name in zipped.items() if isinstance(zipped, dict) else ():
        if isinstance(name, str):
            yield (*route, "zip", column), name
    for key, inner in data.items():
        if key not in _APART:
            yield from _operations(inner, (*route, key))


def _check_members(document: Document, route: Route, kind: Any, what: str) -> None:
    """Report names of a mapping at a route that a type does not have."""
    data, known = document.get(route), members_of(kind)
    if known is None:
        return
    if isinstance(data, dict) and data.keys() == {"each", "of"}:
        _check_members(document, (*route, "each"), item_of(kind), what)
    elif isinstance(data, dict):
        for name in data:
            if name not in known:
                _report(document, (*route, name), what, known)
            else:
                _check_members(document, (*route, name), known[name], f"'{name}' of {what}")
    elif isinstance(data, str) and _LINES.match(data) and route[0] == "writeback":
        inner = members_of(item_of(kind)) or {}
        for line in _lines(document) if inner else ():
            for name in document.get(line):
                if name not in inner:
                    _report(document, (*line, name), what, inner)


def _lines(document: Document) -> Iterator[Route]:
    """Yield where members of a line are named."""
    up: Route = ("writeback",)
    for who in document.get((*up, "line")) or ():
        yield (*up, "line", who)
    for state, rule in (document.get((*up, "states")) or {}).items():
        if isinstance(rule, dict) and isinstance(rule.get("set"), dict):
            yield (*up, "states", state, "set")


def _check_of_all(document: Document, known: Mapping[str, Any], wsdl: str) -> None:
    """Report arguments of the sign-in that no operation takes."""
    taken = [members_of(kind) for kind in known.values()]
    route: Route = ("transport", "auth", "send", "arguments")
    names = document.get(route)
    every = {name: None for members in taken for name in members or {}}
    for name in names if isinstance(names, dict) and None not in taken else ():
        if name not in every:
            _report(document, (*route, name), f"no operation of {wsdl}", every)


def _report(document: Document, route: Route, what: str, known: Mapping[str, Any]) -> None:
    message = f"{what} takes no '{route[-1]}'"
    if what.startswith("no "):
        message = f"{what} takes '{route[-1]}'"
    hint = did_you_mean(str(route[-1]), sorted(known))
    document.report("SPEC_UNKNOWN_KEY", route, message, hint, key=True)
