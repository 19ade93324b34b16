"""Another version of what a connector runs with: a spec in a file or a folder, or a release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from edusync.app.files.checkout import Checkout
from edusync.app.files.connector_file import load_instance
from edusync.app.files.project import listed_in
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from edusync.app.files.connector_file import Instance
    from edusync.app.files.project import Project
    from edusync.registry import Registry
    from edusync.state.store import Store


def other_version(
    connector_file: Path, version: str, registry: Registry, store: Store, project: Project | None
) -> Instance | None:
    """Load a connector as it would run with another version.

    `version` is a spec, a folder with specs, or the number of a release. None when the folder has
    no other spec for it, or the release not this connector. UsageProblem for what is none of them.
    """
    path = Path(version)
    if path.is_file():
        return load_instance(connector_file, registry, spec=path.absolute())
    listed = listed_in(connector_file)
    if path.is_dir() and listed is not None:
        spec = path.absolute() / f"{Path(listed.erp).stem}.yaml"
        return load_instance(connector_file, registry, spec=spec) if spec.is_file() else None
    if version.isdecimal() and project is not None and listed is not None:
        known = Checkout(store, project).of(int(version)).listing().connectors.get(listed.name)
        return None if known is None else load_instance(known.file, registry)
    raise UsageProblem(
        "RUN_USAGE",
        f"'{version}' is no version",
        "name a spec, a folder with specs, or inside of a project the number of a release",
    )
