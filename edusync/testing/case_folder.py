"""The files in the folder of a case."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from edusync.app.files.exchanges import check_exchanges
from edusync.app.files.specs import shown
from edusync.errors import FilesInvalid
from edusync.sandbox.edusign.app import API_KEY
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from edusync.sandbox.edusign import Book


def read_yaml(path: Path) -> Any:
    """Return what a file holds; FilesInvalid when it cannot be read."""
    document = read_document(path.read_text(encoding="utf-8"), str(path))
    if path.name == "case.yaml" and not document.has_errors:
        check_schema(document, "case")
    if document.has_errors:
        raise FilesInvalid(document.findings)
    return document.data


def exchanges_of(path: Path) -> list[Mapping[str, Any]]:
    """Return the exchanges of a file.

    All cases of a connector share one, so it is read once as long as it stays the same.
    """
    if not path.is_file():
        return []
    is_now = path.stat()
    return list(_exchanges(path, is_now.st_mtime_ns, is_now.st_size))


@lru_cache(maxsize=32)
def _exchanges(path: Path, *_as_of: int) -> tuple[Mapping[str, Any], ...]:
    document = check_exchanges(path.read_text(encoding="utf-8"), shown(path))
    if document.has_errors:
        raise FilesInvalid(document.findings)
    return tuple(document.data or ())


def connector_file(
    folder: Path, case: Mapping[str, Any], edusign: str, *, at_once: int = 1
) -> Path:
    """Write the connector file of a case, and return it.

    One write at once leaves the order of the requests in a golden file known.
    """
    settings = dict(case["connector"])
    accounts = settings.pop("accounts", [{"name": "main"}])
    key = folder / "key"
    key.write_text(API_KEY, encoding="utf-8")
    for account in accounts:
        account["edusign"] = {
            "base_url": edusign,
            "api_key": "${file:key}",
            "requests_per_minute": 100_000,
            "at_once": at_once,
        }
    file = folder / "connector.yaml"
    file.write_text(
        json.dumps(
            {"edusync": 1, "connector": "case", "grace": "0s", **settings, "accounts": accounts}
        ),
        encoding="utf-8",
    )
    return file


def fill(book: Book, path: Path) -> None:
    """Put what a file says into Edusign."""
    if not path.is_file():
        return
    for kind, rows in (read_yaml(path) or {}).items():
        for row in rows:
            book.add(kind, {"id": row["ID"], **row})
