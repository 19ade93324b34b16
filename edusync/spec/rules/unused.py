"""Filters, options, lists, calls and formats that are declared and never used."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from edusync.spec.needs import consumers
from edusync.spec.tree import Expression, walk

if TYPE_CHECKING:
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
    texts = (met.node for met in walk(spec) if isinstance(met.node, Expression))
    names = {name[:2] for text in texts for name in text.names}
    filtered = {by.name for resource in spec.resources.values() for by in resource.filter_by}
    for name in spec.filters:
        if name not in filtered and ("filters", name) not in names:
            builder.document.report(
                "SPEC_FILTER_UNUSED",
                ("filters", name),
                f"the filter '{name}' is never used",
                "use it in a call or in 'filter_by'",
                key=True,
            )
    for section, questions in (("options", spec.options), ("connection", spec.connection)):
        for name, question in questions.items():
            meant = get_close_matches(
                name, [missing for root, missing in builder.unknown if root == section], 1
            )
            if (section, name) not in names and (
                meant or not ((question.optional and question.help) or question.assumed)
            ):
                builder.document.report(
                    "SPEC_OPTION_UNUSED",
                    (section, name),
                    f"'{name}' is never used",
                    "use it, or make it optional with a 'help'",
                    key=True,
                )
    chosen = {question.choices.resource for question in spec.filters.values() if question.choices}
    chosen |= {
        question.must_exist_in.resource
        for questions in (spec.options, spec.connection)
        for question in questions.values()
        if question.must_exist_in
    }
    for name, count in consumers(spec).items():
        if count == 0 and name not in chosen and name in spec.resources:
            builder.document.report(
                "SPEC_LIST_UNUSED",
                ("resources", name),
                f"the list '{name}' is never used",
                "use it, or remove it",
                key=True,
            )
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
            builder.document.report(
                "SPEC_FORMAT_UNUSED",
                ("formats", name),
                f"the format '{name}' is never used",
                "use it, or remove it",
                key=True,
            )
