"""A field that every item needs, and that nothing fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.tree import Constant

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_FIELD_NEVER_FILLED"
BAD = """
entities: {professor: {email: {value: null}}}
"""
OK = """
entities: {professor: {email: mail}}
"""

_NEEDED = {
    "student": ("last_name", "first_name", "email"),
    "professor": ("last_name", "first_name", "email"),
    "external": ("last_name", "first_name", "email"),
    "group": ("name",),
    "classroom": ("name",),
    "course": ("name", "starts_at", "ends_at", "professors"),
    "attendance": ("student", "state"),
}


def check(spec: Spec, builder: Builder) -> None:
    """Report a needed field that is missing, or that is always empty.

    No item could ever come down, and no attendance be read back.
    """
    for kind, entity in spec.entities.items():
        for field in _NEEDED[kind]:
            if field == "email" and kind == "student" and spec.rules.student_email != "needed":
                continue
            value = entity.fields.get(field)
            if value is None or (isinstance(value, Constant) and value.value in (None, "", [])):
                route = ("entities", kind) if value is None else ("entities", kind, field)
                items = f"of a {kind}, so none would come down"
                what = items if kind in spec.items else f"of {kind}, so none would be read back"
                builder.document.report(
                    CODE,
                    route,
                    f"nothing fills '{field}' {what}",
                    f"say where it stands: '{field}: …'",
                    key=True,
                )
