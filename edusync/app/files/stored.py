"""Which secrets of the store are named, and by what: connector files, `edusync.yaml`, releases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.app.files.specs import shown
from edusync.state.releases import releases, texts
from edusync.state.secrets import kept_secrets, remove_secrets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from edusync.app.files.project import Project
    from edusync.state.store import Store

_NAMED = re.compile(r"\$\{store:([^}]+)\}")


def named_in(text: str) -> set[str]:
    """Return the secrets of the store that a text names."""
    return set(_NAMED.findall(text))


def named_by(project: Project) -> dict[str, str]:
    """Return the secrets that the files of a project name, each with the file that does first.

    So do setups that are under way.
    """
    found: dict[str, str] = {}
    folder, setups = project.settings.connectors, project.file.parent / "setups"
    connectors = sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))
    for file in (project.file, *connectors, *sorted(setups.glob("*.json"))):
        for name in named_in(file.read_text(encoding="utf-8", errors="replace")):
            found.setdefault(name, shown(file))
    return found


def named_by_releases(store: Store) -> set[str]:
    """Return the secrets that a release names which is kept: one can go back to it."""
    digests = {one.file for release in releases(store) for one in release.connectors.values()}
    return {name for text in texts(store, digests).values() for name in named_in(text)}


def forget_unnamed(
    store: Store, project: Project | None, connector: str, named: Collection[str] = ()
) -> list[str]:
    """Delete the secrets of a connector, those below NAME/, that nothing names; return them.

    `named` are those that a file will name, which is not written yet.
    """
    used = {*named, *(named_by(project) if project else ()), *named_by_releases(store)}
    return remove_secrets(
        store, [name for name in secrets_of(store, connector) if name not in used]
    )


def secrets_of(store: Store, connector: str) -> Iterator[str]:
    """Yield the names of the secrets of a connector: those below NAME/."""
    return (one.name for one in kept_secrets(store) if one.name.startswith(f"{connector}/"))
