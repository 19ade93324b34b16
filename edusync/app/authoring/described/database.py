"""A database, as SQLAlchemy's inspector sees it: tables and views with their columns.

Nothing of a row is read.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.beginning import Beginning
from edusync.app.authoring.described.fields import CLOCK, DAY, FLAG, MOMENT, NUMBER, TEXT, sample_of
from edusync.app.authoring.names import wanted
from edusync.errors import UsageProblem
from edusync.transport.database import Database

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

    from edusync.app.authoring.samples import Sample

_CONNECT = 10.0
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z", re.ASCII)


def from_database(url: str) -> Beginning:
    """Return what a database holds; UsageProblem when it cannot be looked at."""
    from sqlalchemy import inspect
    from sqlalchemy.exc import SQLAlchemyError

    beginning = Beginning([], "its database")
    beginning.connection = [
        "  url: {type: secret, label: {en: URL of the database, fr: URL de la base}}",
    ]
    beginning.asks = "sql: select * from {name}"
    beginning.transport = ["  kind: sql", '  url: "{{ connection.url }}"']
    with closing(Database(url, connect=_CONNECT, at_once=1, charset=None, trim=True)) as database:
        try:
            looked = inspect(database.engine)
            names = [*looked.get_table_names(), *looked.get_view_names()]
            columns = {name: looked.get_columns(name) for name in names}
            keys = {name: looked.get_pk_constraint(name)["constrained_columns"] for name in names}
        except SQLAlchemyError as error:
            raise UsageProblem(
                "RUN_USAGE",
                f"the database cannot be looked at ({type(error).__name__})",
                "check the URL, the user and its rights",
            ) from None
    for name in names:
        plain = [one for one in columns[name] if _PLAIN.match(str(one["name"]))]
        if not wanted(name) or not plain or not _PLAIN.match(name):
            beginning.notes.append(f"not understood: the table {name}")
            continue
        beginning.lists.append(
            _list(name, plain, keys[name], len(columns[name]) - len(plain), beginning)
        )
    if beginning.lists:
        name = beginning.lists[0].name
        probe = f"select 1 from {name} where 1 = 0"  # noqa: S608 - a plain name
        beginning.transport.append(f"  probe: {{sql: {probe}}}")
    return beginning


def _list(name: str, columns: list[Any], keys: list[str], odd: int, beginning: Beginning) -> Sample:
    row = {str(one["name"]): _value(one["type"]) for one in columns}
    if odd:
        beginning.notes.append(f"not understood: {odd} columns of {name} whose names need quotes")
    key_first = sorted(row, key=lambda column: column not in keys)
    row = {column: row[column] for column in key_first}
    text = f"select {', '.join(row)} from {name}"  # noqa: S608 - plain names alone come here
    day = next((column for column, value in row.items() if value in {MOMENT, DAY}), None)
    lines = []
    if day is not None:
        text += f" where {day} between :first and :last"
        ends = ("starts_at", "ends_at") if row[day] == MOMENT else ("first", "last")
        first, last = (f'"{{{{ window.{one} }}}}"' for one in ends)
        lines.append(f"values: {{first: {first}, last: {last}}}  # guess: by the first day")
    return sample_of(name, row, call=(f"sql: {text}", *lines))


def _value(kind: TypeEngine[Any]) -> Any:
    from sqlalchemy import types

    for one, value in (
        (types.DateTime, MOMENT),
        (types.Date, DAY),
        (types.Time, CLOCK),
        (types.Boolean, FLAG),
        (types.Numeric, NUMBER),
        (types.Integer, NUMBER),
    ):
        if isinstance(kind, one):
            return value
    return TEXT
