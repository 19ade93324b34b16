"""Take over what another connector made, and give it back: ids change hands, nothing else.

Each item is read again right before it is written. What it was is in the store by then, and so is
the intent, so that a run that breaks off at any point goes on where it stopped. Writing the same
ids twice changes nothing; what is in doubt waits for the grace time all the same, for a sheet is
always sent whole. Items of one kind change hands several at a time; the first of each goes alone,
for it shows whether Edusign takes other ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from edusync.engine.interruption import finished_first
from edusync.engine.lanes import Lanes
from edusync.engine.outcome import Outcome
from edusync.engine.plan.look import on_edusign
from edusync.errors import LookUpRefused
from edusync.state.adoptions import Adopted, finish, give_back
from edusync.state.intents import Intent
from edusync.target import wire
from edusync.target.failures import InDoubt, Rejected
from edusync.target.identity import identity_body
from edusync.target.records import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from edusync.engine.grace import Grace
    from edusync.engine.outcome import Report
    from edusync.engine.plan.adoption import Item, Record
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient

_SIGNED = "it bears a signature"
"""Why a sheet is linked, and not written."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who takes over, on which account."""

    connector: str
    account: str
    source_type: str
    run_id: str
    fence: int
    grace: Grace
    now: Callable[[], datetime]
    progress: Callable[[], None]


class Adopter:
    """Change whose the items of one account are."""

    def __init__(self, hands: Hands, store: Store, client: EdusignClient, report: Report) -> None:
        self.hands, self.store, self.client, self.report = hands, store, client, report
        self.lanes = Lanes(client.exchange.at_once, report)
        client.exchange.turns.apart = self.lanes.apart
        client.exchange.turns.hear = self.lanes.hear
        self.refused_kinds: set[str] = set()
        """Kinds of which Edusign confirmed other ids and did not take them."""
        self.shown: set[str] = set()
        """Kinds of which it was looked at whether Edusign took them."""

    def take(self, items: Sequence[Item]) -> bool:
        """Take items over; return whether it is known of each what became of it."""
        return self._each(items, self._take)

    def give(self, items: Sequence[Adopted]) -> bool:
        """Give items back; return whether it is known of each what became of it."""
        return self._each(items, self._give)

    def _each(self, items: Sequence[Any], one: Callable[[Any], None]) -> bool:
        self._wait_out()
        doubts = self._round(items, one)
        if doubts:
            self._wait_out()
            doubts = self._round(doubts, one)
        for item in doubts:
            self._say("EDU_IN_DOUBT", item, None)
        return not doubts

    def _round(self, items: Sequence[Any], one: Callable[[Any], None]) -> list[Any]:
        """Do each item once; return those whose write nobody knows the end of."""

        def is_known(item: Any) -> bool:
            return self._ended(item, one)

        doubts = []
        for _, some in groupby(items, key=lambda item: item.kind):
            first, *others = some
            known = [is_known(first), *self.lanes.run(others, is_known)]
            together = zip((first, *others), known, strict=True)
            doubts += [item for item, is_clear in together if not is_clear]
        return doubts

    def _ended(self, item: Any, one: Callable[[Any], None]) -> bool:
        """Do one item; return whether it is known what became of its write."""
        known = True
        try:
            with finished_first():
                one(item)
        except InDoubt:
            known = False
            self.hands.grace.begin_anew()
        except Rejected as rejected:
            self._settle(item)
            self._say("EDU_REJECTED", item, str(rejected))
        except LookUpRefused as refused:
            self._say(refused.code, item, refused.message)
        self.hands.progress()
        return known

    # taking over

    def _take(self, item: Item) -> None:
        record = self._read(item.kind, item.edusign_id)
        if record is None:
            self._say("MOVE_CHANGED", item, "it is gone")
            return
        is_ours = self._is_ours(record, item.source_id)
        if not is_ours and _ids(record) != (item.former_id, item.former_type):
            self._say("MOVE_CHANGED", item, "it has another id by now")
            return
        bar = self._bar(record)
        if bar is not None and bar != _SIGNED:
            self._say("MOVE_CHANGED", item, bar)
            return
        done, rewritten = None, is_ours
        if item.rewrites and not is_ours and bar is None and item.kind not in self.refused_kinds:
            done = self._write(item, "adopt", record, (item.source_id, self.hands.source_type))
            rewritten = self._took(item)
        self._finish(item, done, rewritten=rewritten)
        self._say("MOVE_ADOPTED", item, f"by {', '.join(item.evidence)}")

    def _took(self, item: Item) -> bool:
        """Whether Edusign took the ids of an item; it is looked at once for each kind."""
        if item.kind not in self.shown:
            self.shown.add(item.kind)
            record = self._read(item.kind, item.edusign_id)
            if record is None or not self._is_ours(record, item.source_id):
                self.refused_kinds.add(item.kind)
                self.report.add(Outcome("MOVE_IDS_KEPT", item.kind))
        return item.kind not in self.refused_kinds

    def _finish(self, item: Item, done: str | None, *, rewritten: bool) -> None:
        """Write the link: the item as it stands there."""
        hands, key = self.hands, self.store.key
        row = {
            "kind": item.kind,
            "source_id": item.source_id,
            "edusign_id": item.edusign_id,
            "created": True,
            "manual": False,
            "fingerprint": item.facts.fingerprint(key),
            "fields": item.facts.field_digests(key),
            "members": list(item.members),
            "starts_at": item.facts.values.get("starts_at"),
            "carry": dict(item.carry),
            "updated_at": on_edusign(self.client.answered_at, hands.now()),
        }
        finish(self.store, hands.connector, hands.account, row, done, rewritten=rewritten)
        self._settle(item)

    # giving back

    def _give(self, item: Adopted) -> None:
        hands = self.hands
        record = self._read(item.kind, item.edusign_id)
        done = None
        if record is not None and item.rewritten and self._is_ours(record, item.source_id):
            bar = self._bar(record)
            if bar is not None:
                self._say("MOVE_NOT_GIVEN_BACK", item, bar)
                return
            done = self._write(item, "give_back", record, (item.former_id, item.former_type))
        give_back(self.store, hands.connector, hands.account, item, done)
        self._settle(item)
        self._say("MOVE_GIVEN_BACK", item, None)

    # both

    def _write(
        self, item: Item | Adopted, action: str, record: Record, ids: tuple[str, str]
    ) -> str:
        """Give a record other ids; return the intent."""
        hands = self.hands
        intent = Intent(hands.account, item.kind, item.source_id, action, self.store.now())
        done = self.store.intend(hands.connector, hands.fence, intent, hands.run_id)
        self.client.update(item.kind, identity_body(item.kind, record, wire.identity(*ids)))
        return done

    def _read(self, kind: str, edusign_id: str) -> Record | None:
        """Return an item as it stands now."""
        if kind == "course":
            return self.client.sheet(edusign_id)
        if kind == "group":
            return self.client.group(edusign_id)
        return self.client.person(kind, edusign_id)

    def _bar(self, record: Record) -> str | None:
        """Return why a sheet is not written any more; None when it may be."""
        if not isinstance(record, Sheet):
            return None
        if record.locked is None:
            return "Edusign does not say whether the sheet is archived"
        if record.locked:
            return "it is archived"
        if record.starts_at <= self.hands.now():
            return "it has started"
        return _SIGNED if record.signed else None

    def _is_ours(self, record: Record, source_id: str) -> bool:
        return _ids(record) == (source_id, self.hands.source_type)

    def _say(self, code: str, item: Item | Adopted, detail: str | None) -> None:
        self.report.add(Outcome(code, item.kind, item.source_id, item.edusign_id, detail=detail))

    def _settle(self, item: Item | Adopted) -> None:
        """Note that no write of an item is in doubt any more."""
        self.store.settle(self.hands.connector, self.hands.account, item.kind, item.source_id)

    def _wait_out(self) -> None:
        """Wait until no write in doubt of the account can land any more."""
        moments = [
            doubt.intended_at
            for doubt in self.store.in_doubt(self.hands.connector)
            if doubt.account == self.hands.account
        ]
        self.hands.grace.wait_out(moments, self.store.now())


def _ids(record: Record) -> tuple[str, str]:
    return record.source_id, record.source_type
