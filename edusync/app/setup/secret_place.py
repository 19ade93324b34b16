"""Where a setup puts secrets: the place that the project names.

`files`: one file for each, in `secrets/CONNECTOR/` of the project, for its owner alone. `keyring`:
the system's own store. `store`: encrypted in the store of the project, under `CONNECTOR/`; so in
every project whose connectors are deployed, since workers have no files of this machine. A secret
is never written over: until the connector file is saved, runs go on with the one before.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from edusync.app.files.secrets import REFERENCE
from edusync.app.files.stored import forget_unnamed, named_in
from edusync.app.files.written import replace_file
from edusync.errors import ConfigurationProblem
from edusync.locale import gettext as _
from edusync.state.secrets import add_secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from edusync.app.files.project import Project
    from edusync.app.files.project_file import Settings
    from edusync.state.store import Store

_SERVICE = "edusync"


def keep_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner alone; its folder, too, when it is made."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, text, 0o600)


def place_of(settings: Settings) -> str:
    """Return where a project has its secrets: `files`, `keyring` or `store`."""
    return "store" if settings.deployed else settings.secrets


class SecretPlace:
    """The secrets of one connector that setups have put away."""

    def __init__(
        self,
        project: Project,
        connector: str,
        connector_file: Path,
        store: Store,
        by: str | None = None,
    ) -> None:
        """Take the place that the project names; `by` is the id of a user of the console."""
        self.project, self.store, self.by = project, store, by
        self.kind = place_of(project.settings)
        self.connector, self.beside = connector, connector_file.parent
        self.folder = project.file.parent / "secrets" / connector

    def keep(self, name: str, value: str) -> str:
        """Put a secret away under a new name; return how connector files refer to it."""
        if self.kind == "store":
            stored_as = add_secret(self.store, f"{self.connector}/{name}", value, self.by)
            return f"${{store:{stored_as}}}"
        if self.kind == "keyring":
            return self._in_keyring(name, value)
        path = _free(self.folder / name)
        keep_private(path, value + "\n")
        return f"${{file:{os.path.relpath(path, self.beside)}}}"

    def forget_others(self, data: Any) -> None:
        """Delete the secrets of this connector that its answers do not refer to any more.

        Those of the store stay that another file names, or a release that one can go back to.
        """
        if self.kind == "store":
            forget_unnamed(self.store, self.project, self.connector, named_in(json.dumps(data)))
        if self.project.settings.deployed or self.kind == "keyring" or not self.folder.is_dir():
            return
        used = {(self.beside / name).resolve() for name in _files_named(data)}
        for path in self.folder.iterdir():
            if path.resolve() not in used:
                path.unlink()
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _in_keyring(self, name: str, value: str) -> str:
        try:
            import keyring
        except ImportError:
            raise ConfigurationProblem(
                "CONF_SECRET_MISSING",
                _("the keyring is not installed"),
                "pip install 'edusync[keyring]'",
            ) from None
        key, number = f"{self.connector}.{name}", 1
        try:
            while keyring.get_password(_SERVICE, key) not in (None, value):
                number += 1
                key = f"{self.connector}.{name}-{number}"
            keyring.set_password(_SERVICE, key, value)
        except keyring.errors.KeyringError as error:
            raise ConfigurationProblem(
                "CONF_SECRET_MISSING",
                _("the keyring does not answer: {error}", error=type(error).__name__),
                _("unlock it, or say `secrets: files` in edusync.yaml"),
            ) from None
        return f"${{keyring:{_SERVICE}/{key}}}"


def _free(path: Path) -> Path:
    """Return a path that no file has yet."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def _files_named(data: Any) -> Iterator[str]:
    """Yield the files that answers refer to."""
    if isinstance(data, str):
        match = REFERENCE.match(data)
        if match is not None and match.group(1) == "file":
            yield match.group(2)
    elif isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _files_named(inner)
