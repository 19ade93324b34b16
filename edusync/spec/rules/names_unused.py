"""A name that a list or a sign-in gives to something, and that nothing reads.

A column that was misspelt, or is not needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.names_read import names_read

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_NAME_UNUSED"
BAD = """
resources: {lessons: {add: {tilte: title}}}
"""
OK = """
resources: {lessons: {add: {titre: title}}}
entities: {course: {name: titre}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report each name that no path and no expression reads.

    Names of a column, of what is parsed, added, zipped or let, and of what a step reads.
    """
    read = names_read(spec)
    for place in dict.fromkeys(builder.naming):
        declared = builder.get(place)
        for name in declared if isinstance(declared, dict) else ():
            if str(name).rpartition(".")[2] not in read:
                builder.document.report(
                    CODE,
                    (*place, name),
                    f"nothing reads '{name}'",
                    "correct the name, or remove it",
                    key=True,
                )
