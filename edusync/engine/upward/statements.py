"""Steps of a sheet that are sent together: the statements of a database, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.verdicts import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from edusync.engine.upward.sheet import Line
    from edusync.spec.tree import Call, Step

    Statements = list[tuple[Call, list[Mapping[str, Any]]]]


def groups_of(steps: Iterable[Step], *, of_database: bool) -> list[list[Step]]:
    """Return the steps that are sent together: statements that write, one after the other."""
    if not of_database:
        return [[step] for step in steps]
    found: list[list[Step]] = []
    for step in steps:
        if found and step.writes and found[-1][-1].writes:
            found[-1].append(step)
        else:
            found.append([step])
    return found


def statements_due(
    group: Sequence[Step], lines: Sequence[Line], names: Mapping[str, Any]
) -> Statements:
    """Return each statement that is due, with what it is run with: once for each of its lines.

    Raises Undecided when nobody can say whether one is due.
    """
    found: Statements = []
    for step in group:
        about: list[Mapping[str, Any]] = [
            {**names, **line.names, "line": line.content}
            for line in lines
            if line.state in step.states
        ]
        due = [one for one in about if holds(step.when, one)]
        if due:
            found.append((step.call, due))
    return found
