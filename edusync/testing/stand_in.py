"""What a case opens in place of its ERP: its own database, its own folder, recorded rows.

Nothing else: a case that named a folder or a database of the machine would read real people, and
write into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from edusync.engine import calls
from edusync.spec.tree import FilesTransport, SqlTransport
from edusync.testing.case_erp import scripts
from edusync.testing.database_tape import HeldDatabase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.read.source import AnySource, Tools
    from edusync.spec.tree import Spec
    from edusync.testing.replay import Replay


class Outside(AssertionError):
    """A case whose answers lead out of what is its own."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Opens the ERP of a case; `home` is its folder, `folder` what is made of it for a run."""

    home: Path
    folder: Path
    replay: Replay

    def __call__(
        self,
        spec: Spec,
        names: Mapping[str, Any],
        tools: Tools,
        functions: Mapping[str, Any],
        own: FilesTransport | None = None,
    ) -> AnySource | None:
        """Return recorded rows for a database without a script.

        Raises Outside for a folder or a database that is not the case's own.
        """
        del tools, functions
        transport = own or spec.transport
        if isinstance(transport, SqlTransport):
            url = calls.setting(transport.url, names, "url") or ""
            if not scripts(self.home):
                return HeldDatabase(spec, self.replay)
            if not self._is_own(_file_of(url)):
                raise _outside("database", "url: sqlite:///CASE_DATABASE")
        elif isinstance(transport, FilesTransport):
            url = calls.setting(transport.url, names, "url") or ""
            if not self._is_own(_folder_of(url)):
                raise _outside("folder", "folder: CASE_FOLDER")
        return None

    def _is_own(self, where: Path | None) -> bool:
        """Whether a place is in the folder of the run; a case may show what is not there at all."""
        return where is not None and (
            where.resolve().is_relative_to(self.folder.resolve()) or not where.exists()
        )


def _outside(thing: str, example: str) -> Outside:
    """Return that a thing is not the case's own, with what to write in its place."""
    word = f"CASE_{thing.upper()}"
    return Outside(
        f"the {thing} of the case is not its own: write {word} for it in `case.yaml`, as in "
        f"`{example}`"
    )


def _file_of(url: str) -> Path | None:
    """Return the file of a database, None when it is none."""
    try:
        address = make_url(url)
    except ArgumentError:
        return None
    return Path(address.database) if address.drivername == "sqlite" and address.database else None


def _folder_of(url: str) -> Path | None:
    """Return a folder of this machine, None for one of another."""
    if url.startswith("file://"):
        return Path(unquote(urlsplit(url).path)).expanduser()
    return Path(url).expanduser() if url and "://" not in url else None
