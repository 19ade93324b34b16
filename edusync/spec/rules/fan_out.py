"""One call for each pair of rows of two lists: the calls multiply."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_FAN_OUT_UNBOUNDED"
BAD = """
resources:
  rooms:
    {for_each: {rows: [lessons, teachers]}, get: "/rooms/{{ lessons.id }}/{{ teachers.id }}",
        key: id}
entities: {classroom: {from: rooms, source_id: id, name: name}}
"""
OK = """
resources:
  rooms:
    {for_each: {values: lessons.room, batch: 50}, get: /rooms, query: {ids: "{{ batch }}"}, key: id}
entities: {classroom: {from: rooms, source_id: id, name: name}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report a fan-out over several lists.

    Where one of them is known to be short, an `ignore` says so.
    """
    for name, resource in spec.resources.items():
        if (
            resource.for_each is not None
            and len(resource.for_each.lists) > 1
            and not resource.for_each.batch
        ):
            builder.document.report(
                CODE,
                ("resources", name, "for_each"),
                f"'{name}' asks once for every pair of {' and '.join(resource.for_each.lists)}",
                "ask in batches, or say why it is bounded: # edusync: "
                "ignore[SPEC_FAN_OUT_UNBOUNDED] reason",
                key=True,
            )
