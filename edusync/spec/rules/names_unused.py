"""A name that a list or a sign-in gives to something, and that nothing reads.

A column that was misspelt, or is not needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.names_read import names_read

if TYPE_CHECKING:
    from edusync.diagnostics import Route
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

_NAMING = ("columns", "as", "add", "zip")


def check(spec: Spec, builder: Builder) -> None:
    """Report each name that no path and no expression reads.

    Names of a column, of what is parsed, added, zipped or let, and of what a step reads.
    """
    read = names_read(spec)
    places: list[Route] = [("resources", name, word) for name in spec.resources for word in _NAMING]
    places += [("resources", name, "same_key", "gather") for name in spec.resources]
    places += [
        ("transport", "auth", "login", index, "read")
        for index in range(len(builder.get(("transport", "auth", "login")) or ()))
    ]
    places += [("writeback", "let", kind) for kind in ("person", "sheet")]
    places += [
        ("writeback", steps, index, "read")
        for steps in ("for_person", "for_sheet", "then")
        for index in range(len(builder.get(("writeback", steps)) or ()))
    ]
    for place in places:
        found = builder.get(place)
        for name in found if isinstance(found, dict) else ():
            if str(name).rpartition(".")[2] not in read:
                builder.document.report(
                    CODE,
                    (*place, name),
                    f"nothing reads '{name}'",
                    "correct the name, or remove it",
                    key=True,
                )
