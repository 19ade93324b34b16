"""What is kept by name: what decided the scope, names that are rare, and other settings."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from edusync.state.connected import Connected
from edusync.state.tables import setting
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Mapping


class Settings(Connected):
    """Values by name."""

    def setting(self, name: str) -> Any:
        """Return what is kept under a name, None when nothing is."""
        with self.reading() as connection:
            query = select(setting.c.value).where(setting.c.name == name)
            value = connection.execute(query).scalar()
            return None if value is None else json.loads(value)

    def save_setting(self, name: str, data: Any) -> None:
        """Keep something that JSON holds under a name."""
        with self.writing() as connection:
            upsert(connection, setting, {"name": name, "value": json.dumps(data)})

    def scope(self, connector: str, account: str) -> Mapping[str, Any] | None:
        """Return what decided the scope of an account in its last whole run, None before it."""
        scope: Mapping[str, Any] | None = self.setting(scope_name(connector, account))
        return scope

    def save_scope(self, connector: str, account: str, data: Mapping[str, Any]) -> None:
        """Write what decides the scope of an account: names of keys, digests and ids."""
        self.save_setting(scope_name(connector, account), data)

    def rare_names(self, connector: str) -> dict[str, set[str]]:
        """Return the names that not every row of a list had in earlier runs, by list."""
        stored = self.setting(rare_name(connector)) or {}
        return {name: set(paths) for name, paths in stored.items()}

    def save_rare_names(self, connector: str, names: Mapping[str, set[str]]) -> None:
        """Write the names that not every row has: columns of the ERP, nothing of a person."""
        rare = {name: sorted(paths) for name, paths in sorted(names.items()) if paths}
        self.save_setting(rare_name(connector), rare)


def scope_name(connector: str, account: str) -> str:
    """Return the name of a setting; that of an account may be longer than a name can be."""
    digest = blake2b(json.dumps([connector, account]).encode(), digest_size=16).hexdigest()
    return f"scope/{digest}"


def waiting_name(connector: str, account: str) -> str:
    """Return the name of the setting with what guards hold of an account."""
    digest = blake2b(json.dumps([connector, account]).encode(), digest_size=16).hexdigest()
    return f"waiting/{digest}"


def rare_name(connector: str) -> str:
    """Return the name of the setting with the rare names of a connector."""
    return f"rare/{blake2b(connector.encode(), digest_size=16).hexdigest()}"
