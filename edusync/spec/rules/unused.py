"""Filters, options, lists, calls and formats that are declared and never used."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from edusync.spec.needs import consumers
from edusync.spec.tree import Choices, Expression, MustExist, Offer, walk

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_LIST_UNUSED"
BAD = """
resources: {rooms: {get: /rooms, key: id}}
"""
OK = """
resources: {rooms: {get: /rooms, key: id}}
entities: {classroom: {from: rooms, source_id: id, name: name}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report whatever nothing uses."""
    parts = [met.node for met in walk(spec)]
    names = {name[:2] for part in parts if isinstance(part, Expression) for name in part.names}
    _filters(spec, builder, names)
    _questions(spec, builder, names)
    chosen = {part.resource for part in parts if isinstance(part, Choices | MustExist | Offer)}
    for name, count in consumers(spec).items():
        if count == 0 and name not in chosen and name in spec.resources:
            _report(builder, CODE, ("resources", name), "list", "use it, or remove it")
    for name in builder.get(("transport", "calls")) or {}:
        if name not in builder.used_calls:
            builder.document.report(
                "SPEC_CALL_UNUSED",
                ("transport", "calls", name),
                f"the call '{name}' is never made",
                "name it in a list or a step, or remove it",
                key=True,
            )
    for name in builder.get(("formats",)) or {}:
        if name not in builder.used_formats:
            route = ("formats", name)
            _report(builder, "SPEC_FORMAT_UNUSED", route, "format", "use it, or remove it")
    for name in spec.codes:
        if name not in builder.used_codes:
            _report(builder, "SPEC_CODE_UNUSED", ("codes", name), "code", "use it, or remove it")


def _filters(spec: Spec, builder: Builder, names: set[tuple[str, ...]]) -> None:
    filtered = {by.name for resource in spec.resources.values() for by in resource.filter_by}
    for name in spec.filters:
        if name not in filtered and ("filters", name) not in names:
            hint = "use it in a call or in 'filter_by'"
            _report(builder, "SPEC_FILTER_UNUSED", ("filters", name), "filter", hint)


def _questions(spec: Spec, builder: Builder, names: set[tuple[str, ...]]) -> None:
    """Report options and answers of the connection, but for what is said to have another use."""
    for section, questions in (("options", spec.options), ("connection", spec.connection)):
        unknown = [missing for root, missing in builder.unknown if root == section]
        for name, question in questions.items():
            is_excused = (question.optional and question.help) or question.assumed
            meant = get_close_matches(name, unknown, 1)
            if (section, name) not in names and (meant or not is_excused):
                builder.document.report(
                    "SPEC_OPTION_UNUSED",
                    (section, name),
                    f"'{name}' is never used",
                    "use it, or make it optional with a 'help'",
                    key=True,
                )


def _report(builder: Builder, code: str, route: Route, what: str, hint: str) -> None:
    message = f"the {what} '{route[-1]}' is never used"
    builder.document.report(code, route, message, hint, key=True)
