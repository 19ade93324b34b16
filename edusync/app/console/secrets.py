"""Which secrets a connector has, and where they stand. They are written here, and never read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.files.specs import load_named, shown
from edusync.app.files.written import can_write_secret
from edusync.app.setup.secret_place import place_of
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from edusync.app.runner.fleet import Fleet
    from edusync.diagnostics import Route


class Place(NamedTuple):
    """A secret: what it is called on a page, where the file names it, and its reference there."""

    name: str
    label: str
    route: Route
    reference: str
    can_be_written: bool
    """Whether a new one can be put somewhere: in its file, the keyring or the store."""
    shared_with: tuple[str, ...] = ()
    """Other connectors that have the same one: a new one would be theirs, too."""


_REFERENCE = re.compile(r"\$\{(file|keyring|store):([^}]+)\}")
Spot = tuple[str, str]
"""Where a secret is kept: the kind of its reference, and what tells it from others."""


def secrets_of(fleet: Fleet, connector: str, language: str) -> list[Place]:
    """Return the secrets of a connector: those of the ERP, then the keys of Edusign."""
    file = fleet.files()[connector]
    data: Any = read_document(file.read_text(encoding="utf-8", errors="replace"), shown(file)).data
    if not isinstance(data, dict):
        return []
    places = list(_secrets(fleet, data, fleet.known()[connector].listed.erp, language))
    others = _spots_of_others(fleet, connector)
    own = f"${{store:{connector}/" if place_of(fleet.project.settings) == "store" else ""
    shared = {}
    for place in places:
        reference = _REFERENCE.match(place.reference)
        if reference is not None and place.reference.startswith(own):
            shared[place.name] = tuple(others.get(_spot(reference, file), ()))
    return [place._replace(shared_with=shared.get(place.name, ())) for place in places]


def _spot(reference: re.Match[str], file: Path) -> Spot:
    kind, name = reference.groups()
    return kind, str((file.parent / name).resolve()) if kind == "file" else name


def _spots_of_others(fleet: Fleet, connector: str) -> dict[Spot, list[str]]:
    """Return the other connectors that name a secret, by where it is kept.

    They are looked for in the text of their files: a thousand of them are read in no time so.
    """
    spots: dict[Spot, list[str]] = {}
    for name, file in sorted(fleet.files().items()):
        if name == connector:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        for spot in {_spot(reference, file) for reference in _REFERENCE.finditer(text)}:
            spots.setdefault(spot, []).append(name)
    return spots


def _secrets(fleet: Fleet, data: dict[str, Any], erp: str, language: str) -> Iterator[Place]:
    spec, _ = load_named(erp, fleet.registry, fleet.project.settings.connectors)
    secret = {
        name: question.label
        for name, question in (spec.connection.items() if spec is not None else ())
        if question.type == "secret"
    }
    in_store = place_of(fleet.project.settings) == "store"
    accounts = [
        (str(one.get("name", "")), ("accounts", index), one)
        for index, one in enumerate(data.get("accounts") or ())
    ]

    def place(name: str, label: str, route: Route, value: str) -> Place:
        return Place(name, label, route, value, in_store or can_write_secret(value))

    for account, above, part in [("", (), data), *accounts]:
        for name, value in (part.get("connection") or {}).items():
            if name in secret:
                words = _beside(getattr(secret[name], language, None) or secret[name].en, account)
                route = (*above, "connection", name)
                yield place(f"{account}/{name}".strip("/"), words, route, str(value))
    for account, above, part in accounts:
        key = (part.get("edusign") or {}).get("api_key")
        if key is not None:
            route = (*above, "edusign", "api_key")
            yield place(f"{account}/edusign", _beside("Edusign", account), route, str(key))


def _beside(words: str, account: str) -> str:
    return f"{words} ({account})" if account else words
