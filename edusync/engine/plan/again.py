"""The plan of what a run took away, out of that of a whole account: made again, put back.

Nothing else is created or changed but those whom it needs. What stays away says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from edusync.engine.digest import REFERENCES
from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.plan import AccountPlan, Change, Key
    from edusync.state.view import StoreView


@dataclass(frozen=True, slots=True)
class Again:
    """What a run took away from one account: sheets by source id, seats by sheet or group."""

    sheets: AbstractSet[str] = frozenset()
    seats: Mapping[Key, Sequence[str]] = field(default_factory=dict)

    @property
    def sessions(self) -> AbstractSet[str]:
        """The sessions that are judged as those of which there was a sheet before."""
        return self.sheets | {source_id for kind, source_id in self.seats if kind == "course"}

    @property
    def keys(self) -> AbstractSet[Key]:
        """Everything that may change."""
        return {("course", source_id) for source_id in self.sheets} | self.seats.keys()


def again(plan: AccountPlan, taken: Again, verdicts: Verdicts, view: StoreView) -> AccountPlan:
    """Return what the plan of an account says of what was taken away, and why the rest stays so."""
    changes = _with_needed(plan.changes, taken.keys)
    changes = [change for change in changes if not _takes(change, taken.keys)]
    held = [change for change in plan.held if change.key in taken.keys]
    guards = {change.code for change in held}
    planned = {change.key: change for change in (*changes, *held)}
    stays = [
        *_sheets(taken, planned, verdicts, view, plan),
        *_seats(taken, planned, verdicts, view),
    ]
    return replace(
        plan,
        changes=changes,
        held=held,
        guards=[code for code in plan.guards if code in guards or code == "RUN_READ_INCOMPLETE"],
        outcomes=[
            *(
                event
                for event in plan.outcomes
                if event.code in guards
                or (event.key in taken.keys and event.key not in {one.key for one in stays})
                or (event.key == ("", "") and _is_of_a_side(event.code))
            ),
            *stays,
        ],
    )


def _is_of_a_side(code: str) -> bool:
    """Whether a code says what could not be read of a side as a whole."""
    return code.startswith(("CONN_", "CONF_")) or code == "RUN_READ_INCOMPLETE"


def _takes(change: Change, keys: AbstractSet[Key]) -> bool:
    """Whether a change takes something away itself, of what is to be put back."""
    return change.key in keys and change.action == "delete"


def _with_needed(changes: Sequence[Change], keys: AbstractSet[Key]) -> list[Change]:
    """Return the changes of some items, and those that make or link what these refer to."""
    wanted, found = set(keys), set[int]()
    is_growing = True
    while is_growing:
        is_growing = False
        for index, change in enumerate(changes):
            is_new = change.action in {"create", "adopt"} or change.replaces is not None
            if index in found or change.key not in wanted or not (change.key in keys or is_new):
                continue
            found.add(index)
            values = change.facts.values if change.facts else {}
            refs = {
                (kind, ref) for name, kind in REFERENCES.items() for ref in values.get(name, ())
            }
            is_growing = is_growing or not refs <= wanted
            wanted |= refs
    return [change for index, change in enumerate(changes) if index in found]


def _sheets(
    taken: Again,
    planned: Mapping[Key, Change],
    verdicts: Verdicts,
    view: StoreView,
    plan: AccountPlan,
) -> Iterator[Outcome]:
    """Yield why a sheet that was deleted is not made again."""
    for source_id in sorted(taken.sheets):
        key = ("course", source_id)
        change = planned.get(key)
        if change is not None or (key in view.links and source_id in verdicts.seen):
            continue  # it is made, waits, or stands there again
        known, dropped = plan.reasons.get(key), verdicts.dropped.get(source_id)
        code, detail = "DOWN_COURSE_NOT_REMADE", "gone from the ERP"
        if source_id in verdicts.left_alone:
            detail = "it has begun"
        elif known is not None:
            detail = known.code
        elif dropped is not None:
            detail = dropped.code
        elif not verdicts.whole:
            detail = "the ERP was not read whole"
        place = dropped.place if dropped is not None else known.place if known else None
        yield Outcome(code, *key, place=place, detail=detail)


def _seats(
    taken: Again, planned: Mapping[Key, Change], verdicts: Verdicts, view: StoreView
) -> Iterator[Outcome]:
    """Yield who is not put back on a sheet or into a group: the ERP has them there no more."""
    for key, students in sorted(taken.seats.items()):
        if key[0] == "course" and key[1] in taken.sheets:
            continue  # it is made again with everybody whom the ERP has there
        change = planned.get(key)
        facts = change.facts.values if change is not None and change.facts is not None else {}
        there = set(facts["students"]) if "students" in facts else set(view.details(*key)[1])
        gone = [student for student in students if student not in there]
        if not gone:
            continue
        has_begun = key[0] == "course" and key[1] in verdicts.left_alone
        ids = ", ".join(gone)
        words = f"{ids}: it has begun" if has_begun else f"{ids}: the ERP has them there no more"
        yield Outcome("DOWN_SEAT_NOT_RESTORED", *key, field="students", detail=words)
