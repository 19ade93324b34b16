"""The specs and cases that the playground opens and saves."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from edusync.app.files.recordings import case_folders
from edusync.app.files.specs import spec_text
from edusync.locale import gettext as _
from edusync.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.files.project import Project
    from edusync.registry import Registry

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\Z")
_FILE = re.compile(r"(case\.yaml|exchanges\.yaml|edusign\.yaml|database\.sql|files(/\w[\w.-]*)+)\Z")
FIRST = "my-erp"
"""What a spec is called that nobody named yet."""


class NotSaved(Exception):
    """Nothing was written: why, in one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A spec as it stands: its name, file and text, and whether it is one of the project."""

    name: str
    file: Path
    text: str
    is_own: bool

    @property
    def digest(self) -> str:
        """Return by what a change of the file is seen."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return a digest of a text, as it stands in a form."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


class Workshop:
    """The specs of a project and those that came with edusync, each with its cases."""

    def __init__(self, project: Project, registry: Registry) -> None:
        self.project, self.registry = project, registry

    @property
    def folder(self) -> Path:
        """Return where specs of the project lie."""
        return self.project.settings.specs

    def names(self) -> list[str]:
        """Return the names of all specs, those of the project as they stand now."""
        return sorted({*self.registry.connectors, *self._own()})

    def _own(self) -> dict[str, Path]:
        files = sorted(self.folder.glob("*.yaml")) if self.folder.is_dir() else []
        return {file.stem: file for file in files}

    def spec(self, name: str) -> Opened | None:
        """Return a spec by its name, None when there is none."""
        own = self._own().get(name)
        if own is not None:
            return Opened(name, own, own.read_text(encoding="utf-8"), is_own=True)
        if name not in self.registry.connectors:
            return None
        connector = self.registry.connectors[name].thing
        text, _shown = spec_text(connector)
        where = connector.spec
        file = where if isinstance(where, Path) else Path(str(bundled("specs") / where))
        return Opened(name, file, text, is_own=False)

    def cases(self, spec: Opened) -> Mapping[str, Path]:
        """Return the recorded cases of a spec by their names, `nominal` first."""
        found = [
            file.parent for home in case_folders(spec.file) for file in home.glob("*/case.yaml")
        ]
        found.sort(key=lambda one: (one.name != "nominal", one.name))
        return {one.name: one for one in found}

    def readable(self) -> tuple[Path, ...]:
        """Return the folders in which specs of the project are looked for."""
        return self.project.spec_dirs

    def first(self, kind: Literal["spec", "case", "exchanges"]) -> str:
        """Return a text to begin with: an ERP that does not exist, and what it answers."""
        return (Path(__file__).parent / "first" / f"{kind}.yaml").read_text(encoding="utf-8")

    def save(self, name: str, text: str, opened: str, case: tuple[str, Mapping[str, str]]) -> None:
        """Write a spec of the project, and a new case of it where it has a name.

        `opened` is the digest of the text that somebody opened under the name of the spec; `case`
        its name and its files by their path. NotSaved, and nothing is written, where a file says
        something else by now, a case of that name is there, or the spec came with edusync.
        """
        _check(name)
        if name in self.registry.connectors and name not in self._own():
            raise NotSaved(_("“{name}” comes with edusync: choose another name.", name=name))
        file = self.folder / f"{name}.yaml"
        written = file.read_text(encoding="utf-8") if file.is_file() else None
        if written not in {None, text} and digest_of(str(written)) != opened:
            raise NotSaved(
                _(
                    "{file} says something else by now: open it anew, or choose another name.",
                    file=file.name,
                )
            )
        new = self._new_case(name, *case) if case[0] else {}
        self.folder.mkdir(parents=True, exist_ok=True)
        if written != text:
            _write(file, text, is_new=written is None)
        for path, part in new.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, part, is_new=True)

    def _new_case(self, spec: str, name: str, files: Mapping[str, str]) -> dict[Path, str]:
        """Return the files of a case that is not there yet."""
        _check(name)
        folder = self.folder.parent / "cases" / spec / name
        if folder.exists():
            raise NotSaved(_("There is a case “{name}” already: choose another name.", name=name))
        if "case.yaml" not in files or any(not _FILE.match(path) for path in files):
            raise NotSaved(_("Paste what the ERP answers, or choose a case."))
        return {folder / path: text for path, text in files.items()}


def _check(name: str) -> None:
    if NAME.match(name) is None:
        raise NotSaved(_("Name it with small letters, digits, “-” and “_”."))


def _write(file: Path, text: str, *, is_new: bool) -> None:
    """Write a file wholly or not at all; one that is new is never written over another."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8", newline="\n")
    try:
        if is_new:
            os.link(beside, file)
        else:
            beside.replace(file)
    except FileExistsError:
        raise NotSaved(_("{file} was written by somebody else just now.", file=file.name)) from None
    finally:
        beside.unlink(missing_ok=True)
