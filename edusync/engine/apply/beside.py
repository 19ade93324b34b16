"""Which changes are made at once: those of which none touches what another one touches.

What is not certain to be so is made alone, in its place in the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.engine.plan.plan import Change

_BESIDE = {"create", "update", "delete"}
_ALONE = {"identity", "archived", "email"}
"""What another item may wait for: an id, a person or an address that becomes free or is taken."""


def groups(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Yield changes in their order, in groups that are made one after the other.

    All of a group are of one kind, and no kind refers to itself: people stand before the groups and
    the sheets that name them. Deletions are not mixed with what is made or changed.
    """
    group: list[Change] = []
    taken: set[tuple[str, str]] = set()
    for change in changes:
        touched = _touched(change)
        if group and not (_goes_with(change, group[-1]) and taken.isdisjoint(touched)):
            yield group
            group, taken = [], set()
        group.append(change)
        taken |= touched
    if group:
        yield group


def _goes_with(change: Change, before: Change) -> bool:
    return (
        is_ordinary(change)
        and is_ordinary(before)
        and change.kind == before.kind
        and (change.action == "delete") == (before.action == "delete")
    )


def is_ordinary(change: Change) -> bool:
    """Whether a change concerns its own item alone, and nobody waits for what it frees."""
    return (
        change.action in _BESIDE
        and change.replaces is None
        and not change.waits
        and (not change.again if change.action == "create" else _ALONE.isdisjoint(change.fields))
    )


def _touched(change: Change) -> set[tuple[str, str]]:
    """Return what two changes must not have in common: an item, its record, an e-mail."""
    email = change.facts.values.get("email") if change.facts else None
    found = {("item", change.source_id)}
    if change.edusign_id:
        found.add(("record", change.edusign_id))
    if email:
        found.add(("email", str(email).strip().casefold()))
    return found
