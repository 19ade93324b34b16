"""Where each name is in scope: found in the texts of the specs that examples are taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.app.authoring.key_examples import example_specs
from edusync.app.authoring.uses import uses
from edusync.app.authoring.words import where_of
from edusync.spec.document import read_document
from edusync.spec.load import load_spec
from edusync.spec.scopes import NAMES
from edusync.spec.tree import Expression, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route


def scopes_by_name() -> dict[str, dict[str, None]]:
    """Return where each name is in scope: the keys of which some spec has a text with it there."""
    scopes: dict[str, dict[str, None]] = {name: {} for name in NAMES}
    for file in example_specs():
        text = file.read_text(encoding="utf-8")
        spec, _ = load_spec(text, file.name, _Anything())
        if spec is None:
            continue
        written = read_document(text, file.name)
        named = {
            route: f"{where_of(part)}.{key}".strip(".") for (part, key), route in uses(written.data)
        }
        at = {
            written.at(route, key=key): name
            for route in written.values
            for key in (True, False)
            if (name := _above(route, named)) is not None
        }
        for met in walk(spec):
            if isinstance(met.node, Expression) and met.place in at:
                for name in met.node.scope & NAMES.keys():
                    scopes[name][at[met.place]] = None
    return scopes


def _above(route: Route, named: Mapping[Route, str]) -> str | None:
    """Return the name of the key that a place stands behind, however deep."""
    while route:
        if route in named:
            return named[route]
        route = route[:-1]
    return None


class _Anything(dict[str, Any]):
    """The functions of plugins that the examples name."""

    def __init__(self) -> None:
        super().__init__({"rosewood_signature": dict, "rosewood_learners": list})
