"""Which lists a list needs: those that it comes from, is asked for with, looks into or mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.tree import Expression, LookFirst, LookUp, walk
from edusync.spec.tree.list import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.spec.tree import Resource, Spec, Value, Writeback


def needs(resource: Resource) -> dict[str, str]:
    """Return the lists that this one needs, and how: from, for_each, look_up or the."""
    found: dict[str, str] = {}
    for name in resource.sources:
        found[name] = "from"
    if resource.for_each:
        for name in (*resource.for_each.lists, *(other for other, _ in resource.for_each.values)):
            found.setdefault(name, "for_each")
    for value in resource.values:
        for name in looked_up(value):
            found.setdefault(name, "look_up")
    for expression in mentioned(resource):
        for part in expression.names:
            if part[0] == "the" and len(part) > 1:
                found.setdefault(part[1], "the")
    return found


def looked_up(value: Value) -> Iterator[str]:
    """Yield the lists that a value looks into."""
    return (met.node.list for met in walk(value) if isinstance(met.node, LookUp))


def value_expressions(value: Value) -> Iterator[Expression]:
    """Yield every expression inside a value."""
    return (met.node for met in walk(value) if isinstance(met.node, Expression))


def mentioned(resource: Resource) -> Iterator[Expression]:
    """Yield every expression of a list: its call, conditions and values."""
    yield from resource.expressions
    if resource.when:
        yield resource.when
    if resource.for_each and resource.for_each.items:
        yield resource.for_each.items
    for call in (resource.call, *(call for _, call in resource.zipped)):
        if call:
            yield from call.parts
    for value in resource.values:
        yield from value_expressions(value)


def consumers(spec: Spec) -> dict[str, int]:
    """Count how often each list is wanted.

    One that is looked into counts twice, since it has to be kept.
    """
    counts = dict.fromkeys(spec.resources, 0)
    for resource in spec.resources.values():
        for name, how in needs(resource).items():
            counts[name] = counts.get(name, 0) + (1 if how in {"from", "for_each"} else 2)
    for entity in spec.entities.values():
        counts[entity.source] = counts.get(entity.source, 0) + 1
        for value in (*entity.fields.values(), *entity.carry.values(), *entity.also_known_as):
            for name in looked_up(value):
                counts[name] = counts.get(name, 0) + 2
    if spec.writeback:
        for name in upward_lists(spec.writeback):
            counts[name] = counts.get(name, 0) + 2
    return counts


def upward_values(writeback: Writeback) -> Iterator[Value]:
    """Yield every value of the way up."""
    yield from (*writeback.people.values(), *writeback.sheets.values())
    yield from (
        step.in_doubt.look for step in writeback.steps if isinstance(step.in_doubt, LookFirst)
    )


def upward_expressions(writeback: Writeback) -> Iterator[Expression]:
    """Yield every expression of the way up."""
    yield from (
        test for test in (writeback.needs, *(rule.when for rule in writeback.override)) if test
    )
    yield from (rule.test for rule in (*writeback.hold, *writeback.report))
    payloads = [
        *writeback.lines.values(),
        writeback.reasons.default if writeback.reasons else None,
        *(rule.added for rule in writeback.states.values()),
    ]
    if writeback.transport:
        payloads += [writeback.transport.url, writeback.transport.host_key]
    yield from (part for payload in payloads if payload for part in payload.parts)
    yield from (rule.needs for rule in writeback.states.values() if rule.needs)
    for step in writeback.steps:
        yield from (
            *step.call.parts,
            *((step.when,) if step.when else ()),
            *(step.csv.parts if step.csv else ()),
        )
        if isinstance(step.in_doubt, LookFirst):
            yield step.in_doubt.done
    for value in upward_values(writeback):
        yield from value_expressions(value)


def upward_lists(writeback: Writeback) -> set[str]:
    """Return the lists that the way up looks into."""
    found = {name for value in upward_values(writeback) for name in looked_up(value)}
    return found | ({writeback.reasons.source} if writeback.reasons else set())


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
