"""A secret that is written out in a spec."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_SECRET_IN_CLEAR"
BAD = """
transport: {headers: {X-Api-Key: 5f4dcc3b5aa765d6}}
"""
OK = """
transport: {headers: {X-Api-Key: "{{ connection.key }}"}}
"""

_SECRET = re.compile(
    r"pass(word|wd)?$|pwd$|secret|token$|api.?key|^authorization$|mot.?de.?passe", re.IGNORECASE
)
_SENT = {"headers", "query", "form", "json", "basic", "arguments", "soap_header"}


def check(spec: Spec, builder: Builder) -> None:
    """Report a header, a parameter or a field that is named like a secret and has no hole."""
    del spec
    for route, value in _texts(builder.document.data, ()):
        named = _SECRET.search(str(route[-1])) if route else None
        if named and _SENT & set(route) and value and "{{" not in value and "{%" not in value:
            builder.document.report(
                CODE,
                route,
                f"'{route[-1]}' is written out",
                "ask for it: `connection: {key: {type: secret, …}}` and {{ connection.key }} here",
            )


def _texts(data: Any, route: Route) -> Iterator[tuple[Route, str]]:
    if isinstance(data, dict):
        for key, inner in data.items():
            if route or key in {"transport", "resources", "writeback"}:
                yield from _texts(inner, (*route, key))
    elif isinstance(data, list):
        for index, inner in enumerate(data):
            yield from _texts(inner, (*route, index))
    elif isinstance(data, str):
        yield route, data
