"""The start or the end of a sheet that is no moment: a text that nothing reads as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.formats.filtered import FilterFormat
from edusync.spec.mending import meant as meant_by
from edusync.spec.tree import AllOf, Composite, Constant, FirstOf, PathValue, TemplateValue

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec, Value

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


_FIELDS = {
    "course": (("starts_at", "ends_at"), "no sheet would come down"),
    "attendance": (("starts_at", "arrived_at", "left_at"), "it could not be compared"),
}


def check(spec: Spec, builder: Builder) -> None:
    """Report a moment that no list says is one: it is a plain column, or read as something else."""
    if spec.transport.kind not in {"http", "soap"}:
        return  # databases and calendars send moments themselves
    for kind, (fields, so) in _FIELDS.items():
        entity = spec.entities.get(kind)
        if entity is None:
            continue
        for field in fields:
            value = entity.fields.get(field)
            if value is None or _may_be_moment(spec, entity.source, value):
                continue
            route, place = ("entities", kind, field), None
            hint = "read the column with 'as' and a format of the kind moment, or say {day: …, "
            hint += "time: …}"
            message = f"'{field}' is never a moment, so {so}"
            meant = _meant(spec, entity.source, value)
            if meant is not None and isinstance(value, PathValue):
                place, hint = value.path.place, f"did you mean '{meant}'?"
                message = f"'{value.path.source}' is never a moment, so {so}"
            builder.document.report(CODE, route, message, hint, key=True, place=place)


def _meant(spec: Spec, name: str, value: Value) -> str | None:
    """Return the column that is read as a moment, where one of nearly the same name is asked for.

    Either of the two is misspelt.
    """
    if not isinstance(value, PathValue):
        return None
    return meant_by(value.path.source, sorted(_moments(spec, name, frozenset())))


def _moments(spec: Spec, name: str, met: frozenset[str]) -> set[str]:
    """Return the columns that a list, or one that it comes from, reads as moments."""
    resource = spec.resources.get(name)
    if resource is None or name in met:
        return set()
    own = {one.path.source for one in resource.formats if one.format.gives == "moment"}
    return own.union(*(_moments(spec, one, met | {name}) for one in resource.sources))


def _may_be_moment(spec: Spec, name: str, value: Value) -> bool:
    if value.format is not None and not isinstance(value.format, FilterFormat):
        return value.format.gives == "moment"
    match value:
        case FirstOf(parts) | AllOf(parts):
            return any(_may_be_moment(spec, name, part) for part in parts)
        case Constant(constant):
            return constant is None  # that nothing fills it is said elsewhere
        case PathValue(path) if path.steps:
            return _read_as_moment(spec, name, path.source, frozenset())
    return not isinstance(value, TemplateValue | Composite)


def _read_as_moment(spec: Spec, name: str, column: str, met: frozenset[str]) -> bool:
    """Whether a list, or one that it comes from, reads a column as a moment or makes it itself."""
    resource = spec.resources.get(name)
    if resource is None:
        return True  # that nothing is called so is said elsewhere
    for read in resource.formats:
        if read.path.source == column:
            return isinstance(read.format, FilterFormat) or read.format.gives == "moment"
    added = dict(resource.add).get(column)
    if added is not None:
        return _may_be_moment(spec, name, added)
    answers = {resource.call and resource.call.answer, resource.inner and resource.inner.answer}
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
