"""The start or the end of a sheet that is no moment: a text that nothing reads as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.formats.moment import MomentFormat

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.types import Spec, Value

CODE = "SPEC_NO_MOMENT"
BAD = """
entities: {course: {starts_at: begin}}
"""
OK = """
resources: {lessons: {as: {begin: iso, on: day, from: clock, to: clock}}}
entities: {course: {starts_at: begin}}
"""


_OF_MOMENTS = frozenset({"ics", "xlsx"})
"""Kinds of answers that send moments themselves."""


def check(spec: Spec, builder: Builder) -> None:
    """Report a start or an end that no list says is a moment.

    It is a plain column, or read as something else.
    """
    course = spec.entities["course"]
    if spec.transport.kind not in {"http", "soap"}:
        return  # databases and calendars send moments themselves
    for field in ("starts_at", "ends_at"):
        value = course.fields.get(field)
        if value is not None and not _may_be_moment(spec, course.source, value):
            builder.document.report(
                CODE,
                ("entities", "course", field),
                f"'{field}' is never a moment, so no sheet would come down",
                "read the column with 'as' and a format of the kind moment, or say {day: "
                "…, time: …}",
                key=True,
            )


def _may_be_moment(spec: Spec, name: str, value: Value) -> bool:
    if value.format is not None:
        return isinstance(value.format, MomentFormat)
    if value.kind in {"first_of", "all_of"}:
        return any(_may_be_moment(spec, name, part) for part in value.parts)
    if value.kind == "value":
        return value.constant is None  # that nothing fills it is said elsewhere
    if value.kind != "path" or value.path is None or not value.path.steps:
        return value.kind not in {"template", "composite"}
    return _read_as_moment(spec, name, value.path.source, frozenset())


def _read_as_moment(spec: Spec, name: str, column: str, met: frozenset[str]) -> bool:
    """Whether a list, or one that it comes from, reads a column as a moment or makes it itself."""
    resource = spec.resources.get(name)
    if resource is None:
        return True  # that nothing is called so is said elsewhere
    for path, format_, _ in resource.formats:
        if path.source == column:
            return isinstance(format_, MomentFormat)
    made = dict(resource.add).get(column)
    if made is not None:
        return _may_be_moment(spec, name, made)
    answers = {resource.call and resource.call.answer, resource.inner and resource.inner[1]}
    if any(answer.kind in _OF_MOMENTS for answer in answers if answer):
        return True
    above, dot, rest = column.partition(".")
    if dot and above in spec.resources and above not in met:
        return _read_as_moment(spec, above, rest, met | {name})
    return any(
        _read_as_moment(spec, source, column, met | {name})
        for source in resource.sources
        if source not in met
    )
