"""Apply the plan of one account.

Every write is recorded as intended before it is sent, and as done after it (U5, P1). Changes that
do not touch each other are made several at a time (`edusync/engine/apply/beside.py`).

Items with a write in doubt, and those that depend on them, come last, after the grace time: the
first request may still land. They are looked up before anything is sent again. One failing item
stops itself and what depends on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.apply.batches import BatchWriter
from edusync.engine.apply.beside import groups
from edusync.engine.apply.gone import Gone, drop
from edusync.engine.apply.ledger import Ledger
from edusync.engine.apply.people import GroupWriter, PeopleWriter
from edusync.engine.apply.sheets import SheetGone, SheetWriter
from edusync.engine.digest import REFERENCES, placed
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.interruption import finished_first
from edusync.engine.lanes import GoesAlone
from edusync.engine.outcome import Outcome
from edusync.engine.plan.differences import differing_fields
from edusync.engine.plan.matching import Matcher
from edusync.errors import LookUpRefused, TargetError
from edusync.target.answers import is_conflict
from edusync.target.failures import InDoubt, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.engine.apply.ledger import Context
    from edusync.engine.outcome import Report
    from edusync.engine.plan.matching import Match
    from edusync.engine.plan.plan import AccountPlan, Change, Key
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient

_TECHNICAL_LIMIT = 10
_DONE = {
    "create": "DOWN_CREATED",
    "adopt": "DOWN_ADOPTED",
    "update": "DOWN_UPDATED",
    "complete": "DOWN_COMPLETED",
    "delete": "DOWN_DELETED",
}


def apply(
    plan: AccountPlan, context: Context, store: Store, client: EdusignClient, report: Report
) -> frozenset[Key]:
    """Apply every change that no guard holds, and return what could not be written.

    What was done is noted in `report` as it happens: a run can break off.
    """
    if not plan.changes:
        return frozenset()
    links = store.links(context.connector, context.account)
    linked = {key: link.edusign_id for key, link in links.items()}
    linked |= {
        change.key: change.edusign_id
        for change in plan.changes
        if change.replaces is not None and change.edusign_id is not None
    }  # who is linked anew is the same on Edusign, whether its own write succeeds or not
    ids = EdusignIds({**linked, **plan.ids_in_spec}, plan.leavers)
    ledger = Ledger(context, store, client, ids, report)
    Applier(ledger).run(plan)
    return frozenset(ledger.failed)


class Applier:
    """Apply one account's plan."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.context, self.report, self.ids = (
            ledger,
            ledger.context,
            ledger.report,
            ledger.ids,
        )
        self.matcher = Matcher(
            ledger.client,
            self.context.spec.connector,
            self.context.window,
            restore_archived=self.context.restore_archived,
        )
        self.doubts = 0
        self.gone = Gone(self.ledger)
        self.batches = BatchWriter(ledger, self._made, self._doubt)
        self.sheets = SheetWriter(self.ledger)
        people = PeopleWriter(self.ledger).apply
        self.writers: Mapping[str, Callable[[Change], bool]] = {
            "professor": people,
            "external": people,
            "student": people,
            "group": GroupWriter(self.ledger).apply,
            "course": self.sheets.apply,
        }
        """What writes a change of each kind, and says whether anything was sent."""

    def run(self, plan: AccountPlan) -> None:
        """Apply every change that no guard holds."""
        doubtful = {
            (doubt.kind, doubt.source_id): doubt.intended_at
            for doubt in self.ledger.store.in_doubt(self.context.connector)
            if doubt.account == self.context.account
        }
        later: list[Change] = []
        self.batches.check(plan.changes)
        for group in groups(plan.changes):
            waiting = {item.key for item in later}
            ready: list[Change] = []
            for change in group:
                waits = change.action == "settle" or change.key in doubtful
                if waits or self._needs(change) & waiting:
                    later.append(replace(change, waits=True))
                else:
                    ready.append(change)
            left, doubted = self.batches.make(ready)
            later.extend(doubted)
            for put_off in self.ledger.lanes.run(left, self._guarded):
                later.extend(put_off)
        for _ in range(2):
            if later:
                self._wait_out()
                again: list[Change] = []
                for change in later:
                    again.extend(self._guarded(change))
                later = again
        for kind, count in sorted(self.ledger.without_credentials.items()):
            self.report.add(Outcome("DOWN_CREDENTIALS_NOT_SENT", kind, detail=f"{count} created"))

    # one change

    def _guarded(self, change: Change) -> list[Change]:
        """Apply one change; give it back when it has to wait for the grace time."""
        done: str | None = None
        try:
            with finished_first():
                done = self.apply(change)
        except GoesAlone:
            self.ledger.settle(change)  # what was sent of it was refused
            raise
        except Rejected as rejected:
            gone = self.gone.forget(change)
            if gone:
                rejected.args = (f"{rejected}; deleted on Edusign: {', '.join(gone)}",)
            self.ledger.refuse(change, rejected)
        except LookUpRefused as refused:
            self.ledger.fail(change, refused.code, refused.message)
        except InDoubt as doubt:
            self._doubt(doubt)
            if not change.waits:
                return [replace(change, waits=True, in_doubt=True)]
            self.ledger.fail(change, "EDU_IN_DOUBT", str(doubt))
        else:
            self.doubts = 0
            if done is not None and change.key not in self.ledger.failed:
                self._note_done(change, done)
            self.context.progress(change)
        return []

    def _made(self, change: Change) -> None:
        """Report what was made in a batch."""
        self.doubts = 0
        self._note_done(change, change.action)
        self.context.progress(change)

    def _doubt(self, doubt: InDoubt) -> None:
        """Note that nobody knows what became of a request; TargetError when it is one too many."""
        self.doubts += 1
        self.context.grace.begin_anew()
        if self.doubts > _TECHNICAL_LIMIT:
            raise TargetError(
                "EDU_UNREACHABLE", f"Edusign: {doubt}", "the next run finds out what landed"
            ) from None

    def _note_done(self, change: Change, done: str) -> None:
        """Report what was done."""
        if done not in _DONE:
            return
        named = done in {"update", "adopt"} and change.action != "create"
        fields = (", ".join(change.fields) or None) if named else None
        edusign_id = self.ids.get(change.key, change.edusign_id)
        if change.by_hand:
            code = f"DOWN_{'COURSE' if change.kind == 'course' else 'PERSON'}_OVERWRITTEN"
            self.report.add(Outcome(code, *change.key, edusign_id, field=fields))
        self.report.add(Outcome(_DONE[done], *change.key, edusign_id, field=fields))

    def apply(self, change: Change) -> str | None:
        """Apply one change and return what was done.

        None when nothing was to be done, or it failed.
        """
        if change.action in {"create", "settle"}:
            match = self._look_up(change)
            if match is not None:
                self.ledger.lanes.only_alone()
                self._take_over(change, match)
                return change.action if change.waits else "adopt"
        if change.action == "settle":
            self.ledger.settle(change)
            return change.action
        if change.action == "create" and change.again:
            self.ledger.lanes.only_alone()
            drop(self.ledger, change.key)
        try:
            written = self.writers[change.kind](change)
        except SheetGone:
            self.ledger.lanes.only_alone()
            return self.apply(replace(change, action="create", edusign_id=None))
        except Rejected as rejected:
            self.ledger.lanes.only_alone()
            match = self._existing(change, rejected)
            if match is None:
                raise
            self._take_over(change, match)
            return change.action
        if change.waits:
            self.ledger.settle(change)
        landed = change.in_doubt  # nothing was left to be sent: it had arrived
        return change.action if written or landed or change.action == "adopt" else None

    def _existing(self, change: Change, rejected: Rejected) -> Match | None:
        """Find the person whom Edusign says exists already (client rule 1)."""
        is_person = change.kind in {"student", "professor", "external"}
        if change.action != "create" or not is_person or not is_conflict(rejected.words):
            return None
        kind, source_id = change.key
        return self.matcher.person(kind, source_id, _email(change))

    def _look_up(self, change: Change) -> Match | None:
        """Look up what is about to be created, or may have been: it may stand there by now (D8)."""
        kind, source_id = change.key
        look = self.matcher.landed if change.waits else self.matcher.created
        return look(kind, source_id, _email(change))

    def _take_over(self, change: Change, match: Match) -> None:
        """Link what stands on Edusign, and bring it in step where it differs."""
        record, facts = match.record, change.facts
        if match.code is not None:
            outcome = Outcome(match.code, *change.key, record.edusign_id, field="email")
            (self.report.skip if match.blocks else self.report.add)(outcome)
        if match.blocks:
            self.ledger.failed.add(change.key)
        elif facts is None:
            self.sheets.take_over_unwanted(change, record)
        else:
            self.ids[change.key] = record.edusign_id
            fields = differing_fields(placed(facts, self.ids), record, self.ids)
            adopted = replace(
                change,
                action="adopt",
                edusign_id=record.edusign_id,
                fields=(*fields, *match.extra_fields),
            )
            self.writers[change.kind](adopted)
        self.ledger.settle(change)

    # writes in doubt

    def _needs(self, change: Change) -> set[tuple[str, str]]:
        """Return the items that have to be written before this one."""
        values: Mapping[str, Any] = change.facts.values if change.facts else {}
        return {(kind, ref) for field, kind in REFERENCES.items() for ref in values.get(field, ())}

    def _wait_out(self) -> None:
        """Wait until no write in doubt of this account can land any more."""
        intents = [
            doubt.intended_at
            for doubt in self.ledger.store.in_doubt(self.context.connector)
            if doubt.account == self.context.account
        ]
        self.context.grace.wait_out(intents, self.ledger.store.now())


def _email(change: Change) -> str:
    return str(change.facts.values.get("email", "")) if change.facts else ""
