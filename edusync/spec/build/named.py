"""A call that is described once, and what a list that names it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.types import Payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder

TOGETHER = ("query", "headers", "json", "form")
"""What both may say: members of one mapping."""
ONCE = ("text", "xml", "basic", "items", "paging", "answer")
"""What one of them says."""


def report_twice(builder: Builder, route: Route, named: Route) -> None:
    """Report whatever a call and the one who names it both say: nothing covers anything up."""
    ours, its = builder.get(route), builder.get(named)
    for word in (*TOGETHER, *ONCE):
        if word not in ours or word not in its:
            continue
        mappings = word in TOGETHER and isinstance(ours[word], dict) and isinstance(its[word], dict)
        for here in [(*route, word, key) for key in ours[word] if key in its[word]] if mappings else [(*route, word)]:
            builder.document.report("SPEC_WRONG_VALUE", here, f"the call '{named[-1]}' says '{here[-1]}' already", "keep one of them", key=True)


def filled(payload: Payload | None, holes: Mapping[str, Payload]) -> Payload | None:
    """Return what a call sends, with its holes filled."""
    if payload is None:
        return None

    def render(row: object, names: Mapping[str, Any]) -> object:
        return payload.render(row, {**names, "with": {key: hole.render(row, names) for key, hole in holes.items()}})

    return Payload(render, (*payload.parts, *(part for hole in holes.values() for part in hole.parts)))


def together(its: Payload | None, ours: Payload | None) -> Payload | None:
    """Return what a call sends and what is added to it, as one."""
    if its is None or ours is None:
        return its or ours

    def render(row: object, names: Mapping[str, Any]) -> object:
        return {**its.render(row, names), **ours.render(row, names)}

    return Payload(render, (*its.parts, *ours.parts))
