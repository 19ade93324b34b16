"""Releases as files: what the store says, written where commands and workers read it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from edusync.app.files.pins import write_pins
from edusync.app.files.specs import rare_file
from edusync.errors import StateError
from edusync.state.releases import Deployed, newest_release, releases, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.files.project import Project
    from edusync.state.store import Store

_LEFT = 3
"""Releases whose files are left: a command may still read them."""


class Checkout:
    """The files of releases of a project, in a folder of the user's cache."""

    def __init__(self, store: Store, project: Project) -> None:
        from hashlib import blake2b

        from platformdirs import user_cache_path

        where = f"{store.engine.url.render_as_string()} {project.file}"
        name = blake2b(where.encode(), digest_size=8).hexdigest()
        self.store, self.project = store, project
        self.folder = user_cache_path("edusync") / "releases" / name

    def newest(self) -> tuple[int, Project]:
        """Return the release that is in force, and the project with its connector files."""
        number = newest_release(self.store)
        return number, self.of(number)

    def of(self, number: int) -> Project:
        """Return the project with the connector files of a release; UsageProblem without one."""
        place = self.folder / str(number)
        if not place.is_dir():
            self._write(place, releases(self.store, number)[0].connectors if number else {})
        settings = replace(self.project.settings, connectors=place, specs=place / "none")
        return replace(self.project, settings=settings)

    def _write(self, place: Path, connectors: Mapping[str, Deployed]) -> None:
        """Write the files of a release, all or nothing: others may look for them meanwhile."""
        by_digest = texts(
            self.store, {digest for one in connectors.values() for digest in one.digests}
        )
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = Path(mkdtemp(dir=self.folder, prefix=".new-"))
            specs = {name: self._spec(one, by_digest) for name, one in connectors.items()}
            for name, one in connectors.items():
                (fresh / f"{name}.yaml").write_text(by_digest[one.file], encoding="utf-8")
            write_pins(fresh, specs)
            with suppress(OSError):  # another process was faster: its files are the same
                fresh.rename(place)
            shutil.rmtree(fresh, ignore_errors=True)
            self._forget(int(place.name))
        except OSError as error:
            raise StateError(
                "RUN_STATE_UNUSABLE",
                f"the files of the release cannot be written: {error}",
                "XDG_CACHE_HOME names a folder that can be written; nothing was sent",
            ) from None

    def _spec(self, one: Deployed, by_digest: Mapping[str, str]) -> Path:
        """Write the spec of a connector, and return its file: one for each text."""
        folder = self.folder / "specs" / one.spec[:12] / (one.rare or "none")[:12]
        file = folder / f"{Path(one.spec_name).stem}.yaml"
        wanted = {file: by_digest[one.spec]}
        if one.rare is not None:
            wanted[rare_file(file)] = by_digest[one.rare]
        for path, text in wanted.items():
            if not path.is_file():
                path.parent.mkdir(parents=True, exist_ok=True)
                fresh = path.with_name(f".{path.name}.{os.getpid()}")
                fresh.write_text(text, encoding="utf-8")
                fresh.replace(path)
        return file

    def _forget(self, number: int) -> None:
        for folder in self.folder.glob("[0-9]*"):
            if folder.name.isdecimal() and int(folder.name) <= number - _LEFT:
                shutil.rmtree(folder, ignore_errors=True)
