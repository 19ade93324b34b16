"""A call for each of something that does not mention it, so that every call would be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.build.lists import ancestors

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_PARENT_UNUSED"
BAD = """
resources: {teachers: {for_each: lessons, get: /teachers}}
"""
OK = """
resources: {teachers: {for_each: lessons, get: "/lessons/{{ parent.id }}/teachers"}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report a fan-out whose call ignores what it is asked for with."""
    for name, resource in spec.resources.items():
        if resource.call is None or resource.for_each is None:
            continue
        word = "batch" if resource.for_each.batch else "parent"
        known = {word, *(() if resource.for_each.batch else ancestors(builder, name))}
        used = {part[0] for expression in resource.call.parts for part in expression.names}
        if not used & known:
            builder.document.report(
                CODE,
                ("resources", name, "for_each"),
                f"the call of '{name}' does not use '{word}'",
                f"put {{{{ {word} }}}} into the call, or drop 'for_each'",
                key=True,
            )
