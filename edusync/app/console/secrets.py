"""Which secrets a connector has, and where they stand. They are written here, and never read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.files.specs import load_named, shown
from edusync.app.files.written import can_write_secret
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.runner.fleet import Fleet


class Place(NamedTuple):
    """A secret: what it is called on a page, and the reference that the file has for it."""

    name: str
    label: str
    reference: str

    @property
    def can_be_written(self) -> bool:
        """Whether it stands where it can be written: a file, or the keyring."""
        return can_write_secret(self.reference)


def secrets_of(fleet: Fleet, connector: str, language: str) -> list[Place]:
    """Return the secrets of a connector: those of the ERP, then the keys of Edusign."""
    file = fleet.files()[connector]
    data: Any = read_document(file.read_text(encoding="utf-8", errors="replace"), shown(file)).data
    if not isinstance(data, dict):
        return []
    return list(_found(fleet, data, fleet.known()[connector].listed.erp, language))


def _found(fleet: Fleet, data: dict[str, Any], erp: str, language: str) -> Iterator[Place]:
    spec, _ = load_named(erp, fleet.registry, fleet.project.settings.connectors)
    secret = {
        name: question.label
        for name, question in (spec.connection.items() if spec is not None else ())
        if question.type == "secret"
    }
    parts = [("", data), *((str(one.get("name", "")), one) for one in data.get("accounts") or ())]
    for account, part in parts:
        for name, value in (part.get("connection") or {}).items():
            if name in secret:
                words = getattr(secret[name], language, None) or secret[name].en
                yield Place(f"{account}/{name}".strip("/"), _beside(words, account), str(value))
    for account, part in parts[1:]:
        key = (part.get("edusign") or {}).get("api_key")
        if key is not None:
            yield Place(f"{account}/edusign", _beside("Edusign", account), str(key))


def _beside(words: str, account: str) -> str:
    return f"{words} ({account})" if account else words
