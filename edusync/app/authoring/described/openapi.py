"""An OpenAPI description, 2 or 3, in JSON or YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.beginning import Beginning
from edusync.app.authoring.described.fields import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    as_query,
    sample_of,
    window_query,
)
from edusync.app.authoring.described.schemes import sign_in
from edusync.app.authoring.names import wanted
from edusync.app.authoring.samples import as_yaml, word_of
from edusync.errors import UsageProblem
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from edusync.app.authoring.samples import Sample

_DEEPEST = 4
_LISTS = ("data", "items", "results", "content", "value", "records", "rows", "list", "hits")
_NUMBER = re.compile(r"^(page|page_?(number|index|no)|p|pageNumber)$", re.IGNORECASE)
_OFFSET = re.compile(r"^(offset|skip|start(_?index)?|\$skip)$", re.IGNORECASE)
_SIZE = re.compile(
    r"^(size|limit|per_?page|page_?size|count|take|top|\$top|max_?results)$", re.IGNORECASE
)
_CURSOR = re.compile(r"cursor|page_?token|continuation|^after$|starting_after", re.IGNORECASE)
_NEXT = re.compile(r"next(_?(page|url|link|href))?$|nextLink$", re.IGNORECASE)


def from_openapi(file: Path) -> Beginning:
    """Return what a description says; UsageProblem when it is none."""
    document = read_document(file.read_text(encoding="utf-8"), file.name)
    data = document.data
    if not isinstance(data, dict) or not ({"openapi", "swagger"} & data.keys()):
        raise UsageProblem(
            "RUN_USAGE", f"{file.name} is no OpenAPI description", "it begins with openapi: 3 …"
        )
    return _Reader(data).beginning()


class _Reader:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data, self.notes = data, list[str]()

    def beginning(self) -> Beginning:
        version = self.data.get("openapi") or self.data.get("swagger")
        beginning = Beginning([], f"its OpenAPI description, version {version}", notes=self.notes)
        operations = dict(self._operations())
        by_path: dict[str, Sample] = {}
        for path in sorted(operations, key=lambda one: (one.count("{"), len(one))):
            sample = self._list(path, operations[path], by_path)
            if sample is not None:
                by_path[path] = sample
        beginning.lists = list(by_path.values())
        beginning.url = self._url()
        self._sign_in(beginning)
        if beginning.lists:
            beginning.transport.append(f"  probe: {{get: {as_yaml(_first(by_path))}}}")
        return beginning

    def _operations(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for path, item in self.data.get("paths", {}).items():
            operation = item.get("get") if isinstance(item, dict) else None
            if not isinstance(operation, dict):
                continue
            names = [step for step in path.split("/") if step and "{" not in step]
            called = (*names[-1:], str(operation.get("operationId", "")))
            if path.rstrip("/").endswith("}"):
                continue  # one item by its id
            if any(wanted(name) for name in called):
                yield path, {**operation, "parameters": self._parameters(item, operation)}
            else:
                self.notes.append(f"not understood: GET {path}")

    def _parameters(self, item: Mapping[str, Any], operation: Mapping[str, Any]) -> list[Any]:
        both = [*(item.get("parameters") or ()), *(operation.get("parameters") or ())]
        return [self._resolved(one) for one in both]

    def _list(
        self, path: str, operation: Mapping[str, Any], known: Mapping[str, Sample]
    ) -> Sample | None:
        schema = self._answer(operation)
        rows, items = self._rows(schema)
        if rows is None:
            self.notes.append(f"not understood: GET {path} answers with no list of rows")
            return None
        row = self._example(rows, 0)
        if not isinstance(row, dict) or not row:
            self.notes.append(f"not understood: the rows of GET {path} have no described columns")
            return None
        name = "_".join(step for step in path.split("/") if step and "{" not in step)
        lines = list[str]()
        written, above_it = path, None
        holes = re.findall(r"\{(\w+)\}", path)
        if holes:
            above = path[: path.index("{")].rstrip("/")
            if above not in known or len(holes) > 1:
                self.notes.append(f"not understood: what fills {', '.join(holes)} of GET {path}")
                return None
            parent = known[above]
            above_it = parent.name
            lines.append(f"for_each: {word_of(parent.name)}  # guess: the list above it")
            written = path.replace(f"{{{holes[0]}}}", f"{{{{ parent.{parent.key or 'id'} }}}}")
        lines.append(f"get: '{written}'" if "{" in written else f"get: {as_yaml(written)}")
        lines += self._query(operation, schema, items)
        return sample_of(name, row, items=items, call=tuple(lines), above=above_it)

    def _query(
        self, operation: Mapping[str, Any], schema: Mapping[str, Any], items: str | None
    ) -> list[str]:
        """Return the lines that ask for the window and for pages."""
        parameters = [one for one in operation["parameters"] if one.get("in") == "query"]
        typed = [(str(one["name"]), _format(one)) for one in parameters]
        query = window_query(typed)
        names = [name for name, _ in typed]
        paging = self._paging(names, schema, items, query)
        needed = [str(one["name"]) for one in parameters if one.get("required")]
        needed = [name for name in needed if name not in query]
        if needed:
            self.notes.append(f"not understood: the needed parameter {', '.join(needed)}")
        lines = [as_query(query)] if query else []
        return [*lines, *([paging] if paging else [])]

    def _paging(
        self, names: list[str], schema: Mapping[str, Any], items: str | None, query: dict[str, str]
    ) -> str | None:
        size = next((name for name in names if _SIZE.search(name)), None)
        paths = dict(self._paths(schema, ()))
        following = next(
            (path for path in paths if _NEXT.search(path) and path != (items or "")), None
        )
        cursor = next((name for name in names if _CURSOR.search(name)), None)
        number = next((name for name in names if _NUMBER.search(name)), None)
        offset = next((name for name in names if _OFFSET.search(name)), None)
        if size is not None and (cursor or number or offset):
            query[size] = "{{ page.size }}"
        sized = ", size: 100" if size is not None else ""
        cursors = [path for path in paths if _CURSOR.search(path) or _NEXT.search(path)]
        if cursor is not None and cursors:
            query[cursor] = "{{ page.cursor }}"
            path = as_yaml(cursors[0])
            return f"paging: {{kind: cursor, next: {path}{sized}}}  # guess: by '{cursor}'"
        if following is not None and number is None and offset is None:
            if size is not None:
                query.pop(size, None)
            path = as_yaml(following)
            return f"paging: {{kind: next_url, path: {path}}}  # guess: by '{following}'"
        if number is not None:
            query[number] = "{{ page.number }}"
            return f"paging: {{kind: number, until: empty_page{sized}}}  # guess: by '{number}'"
        if offset is not None:
            query[offset] = "{{ page.offset }}"
            if size is not None:
                return f"paging: {{kind: offset, until: empty_page{sized}}}  # guess: by '{offset}'"
        return None

    # schemas

    def _answer(self, operation: Mapping[str, Any]) -> Mapping[str, Any]:
        answers = operation.get("responses") or {}
        codes = [code for code in answers if str(code).startswith("2")]
        good = self._resolved(answers[codes[0]] if codes else {})
        if "schema" in good:
            return self._resolved(good["schema"])
        kinds = good.get("content") or {}
        kind = next((one for one in kinds if "json" in one), next(iter(kinds), None))
        return self._resolved((kinds.get(kind) or {}).get("schema") or {})

    def _rows(self, schema: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, str | None]:
        """Return the schema of a row, and where the rows stand."""
        if schema.get("type") == "array" or "items" in schema:
            return self._resolved(schema.get("items") or {}), None
        found = [
            (path, one)
            for path, one in self._paths(schema, ())
            if one.get("type") == "array" and self._is_object(one.get("items") or {})
        ]
        named = [pair for pair in found if pair[0].rpartition(".")[2] in _LISTS]
        for path, one in (*named, *found):
            return self._resolved(one["items"]), path
        return None, None

    def _is_object(self, schema: Mapping[str, Any]) -> bool:
        inner = self._resolved(schema)
        return "properties" in inner or inner.get("type") == "object"

    def _paths(
        self, schema: Mapping[str, Any], above: tuple[str, ...]
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, inner in (schema.get("properties") or {}).items():
            one = self._resolved(inner)
            step = name if re.fullmatch(r"[A-Za-z_]\w*", name) else f'"{name}"'
            yield ".".join((*above, step)), one
            if len(above) < 2 and one.get("type") != "array":  # noqa: PLR2004 - deeper there is no list
                yield from self._paths(one, (*above, step))

    def _resolved(self, schema: Any, depth: int = 0) -> Mapping[str, Any]:
        """Return a schema without references, with what `allOf` puts together."""
        if not isinstance(schema, dict) or depth > 12:  # noqa: PLR2004 - a circle
            return {}
        if "$ref" in schema:
            here: Any = self.data
            for step in str(schema["$ref"]).removeprefix("#/").split("/"):
                here = here.get(step.replace("~1", "/").replace("~0", "~"), {})
            return self._resolved(here, depth + 1)
        resolved = dict(schema)
        for word in ("allOf", "oneOf", "anyOf"):
            several = [self._resolved(one, depth + 1) for one in schema.get(word) or ()]
            for one in several if word == "allOf" else several[:1]:
                properties = {**resolved.get("properties", {}), **one.get("properties", {})}
                resolved = {**one, **resolved, **({"properties": properties} if properties else {})}
        if isinstance(resolved.get("type"), list):
            resolved["type"] = next((one for one in resolved["type"] if one != "null"), None)
        return resolved

    def _example(self, schema: Mapping[str, Any], depth: int) -> Any:
        """Return a value as a schema describes it; none of its examples is used."""
        schema = self._resolved(schema)
        if "properties" in schema:
            if depth >= _DEEPEST:
                return {}
            return {
                name: self._example(inner, depth + 1)
                for name, inner in schema["properties"].items()
            }
        if schema.get("type") == "array":
            return [self._example(schema.get("items") or {}, depth + 1)]
        by_format = {"date-time": MOMENT, "date": DAY, "time": "09:00:00"}
        by_type = {"integer": NUMBER, "number": NUMBER, "boolean": FLAG}
        found = by_format.get(_format({"schema": schema}))
        return found or by_type.get(str(schema.get("type")), TEXT)

    # how it is reached

    def _url(self) -> str | None:
        servers = self.data.get("servers") or ()
        if servers and isinstance(servers[0], dict):
            return str(servers[0].get("url"))
        if "host" in self.data:
            scheme = (self.data.get("schemes") or ["https"])[0]
            return f"{scheme}://{self.data['host']}{self.data.get('basePath', '')}"
        return None

    def _sign_in(self, beginning: Beginning) -> None:
        """Propose how we sign in: by the first scheme that is known."""
        schemes = {
            **(self.data.get("securityDefinitions") or {}),
            **((self.data.get("components") or {}).get("securitySchemes") or {}),
        }
        beginning.connection = [
            "  url: {type: url, label: {en: Address, fr: Adresse}, drop_end: [/]}",
        ]
        beginning.transport = ["  kind: http", '  base_url: "{{ connection.url }}"']
        for name, scheme in schemes.items():
            lines = sign_in(self._resolved(scheme))
            if lines is not None:
                connection, transport = lines
                beginning.connection += connection
                beginning.transport += [f"  # guess: the description calls it '{name}'", *transport]
                return
            self.notes.append(f"not understood: the sign-in '{name}'")
        beginning.transport.append("  # guess: the description says no sign-in")


def _format(parameter: Mapping[str, Any]) -> str:
    schema = parameter.get("schema") or parameter
    return str(schema.get("format", "")) if isinstance(schema, dict) else ""


def _first(known: Mapping[str, Sample]) -> str:
    return next((path for path in known if "{" not in path), "/")
