"""The little school over each wire: HTTP, SOAP, a database, a folder of files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from tests.bugs.wire import Soap
from tests.contract.scenes.scene import Act, School, put
from tests.little import UPWARD, lesson, person

INSTANT = {"kind": "moment", "pattern": "iso"}


def over_http(school: School) -> None:
    """Give the school rooms, and the lessons of the day each its room."""
    school.spec["resources"]["rooms"] = {"get": "/rooms", "key": "id"}
    school.rows["/rooms"] = [{"id": n, "name": f"Room {n}"} for n in (1, 2, 3)]
    school.rows["/lessons"] = [lesson(n, room=n) for n in (1, 2, 3)]


def over_soap(school: School) -> None:
    """Let the school be asked over SOAP."""
    Soap(school)


SITE = {"http": "", "soap": "{{ connection.url }}"}
"""What comes before a path, which over SOAP would be one below the description."""


def over_sql(school: School) -> None:
    """Let the school be a database, with a table for what goes up."""
    file = school.folder / "erp.db"
    with sqlite3.connect(file) as connection:
        connection.execute(
            'create table lessons (id, title, first, last, teacher, learner, room, "a.b")'
        )
        for n in (1, 2, 3):
            first, last = f"2026-03-18T{8 + n:02}:00:00", f"2026-03-18T{9 + n:02}:00:00"
            values = (n, f"Law {n}  ", first, last, 70, 1, n, f"Dot {n}")
            connection.execute("insert into lessons values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        for table, numbers in (("teachers", (70,)), ("learners", (1, 2))):
            connection.execute(f"create table {table} (id, last, first, mail)")
            for number in numbers:
                values = tuple(person(number).values())
                connection.execute(f"insert into {table} values (?, ?, ?, ?)", values)
        connection.execute("create table things (id, name, other)")
        connection.execute("insert into things values (1, 'Room 1', 'X'), (2, 'Room 2', 'Y')")
        connection.execute("create table marks (who, state, more)")
    connection.close()
    school.places.append(file)
    school.spec["transport"] = {"kind": "sql", "url": "{{ connection.url }}"}
    school.spec["formats"] = {"instant": INSTANT}
    school.spec["resources"] = {
        name: {"sql": f"select * from {name}", "key": "id"}
        for name in ("lessons", "teachers", "learners")
    }
    school.spec["resources"]["lessons"]["as"] = {"first": "instant", "last": "instant"}
    school.spec["entities"]["course"] |= {
        "starts_at": "first",
        "ends_at": "last",
        "students": "learner",
    }
    school.spec["connection"]["url"] = {"type": "text", "label": "Database"}
    school.connector["connection"] = {"url": f"sqlite:///{file}"}


def over_files(school: School) -> None:
    """Let the school be a folder of files."""
    folder = school.folder / "erp"
    folder.mkdir()
    things = [{"id": n, "name": f"Thing {n}", "other": f"O{n}", "x": n == 1} for n in (1, 2, 3)]
    for name, rows in {
        "lessons": [lesson(n, room=n) for n in (1, 2, 3)],
        "teachers": [person(70), person(71)],
        "learners": [person(1), person(2)],
        "reasons": [{"id": 4, "label": "Illness"}],
        "things": things,
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    school.spec["transport"] = {"kind": "files", "url": "{{ connection.url }}"}
    school.spec["resources"] = {
        name: {"file": f"{name}.json", **{k: v for k, v in data.items() if k != "get"}}
        for name, data in school.spec["resources"].items()
    }
    school.spec["connection"]["url"] = {"type": "text", "label": "Folder"}
    school.connector["connection"] = {"url": str(folder)}
    school.places.append(folder)


OVER: Mapping[str, Act] = {
    "http": over_http,
    "soap": over_soap,
    "sql": over_sql,
    "files": over_files,
}


def laid(*parts: Act) -> Act:
    """Return what does several things in order."""

    def lay(school: School) -> None:
        for part in parts:
            part(school)

    return lay


def says(value: Any, *route: str | int) -> Act:
    """Return what writes into the spec."""
    return lambda school: put(school.spec, route, value)


def rows(**more: Any) -> Act:
    """Return what lets the ERP answer, by the name of the path."""
    return lambda school: school.rows.update({f"/{path}": found for path, found in more.items()})


def file(name: str, text: str | bytes) -> Act:
    """Return what writes a file of the ERP."""

    def lay(school: School) -> None:
        data = text if isinstance(text, bytes) else text.encode()
        (school.folder / "erp" / name).write_bytes(data)

    return lay


def goes_up(**more: Any) -> Act:
    """Return what gives a school over HTTP a way up."""

    def lay(school: School) -> None:
        school.spec["writeback"] = deepcopy(UPWARD) | deepcopy(more)
        if "reasons" not in school.spec["resources"]:
            school.spec["resources"]["reasons"] = {"get": "/reasons", "key": "id"}

    return lay


def noted(name: str = "name", on: str = "id", by: str = "id") -> Act:
    """Return what lets the sheets show a column of the list `things`."""
    look = {"look_up": "things", "by": by, "on": on, "take": name, "missing": "ok"}
    return says(look, "entities", "course", "description")


def things(how: Mapping[str, Any], name: str = "name", on: str = "id") -> Act:
    """Return what declares a list `things`, of which a column is shown on the sheets."""
    return laid(says({"key": "id", **how}, "resources", "things"), noted(name, on))
