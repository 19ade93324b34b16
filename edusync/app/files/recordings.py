"""Where the cases of a spec lie, and what they recorded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from edusync.app.files.specs import names_in, rare_file
from edusync.spec.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = ("cases", "tests/connectors")
_TEXTS = {".yaml", ".yml", ".sql", ".csv", ".json", ".xml", ".ics"}
_MOST = 16 * 1024 * 1024


def case_folders(spec: Path) -> Iterator[Path]:
    """Yield the folder of a spec's cases.

    `cases/NAME` beside it or beside its folder, or `tests/connectors/NAME`.
    """
    roots = (spec.parent, spec.parent.parent, Path())
    for folder in dict.fromkeys(
        (root / place / spec.stem).absolute() for root in roots for place in _PLACES
    ):
        if folder.is_dir():
            yield folder
            return


def recorded(spec: Path) -> Recorded | None:
    """Return what was recorded for a spec, None when nothing was.

    What did not change since it was asked for before is not read again.
    """
    files = [
        file
        for folder in case_folders(spec)
        for file in folder.rglob("*")
        if file.suffix in _TEXTS and file.name not in {"case.yaml", "expected.yml", "edusign.yaml"}
    ]
    rows = rare_file(spec)
    cases = [file for folder in case_folders(spec) for file in folder.rglob("case.yaml")]
    return _read(
        tuple(map(_as_of, files)),
        _as_of(rows) if rows.is_file() else None,
        tuple(map(_as_of, cases)),
    )


_Stamp = tuple[Path, int, int]
"""A file, when it was written, and its size."""


def _as_of(file: Path) -> _Stamp:
    is_now = file.stat()
    return file, is_now.st_mtime_ns, is_now.st_size


@lru_cache(maxsize=4)
def _read(
    files: tuple[_Stamp, ...], rows: _Stamp | None, cases: tuple[_Stamp, ...]
) -> Recorded | None:
    texts, size = list[str](), 0
    for file, _, _ in files:
        if size < _MOST:
            texts.append(file.read_text(encoding="utf-8", errors="replace"))
            size += len(texts[-1])
    if not texts:
        return None
    names = names_in(rows[0].read_text(encoding="utf-8")) if rows is not None else {}
    goes_up = any(
        line.startswith("attendance:")
        for file, _, _ in cases
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
    )
    by_list = {name: kinds["names"] for name, kinds in names.items()}
    return Recorded("\n".join(texts), by_list, goes_up)
