"""Lines that do not say whose they are: they would be the same if they were somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.upward.content import line_of
from edusync.engine.verdicts import Undecided
from edusync.spec.evaluate import Unreadable
from edusync.spec.needs import mentioned
from edusync.spec.tree import Statement
from edusync.spec.watch import WATCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.engine.upward.sheet import Line
    from edusync.spec.tree import Step, Writeback

_OF_ATTENDANCE = ("state", "reason", "attendance")


def unnamed(writeback: Writeback, step: Step, lines: Iterable[Line]) -> set[Line]:
    """Return those of a sheet's lines that a step would send without saying whose they are.

    Each is made once more with the attendance of another person: what still tells the two apart
    says whose they are. None where the step names people beside the lines.
    """
    if not _leans_on_lines(writeback, step):
        return set()
    found: set[Line] = set()
    by_role: dict[str, list[Line]] = {}
    for line in lines:
        if not line.skip:
            by_role.setdefault(line.role, []).append(line)
    for role, mine in by_role.items():
        if not _mentions_people(writeback, role):
            found.update(mine)
            continue
        made = [(line, _as_if_of(writeback, line, mine[0])) for line in mine]
        distinct = {
            name for _, one in made for name in one if one.get(name) != made[0][1].get(name)
        }
        for index, (line, one) in enumerate(made):
            others = made[:index] + made[index + 1 :]
            alike = any(one == other for their, other in others if their.key != line.key)
            if alike or (distinct and all(one.get(name) in (None, "") for name in distinct)):
                found.add(line)
    return found


def say_unnamed(count: int) -> Undecided:
    """Return why lines wait that do not say whose they are."""
    return Undecided(f"nothing in {count} of the lines says whose they are")


def _leans_on_lines(writeback: Writeback, step: Step) -> bool:
    """Whether a step writes lines, and says nothing else of a person."""
    if not step.writes:
        return False
    roots = {root for text in mentioned(step.call) for root in text.roots}
    if roots & {"person", "got", *writeback.people}:
        return False
    is_sql = isinstance(step.call, Statement)
    return bool(roots & {"line", "lines"}) or step.csv is not None or is_sql


def _mentions_people(writeback: Writeback, role: str) -> bool:
    """Whether anything that a line of a role holds can be of one person alone."""
    payloads = [writeback.lines[role], *(rule.added for rule in writeback.states.values())]
    texts = (text for payload in payloads if payload for text in mentioned(payload))
    return any(text.roots & {"person", *writeback.people} for text in texts)


def _as_if_of(writeback: Writeback, line: Line, other: Line) -> dict[str, Any]:
    """Return a line with the attendance of another one; what was made when it cannot be."""
    names = {**line.names, **{name: other.names[name] for name in _OF_ATTENDANCE}}
    names.pop(WATCH, None)  # nobody sends it
    try:
        return line_of(writeback, line.role, other.state, names)
    except Unreadable:
        return line.content
