"""A path whose names occur in no recorded answer.

A field that was misspelt, or that the ERP does not send.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.spec.build.builder import Builder
    from edusync.spec.recorded import Recorded
    from edusync.spec.types import Spec

CODE = "SPEC_PATH_NOT_RECORDED"

_GIVEN = frozenset(
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
    }
)
"""Names that stand in rows without any ERP having sent them."""


def check(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Report each path with a name that neither the recordings nor the spec itself make.

    Columns are names too.
    """
    if spec.transport.kind == "files":
        return  # rows of files are named by how a file is read, not by what stands in it
    made = (
        _GIVEN
        | spec.resources.keys()
        | set(_keys(builder.get(("resources",))))
        | set(_keys(builder.get(("writeback",))))
    )
    for route, path in builder.paths:
        wrong = next(
            (step for step in path.steps if step not in made and step not in recorded.names), None
        )
        if wrong is not None:
            _report(builder, route, wrong, recorded)
    for name in spec.resources:
        for column, caption in (builder.get(("resources", name, "columns")) or {}).items():
            if str(caption) not in recorded.names:
                _report(builder, ("resources", name, "columns", column), str(caption), recorded)


def _report(builder: Builder, route: Any, wrong: str, recorded: Recorded) -> None:
    builder.document.report(
        CODE,
        route,
        f"no recorded answer of the cases has '{wrong}'",
        did_you_mean(wrong, sorted(recorded.names)),
    )


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
