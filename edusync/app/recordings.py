"""Where the cases of a spec lie, and which names occur in what they recorded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = ("cases", "tests/connectors")
_TEXTS = {".yaml", ".yml", ".sql", ".csv", ".json", ".xml", ".ics"}
_TOKEN = re.compile(r"[^\W\d][\w$@-]*(?:\.[\w$@-]+)*|@[\w.]+")
_MOST = 16 * 1024 * 1024


def case_folders(spec: Path) -> Iterator[Path]:
    """Yield the folder of a spec's cases: `cases/NAME` beside it or beside its folder, or `tests/connectors/NAME`."""
    roots = (spec.parent, spec.parent.parent, Path())
    for folder in dict.fromkeys((root / place / spec.stem).absolute() for root in roots for place in _PLACES):
        if folder.is_dir():
            yield folder
            return


def recorded_names(spec: Path) -> frozenset[str] | None:
    """Return every name in the recordings of a spec, with its parts; None when nothing was recorded."""
    found: set[str] = set()
    read = 0
    for folder in case_folders(spec):
        for file in folder.rglob("*"):
            if file.suffix in _TEXTS and file.name not in {"case.yaml", "expected.yml", "edusign.yaml"} and read < _MOST:
                text = file.read_text(encoding="utf-8", errors="replace")
                read += len(text)
                found.update(_TOKEN.findall(text))
    return frozenset(part for name in found for part in (name, *name.split("."))) if found else None
