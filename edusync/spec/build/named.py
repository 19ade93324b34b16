"""A call that is described once, and what a list or a further call that names it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.payload import Filled, Together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import HttpCall, Payload

_TOGETHER = ("query", "headers", "json", "form")
"""What both may say: members of one mapping."""
_BODIES = ("text", "xml", "basic")
_ONCE = (*_BODIES, "items", "paging", "answer", "repeat", "omit_empty")
"""What one of them says."""


def _chain(builder: Builder, route: Route) -> Iterator[Route]:
    """Yield what a call rests on: the call that it names, the one which that names, and so on."""
    visited: set[str] = set()
    calls = builder.get(("transport", "calls")) or {}
    while (name := builder.get((*route, "call"))) in calls and name not in visited:
        visited.add(name)
        route = ("transport", "calls", name)
        yield route


def where_written(builder: Builder, route: Route, word: str) -> Route | None:
    """Return where something is said about a list: by itself, or by a call that it rests on."""
    return next(
        (
            (*place, word)
            for place in (route, *_chain(builder, route))
            if builder.get((*place, word)) is not None
        ),
        None,
    )


def report_twice(builder: Builder, route: Route) -> None:
    """Report whatever a call and one that it rests on both say: nothing covers anything up."""
    ours = builder.get(route)
    for named in _chain(builder, route):
        its = builder.get(named)
        for word in (*_TOGETHER, *_ONCE):
            if word not in ours or word not in its:
                continue
            mappings = (
                word in _TOGETHER and isinstance(ours[word], dict) and isinstance(its[word], dict)
            )
            for here in (
                [(*route, word, key) for key in ours[word] if key in its[word]]
                if mappings
                else [(*route, word)]
            ):
                builder.document.report(
                    "SPEC_WRONG_VALUE",
                    here,
                    f"the call '{named[-1]}' says '{here[-1]}' already",
                    "keep one of them",
                    key=True,
                )


def added(its: HttpCall, ours: HttpCall, holes: Mapping[str, Payload]) -> dict[str, Any]:
    """Return what both calls send: its holes are filled, and what is added stands beside it."""
    return {
        word: _together(getattr(its, word), getattr(ours, word), holes)
        for word in (*_TOGETHER, *_BODIES)
    }


def _together(
    its: Payload | None, ours: Payload | None, holes: Mapping[str, Payload]
) -> Payload | None:
    if its is None:
        return ours
    return Filled(its, holes) if ours is None else Together(Filled(its, holes), ours)
