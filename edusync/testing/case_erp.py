"""The ERP of a case that is a database or a folder of files."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def tables(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what an ERP that is a database holds."""
    if not file.is_file():
        return {}
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        names = [
            row[0]
            for row in database.execute(
                "select name from sqlite_master where type = 'table' order by name"
            )
        ]
        return {
            name: [dict(row) for row in database.execute(f"select * from {name}")]  # noqa: S608 - names that the database itself gives
            for name in names
        }


def exports(home: Path, folder: Path, connection: dict[str, Any], options: dict[str, Any]) -> None:
    """Make the folder of an ERP that writes files from `files/`, shared and own."""
    for source in (home.parent / "files", home / "files"):
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True)
    for answers in (connection, options):
        answers.update(
            {
                name: value.replace("CASE_FOLDER", str(folder))
                for name, value in answers.items()
                if isinstance(value, str)
            }
        )
    if any(str(folder) in str(value) for value in options.values()):
        folder.mkdir(exist_ok=True)


def scripts(home: Path) -> list[Path]:
    """Return the scripts that make the database of a case, shared and own."""
    files = [folder / "database.sql" for folder in (home.parent, home)]
    return [file for file in files if file.is_file()]


@contextmanager
def database(home: Path, file: Path, connection: dict[str, Any]) -> Iterator[list[str]]:
    """Make the database of an ERP that is one from `database.sql`, shared and own.

    Yield the statements that it gets.
    """
    statements: list[str] = []
    if not scripts(home):
        yield statements
        return
    with closing(sqlite3.connect(file)) as database:
        for script in scripts(home):
            database.executescript(script.read_text(encoding="utf-8"))
    connection.update(
        {name: str(value).replace("CASE_DATABASE", str(file)) for name, value in connection.items()}
    )

    def note(bound: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if bound.engine.url.database == str(file):
            statements.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
