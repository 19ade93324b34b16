"""Lay specs out in the one form: found in folders, read, written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.files.specs import shown
from edusync.errors import UsageProblem
from edusync.spec.document import read_document
from edusync.spec.layout import formatted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from edusync.diagnostics import Diagnostic

_KEYS = {"entities", "transport", "resources"}


@dataclass(frozen=True, slots=True)
class Laid:
    """One spec: its text as it stands, and in the one form."""

    file: Path
    before: str
    after: str

    @property
    def is_new(self) -> bool:
        """Whether it has to be written."""
        return self.before != self.after

    def write(self) -> None:
        """Put the new text in the place of the old one, at once."""
        beside = self.file.with_name(f".{self.file.name}.new")
        beside.write_text(self.after, encoding="utf-8")
        beside.replace(self.file)


def lay_out(paths: Sequence[Path]) -> tuple[list[Laid], list[Diagnostic]]:
    """Return every spec of files and folders, and what cannot be read.

    A YAML file of another kind is passed over in a folder.

    Raises UsageProblem for a file that is named and no spec.
    """
    laid: list[Laid] = []
    findings: list[Diagnostic] = []
    for path in paths:
        for file in (
            [path] if path.is_file() else sorted((*path.rglob("*.yaml"), *path.rglob("*.yml")))
        ):
            text = file.read_text(encoding="utf-8", errors="replace")
            document = read_document(text, shown(file))
            if "\ufffd" in text:  # what was not understood would be written back as question marks
                document.report(
                    "SPEC_UNREADABLE",
                    (),
                    "the file is not in UTF-8",
                    "save it as plain text in UTF-8",
                )
            if document.has_errors:
                findings += document.findings
            elif isinstance(document.data, dict) and document.data.keys() & _KEYS:
                after = formatted(text)
                if read_document(after, shown(file)).data == document.data:
                    laid.append(Laid(file, text, after))
                else:  # rather nothing than that
                    document.report(
                        "SPEC_UNREADABLE",
                        (),
                        "the file would say something else if it was laid out",
                        "leave it as it is, and send it to us",
                    )
                    findings += document.findings
            elif path == file:
                raise UsageProblem(
                    "RUN_USAGE",
                    f"{shown(file)} is no spec",
                    "specs begin with 'edusync: 1' and have a 'transport'",
                )
    return laid, findings
