"""Which groups of the ERP come down, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.engine.map.mapper import Skipped
from edusync.engine.outcome import Outcome, keep_own
from edusync.model import UNKNOWN, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.engine.map.snapshot import Items
    from edusync.model.people import References


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one account. `all` holds every one that was not dropped, valid or not."""

    all: Mapping[str, Group]
    valid: frozenset[str]
    reasons: Mapping[str, Outcome]
    """Why a group does not come down."""
    dropped: Mapping[str, Outcome]
    """Those among the reasons that a rule of the spec dropped."""
    undecided: frozenset[str]
    """Those of which nobody can say whether they count."""
    whole: bool

    def is_sent(self, ref: str) -> bool:
        """Whether the ERP sent a group, valid or not."""
        return ref in self.all or ref in self.dropped

    def is_absent(self, ref: str) -> bool:
        """Whether no list holds a group, and all of them were read."""
        return self.whole and ref not in self.all and ref not in self.dropped

    def members(self, refs: tuple[str, ...]) -> References:
        """Return the students of groups, UNKNOWN when one of them could not be read."""
        found: dict[str, None] = {}
        for ref in refs:
            group = self.all.get(ref)
            if ref in self.undecided:
                return UNKNOWN
            if group is None:
                continue
            if group.students is UNKNOWN:
                return UNKNOWN
            found.update(dict.fromkeys(group.students))
        return tuple(found)


def judge_groups(items: Items[Group], *, students_needed: bool) -> Groups:
    """Judge the groups; `students_needed` says whether an empty one stays away."""
    students_needed = students_needed and not items.of_sheets  # of whom nobody knows anything yet
    every: dict[str, Group] = {}
    dropped: dict[str, Outcome] = {}
    undecided: set[str] = set()
    for group in items:
        if isinstance(group, Skipped):
            keep_own(dropped, group.source_id, group.outcome)
            if group.undecided:
                undecided.add(group.source_id)
        else:
            every[group.source_id] = group
    wrong = dict(_wrong(every, students_needed=students_needed))
    return Groups(
        every,
        frozenset(every.keys() - wrong.keys()),
        {**dropped, **{ref: wrong[ref] for ref in wrong}},
        dropped,
        frozenset(undecided),
        items.whole,
    )


def _wrong(groups: Mapping[str, Group], *, students_needed: bool) -> Iterator[tuple[str, Outcome]]:
    for ref, group in groups.items():
        if not group.name or group.name is UNKNOWN:
            yield ref, Outcome("DOWN_GROUP_FIELD_MISSING", "group", ref, field="name")
        elif students_needed and group.students is not UNKNOWN and not group.students:
            yield ref, Outcome("DOWN_GROUP_NO_STUDENT", "group", ref, field="students")
