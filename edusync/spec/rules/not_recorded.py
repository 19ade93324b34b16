"""A path whose names occur in no recorded answer.

A field that was misspelt, or that the ERP does not send.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.codes import get_code
from edusync.diagnostics import Diagnostic, did_you_mean
from edusync.spec.due import names_due, refusals_due
from edusync.spec.names_read import names_read
from edusync.spec.needs import lists_down, lists_up

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from edusync.diagnostics import Location, Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.due import Due
    from edusync.spec.recorded import Recorded
    from edusync.spec.tree import Spec

CODE = "SPEC_PATH_NOT_RECORDED"
OF_RECORDED = True

_BUILT_IN = frozenset(
    {
        "parent",
        "value",
        "text",
        "header",
        "body",
        "root",
        "person",
        "course",
        "source_id",
        "edusign_id",
        "carry",
        "attendance",
        "line",
        "reason",
        "role",
        "starts_at",
        "ends_at",
        "students",
    }
)
"""Names that stand in rows without any ERP having sent them."""


_TO_RECORD = (
    "no case shows the way up: `edusync record FILE --case up --up` records one, or write it by "
    "hand, with `attendance` and the answers of the ERP"
)


def check(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Report each path with a name that neither the recordings nor the spec itself make.

    Columns are names too.
    """
    if not builder.document.has_errors:
        _check_rows(spec, builder, recorded)
    if spec.transport.kind == "files":
        return  # rows of files are named by how a file is read, not by what stands in it
    own_names = (
        _BUILT_IN
        | spec.resources.keys()
        | set(_keys(builder.get(("resources",))))
        | set(_keys(builder.get(("writeback",))))
    )
    known = sorted(recorded.keys | (names_read(spec) & recorded.names))
    only_up = set() if builder.document.has_errors else lists_up(spec) - lists_down(spec)
    for route, path in builder.paths:
        wrong = next(
            (step for step in path.steps if step not in own_names and step not in recorded.names),
            None,
        )
        if wrong is not None:
            is_unshown = not recorded.goes_up and _is_of_the_way_up(route, only_up)
            _report(builder, route, wrong, known, _TO_RECORD if is_unshown else None)
    for due in _names_due(spec) if not builder.document.has_errors else ():
        name = due.path.rpartition(".")[2]
        if due.location is not None and name not in own_names | recorded.names:
            _report_at(builder, due.location, name, known)
    for name in spec.resources:
        for column, caption in (builder.get(("resources", name, "columns")) or {}).items():
            if str(caption) not in recorded.names:
                _report(builder, ("resources", name, "columns", column), str(caption), known)


def _is_of_the_way_up(route: Route, only_up: Collection[str]) -> bool:
    """Whether a path is read on the way up alone."""
    return route[0] == "writeback" or (route[0] == "resources" and route[1] in only_up)


def _report(
    builder: Builder, route: Route, wrong: str, known: list[str], hint: str | None = None
) -> None:
    _report_at(builder, builder.document.at(route), wrong, known, hint)


def _report_at(
    builder: Builder, place: Location, wrong: str, known: list[str], hint: str | None = None
) -> None:
    """Report a name; without `hint` the hint names a key of the recordings, never a value."""
    message = f"no recorded answer of the cases has '{wrong}'"
    _add(builder, message, place, hint or did_you_mean(wrong, known))


def _add(builder: Builder, message: str, place: Location, hint: str | None) -> None:
    """Report something, unless something was said of the name at this place before."""
    if any(one.code == CODE and one.location == place for one in builder.document.findings):
        return
    builder.document.findings.append(
        Diagnostic(CODE, get_code(CODE).severity, message, place, hint)
    )


def _check_rows(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Report each name that rows of the cases lack where the spec reads it of a list.

    Where rows had no object to look into, nobody can say.
    """
    due = names_due(spec)

    def has(name: str, path: str) -> bool:
        places = {(name, path), *due.elsewhere(name, path)}
        return any(other_path in recorded.rows.get(other, ()) for other, other_path in places)

    for name, tree in due.trees.items():
        for one in tree.names():
            above, _, last = one.path.rpartition(".")
            beside = [
                path.rpartition(".")[2]
                for path in recorded.rows.get(name, ())
                if path.rpartition(".")[0] == above
            ]
            if one.is_expected and one.location and beside and not has(name, one.path):
                message = f"no recorded row of '{name}' has '{one.path}'"
                _add(builder, message, one.location, did_you_mean(last, sorted(beside)))


def _names_due(spec: Spec) -> Iterator[Due]:
    """Yield the names that are read of rows, and of answers that may refuse a line."""
    steps = spec.writeback.steps if spec.writeback else ()
    answers = [refusals_due(step.refused) for step in steps if step.refused is not None]
    for tree in (*names_due(spec).trees.values(), *answers):
        yield from (due for due in tree.names() if due.is_expected)


def _keys(data: Any) -> Iterator[str]:
    """Yield every key of a part of the spec, at any depth.

    Columns, added fields and what is let are names of rows too.
    """
    if isinstance(data, dict):
        for key, inner in data.items():
            yield str(key)
            yield from _keys(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _keys(inner)
