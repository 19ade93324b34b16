"""What a guard held in an earlier run goes on waiting, run after run, until a person approves (D5).

A guard asks for a share, and what goes on beside that which is held changes the share: sheets that
are new, students who came. What was too much for one run would pass as a smaller share of the
next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

    from edusync.engine.plan.plan import Change, Key

    Content = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The sheets that wait to be deleted or moved, those and groups whose students wait, fields."""

    deletions: frozenset[str] = frozenset()
    removals: frozenset[Key] = frozenset()
    moves: frozenset[str] = frozenset()
    contents: frozenset[Content] = frozenset()
    """Kind, id and field of what would be rewritten."""

    @classmethod
    def of(cls, held: Iterable[Change]) -> Self:
        """Return what waits of the changes that a plan holds back."""
        some = list(held)
        return cls(
            frozenset(one.source_id for one in some if one.code == "RUN_DELETIONS_HELD"),
            frozenset(one.key for one in some if one.leaves),
            frozenset(one.source_id for one in some if one.moves),
            frozenset((*one.key, name) for one in some for name in one.contents),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self:
        """Return what was stored, nothing where nothing was."""
        found = data or {}
        removals = frozenset((kind, source_id) for kind, source_id in found.get("removals", ()))
        deletions, moves = found.get("deletions", ()), found.get("moves", ())
        contents = frozenset((kind, ref, name) for kind, ref, name in found.get("contents", ()))
        return cls(frozenset(deletions), removals, frozenset(moves), contents)

    def as_json(self) -> dict[str, Any]:
        """Return what is stored: ids, and names of fields."""
        return {
            "deletions": sorted(self.deletions),
            "removals": [list(key) for key in sorted(self.removals)],
            "moves": sorted(self.moves),
            "contents": [list(one) for one in sorted(self.contents)],
        }

    def __or__(self, other: Waiting) -> Waiting:
        """Return what waits by either of two runs."""
        return Waiting(
            self.deletions | other.deletions,
            self.removals | other.removals,
            self.moves | other.moves,
            self.contents | other.contents,
        )
