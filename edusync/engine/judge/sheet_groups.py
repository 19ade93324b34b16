"""Groups that are made of the learners on their sheets (`students: of_sheets`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.engine.judge.groups import Groups
    from edusync.model.people import References


@dataclass(slots=True)
class SheetGroups:
    """Who is on the sheets of each group. What may be missing is never taken for nobody."""

    members: dict[str, dict[str, None]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    """Groups of which a sheet stands whose learners are not known."""
    any_unsure: bool = False
    """Whether a sheet of any group may be one that was not read."""

    def add(self, groups: References, students: Iterable[str], *, whole: bool) -> None:
        """Note a sheet that stands or comes down."""
        if groups is UNKNOWN:
            self.any_unsure = True
            return
        for ref in groups:
            self.members.setdefault(ref, {}).update(dict.fromkeys(students))
        if not whole:
            self.unsure.update(groups)

    def doubt(self, groups: References) -> None:
        """Note a session whose sheet stands, and of which nobody can say who is on it."""
        self.add(groups, (), whole=False)

    def given_to(self, groups: Groups, *, whole: bool) -> Groups:
        """Return groups with their learners, UNKNOWN where one may be missing.

        `whole` says whether every session was read.
        """
        every = {
            ref: replace(
                group,
                students=UNKNOWN
                if ref in self.unsure or ref not in self.members or self.any_unsure or not whole
                else tuple(self.members[ref]),
            )
            for ref, group in groups.all.items()
        }
        return replace(groups, all=every)
