"""An id of one school that stands in the spec of all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_ID_HARD_CODED"
BAD = """
resources: {teachers: {query: {siteId: 36}}}
"""
OK = """
resources: {teachers: {query: {siteId: "{{ filters.sites }}"}}}
"""

_ID = re.compile(r"(^id[A-Z_]|[a-z_](Id|ID|_id)$|^id$)")


def check(spec: Spec, builder: Builder) -> None:
    """Report a parameter that is named like an id and holds a number that is written out."""
    for name in spec.resources:
        for word in ("query", "form"):
            parameters = builder.get(("resources", name, word))
            for key, value in (parameters if isinstance(parameters, dict) else {}).items():
                if _ID.search(str(key)) and (
                    (isinstance(value, int) and not isinstance(value, bool))
                    or (isinstance(value, str) and value.isdigit())
                ):
                    builder.document.report(
                        CODE,
                        ("resources", name, word, key),
                        f"'{key}' is an id of one installation",
                        "ask for it under `connection` or `options`, or find it in a list",
                    )
