"""Hold deletions and removals of one account back: these wait, everything else goes on (D5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.digest import Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import (
    is_exchanged,
    is_remade,
    too_many_deletions,
    too_many_remade,
    too_many_removals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.map.mapper import Skipped
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change, Key
    from edusync.engine.plan.scope_digest import ScopeGuard

_LONGEST = 200  # characters of the names of keys in one event: the store takes 255


class HeldDeletions(NamedTuple):
    """The deletions that may go on, those that wait for a person, and the guards that fired."""

    free: list[Change]
    held: list[Change]
    fired: list[Outcome]


def hold_deletions(
    deletions: Iterable[Change],
    dropped: Mapping[str, Skipped],
    coming: int,
    scope: ScopeGuard,
    waiting: Container[str] = (),
) -> HeldDeletions:
    """Hold deletions back when the scope changed, when they are too many, or still wait.

    `dropped` says which sessions are still sent, `coming` how many sheets there are, `waiting`
    which deletions were held in earlier runs.
    """
    free: list[Change] = []
    held: list[Change] = []
    fired: list[Outcome] = []
    by_keys: dict[tuple[str, ...], list[Change]] = {}
    for change in deletions:
        keys = scope.because(change.source_id, dropped.get(change.source_id))
        (by_keys.setdefault(keys, []) if keys else free).append(change)
    for keys, left in sorted(by_keys.items()):
        held += [replace(change, code="RUN_SCOPE_CHANGED", because=keys) for change in left]
        detail = f"{_sheets(len(left))} left the scope by this change"
        fired.append(Outcome("RUN_SCOPE_CHANGED", field=_listed(keys), detail=detail))
    if too_many_deletions(len(free), coming):
        held += [replace(change, code="RUN_DELETIONS_HELD") for change in free]
        detail = f"{len(free)} of {_sheets(coming)}"
        fired.append(Outcome("RUN_DELETIONS_HELD", detail=detail))
        free = []
    still = [change for change in free if change.source_id in waiting]
    if still:
        held += [replace(change, code="RUN_DELETIONS_HELD") for change in still]
        detail = f"{len(still)} deletions wait since an earlier run"
        fired.append(Outcome("RUN_DELETIONS_HELD", detail=detail))
        free = [change for change in free if change.source_id not in waiting]
    return HeldDeletions(free, held, fired)


def hold_removals(draft: Draft, seats: Callable[[], Mapping[str, int]], groups: int) -> None:
    """Hold back who would be taken off sheets and out of groups, if that is too many.

    `seats` says how many students were on the coming sheets that stay, `groups` how many of the
    groups on sheets were brought down before. What is added or moved goes on.
    """
    leaving = _leaving(draft)
    draft.takes |= {key: frozenset(who) for key, who in leaving.items()}
    if draft.setting.confirmed is not None:
        _put_back(draft, leaving, draft.setting.confirmed)
        leaving = _leaving(draft)
    if not leaving:
        return
    too_many = _too_many(draft, leaving, seats(), groups)
    held: set[Key] = {*leaving} if too_many else set()
    still = (leaving.keys() & draft.setting.waiting.removals) - held
    held |= still
    emptied = [change for change in draft.changes if _nobody_stays(draft, change, leaving)]
    held |= {change.key for change in emptied}
    held |= _on_sheets(draft, leaving, {change.source_id for change in emptied})
    counted = [] if too_many is None else [too_many]
    for kind, detail in (*counted, *_waiting(leaving, still)):
        draft.guard(Outcome("RUN_REMOVALS_HELD", kind, field="students", detail=detail))
    for change in emptied:
        detail = f"all {len(leaving[change.key])} students leave it"
        which = (change.kind, change.source_id, change.edusign_id, "students")
        draft.guard(Outcome("RUN_REMOVALS_HELD", *which, detail=detail))
    _keep(draft, leaving, held)


def _too_many(
    draft: Draft, leaving: Mapping[Key, Sequence[str]], seats: Mapping[str, int], groups: int
) -> tuple[str, str] | None:
    """Return of which kind too many students leave, and in words how many; None when it is fine.

    One wrong word of a spec joins each class with the students of another.
    """
    former = {change.key: _former(change) for change in draft.changes if change.key in leaving}
    sheets = [key for key, (kind, ref) in former.items() if kind == "course" and ref in seats]
    lost, of = sum(len(leaving[key]) for key in sheets), sum(seats.values())
    if too_many_removals(lost, of):
        return "course", f"{lost} of {of} places on coming sheets"

    def remade(keys: Iterable[Key]) -> int:
        return sum(is_remade(len(leaving[key]), len(draft.members[former[key]])) for key in keys)

    count = remade(sheets)
    if too_many_remade(count, len(seats)):
        return "course", f"others on {count} of {len(seats)} coming sheets"
    count = remade(key for key in former if key[0] == "group")
    if too_many_remade(count, groups):
        return "group", f"others in {count} of {groups} groups"
    return None


def _waiting(
    leaving: Mapping[Key, Sequence[str]], still: AbstractSet[Key]
) -> Iterator[tuple[str, str]]:
    """Yield of which kind removals wait since an earlier run, and in words how many."""
    for kind in sorted({key[0] for key in still}):
        count = sum(len(leaving[key]) for key in still if key[0] == kind)
        yield kind, f"{count} places wait since an earlier run"


def _nobody_stays(draft: Draft, change: Change, leaving: Mapping[Key, Sequence[str]]) -> bool:
    """Whether a group would be empty, or have none of its students any more.

    A group that is made of the sheets of the moment has others from week to week.
    """
    if change.kind != "group" or change.key not in leaving:
        return False
    if not _students(change):
        return True
    of_sheets = draft.setting.spec.entities["group"].of_sheets
    before = len(draft.members[_former(change)])
    return not of_sheets and is_exchanged(len(leaving[change.key]), before)


def _on_sheets(draft: Draft, leaving: Container[Key], groups: Container[str]) -> set[Key]:
    """Return the sheets of some groups that students leave."""
    return {
        change.key
        for change in draft.changes
        if change.kind == "course" and change.key in leaving and change.facts is not None
        if any(ref in groups for ref in change.facts.values.get("groups", ()))
    }


def _leaving(draft: Draft) -> dict[Key, tuple[str, ...]]:
    """Return who would be taken off each sheet and out of each group that the plan updates."""
    found = {}
    for change in draft.changes:
        if change.facts is not None and "students" in change.facts.values:
            gone = set(draft.members.get(_former(change), ())) - set(_students(change))
            if gone:
                found[change.key] = tuple(sorted(gone))
    return found


def _put_back(
    draft: Draft, leaving: Mapping[Key, Sequence[str]], confirmed: Mapping[Key, AbstractSet[str]]
) -> None:
    """Leave on sheets and in groups whom an earlier reading of this run had there."""
    stays = {
        key: tuple(one for one in who if one not in confirmed.get(key, ()))
        for key, who in leaving.items()
    }
    count = sum(map(len, stays.values()))
    if count:
        detail = f"{count} places were seen in one of two readings"
        draft.guard(Outcome("RUN_READ_INCOMPLETE", field="students", detail=detail))
        draft.changes = [
            one
            for change in draft.changes
            if (one := _with_students(draft, change, stays.get(change.key, ()))) is not None
        ]


def _with_students(draft: Draft, change: Change, stay: Sequence[str]) -> Change | None:
    """Return a change that leaves some students where they are; None when it changes no more."""
    if not stay or change.facts is None:
        return change
    students = (*_students(change), *stay)
    differs = set(students) != {*draft.members[_former(change)]}
    fields = tuple(name for name in change.fields if name != "students" or differs)
    facts = Facts({**change.facts.values, "students": students})
    digest = facts.sorted_fingerprint(draft.view.key)
    return replace(change, fields=fields, facts=facts, fingerprint=digest) if fields else None


def _keep(draft: Draft, leaving: Mapping[Key, tuple[str, ...]], held: Container[Key]) -> None:
    """Put who would leave back into the changes that are held, and note these as they were."""
    changes = []
    for change in draft.changes:
        if change.key not in held:
            changes.append(change)
            continue
        leaves = leaving[change.key]
        digest = Facts({"students": leaves}).sorted_fingerprint(draft.view.key)
        draft.held.append(
            replace(change, code="RUN_REMOVALS_HELD", leaves=leaves, fingerprint=digest)
        )
        smaller = _with_students(draft, change, leaves)
        if smaller is not None:
            changes.append(smaller)
    draft.changes = changes


def _former(change: Change) -> Key:
    """Return the kind and the id under which an item was known until now."""
    return (change.kind, change.replaces or change.source_id)


def _students(change: Change) -> tuple[str, ...]:
    return tuple(change.facts.values.get("students", ())) if change.facts is not None else ()


def _sheets(count: int) -> str:
    return f"{count} coming sheet{'' if count == 1 else 's'}"


def _listed(keys: Sequence[str]) -> str:
    """Return names of keys, as many as an event has room for."""
    text = ", ".join(keys)
    if len(text) <= _LONGEST:
        return text
    shown = text[:_LONGEST].rpartition(", ")[0] or text[:_LONGEST]
    return f"{shown} and {len(keys) - shown.count(', ') - 1} more"
