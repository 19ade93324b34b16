"""Change a connector file in its place: in the folder of the project, or by a release of its own.

So do the console and `edusync setup`. A release that changes a file in its place is marked, and
`edusync deploy` does not take it back unless that was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.files.deploy import nearby_secrets
from edusync.app.files.specs import shown, spec_texts
from edusync.app.files.written import replace_file
from edusync.errors import FilesInvalid, Guarded, UsageProblem
from edusync.locale import gettext as _
from edusync.spec.document import read_document
from edusync.state.releases import Deployed, digest_of, newest_release, releases, save_release

if TYPE_CHECKING:
    from pathlib import Path

    from edusync.app.files.project import Project
    from edusync.registry import Registry
    from edusync.state.store import Store

_MODE = 0o644
"""The rights of a new connector file, which holds no secret."""


@dataclass(frozen=True, slots=True)
class Edits:
    """Who changes connector files, and where these are; `by` is the id of a user of the console."""

    project: Project
    registry: Registry
    store: Store
    by: str | None = None

    def save(self, name: str, file: Path, before: str | None, text: str, note: str) -> None:
        """Write what a connector file says from now on.

        `before` is what it said when the change was made, None for a new one. UsageProblem when it
        says something else by now; FilesInvalid for a secret that other machines do not have.
        """
        if self.project.settings.deployed:
            self._release(name, file, before, text, note)
            return
        if (file.read_text(encoding="utf-8") if file.is_file() else None) != before:
            raise _changed(name)
        replace_file(file, text, file.stat().st_mode & 0o777 if file.exists() else _MODE)

    def _release(self, name: str, file: Path, before: str | None, text: str, note: str) -> None:
        nearby = nearby_secrets(text, shown(file))
        if nearby:
            raise FilesInvalid(nearby)
        expected = None if before is None else digest_of(before)
        while True:
            number = newest_release(self.store)
            known = releases(self.store, number)[0].connectors if number else {}
            old = known.get(name)
            if (None if old is None else old.file) != expected:
                raise _changed(name)
            by_digest = {digest_of(text): text}
            new = self._beginning(text, file, by_digest) if old is None else old
            new = new._replace(file=digest_of(text), edited=number + 1)
            try:
                save_release(self.store, number, note, {**known, name: new}, by_digest, self.by)
            except Guarded:  # another connector's release came in between
                continue
            return

    def _beginning(self, text: str, file: Path, by_digest: dict[str, str]) -> Deployed:
        """Return what a new connector runs with: the spec that is installed under its name."""
        erp = str(read_document(text, shown(file)).data["spec"])
        spec = spec_texts(erp, self.registry, file.parent)
        texts = [spec.text, *([] if spec.rare is None else [spec.rare])]
        by_digest.update({digest_of(one): one for one in texts})
        rare = None if spec.rare is None else digest_of(spec.rare)
        return Deployed("", digest_of(spec.text), erp, rare)


def _changed(name: str) -> UsageProblem:
    return UsageProblem(
        "RUN_USAGE",
        _("the file of '{name}' was changed in the meantime", name=name),
        _("look at it again, and make the change anew"),
    )
