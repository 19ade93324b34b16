"""What was sent to Edusign, and the store's note of it: intended, recorded, refused (U5, P1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.digest import placed, sent_digest, word_digests
from edusync.engine.lanes import Lanes
from edusync.engine.outcome import Outcome
from edusync.engine.plan.look import on_edusign
from edusync.engine.plan.refusals import is_about_data
from edusync.state.intents import Intent
from edusync.state.refusals import Refusal, note_refusal
from edusync.state.taken import Taken, note_taken_away
from edusync.target.failures import InDoubt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.digest import Facts
    from edusync.engine.edusign_ids import EdusignIds
    from edusync.engine.grace import Grace
    from edusync.engine.outcome import Report
    from edusync.engine.plan.plan import Change, Key
    from edusync.model import Window
    from edusync.spec.tree import Spec
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient
    from edusync.target.failures import Rejected


_LONGEST_ID = 64


class Keeper(NamedTuple):
    """Who goes on with a sheet whose session is gone on an account.

    `students` are whom they have on it, by their ids on Edusign; None when nobody can say.
    """

    words: str
    students: AbstractSet[str] | None


@dataclass(frozen=True, slots=True)
class Context:
    """What applying needs to know; clocks are handed in."""

    connector: str
    account: str
    spec: Spec
    window: Window
    now: Callable[[], datetime]
    """What time it is in the run; a run can act at another moment than the store's clock."""
    run_id: str
    fence: int
    grace: Grace
    send_credentials: Mapping[str, bool]
    restore_archived: bool
    progress: Callable[[Change], None]
    keeper: Callable[[Change], Keeper | None]
    """Who goes on with a sheet whose session is gone here; None when nobody does."""


class Ledger:
    """Keep the books of one account while its plan is applied."""

    def __init__(
        self,
        context: Context,
        store: Store,
        client: EdusignClient,
        ids: EdusignIds,
        report: Report,
    ) -> None:
        self.context, self.store, self.client = context, store, client
        self.ids, self.report = ids, report
        self.lanes = Lanes(client.exchange.at_once, report)
        """What makes several changes at once; whatever is kept here is kept by one at a time."""
        for turns in (client.exchange.turns, *([client.batches.turns] if client.batches else ())):
            turns.apart, turns.hear = self.lanes.apart, self.lanes.hear
        self.failed: set[Key] = set()
        self.without_credentials: dict[str, int] = {}
        """How many were created of a kind that could have got credentials, and did not."""

    def record(
        self,
        change: Change,
        edusign_id: str,
        facts: Facts,
        *,
        done: str | None,
        manual: bool = False,
    ) -> None:
        """Remember what stands on Edusign now, and that the write which made it is done."""
        starts_at = facts.values.get("starts_at")
        self.ids[change.key] = edusign_id
        key = self.store.key
        self.store.save_link(
            self.context.connector,
            self.context.account,
            {
                "kind": change.kind,
                "source_id": change.source_id,
                "edusign_id": edusign_id,
                "created": change.created and not manual,
                "manual": manual,
                "fingerprint": facts.fingerprint(key),
                "fields": facts.field_digests(key),
                "members": self._members(change, facts),
                "starts_at": starts_at if isinstance(starts_at, datetime) else None,
                "carry": dict(change.carry),
                "updated_at": on_edusign(self.client.answered_at, self.context.now()),
            },
            done=done,
            replaces=change.replaces,
        )

    def _members(self, change: Change, facts: Facts) -> list[str]:
        """Return who is on a sheet or in a group now; of whom nothing was said are still there.

        Of a student, digests of the tags that are ours.
        """
        if "students" in facts.values or change.kind in ("professor", "external"):
            return list(facts.values.get("students", ()))
        if "tags" in facts.values:
            return word_digests(facts.values["tags"], self.store.key)
        if change.action == "create":
            return [ref for ref in change.roster if ("student", ref) in self.ids]
        return list(self.members_before(change))

    def members_before(self, change: Change) -> Sequence[str]:
        """Return what was recorded of the members of an item before a change."""
        context, source_id = self.context, change.replaces or change.source_id
        _, members = self.store.details(context.connector, context.account, change.kind, source_id)
        return members

    def sendable(self, change: Change) -> Facts:
        """Return what can be sent of a change: who is not on Edusign is left out."""
        return placed(facts_of(change), self.ids)

    def still_changed(self, change: Change, facts: Facts) -> tuple[str, ...]:
        """Return the fields of a change that differ from what was sent before.

        Somebody who could not be written is left out again, and then nothing may have changed.
        """
        fields = tuple(name for name in change.fields if name in facts.values)
        if change.action != "update" or change.by_hand or change.again:
            return fields
        before, _ = self.store.details(self.context.connector, self.context.account, *change.key)
        changed = facts.changed(before, self.store.key)
        return tuple(name for name in fields if name in changed)

    def intend(self, change: Change) -> str:
        """Record a write right before it is sent: what it waits for is over by then."""
        self.client.exchange.turns.wait()
        return self.intend_all([change])[0]

    def intend_all(self, changes: Sequence[Change]) -> list[str]:
        """Record what one request is to write, right before it is sent; its turn has come."""
        context, now = self.context, self.store.now()
        intents = [
            Intent(context.account, change.kind, change.source_id, change.action, now)
            for change in changes
        ]
        return self.store.intend_all(context.connector, context.fence, intents, context.run_id)

    def made(self, change: Change, edusign_id: str) -> str:
        """Return the id of what was made; InDoubt where it is the id of another item of ours.

        Also where it is none: no request could name the item ever after.
        """
        if len(edusign_id) > _LONGEST_ID:
            raise InDoubt("Edusign answered with what is no id")
        other = self.ids.refs.get((change.kind, edusign_id))
        if other not in {None, change.source_id, change.replaces}:
            raise InDoubt("Edusign answered with the id of another item")
        return edusign_id

    def created(self, change: Change, edusign_id: str, facts: Facts, intent: str) -> None:
        """Remember an item that was made, and whether it might have got credentials."""
        self.record(change, edusign_id, facts, done=intent)
        if not self.context.send_credentials.get(change.kind, True):
            count = self.without_credentials.get(change.kind, 0)
            self.without_credentials[change.kind] = count + 1

    def note_deleted(self, change: Change) -> None:
        """Note that a sheet is about to be deleted, so that it can be made again."""
        self._note([Taken(self.context.account, *change.key)])

    def note_seats(self, change: Change, students: Sequence[str]) -> None:
        """Note students, by Edusign id, who are about to lose their seat; those of ours count."""
        mine = [ref for one in students if (ref := self.ids.refs.get(("student", one)))]
        account = self.context.account
        self._note([Taken(account, "student", ref, *change.key) for ref in mine])

    def _note(self, taken: Sequence[Taken]) -> None:
        note_taken_away(self.store, self.context.connector, self.context.run_id, taken)

    def fail(self, change: Change, code: str, detail: str | None = None) -> None:
        """Note that a change was not made."""
        self.failed.add(change.key)
        self.report.add(Outcome(code, *change.key, change.edusign_id, detail=detail))

    def refuse(self, change: Change, rejected: Rejected) -> None:
        """Note that Edusign refused a change, and remember it when the data are the reason."""
        connector, account = self.context.connector, self.context.account
        self.settle(change)
        message = str(rejected)
        self.fail(change, "EDU_REJECTED", message)
        if change.facts is not None and is_about_data(rejected):
            sent = sent_digest(self.sendable(change).values, self.ids, self.store.key)
            refusal = Refusal(sent, message, self.store.now())
            note_refusal(self.store, connector, account, change.key, refusal)

    def settle(self, change: Change) -> None:
        """Note that no write of an item is in doubt any more."""
        self.store.settle(self.context.connector, self.context.account, *change.key)


def facts_of(change: Change) -> Facts:
    """Return what should stand on Edusign after a change; ValueError when it says nothing of it."""
    if change.facts is None:
        message = f"a change of {change.key} has no facts"
        raise ValueError(message)
    return change.facts
