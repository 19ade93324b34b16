"""Build lists of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.build.answers import check_shape
from edusync.spec.build.calls import build_call, build_operation
from edusync.spec.build.known import known_list
from edusync.spec.build.named import where_written
from edusync.spec.build.reader import read_kind, read_node, read_part, read_several
from edusync.spec.build.values import build_value
from edusync.spec.paging import PAGING
from edusync.spec.scopes import ROW, RUN
from edusync.spec.texts import WHOLE, ListName
from edusync.spec.tree import Drop, ForEach, Inner, OrderBy, ReadAs, Resource
from edusync.spec.tree.call import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.payload import Payload
    from edusync.spec.texts import Expression
    from edusync.spec.tree import Path

_ASKS = (*VERBS, "method", "soap", "sql", "file")


def build_resource(builder: Builder, name: str) -> Resource:
    """Build one list."""
    route: Route = ("resources", name)
    data = builder.get(route)
    for_each = _for_each(builder, (*route, "for_each"))
    sources = read_several(builder, ListName, (*route, "from"), RUN) if "from" in data else ()
    paging, items = where_written(builder, route, "paging"), where_written(builder, route, "items")
    scope = RUN | ({"page"} if paging else frozenset())
    if for_each or sources:
        scope |= ancestors(builder, name) | {"parent"}
    if for_each and for_each.batch:
        scope |= {"batch"}
    call, rows = build_call(builder, route, scope), _rows(builder, (*route, "rows"))
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
    _check_origin(builder, route, origin=call or sources or zipped or rows or "call" in data)
    inner = _inner(builder, (*route, "inner")) if "inner" in data else None
    if call is not None:
        check_shape(builder, route, inner.answer.kind if inner else call.answer.kind)
    return read_node(
        builder,
        Resource,
        route,
        ROW,
        name=name,
        for_each=for_each,
        call=call,
        zipped=zipped,
        sources=sources,
        rows=rows,
        order_by=tuple(_order(builder, (*route, "order_by"))),
        paging=read_kind(builder, PAGING, paging) if paging else None,
        items=builder.path(items) if items and isinstance(builder.get(items), str) else WHOLE,
        inner=inner,
        written_out=_written_out(builder, (*route, "items")),
        shape=data.get("shape") or builder.get(("transport", "shape")) or "list",
        formats=tuple(_formats(builder, (*route, "as"))),
        **build_ignore(builder, (*route, "ignore"), ROW),
        **_same_key(builder, (*route, "same_key")),
    )


def _inner(builder: Builder, route: Route) -> Inner:
    """Build what stands inside an answer, which is text."""
    inner: Inner = read_node(builder, Inner, route)
    if inner.answer.kind == "xlsx":
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "answer"),
            "a workbook is no text, and cannot stand inside of an answer",
            "ask for the workbook by itself, with 'answer: xlsx' at a list",
            key=True,
        )
    return inner


def _check_origin(builder: Builder, route: Route, *, origin: object) -> None:
    """Report a list that comes from nowhere, and one that comes from two places."""
    data = builder.get(route)
    if not origin:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            f"the list '{route[-1]}' comes from nowhere",
            "add a call such as get:, or from:",
            key=True,
        )
    verb = next((word for word in ("call", *_ASKS) if word in data), None)
    if "zip" in data and verb is not None:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, verb),
            f"'{verb}' means nothing beside 'zip'",
            "put the operations together, or make one call: keep one of them",
            key=True,
        )
    beside = next((word for word in ("for_each", "zip", "call", *_ASKS) if word in data), None)
    also = "from" if "from" in data else beside
    if "rows" in data and also is not None:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "rows"),
            f"'rows' means nothing beside '{also}'",
            "say the rows themselves, or where they come from: make two lists of it",
            key=True,
        )
    if "from" in data and beside is not None:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "from"),
            f"'from' means nothing beside '{beside}'",
            "take the rows of a list, or ask the ERP: make two lists of it",
            key=True,
        )


def _rows(builder: Builder, route: Route) -> Expression | Payload | None:
    """Build the rows that a list says itself."""
    data = builder.get(route)
    if isinstance(data, str):
        return builder.expression(route, RUN)
    return builder.optional_payload(route, RUN)


def _order(builder: Builder, route: Route) -> Iterator[OrderBy]:
    """Build what rows are sorted by; a minus in front has the greatest first."""
    data = builder.get(route) or ()
    for at in [route] if isinstance(data, str) else [(*route, n) for n in range(len(data))]:
        source = str(builder.get(at))
        path = builder.path(at, source.removeprefix("-").strip())
        yield OrderBy(path, source.startswith("-"), place=builder.document.at(at))


def build_ignore(builder: Builder, route: Route, scope: frozenset[str]) -> dict[str, Any]:
    """Build what is ignored with a trace, where conditions stand under reason codes."""
    if not isinstance(builder.get(route), dict):
        return {}
    return {"ignore": None, "ignore_drops": read_several(builder, Drop, route, scope)}


def _same_key(builder: Builder, route: Route) -> dict[str, Any]:
    """Build what a second row with the same key means, and what is gathered of all."""
    data = builder.get(route)
    if not isinstance(data, dict):
        return {"same_key": data or "report"}
    gather: Route = (*route, "gather")
    builder.naming.append(gather)
    values = {name: build_value(builder, (*gather, name)) for name in data["gather"]}
    return {"same_key": "gather", "gather": values}


def ancestors(builder: Builder, name: str, visited: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names of the lists that a list comes out of or is asked for with (ruling L1).

    At any depth.
    """
    data = builder.get(("resources", name))
    if not isinstance(data, dict) or name in visited:
        return frozenset()
    above: frozenset[str] = frozenset()
    for parent in _parents(data):
        above |= {parent} | ancestors(builder, parent, visited | {name})
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


def _for_each(builder: Builder, route: Route) -> ForEach | None:
    """Build what a list is asked for with, None when it is asked once."""
    data = builder.get(route)
    if data is None:
        return None
    if not isinstance(data, dict):
        each: ForEach = read_part(builder, ForEach, route, RUN)
        return each
    each = read_node(builder, ForEach, route, RUN, values=tuple(_columns(builder, route)))
    if each.again is not None and not (each.values and each.batch):
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "again"),
            "'again' goes on with values in batches",
            "say 'values' and 'batch'",
            key=True,
        )
    return each


def _columns(builder: Builder, route: Route) -> Iterator[tuple[str, Path]]:
    """Yield the columns whose values a list is asked for with, each with its list."""
    here = (*route, "values")
    wanted = builder.get(here) or []
    for source in [wanted] if isinstance(wanted, str) else wanted:
        name, _, rest = source.partition(".")
        if known_list(builder, here, name) and rest:
            yield name, builder.path(here, rest)
        elif not rest:
            builder.document.report(
                "SPEC_BAD_PATH",
                here,
                f"'{source}' names a list but no column",
                "write list.column",
            )


def _written_out(builder: Builder, route: Route) -> tuple[dict[str, Path], ...]:
    data = builder.get(route)
    if not isinstance(data, list):
        return ()
    return tuple(
        {key: builder.path((*route, index, key)) for key in row} for index, row in enumerate(data)
    )


def _formats(builder: Builder, route: Route) -> list[ReadAs]:
    formats = []
    for source in builder.get(route) or {}:
        before = len(builder.paths)
        path = builder.path((*route, source), source, key=True)
        format_ = builder.format((*route, source))  # named, whatever is wrong with the path
        if not path.steps and len(builder.paths) > before:
            builder.document.report(
                "SPEC_BAD_PATH",
                (*route, source),
                "'as' takes plain names joined by dots",
                "name the column below `columns`, and say that name here; else add a column",
                key=True,
            )
        elif path.steps and format_ is not None:
            formats.append(ReadAs(path, format_, place=builder.at((*route, source))))
    return formats
