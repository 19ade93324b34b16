"""Hold deletions and removals of one account back: these wait, everything else goes on (D5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import OVERRULED, too_many_deletions, too_many_removals

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from edusync.engine.map.builder import Skipped
    from edusync.engine.outcome import Report
    from edusync.engine.plan.plan import AccountPlan, Change
    from edusync.engine.plan.scope_digest import ScopeGuard

DELETED = "its sheet is deleted"
WAITS = "its sheet waits until the plan is approved"
_LONGEST = 200  # characters of the names of keys in one event: the store takes 255

Key = tuple[str, str]


class Holds:
    """Hold changes of one plan back. `key` is that of the digests."""

    def __init__(self, plan: AccountPlan, report: Report, key: bytes) -> None:
        self.plan, self.report, self.key = plan, report, key

    def say(self, outcome: Outcome) -> None:
        """Note that a guard fired."""
        if outcome.code not in self.plan.guards:
            self.plan.guards.append(outcome.code)
        self.report.add(outcome)

    def release(self) -> None:
        """Let through what waits for a person, who said yes, and say nothing of it any more."""
        held = {change.key for change in self.plan.held}
        self.plan.release()
        self.report.reword(held, WAITS, DELETED)
        self.report.withdraw(OVERRULED)

    # sheets

    def deletions(
        self,
        deletions: Iterable[Change],
        gone: Mapping[str, Skipped],
        coming: int,
        scope: ScopeGuard,
    ) -> list[Change]:
        """Return the deletions that may go on.

        `gone` says which sessions are still sent, `coming` how many sheets there are.
        """
        free: list[Change] = []
        by_keys: dict[tuple[str, ...], list[Change]] = {}
        for change in deletions:
            keys = scope.because(change.source_id, gone.get(change.source_id))
            (by_keys.setdefault(keys, []) if keys else free).append(change)
        for keys, held in sorted(by_keys.items()):
            self._hold([replace(change, code="RUN_SCOPE_CHANGED", because=keys) for change in held])
            detail = f"{_sheets(len(held))} left the scope by this change"
            self.say(Outcome("RUN_SCOPE_CHANGED", field=_listed(keys), detail=detail))
        if not too_many_deletions(len(free), coming):
            return free
        self._hold([replace(change, code="RUN_DELETIONS_HELD") for change in free])
        self.say(Outcome("RUN_DELETIONS_HELD", detail=f"{len(free)} of {_sheets(coming)}"))
        return []

    def _hold(self, deletions: Sequence[Change]) -> None:
        self.plan.held += deletions
        self.report.reword({change.key for change in deletions}, DELETED, WAITS)

    # students on sheets and in groups

    def removals(
        self, members: Mapping[Key, Sequence[str]], seats: Callable[[], Mapping[str, int]]
    ) -> None:
        """Hold back who would be taken off sheets and out of groups, if that is too many.

        `members` are those of before; `seats` says how many students were on the coming sheets that
        stay. What is added or moved goes on.
        """
        leaving = self._leaving(members)
        if not leaving:
            return
        held: set[Key] = set()
        before = seats()
        lost = sum(
            len(leaving[change.key])
            for change in self.plan.changes
            if change.key in leaving and change.kind == "course" and _former(change)[1] in before
        )
        if too_many_removals(lost, sum(before.values())):
            held |= leaving.keys()
            detail = f"{lost} of {sum(before.values())} places on coming sheets"
            self.say(Outcome("RUN_REMOVALS_HELD", "course", field="students", detail=detail))
        for change in self.plan.changes:
            if change.kind == "group" and change.key in leaving and not _students(change):
                held.add(change.key)
                detail = f"all {len(leaving[change.key])} students leave it"
                self.say(
                    Outcome(
                        "RUN_REMOVALS_HELD",
                        "group",
                        change.source_id,
                        change.edusign_id,
                        "students",
                        detail=detail,
                    )
                )
        self._keep(leaving, held, members)

    def _leaving(self, members: Mapping[Key, Sequence[str]]) -> dict[Key, tuple[str, ...]]:
        """Return who would be taken off each sheet and out of each group that the plan updates."""
        found = {}
        for change in self.plan.changes:
            if change.facts is not None and "students" in change.facts.values:
                gone = set(members.get(_former(change), ())) - set(_students(change))
                if gone:
                    found[change.key] = tuple(sorted(gone))
        return found

    def _keep(
        self,
        leaving: Mapping[Key, tuple[str, ...]],
        held: Container[Key],
        members: Mapping[Key, Sequence[str]],
    ) -> None:
        """Put who would leave back into the changes that are held, and note these as they were."""
        changes = []
        for change in self.plan.changes:
            if change.key not in held:
                changes.append(change)
                continue
            leaves = leaving[change.key]
            digest = Facts({"students": leaves}).sorted_fingerprint(self.key)
            self.plan.held.append(
                replace(change, code="RUN_REMOVALS_HELD", leaves=leaves, fingerprint=digest)
            )
            adds = not set(members[_former(change)]).issuperset(_students(change))
            fields = tuple(name for name in change.fields if name != "students" or adds)
            if fields:
                values = change.facts.values if change.facts is not None else {}
                facts = Facts({**values, "students": (*_students(change), *leaves)})
                digest = facts.sorted_fingerprint(self.key)
                changes.append(replace(change, fields=fields, facts=facts, fingerprint=digest))
        self.plan.changes = changes


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
