"""A spec in the one form, as `edusync fmt` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.document import read_document
from edusync.spec.layout import formatted

if TYPE_CHECKING:
    from pathlib import Path


def laid_out(text: str, file: Path) -> str | None:
    """Return the text of a spec in the one form; None where it cannot be read.

    None as well where it would say something else than before.
    """
    plain = text.replace("\r\n", "\n")
    document = read_document(plain, file.name)
    if document.has_errors or not isinstance(document.data, dict):
        return None
    new = formatted(plain)
    return new if read_document(new, file.name).data == document.data else None
