"""The numbers of the guards and the questions that they answer, over counts and sets (D5).

How often they ask a person in a simulated school year stands in `docs/explanation/guards.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

MANY_SHEETS = 10
MANY_SHEETS_SHARE = 0.2
"""A large school: more than so many of the coming sheets, and more than this share of them."""
FEW_SHEETS = 2
FEW_SHEETS_SHARE = 0.5
"""A small school: at least so many of the coming sheets, and at least this share of them."""
FEW_SEATS = 3
SEATS_SHARE = 0.5
"""At least so many seats, and more than this share. A seat is one student on one coming sheet."""
FEW_LEAVERS = 2
LEAVERS_SHARE = 0.5
"""At least so many students of a sheet or a group, and at least this share: it is another one."""
FEW_REWRITTEN = 3
REWRITTEN_SHARE = 0.5
"""At least so many items that change one field, and more than this share of those that had one."""
FEW_ADDED = 2
"""At least so many students come to a sheet that has twice of them."""
MANY_ADDITIONS = 10
ADDITIONS_SHARE = 2
"""More than so many new items, and at least so many times what there was."""
FEW_LET_IN = 2
LET_IN_SHARE = 0.5
"""At least so many sessions that were cancelled until now, and at least this share of them."""

OVERRULED = frozenset(
    {
        "RUN_DELETIONS_HELD",
        "RUN_SCOPE_CHANGED",
        "RUN_MOVES_HELD",
        "RUN_REMOVALS_HELD",
        "RUN_CREATIONS_HELD",
        "RUN_CONTENTS_HELD",
        "RUN_ADDITIONS_HELD",
    }
)
"""Guards that a person can overrule by the id of a plan; nobody overrules an incomplete read."""


def too_many_deletions(deletions: int, coming: int) -> bool:
    """Whether a run would delete too many of the coming sheets of an account without a person."""
    large = deletions > MANY_SHEETS and deletions > MANY_SHEETS_SHARE * coming
    small = deletions >= FEW_SHEETS and deletions >= FEW_SHEETS_SHARE * coming
    return large or small


def too_many_moves(moved: int, coming: int) -> bool:
    """Whether a run would move too many of the coming sheets of an account without a person.

    In a small school more than half of them: sessions are moved oftener than they are called off.
    """
    large = moved > MANY_SHEETS and moved > MANY_SHEETS_SHARE * coming
    small = moved >= FEW_SHEETS and moved > FEW_SHEETS_SHARE * coming
    return large or small


def too_many_removals(removed: int, seats: int) -> bool:
    """Whether a run would take too many of the seats of an account away without a person."""
    return removed >= FEW_SEATS and removed > SEATS_SHARE * seats


def is_remade(leaving: int, before: int) -> bool:
    """Whether so many students leave a sheet or a group that others would be on it."""
    return leaving == before or (leaving >= FEW_LEAVERS and leaving >= LEAVERS_SHARE * before)


def is_exchanged(leaving: int, before: int) -> bool:
    """Whether nobody stays of a group of several."""
    return leaving == before and before >= FEW_SEATS


def too_many_remade(remade: int, of: int) -> bool:
    """Whether others would be on too many of the coming sheets, or in too many of the groups."""
    return too_many_deletions(remade, of)


def is_overfilled(added: int, before: int) -> bool:
    """Whether at least as many students come to a sheet as were on it."""
    return before > 0 and added >= FEW_ADDED and added >= before


def too_many_overfilled(overfilled: int, of: int) -> bool:
    """Whether too many of the coming sheets would have twice the students."""
    return too_many_deletions(overfilled, of)


def too_many_rewritten(rewritten: int, of: int) -> bool:
    """Whether a run would change one field of too many items without a person."""
    return rewritten >= FEW_REWRITTEN and rewritten > REWRITTEN_SHARE * of


def too_many_additions(new: int, known: int) -> bool:
    """Whether a run would bring too many new items, beside what there is, without a person."""
    return known > 0 and new > MANY_ADDITIONS and new >= ADDITIONS_SHARE * known


def too_many_let_in(coming: int, left_out: int) -> bool:
    """Whether a run would bring too many sessions that were cancelled until now."""
    return coming >= FEW_LET_IN and coming >= LET_IN_SHARE * left_out


def all_refused(wanted: Collection[str], refused: Collection[str], fine: Collection[str]) -> bool:
    """Whether nothing of a kind came through: something was refused, and nothing wanted is fine.

    What the rules of the connector keep back is among neither, and excuses nothing.
    """
    some = any(source_id in refused for source_id in wanted)
    return some and not any(source_id in fine for source_id in wanted)
