"""A name that is read of a row whose names the spec itself writes out, and that is none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.codes import get_code
from edusync.diagnostics import Diagnostic, did_you_mean
from edusync.spec.reading import Reading
from edusync.spec.rules import names_unused, no_moment

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_UNKNOWN_NAME"
LAST = True
BAD = """
resources: {rooms: {get: /rooms, columns: {code: Code}, key: cod}}
"""
OK = """
resources: {rooms: {get: /rooms, columns: {code: Code}, key: code}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report each name that `columns`, `add`, `zip` or `items` would have to declare."""
    if builder.document.has_errors:
        return  # lists and names that do not exist are reported already
    for stray in Reading(spec).strays:
        place = stray.why.location
        if place is not None:
            known = sorted(stray.known)
            finding = Diagnostic(
                CODE,
                get_code(CODE).severity,
                f"no row has '{stray.name}': the spec writes its names out",
                place,
                did_you_mean(stray.name, known) or f"they are {', '.join(known)}",
            )
            if finding not in builder.document.findings:
                builder.document.findings[:] = [
                    other
                    for other in builder.document.findings
                    if not _is_same(other, finding, stray.name)
                ]
                builder.document.findings.append(finding)


def _is_same(other: Diagnostic, finding: Diagnostic, name: str) -> bool:
    """Whether a finding says of the same name that nothing reads it: it is misspelt, not unused.

    Or that it is no moment, which nothing is that is not there.
    """
    if other.code == no_moment.CODE:
        return other.location.line == finding.location.line
    return (
        other.code == names_unused.CODE
        and other.location == finding.location
        and other.message.endswith(f"'{name}'")
    )
