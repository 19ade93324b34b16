"""Build lists of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.build.answers import answer_kind, check_shape
from edusync.spec.build.calls import build_call, build_operation
from edusync.spec.build.known import known_code, known_list
from edusync.spec.build.named import where_said
from edusync.spec.build.reader import read_kind, read_node
from edusync.spec.build.values import build_value
from edusync.spec.paging import PAGING
from edusync.spec.scopes import ROW, RUN
from edusync.spec.texts import WHOLE
from edusync.spec.tree import Drop, FilterBy, ForEach, Inner, ReadAs, Resource

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Path

_ASKS = ("get", "post", "put", "patch", "delete", "soap", "sql", "file")


def build_resource(builder: Builder, name: str) -> Resource:
    """Build one list."""
    route: Route = ("resources", name)
    data = builder.get(route)
    for_each = _for_each(builder, (*route, "for_each"))
    sources = _sources(builder, route, data)
    above = ancestors(builder, name)
    scope = (
        RUN
        | ({"page"} if where_said(builder, route, "paging") else frozenset())
        | (above | {"parent"} if for_each or sources else frozenset())
    )
    if for_each and for_each.batch:
        scope |= {"batch"}
    call = build_call(builder, route, scope)
    zipped = tuple(
        (column, build_operation(builder, route, ("zip", column), scope))
        for column in data.get("zip") or {}
    )
    if zipped and not (for_each and for_each.batch and for_each.values):
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "zip"),
            "'zip' puts together what is asked for the same batch of values",
            "say 'for_each: {values: …, batch: …}'",
            key=True,
        )
    if call is None and not sources and not zipped and "call" not in data:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            f"the list '{name}' comes from nowhere",
            "add a call such as get:, or from:",
            key=True,
        )
    beside = next((word for word in ("for_each", "zip", "call", *_ASKS) if word in data), None)
    if "from" in data and beside is not None:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "from"),
            f"'from' means nothing beside '{beside}'",
            "take the rows of a list, or ask the ERP: make two lists of it",
            key=True,
        )
    paging, items = where_said(builder, route, "paging"), where_said(builder, route, "items")
    inner = (
        Inner(
            builder.path((*route, "inner", "at")),
            answer_kind(builder, (*route, "inner", "answer")),
        )
        if "inner" in data
        else None
    )
    if call is not None:
        check_shape(builder, route, inner.answer.kind if inner else call.answer.kind)
    same = data.get("same_key", "report")
    if "single" in data:
        known_code(builder, (*route, "single"), data["single"])
    return read_node(
        builder,
        Resource,
        route,
        ROW,
        name=name,
        when=builder.optional_expression((*route, "when"), RUN),
        for_each=for_each,
        call=call,
        zipped=zipped,
        sources=sources,
        paging=read_kind(builder, PAGING, paging) if paging else None,
        items=builder.path(items) if items and isinstance(builder.get(items), str) else WHOLE,
        inner=inner,
        written_out=_written_out(builder, (*route, "items")),
        shape=data.get("shape") or builder.get(("transport", "shape")) or "list",
        formats=tuple(_formats(builder, (*route, "as"))),
        add=tuple(
            (key, build_value(builder, (*route, "add", key))) for key in data.get("add") or {}
        ),
        filter_by=tuple(
            FilterBy(
                key,
                build_value(builder, (*route, "filter_by", key)),
                place=builder.at((*route, "filter_by", key)),
            )
            for key in _filters(builder, route)
        ),
        drop=tuple(build_drops(builder, (*route, "drop"))),
        same_key="gather" if isinstance(same, dict) else same,
        gather={
            key: build_value(builder, (*route, "same_key", "gather", key)) for key in same["gather"]
        }
        if isinstance(same, dict)
        else {},
    )


def build_drops(builder: Builder, route: Route) -> list[Drop]:
    """Build the reasons why a row is dropped."""
    found = []
    for code in builder.get(route) or {}:
        known_code(builder, (*route, code), code, key=True)
        test = builder.expression((*route, code), ROW)
        found.append(Drop(code, test, place=builder.at((*route, code))))
    return found


def ancestors(builder: Builder, name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names of the lists that a list comes out of or is asked for with (ruling L1).

    At any depth.
    """
    data = builder.get(("resources", name))
    if not isinstance(data, dict) or name in seen:
        return frozenset()
    above: frozenset[str] = frozenset()
    for parent in _parents(data):
        above |= {parent} | ancestors(builder, parent, seen | {name})
    return above


def _parents(data: dict[str, Any]) -> list[str]:
    from_ = data.get("from")
    parents = [from_] if isinstance(from_, str) else list(from_ or [])
    each = data.get("for_each")
    if isinstance(each, str):
        parents.append(each)
    elif isinstance(each, dict):
        rows = each.get("rows", [])
        parents += [rows] if isinstance(rows, str) else rows
    return parents


def _sources(builder: Builder, route: Route, data: dict[str, Any]) -> tuple[str, ...]:
    source = data.get("from")
    if source is None:
        return ()
    names = [source] if isinstance(source, str) else source
    places = (
        [(*route, "from")]
        if isinstance(source, str)
        else [(*route, "from", index) for index in range(len(names))]
    )
    return tuple(
        name for name, place in zip(names, places, strict=True) if known_list(builder, place, name)
    )


def _for_each(builder: Builder, route: Route) -> ForEach | None:
    data = builder.get(route)
    if data is None:
        return None
    if isinstance(data, str):
        return ForEach((data,) if known_list(builder, route, data) else (), (), None, None)
    rows = data.get("rows", [])
    lists = tuple(
        name
        for name in ([rows] if isinstance(rows, str) else rows)
        if known_list(builder, (*route, "rows"), name)
    )
    values: list[tuple[str, Path]] = []
    wanted = data.get("values", [])
    for source in [wanted] if isinstance(wanted, str) else wanted:
        name, _, rest = source.partition(".")
        if known_list(builder, (*route, "values"), name) and rest:
            values.append((name, builder.path((*route, "values"), rest)))
        elif not rest:
            builder.document.report(
                "SPEC_BAD_PATH",
                (*route, "values"),
                f"'{source}' names a list but no column",
                "write list.column",
            )
    items = builder.optional_expression((*route, "items"), RUN)
    again = builder.path((*route, "again")) if "again" in data else None
    if again is not None and not (values and data.get("batch")):
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "again"),
            "'again' goes on with values in batches",
            "say 'values' and 'batch'",
            key=True,
        )
    return ForEach(lists, tuple(values), items, data.get("batch"), again, data.get("depth", 20))


def _written_out(builder: Builder, route: Route) -> tuple[dict[str, Path], ...]:
    data = builder.get(route)
    if not isinstance(data, list):
        return ()
    return tuple(
        {key: builder.path((*route, index, key)) for key in row} for index, row in enumerate(data)
    )


def _formats(builder: Builder, route: Route) -> list[ReadAs]:
    found = []
    for source in builder.get(route) or {}:
        path = builder.path((*route, source), source)
        if not path.steps:
            builder.document.report(
                "SPEC_BAD_PATH",
                (*route, source),
                "'as' takes plain names joined by dots",
                "add a column instead",
                key=True,
            )
            continue
        format_ = builder.format((*route, source))
        if format_ is not None:
            found.append(ReadAs(path, format_, place=builder.at((*route, source))))
    return found


def _filters(builder: Builder, route: Route) -> list[str]:
    from edusync.diagnostics import did_you_mean

    known = builder.get(("filters",)) or {}
    found = []
    for name in builder.get((*route, "filter_by")) or {}:
        if name in known:
            found.append(name)
        else:
            builder.document.report(
                "SPEC_UNKNOWN_FILTER",
                (*route, "filter_by", name),
                f"no filter is called '{name}'",
                did_you_mean(name, list(known)),
                key=True,
            )
    return found
