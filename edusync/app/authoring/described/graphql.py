"""The introspection of a GraphQL service: the answer to the usual query, as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from edusync.app.authoring.beginning import Beginning
from edusync.app.authoring.described.fields import (
    CLOCK,
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    sample_of,
    window_query,
)
from edusync.app.authoring.names import wanted
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from edusync.app.authoring.samples import Sample

_DEEPEST = 2
_SCALARS = {
    "ID": TEXT,
    "String": TEXT,
    "Int": NUMBER,
    "Float": NUMBER,
    "Boolean": FLAG,
    "Date": DAY,
    "Time": CLOCK,
}
_MOMENTS = re.compile(r"date_?time|timestamp|instant", re.IGNORECASE)


def from_graphql(file: Path) -> Beginning:
    """Return what an introspection says; UsageProblem when it is none."""
    try:
        data = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError:
        data = None
    data = data.get("data", data) if isinstance(data, dict) else {}
    schema = data.get("__schema") if isinstance(data, dict) else None
    if not isinstance(schema, dict):
        raise UsageProblem(
            "RUN_USAGE",
            f"{file.name} is no introspection of GraphQL",
            "save the JSON that the introspection query answers with: it holds __schema",
        )
    return _Reader(schema).beginning()


class _Reader:
    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.types = {one["name"]: one for one in schema.get("types") or ()}
        self.query = (schema.get("queryType") or {}).get("name", "Query")
        self.notes: list[str] = []

    def beginning(self) -> Beginning:
        beginning = Beginning([], "its GraphQL introspection", notes=self.notes)
        beginning.connection = [
            "  url: {type: url, label: {en: Address, fr: Adresse}, drop_end: [/graphql, /]}",
            "  key: {type: secret, label: {en: API key, fr: Clé d'API}}",
        ]
        beginning.transport = [
            "  kind: http",
            '  base_url: "{{ connection.url }}"',
            "  # guess: GraphQL says no sign-in",
            '  headers: {Authorization: "Bearer {{ connection.key }}"}',
            '  probe: {post: /graphql, json: {query: "{ __typename }"}}',
        ]
        for one in self._fields(self.query):
            if not wanted(one["name"]):
                self.notes.append(f"not understood: the query {one['name']}")
                continue
            sample = self._list(one)
            if sample is not None:
                beginning.lists.append(sample)
        return beginning

    def _fields(self, name: str) -> list[dict[str, Any]]:
        return (self.types.get(name) or {}).get("fields") or []

    def _list(self, one: Mapping[str, Any]) -> Sample | None:
        """Return a list of a field of the query: rows, or a connection of them."""
        name = str(one["name"])
        kind, is_list = _named(one["type"])
        inner = {field["name"]: field for field in self._fields(kind)}
        below, wrapper = kind, ""
        if not is_list and "nodes" in inner:
            below, wrapper = _named(inner["nodes"]["type"])[0], "nodes"
        elif not is_list and "edges" in inner:
            edge_name = _named(inner["edges"]["type"])[0]
            edge = {field["name"]: field for field in self._fields(edge_name)}
            if "node" in edge:
                below, wrapper = _named(edge["node"]["type"])[0], "edges[].node"
        elif not is_list:
            lists = [one for one in inner.values() if self._is_rows(one["type"])]
            if not lists:
                self.notes.append(f"not understood: the query {name} answers with no list of rows")
                return None
            below, wrapper = _named(lists[0]["type"])[0], str(lists[0]["name"])
        row, selection = self._selected(below, 0)
        arguments = {str(arg["name"]): arg["type"] for arg in one.get("args") or ()}
        filled, declared = self._filled(arguments)
        paging = info = ""
        if "after" in arguments and "pageInfo" in inner:
            declared.append(f"$after: {_written(arguments['after'])}")
            filled["after"] = "{{ page.cursor }}"
            info = " pageInfo { endCursor hasNextPage }"
            paging = (
                f"paging: {{kind: cursor, next: data.{name}.pageInfo.endCursor, "
                f"more: data.{name}.pageInfo.hasNextPage}}"
            )
        required = [arg for arg, given_as in arguments.items() if given_as["kind"] == "NON_NULL"]
        needed = [arg for arg in required if arg not in filled]
        if needed:
            self.notes.append(f"not understood: the needed argument {', '.join(needed)} of {name}")
        called = ", ".join(f"{arg}: ${arg}" for arg in filled)
        head = f"query({', '.join(declared)}) " if declared else ""
        rows = f"{{ {selection} }}"
        for step in reversed(wrapper.replace("[]", "").split(".") if wrapper else ()):
            rows = f"{{ {step} {rows} }}"
        if info:
            rows = f"{{{info} {rows[2:]}"
        text = f"{head}{{ {name}{f'({called})' if called else ''} {rows} }}"
        lines = ["post: /graphql", "json:", f'  query: "{text}"']
        if filled:
            inner_text = ", ".join(f'{arg}: "{value}"' for arg, value in filled.items())
            lines.append(f"  variables: {{{inner_text}}}")
        lines += [paging] if paging else []
        items = f"data.{name}" + (f".{wrapper}" if wrapper else "")
        return sample_of(name, row, items=items, call=tuple(lines))

    def _is_rows(self, kind: Mapping[str, Any]) -> bool:
        name, is_list = _named(kind)
        return is_list and bool(self._fields(name))

    def _filled(self, arguments: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
        """Return what fills the arguments, and how they are declared."""
        typed = [(arg, _format(_named(kind)[0])) for arg, kind in arguments.items()]
        filled = window_query(typed)
        return filled, [f"${arg}: {_written(arguments[arg])}" for arg in filled]

    def _selected(self, name: str, depth: int) -> tuple[dict[str, Any], str]:
        """Return a row of a type, and the fields that are asked for."""
        row: dict[str, Any] = {}
        selection: list[str] = []
        for one in self._fields(name):
            kind, is_list = _named(one["type"])
            if any(arg["type"]["kind"] == "NON_NULL" for arg in one.get("args") or ()):
                continue
            known = self.types.get(kind) or {}
            if known.get("fields"):
                if depth >= _DEEPEST - 1:
                    continue
                value, inside = self._selected(kind, depth + 1)
                if not inside:
                    continue
                selection.append(f"{one['name']} {{ {inside} }}")
            else:
                value = MOMENT if _MOMENTS.search(kind) else _SCALARS.get(kind, TEXT)  # type: ignore[assignment]  # one value of any type
                selection.append(str(one["name"]))
            row[str(one["name"])] = [value] if is_list else value
        return row, " ".join(selection)


def _named(kind: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the name of a type, and whether it is a list of it."""
    is_list = False
    while kind.get("ofType"):
        is_list = is_list or kind["kind"] == "LIST"
        kind = kind["ofType"]
    return str(kind.get("name")), is_list


def _written(kind: Mapping[str, Any]) -> str:
    """Return a type as a query declares it."""
    if kind["kind"] == "NON_NULL":
        return f"{_written(kind['ofType'])}!"
    if kind["kind"] == "LIST":
        return f"[{_written(kind['ofType'])}]"
    return str(kind["name"])


def _format(name: str) -> str:
    return "date-time" if _MOMENTS.search(name) else "date" if name == "Date" else ""
