"""The names that a spec reads of the rows of a list, as a tree. A row is expected to bear them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from edusync.spec.places import VERDICTS, Place, Why, use
from edusync.spec.read_values import ValueFollower
from edusync.spec.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from edusync.diagnostics import Location
    from edusync.spec.tree import Path, Refused, Spec


@dataclass(slots=True)
class Due:
    """A name that is read, and the names that are read below it."""

    path: str
    location: Location | None = None
    below: dict[str, Due] = field(default_factory=dict)
    each: Due | None = None
    """What is read under every key of an object whose keys are data."""
    is_expected: bool = False
    """Whether the name itself is read, and the spec does not say that no row may have it."""
    is_rare: bool = False
    """Whether it is known that some rows have it and others do not."""
    was_met: bool = False
    was_lacked: bool = False
    """Whether a row had it, and whether a row that could have had it did not."""
    was_list: bool = False
    was_object: bool = False
    """Whether a row had a list here, or an object, in which the names below could stand."""

    def done(self) -> bool:
        """Whether nothing below is to be looked for any more."""
        return not self.below and self.each is None

    def names(self) -> Iterator[Due]:
        """Yield all names below."""
        for name in self.below.values():
            yield name
            yield from name.names()
        if self.each is not None:
            yield from self.each.names()


@dataclass(frozen=True, slots=True)
class NamesDue:
    """The names that a spec reads of rows, by list that the ERP is asked for."""

    trees: Mapping[str, Due]
    together: tuple[frozenset[tuple[str, str]], ...]
    """Places, as list and path, whose rows become rows of one list: they need not all bear what is
    read of that list."""

    def elsewhere(self, name: str, path: str) -> Iterator[tuple[str, str]]:
        """Yield list and path of where else the name at a path may stand in its stead."""
        for places in self.together:
            for owner, above in places:
                if owner == name and (not above or path.startswith(f"{above}.")):
                    rest = path.removeprefix(above).lstrip(".")
                    yield from (
                        (other, f"{other_path}.{rest}".lstrip("."))
                        for other, other_path in places
                        if (other, other_path) != (owner, above)
                    )


@lru_cache(maxsize=64)
def names_due(spec: Spec) -> NamesDue:
    """Return the names that are read of the rows of each list that the ERP is asked for."""
    reading = Reading(spec)
    trees: dict[str, Due] = {}
    positions: dict[Place, tuple[str, str]] = {}
    for name, resource in spec.resources.items():
        if resource.call is None or resource.zipped:
            continue
        tree = trees[name] = Due("")
        for origin in dict.fromkeys(reading.sent[name]):
            if isinstance(origin, Place):
                positions[origin] = (name, "")
                _add(tree, origin, name, positions)
    together: list[frozenset[tuple[str, str]]] = []
    for name, resource in spec.resources.items():
        if len(resource.sources) > 1:
            sent = [origin for source in resource.sources for origin in reading.rows[source].rest]
            together += [
                frozenset(
                    positions[one] for one in origins if isinstance(one, Place) and one in positions
                )
                for origins in (sent, reading.sent[name])
            ]
    return NamesDue(trees, tuple(places for places in together if len(places) > 1))


@lru_cache(maxsize=64)
def refusals_due(refused: Refused) -> Due:
    """Return the names that are read of an answer to say whether it refuses a line."""
    tree = Due("")
    if refused.items is None or refused.optional:
        return tree
    follower, why = ValueFollower(), Why("refused", refused.items.place)
    root = Place("answer")
    rows = follower.path(refused.items, {root: False}, why)
    use(rows, why, "test")
    if refused.when is not None:
        follower.tested(refused.when, {"row": rows}, Why("refused", refused.when.place))
    _add(tree, root, "", {})
    return tree


@lru_cache(maxsize=64)
def reads_due(path: Path) -> Due:
    """Return the names by which a path leads into an answer of a step of the way up."""
    tree, root, why = Due(""), Place("answer"), Why("read", path.place)
    use(ValueFollower().path(path, {root: False}, why), why, "value")
    _add(tree, root, "", {})
    return tree


def still_due(tree: Due, rare: Collection[str]) -> Due:
    """Return a fresh tree of the names that are expected and not known to be rare."""
    left = Due(tree.path, tree.location, is_expected=tree.is_expected)
    left.is_rare = tree.path in rare
    for name, below in tree.below.items():
        remaining = still_due(below, rare)
        if not remaining.done() or (remaining.is_expected and not remaining.is_rare):
            left.below[name] = remaining
    if tree.each is not None:
        each = still_due(tree.each, rare)
        left.each = None if each.done() else each
    return left


def _add(tree: Due, place: Place, owner: str, positions: dict[Place, tuple[str, str]]) -> None:
    """Add what is read at a place; elements that a path picks have the names of the others."""
    for name, inner in place.members.items():
        due = tree.below.setdefault(name, Due(f"{tree.path}.{name}".lstrip(".")))
        of_rows = any(why.label != VERDICTS for why in inner.read)
        due.is_expected = due.is_expected or (of_rows and not inner.optional)
        if due.location is None:
            due.location = next((why.location for why in inner.read if why.location), None)
        positions[inner] = (owner, due.path)
        _add(due, inner, owner, positions)
        if due.location is None:
            due.location = next((one.location for one in due.names() if one.location), None)
    if place.each is not None:
        tree.each = tree.each or Due(f"{tree.path}.*".lstrip("."))
        _add(tree.each, place.each, owner, positions)
    for _, picked in place.picked:
        positions[picked] = (owner, tree.path)
        _add(tree, picked, owner, positions)
