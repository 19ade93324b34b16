"""Create items in batches, where the account has v3 and v3 can say the item.

All of a batch are recorded as intended before it is sent (U5), and each is recorded as done by
itself. What was refused, and what v3 cannot say, is left to be made one by one; what nobody knows
anything of waits to be looked up. docs/explanation/batches.md says what goes how.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.engine.apply.beside import is_ordinary
from edusync.engine.apply.sheet_bodies import new_roster
from edusync.engine.interruption import finished_first
from edusync.engine.outcome import Outcome
from edusync.errors import LookUpRefused, TargetError
from edusync.target import wire_v3
from edusync.target.failures import InDoubt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from edusync.engine.apply.ledger import Ledger
    from edusync.engine.digest import Facts
    from edusync.engine.plan.plan import Change
    from edusync.target.batches import Batches, Settled


class _Item(NamedTuple):
    """One creation as v3 says it; `facts` are what stands on Edusign then."""

    change: Change
    facts: Facts
    body: Mapping[str, Any]


class Made(NamedTuple):
    """What became of some changes: who is still to be made one by one, and what is in doubt."""

    left: list[Change]
    doubted: list[Change]


class BatchWriter:
    """Make creations of one account in batches.

    `done` is called for each that was made; `doubt` when nobody knows what became of a batch.
    """

    def __init__(
        self, ledger: Ledger, done: Callable[[Change], None], doubt: Callable[[InDoubt], None]
    ) -> None:
        self.ledger, self.ids, self.done, self.doubt = ledger, ledger.ids, done, doubt
        self._rooms: dict[str, str] | None = None
        self._groups: dict[str, frozenset[str] | None] = {}

    def check(self, changes: Sequence[Change]) -> None:
        """Stop before anything is written when the account has no v3: TargetError."""
        batches = self.ledger.client.batches
        if batches is not None and any(map(_may_go, changes)):
            batches.check()

    def make(self, changes: Sequence[Change]) -> Made:
        """Make those of some changes, of one group, that can be made in batches."""
        batches = self.ledger.client.batches
        items = [] if batches is None else [one for one in map(self._item, changes) if one]
        if batches is None or len(items) < 2:  # noqa: PLR2004 - one goes by itself
            return Made(list(changes), [])
        made: set[tuple[str, str]] = set()
        doubted: list[Change] = []
        for first in range(0, len(items), wire_v3.MOST):
            batch = items[first : first + wire_v3.MOST]
            with finished_first():
                self._send(batches, batch, made, doubted)
        waiting = made | {change.key for change in doubted}
        return Made([change for change in changes if change.key not in waiting], doubted)

    def _send(
        self,
        batches: Batches,
        items: list[_Item],
        made: set[tuple[str, str]],
        doubted: list[Change],
    ) -> None:
        """Send one batch, and settle what is known of it."""
        ledger = self.ledger
        batches.wait()
        items = [one for one in items if not self._has_begun(one.facts)]
        if not items:
            return
        intents = ledger.intend_all([one.change for one in items])
        try:
            settled = batches.create(items[0].change.kind, [one.body for one in items])
        except InDoubt as doubt:
            doubted += [replace(one.change, waits=True, in_doubt=True) for one in items]
            self.doubt(doubt)
            return
        except TargetError as error:
            if error.code == "EDU_NO_BATCHES":
                for intent in intents:
                    ledger.store.done(intent)
            raise
        for item, intent, one in zip(items, intents, settled, strict=True):
            if one.edusign_id is not None and self._is_new(item.change, one.edusign_id):
                ledger.created(item.change, one.edusign_id, item.facts, intent)
                made.add(item.change.key)
                self.done(item.change)
            elif one.code is not None:
                ledger.store.done(intent)
            else:
                doubted.append(replace(item.change, waits=True, in_doubt=True))
        self._note_refused(items[0].change.kind, settled)

    def _is_new(self, change: Change, edusign_id: str) -> bool:
        try:
            self.ledger.made(change, edusign_id)
        except InDoubt:
            return False
        return True

    def _note_refused(self, kind: str, settled: Sequence[Settled]) -> None:
        """Say what a batch refused; each of these has an event of its own later."""
        codes = Counter(one.code for one in settled if one.code is not None)
        if codes:
            why = ", ".join(f"{code} ({count})" for code, count in sorted(codes.items()))
            detail = f"{codes.total()} of {len(settled)} refused: {why}"
            self.ledger.report.add(Outcome("EDU_BATCH_REFUSED", kind, detail=detail))

    # what v3 can say

    def _item(self, change: Change) -> _Item | None:
        """Return a change as v3 says it; None when it goes by v1."""
        if not _may_go(change):
            return None
        facts = self.ledger.sendable(change)
        body = (
            self._sheet(change, facts) if change.kind == "course" else self._person(change, facts)
        )
        return None if body is None else _Item(change, facts, body)

    def _person(self, change: Change, facts: Facts) -> Mapping[str, Any] | None:
        """Return a person; None also where it is not known that credentials go as asked (D10)."""
        ledger, batches = self.ledger, self.ledger.client.batches
        asked = ledger.context.send_credentials.get(change.kind, False)
        if batches is None or batches.mails_credentials is not asked:
            return None
        identity = wire_v3.identity(change.source_id, ledger.context.spec.connector)
        return wire_v3.person_item(change.kind, facts.values, identity)

    def _sheet(self, change: Change, facts: Facts) -> Mapping[str, Any] | None:
        values, ids = facts.values, self.ids
        wanted = change.facts.values["professors"] if change.facts else ()
        if (
            values["professors"] != wanted
            or not wanted
            or values.get("description")
            or self._has_begun(facts)
        ):
            return None
        students = new_roster(change, facts, ids)
        groups = [ids["group", ref] for ref in sorted(values.get("groups", ()))]
        room = values.get("classroom") or ""
        if (room and room not in self._classrooms()) or not self._adds_nobody(groups, students):
            return None
        return wire_v3.course_item(
            wire_v3.identity(change.source_id, self.ledger.context.spec.connector),
            name=str(values["name"]),
            starts_at=values["starts_at"],
            ends_at=values["ends_at"],
            professors=[ids["professor", ref] for ref in values["professors"]],
            students=students,
            groups=groups,
            classroom_id=self._classrooms()[room] if room else None,
        )

    def _has_begun(self, facts: Facts) -> bool:
        starts_at = facts.values.get("starts_at")
        return starts_at is not None and starts_at <= self.ledger.context.now()

    def _classrooms(self) -> Mapping[str, str]:
        """Return the classrooms of Edusign, by name: v3 takes no other ones."""
        if self._rooms is None:
            try:
                self._rooms = self.ledger.client.classrooms()
            except TargetError as error:
                if error.code != "EDU_UNREADABLE":
                    raise
                self._rooms = {}
        return self._rooms

    def _adds_nobody(self, groups: Sequence[str], students: Sequence[str]) -> bool:
        """Whether the members of groups, whom v3 puts on a sheet, are on it anyway."""
        for group in groups:
            if group not in self._groups:
                self._groups[group] = self._members(group)
            members = self._groups[group]
            if members is None or not members.issubset(students):
                return False
        return True

    def _members(self, group: str) -> frozenset[str] | None:
        """Return who is in a group on Edusign, people's own included; None when nobody can say."""
        try:
            found = self.ledger.client.group(group)
        except LookUpRefused:
            return None
        return None if found is None else frozenset(found.students)


def _may_go(change: Change) -> bool:
    """Whether a change is of a sort that v3 makes.

    It knows an item by our id alone, whichever connector it is of: what shares one goes by v1.
    """
    return (
        change.action == "create"
        and change.kind in wire_v3.PATHS
        and is_ordinary(change)
        and not change.shares_id
    )
