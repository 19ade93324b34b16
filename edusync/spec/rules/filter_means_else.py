"""A filter that makes something else than it seems to.

Filters come before `~` and `+`, so `a ~ b | hmac(key)` is of `b` alone; `length` of a number counts
its digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.codes import get_code
from edusync.diagnostics import Diagnostic
from edusync.spec.language.bindings import counted, parts_filtered
from edusync.spec.texts import Expression

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_FILTER_MEANS_ELSE"
BAD = """
transport: {headers: {X-Sign: "{{ connection.url ~ account.name | digest }}"}}
"""
OK = """
transport: {headers: {X-Sign: "{{ (connection.url ~ account.name) | digest }}"}}
"""

_COUNTED = frozenset({"text", "list"})


def check(spec: Spec, builder: Builder) -> None:
    """Report each such filter, at its name."""
    for route, text in builder.texts:
        bare = type(text) is Expression
        for part in parts_filtered(text.source, bare=bare):
            sign, name = part.sign, part.name
            message = f"'{name}' is of what stands after the last '{sign}' alone"
            hint = (
                f"put the whole into parentheses, (a {sign} b) | {name}, or the last part and its "
                f"filter, a {sign} (b | {name})"
            )
            _add(builder, route, text, part.at, message, hint)
        read_as = _read_as(spec, route)
        for column, at in counted(text.source, bare=bare):
            gives = read_as.get(column, "text")
            if gives not in _COUNTED:
                message = f"'{column}' is a {gives}, of which 'length' counts the characters"
                hint = "compare it with a number, or count a list"
                _add(builder, route, text, at, message, hint)


def _add(
    builder: Builder, route: Route, text: Expression, at: int, message: str, hint: str
) -> None:
    place = builder.document.inside(route, text.source, at)
    finding = Diagnostic(CODE, get_code(CODE).severity, message, place, hint)
    builder.document.findings.append(finding)


def _read_as(spec: Spec, route: Route) -> dict[str, str]:
    """Return what the columns of the rows that a text is about are read as."""
    name = route[1] if len(route) > 1 else None
    if route[0] == "entities" and name in spec.entities:
        name = spec.entities[str(name)].source
    resource = spec.resources.get(str(name)) if route[0] in {"resources", "entities"} else None
    formats = resource.formats if resource else ()
    return {read.path.source: read.format.gives for read in formats}
