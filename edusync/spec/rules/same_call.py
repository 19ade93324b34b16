"""Two lists that ask the ERP for the very same."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Resource, Spec

CODE = "SPEC_CALL_TWICE"
BAD = """
resources: {staff: {get: /teachers, key: id}}
entities: {external: {from: staff, source_id: id, last_name: last, first_name: first, email: mail}}
"""
OK = """
resources: {staff: {from: teachers, ignore: "row.internal", key: id}}
entities: {external: {from: staff, source_id: id, last_name: last, first_name: first, email: mail}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report a list whose call, and all that it is made for, is that of a list above it."""
    for first, second in combinations(spec.resources.values(), 2):
        if first.call is not None and _request(first) == _request(second):
            builder.document.report(
                CODE,
                ("resources", second.name),
                f"the list '{second.name}' asks for the same as '{first.name}'",
                f"say 'from: {first.name}' here, so that it is asked once",
                key=True,
            )


def _request(resource: Resource) -> tuple[object, ...]:
    return (resource.call, resource.for_each, resource.paging, resource.when)
