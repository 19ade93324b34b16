"""A format that reads none of the values that were recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.formats import Unreadable

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.formats import Format
    from edusync.spec.recorded import Recorded
    from edusync.spec.tree import Resource, Spec

CODE = "SPEC_FORMAT_PARSES_NOTHING"
OF_RECORDED = True


def check(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Report each `as` of a list that reads no value recorded under that name.

    Where nothing was recorded, or a list above makes the value, nothing is said.
    """
    for name, resource in spec.resources.items():
        for read in resource.formats:
            path, format_ = read.path, read.format
            step = path.source.rpartition(".")[2]
            if step in _columns_above(spec, resource):
                continue
            values = recorded.values(resource.columns.get(step, step))
            first = next(values, None)
            if (
                first is not None
                and not _reads(format_, first)
                and not any(_reads(format_, value) for value in values)
            ):
                builder.document.report(
                    CODE,
                    ("resources", name, "as", path.source),
                    f"no recorded value of '{step}' reads like this",
                    "look at them with `edusync try`, and correct the format",
                )


def _columns_above(spec: Spec, resource: Resource) -> set[str]:
    """Return the columns that the lists above a list read by a format, or add."""
    columns, waiting, visited = set[str](), [*resource.sources], set[str]()
    while waiting:
        name = waiting.pop()
        above = spec.resources.get(name)
        if above is None or name in visited:
            continue
        visited.add(name)
        columns |= {read.path.source.rpartition(".")[2] for read in above.formats}
        columns |= {added for added, _ in above.add}
        waiting += above.sources
    return columns


def _reads(format_: Format, value: str) -> bool:
    try:
        return format_.read(value) is not None
    except Unreadable:
        return False
