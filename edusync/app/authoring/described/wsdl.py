"""A WSDL: the operations that answer with rows, their arguments, the fields of a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.beginning import Beginning
from edusync.app.authoring.described.fields import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    sample_of,
    window_query,
)
from edusync.app.authoring.described.wsdl_by_id import ask_by_ids, ids_argument
from edusync.app.authoring.names import wanted
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from edusync.app.authoring.samples import Sample

_DEEPEST = 4
_VALUES = {
    "dateTime": MOMENT,
    "date": DAY,
    "time": "09:00:00",
    "boolean": FLAG,
    **dict.fromkeys(
        ("int", "integer", "long", "short", "decimal", "unsignedInt", "double", "float"), NUMBER
    ),
}
_FORMATS = {"dateTime": "date-time", "date": "date"}
_READS = re.compile(
    r"^(?i:get|lister|liste|list|read|find|search|fetch|rechercher|obtenir|lire|tous|toutes|all)"
    r"_?(?=[A-Z0-9]|(?<=_)[a-z])"
)
"""What an operation does, as a word of its own before what it gives."""


def from_wsdl(file: Path) -> Beginning:
    """Return what a WSDL says; UsageProblem when it is none, or names a file that is not there."""
    from zeep import Client, Settings
    from zeep.transports import Transport

    class Local(Transport):
        def load(self, url: str) -> bytes:
            if "://" in url and not url.startswith("file://"):
                raise UsageProblem(
                    "RUN_USAGE",
                    f"{file.name} includes a document of a server",
                    "save it beside the WSDL, and let the WSDL name the file",
                )
            from pathlib import Path as Local_

            return Local_(url.removeprefix("file://")).read_bytes()

    settings = Settings(strict=False, forbid_dtd=True, forbid_entities=True)
    try:
        client = Client(str(file), transport=Local(), settings=settings)  # type: ignore[no-untyped-call]  # zeep has no types
    except UsageProblem:
        raise
    except Exception as error:  # noqa: BLE001 - zeep meets what is no WSDL with whatever it stumbles over
        raise UsageProblem(
            "RUN_USAGE", f"{file.name} is no WSDL that can be read ({type(error).__name__})", _SAVE
        ) from None
    if not client.wsdl.services:
        raise UsageProblem("RUN_USAGE", f"{file.name} describes no service", _SAVE)
    return _beginning(client)


_SAVE = "save what stands behind the address of the service with ?wsdl"


def _beginning(client: Any) -> Beginning:
    beginning = Beginning([], "its WSDL")
    beginning.connection = [
        "  url: {type: url, label: {en: Address of the WSDL, fr: Adresse du WSDL}}",
        "  user: {type: text, label: {en: User, fr: Utilisateur}}",
        "  password: {type: secret, label: {en: Password, fr: Mot de passe}}",
    ]
    basic = 'username: "{{ connection.user }}", password: "{{ connection.password }}"'
    beginning.transport = [
        "  kind: soap",
        '  wsdl: "{{ connection.url }}"',
        "  # guess: a WSDL says no sign-in",
        f"  auth: {{send: {{basic: {{{basic}}}}}}}",
    ]
    by_ids: list[tuple[Sample, str]] = []
    for port, operation in _operations(client):
        beginning.asks = beginning.asks or f"soap: {port}.{{name}}"
        name = f"{port}.{operation.name}"
        if not wanted(operation.name):
            beginning.notes.append(f"not understood: the operation {name}")
            continue
        sample = _list(name, operation, beginning.notes, by_ids)
        if sample is not None:
            beginning.lists.append(sample)
    for sample, argument in by_ids:
        ask_by_ids(sample, argument, beginning.lists, beginning.notes)
    return beginning


def _operations(client: Any) -> Iterator[tuple[str, Any]]:
    for service in client.wsdl.services.values():
        for port, found in service.ports.items():
            for operation in found.binding._operations.values():  # noqa: SLF001 - zeep shows them nowhere else
                yield port, operation


def _list(
    name: str, operation: Any, notes: list[str], by_ids: list[tuple[Sample, str]]
) -> Sample | None:
    outputs = list(getattr(getattr(operation.output.body, "type", None), "elements", ()))
    row, items = _rows(outputs)
    if not row:
        notes.append(f"not understood: the operation {name} answers with no list of rows")
        return None
    arguments = list(getattr(getattr(operation.input.body, "type", None), "elements", ()))
    typed = [(str(key), _FORMATS.get(_xsd(element.type), "")) for key, element in arguments]
    query = window_query(typed)
    others = [key for key, _ in typed if key not in query]
    ids = ids_argument(arguments) if not query else None
    if others and others != [ids]:
        notes.append(f"not understood: the arguments {', '.join(others)} of {name}")
    lines = [f"soap: {name}"]
    if query:
        inner = ", ".join(f'{key}: "{value}"' for key, value in query.items())
        lines.append(f"arguments: {{{inner}}}")
    sample = sample_of(list_name(operation.name), row, items=items, call=tuple(lines))
    if ids is not None and others == [ids]:
        by_ids.append((sample, ids))
    return sample


def list_name(operation: str) -> str:
    """Return the name of what an operation gives: without its verb."""
    word = _READS.sub("", operation) or operation
    return word[:1].lower() + word[1:]


def _rows(elements: list[Any]) -> tuple[dict[str, Any] | None, str | None]:
    """Return a row of an answer and where the rows stand, as the engine unwraps it."""
    path: list[str] = []
    here = elements
    while len(here) == 1:  # what stands alone is read without its element
        _, element = here[0]
        inner = list(getattr(element.type, "elements", ()))
        if getattr(element, "accepts_multiple", False):
            return (_row(inner, 0), None) if inner else (None, None)
        here = inner
    for key, element in here:
        inner = list(getattr(element.type, "elements", ()))
        if getattr(element, "accepts_multiple", False) and inner:
            return _row(inner, 0), ".".join((*path, str(key)))
        if len(inner) == 1 and getattr(inner[0][1], "accepts_multiple", False):
            below = list(getattr(inner[0][1].type, "elements", ()))
            if below:
                return _row(below, 0), ".".join((*path, str(key)))
    return None, None


def _row(elements: list[Any], depth: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, element in elements:
        inner = list(getattr(element.type, "elements", ()))
        value: Any = _VALUES.get(_xsd(element.type), TEXT)
        if inner and depth < _DEEPEST:
            value = _row(inner, depth + 1)
            if len(inner) == 1 and getattr(inner[0][1], "accepts_multiple", False):
                value = [next(iter(value.values()))]
        row[str(key)] = [value] if getattr(element, "accepts_multiple", False) else value
    return row


def _xsd(kind: Any) -> str:
    """Return the name of the built-in type that a type is, or rests on."""
    for one in type(kind).__mro__:
        name = getattr(one, "_default_qname", None)
        if name is not None:
            return str(name.localname)
    return str(getattr(kind, "name", ""))
