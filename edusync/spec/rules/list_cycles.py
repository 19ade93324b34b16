"""Lists that need each other in a circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from edusync.spec.needs import needs

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_LIST_CYCLE"
BAD = """
resources:
  teachers: {add: {x: {look_up: lessons, by: id}}}
  lessons: {add: {y: {look_up: teachers, by: id}}}
"""
OK = """
resources:
  lessons: {add: {y: {look_up: teachers, by: id}}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report the first circle, at the list where it begins."""
    try:
        TopologicalSorter(
            {name: set(needs(resource)) for name, resource in spec.resources.items()}
        ).prepare()
    except CycleError as error:
        circle = [str(name) for name in error.args[1]][::-1]
        builder.document.report(
            CODE,
            ("resources", circle[0]),
            f"lists need each other: {' → '.join(circle)}",
            "split one of them: read first, then add look-ups in a list made `from` it",
            key=True,
        )
