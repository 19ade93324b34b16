"""Which lists a list needs: those that it comes from, is asked for with, looks into or mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.tree import Expression, LookUp, Path, walk
from edusync.spec.tree.list import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.spec.tree import Node, Resource, Spec, Value, Writeback

_PEOPLE = ("student", "professor", "external")


def needs(resource: Resource) -> dict[str, str]:
    """Return the lists that this one needs, and how: from, for_each, look_up or the."""
    needed: dict[str, str] = {}
    for name in resource.sources:
        needed[name] = "from"
    if resource.for_each:
        for name in (*resource.for_each.lists, *(other for other, _ in resource.for_each.values)):
            needed.setdefault(name, "for_each")
    parts = [met.node for met in walk(resource)]
    for part in parts:
        if isinstance(part, LookUp):
            needed.setdefault(part.list, "look_up")
    for part in parts:
        for steps in part.names if isinstance(part, Expression) else ():
            if steps[0] == "the" and len(steps) > 1:
                needed.setdefault(steps[1], "the")
    return needed


def looked_up(part: Node) -> Iterator[str]:
    """Yield the lists that a part of the spec looks into."""
    return (met.node.list for met in walk(part) if isinstance(met.node, LookUp))


def mentioned(part: Node) -> Iterator[Expression]:
    """Yield every expression of a part of the spec, such as a list or the way up."""
    return (met.node for met in walk(part) if isinstance(met.node, Expression))


def consumers(spec: Spec) -> dict[str, int]:
    """Count how often each list is wanted.

    One that is looked into counts twice, since it has to be kept.
    """
    counts = dict.fromkeys(spec.resources, 0)
    for resource in spec.resources.values():
        for name, how in needs(resource).items():
            counts[name] = counts.get(name, 0) + (1 if how in {"from", "for_each"} else 2)
    for entity in spec.entities.values():
        merged = is_merged(spec, entity.source)
        counts[entity.source] = counts.get(entity.source, 0) + (2 if merged else 1)
        for name in looked_up(entity):
            counts[name] = counts.get(name, 0) + 2
    if spec.writeback:
        for name in upward_lists(spec.writeback):
            counts[name] = counts.get(name, 0) + 2
    return counts


def is_merged(spec: Spec, name: str) -> bool:
    """Whether rows of a list may stand for several records, by itself or by where they come from.

    Such a list is looked into when somebody refers to one of the records.
    """
    resource = spec.resources.get(name)
    if resource is None:
        return False
    return resource.merge is not None or any(is_merged(spec, one) for one in resource.sources)


def names_of_people(spec: Spec, name: str) -> Mapping[str, Value]:
    """Return what names the people that the rows of a list become, as far as the row itself says.

    Nothing where they become none, or other rows.
    """
    for entity in spec.entities.values():
        if entity.kind in _PEOPLE and _comes_of(spec, entity.source, name):
            return {
                field: entity.fields[field]
                for field in ("last_name", "first_name", "email")
                if field in entity.fields and not any(looked_up(entity.fields[field]))
            }
    return {}


def _comes_of(spec: Spec, name: str, source: str) -> bool:
    """Whether the rows of a list are those of another one, with the same columns."""
    if name == source:
        return True
    resource = spec.resources.get(name)
    if resource is None or resource.columns or resource.items.source != "@":
        return False
    return any(_comes_of(spec, one, source) for one in resource.sources)


def upward_lists(writeback: Writeback) -> set[str]:
    """Return the lists that the way up looks into."""
    return {*looked_up(writeback), *([writeback.reasons.source] if writeback.reasons else [])}


def reads_comments(writeback: Writeback) -> bool:
    """Whether the way up reads what people wrote beside an attendance."""
    read = {name[:2] for text in mentioned(writeback) for name in text.names}
    read |= {met.node.steps[:2] for met in walk(writeback) if isinstance(met.node, Path)}
    return ("attendance", "comment") in read


def lists_down(spec: Spec) -> set[str]:
    """Return every list that the planning needs, and the lists that those need."""
    return _with_needed(
        spec,
        {name for one in spec.items.values() for name in (one.source, *looked_up(one))},
    )


def lists_up(spec: Spec) -> set[str]:
    """Return every list that attendance needs, and the lists that those need."""
    return _with_needed(spec, upward_lists(spec.writeback) if spec.writeback else set())


def is_read_back(spec: Spec) -> Callable[[Node], bool]:
    """Return what says of a part whether only reading attendance back needs it.

    No run does so: `edusync reconcile` alone, which cases do not play.
    """
    back = spec.entities.get("attendance")
    if back is None:
        return lambda _node: False
    mine = _with_needed(spec, {back.source, *looked_up(back)}) - lists_down(spec) - lists_up(spec)
    own = [back, *(spec.resources[name] for name in mine)]
    return lambda node: any(node is one for one in own)


def _with_needed(spec: Spec, names: set[str]) -> set[str]:
    names_met: set[str] = set()
    todo = names - {SHEETS}
    while todo:
        names_met |= todo
        needed = {other for name in todo for other in needs(spec.resources[name])}
        todo = needed - names_met - {SHEETS}
    return names_met


def changes_with_sheets(spec: Spec, name: str) -> bool:
    """Whether what a list holds depends on the sheets that go up.

    By themselves or by their days.
    """
    if name == SHEETS:
        return True
    resource = spec.resources[name]
    if any(
        part[0] == "window" and part[1:2] != ("today",)
        for expression in mentioned(resource)
        for part in expression.names
    ):
        return True
    return any(changes_with_sheets(spec, other) for other in needs(resource))
