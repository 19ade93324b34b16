"""Apply the plan of one account: every write is recorded as intended before it is sent, and as done after it (U5, P1).

Items with a write in doubt, and those that depend on them, come last, after the grace time: the first request may still
land. They are looked up before anything is sent again. One failing item stops itself and what depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.engine.apply.people import GroupWriter, PeopleWriter
from edusync.engine.apply.sheets import SheetWriter
from edusync.engine.digest import placed, sent_digest
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.interruption import finished_first
from edusync.engine.outcome import Outcome
from edusync.engine.plan.differences import differing_fields
from edusync.engine.plan.identity import Identities
from edusync.engine.plan.refusals import is_about_data
from edusync.errors import LookUpRefused, TargetError
from edusync.state.refusals import note_refusal
from edusync.state.store import ALIASES, Intent
from edusync.target.exchange import InDoubt, Rejected
from edusync.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.engine.check.wanted import Wanted
    from edusync.engine.digest import Facts
    from edusync.engine.outcome import Report
    from edusync.engine.plan.identity import Match
    from edusync.engine.plan.plan import AccountPlan, Change
    from edusync.model import Course
    from edusync.spec.types import Spec
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


@dataclass(frozen=True, slots=True)
class Context:
    """What applying needs to know. `grace` is in seconds; `now` and `sleep` are handed in."""

    connector: str
    account: str
    spec: Spec
    now: Callable[[], datetime]
    run_id: str
    fence: int
    grace: float
    send_credentials: Mapping[str, bool]
    restore_archived: bool
    sleep: Callable[[float], None]
    progress: Callable[[Change], None]


class Applier:
    """Apply one account's plan."""

    def __init__(
        self, context: Context, store: Store, client: EdusignClient, wanted: Wanted, report: Report
    ) -> None:
        self.context, self.store, self.client, self.wanted, self.report = (
            context,
            store,
            client,
            wanted,
            report,
        )
        self.identities = Identities(
            client, context.spec.connector, restore_archived=context.restore_archived
        )
        self.ids = EdusignIds(
            {
                **{
                    key: link.edusign_id
                    for key, link in store.links(context.connector, context.account).items()
                },
                **wanted.given,
            }
        )
        self.failed: set[tuple[str, str]] = set()
        self.doubts = 0
        self.without_credentials: dict[str, int] = {}
        """How many were created of a kind that could have got credentials, and did not."""
        self.sheets = SheetWriter(self)
        people = PeopleWriter(self).apply
        self.writers: Mapping[str, Callable[[Change], bool]] = {
            "professor": people,
            "external": people,
            "student": people,
            "group": GroupWriter(self).apply,
            "course": self.sheets.apply,
        }
        """What writes a change of each kind, and says whether anything was sent."""

    def run(self, plan: AccountPlan) -> None:
        """Apply every change that no guard holds."""
        doubtful = {
            (doubt.kind, doubt.source_id): doubt.intended_at
            for doubt in self.store.in_doubt(self.context.connector)
            if doubt.account == self.context.account
        }
        later: list[Change] = []
        for change in plan.changes:
            waiting = {item.key for item in later}
            if change.action == "settle" or change.key in doubtful or self._needs(change) & waiting:
                later.append(replace(change, waits=True))
            else:
                later.extend(self._guarded(change))
        for _ in range(2):
            if later:
                self._wait_out(later)
                again: list[Change] = []
                for change in later:
                    again.extend(self._guarded(change))
                later = again
        for kind, count in sorted(self.without_credentials.items()):
            self.report.add(Outcome("DOWN_CREDENTIALS_NOT_SENT", kind, detail=f"{count} created"))

    def record(
        self,
        change: Change,
        edusign_id: str,
        facts: Facts,
        *,
        done: str | None,
        created: bool = True,
        manual: bool = False,
    ) -> None:
        """Remember what stands on Edusign now, and that the write which made it is done."""
        course = self.wanted.courses.get(change.source_id) if change.kind == "course" else None
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
                "created": created,
                "manual": manual,
                "fingerprint": facts.fingerprint(key),
                "fields": facts.field_digests(key),
                "members": list(facts.values.get("students", ())),
                "starts_at": starts_at if isinstance(starts_at, datetime) else None,
                "carry": _carried(course.course) if course else {},
                "updated_at": self.client.answered_at,
            },
            done=done,
            replaces=change.replaces,
        )

    def sendable(self, change: Change) -> Facts:
        """Return what can be sent of a change: who is not on Edusign is left out."""
        return placed(facts_of(change), self.ids)

    def still_changed(self, change: Change, facts: Facts) -> tuple[str, ...]:
        """Return the fields of a change that differ from what was sent before.

        Somebody who could not be written is left out again, and then nothing may have changed.
        """
        fields = tuple(name for name in change.fields if name in facts.values)
        if change.action != "update":
            return fields
        before, _ = self.store.details(self.context.connector, self.context.account, *change.key)
        changed = facts.changed(before, self.store.key)
        return tuple(name for name in fields if name in changed)

    def intend(self, change: Change) -> str:
        """Record a write before it is sent."""
        intent = Intent(
            self.context.account, change.kind, change.source_id, change.action, datetime.now(UTC)
        )
        return self.store.intend(
            self.context.connector, self.context.fence, intent, self.context.run_id
        )

    def fail(self, change: Change, code: str, detail: str | None) -> None:
        """Note that a change was not made."""
        self.failed.add(change.key)
        self.report.add(Outcome(code, *change.key, change.edusign_id, detail=detail))

    def refuse(self, change: Change, rejected: Rejected) -> None:
        """Note that Edusign refused a change, and remember it when the data are the reason."""
        connector, account = self.context.connector, self.context.account
        self.store.settle(connector, account, *change.key)
        message = said(str(rejected), self._names())
        self.fail(change, "EDU_REJECTED", message)
        if change.facts is not None and is_about_data(rejected):
            sent = sent_digest(self.sendable(change).values, self.ids, self.store.key)
            note_refusal(self.store, connector, account, change.key, sent, message)

    def _names(self) -> Iterator[object]:
        """Yield the names of everybody who may be meant by words of Edusign."""
        wanted = self.wanted
        for people in (wanted.students, wanted.professors, wanted.externals):
            for person in people.values():
                yield person.last_name
                yield person.first_name

    # one change after the other

    def _guarded(self, change: Change) -> list[Change]:
        """Apply one change; give it back when it has to wait for the grace time."""
        done: str | None = None
        try:
            with finished_first():
                done = self.apply(change)
        except Rejected as rejected:
            self.refuse(change, rejected)
        except LookUpRefused as refused:
            self.fail(change, refused.code, refused.message)
        except InDoubt as doubt:
            self.doubts += 1
            if self.doubts > _TECHNICAL_LIMIT:
                raise TargetError(
                    "EDU_UNREACHABLE", f"Edusign: {doubt}", "the next run finds out what landed"
                ) from None
            if not change.waits:
                return [replace(change, waits=True)]
            self.fail(change, "EDU_IN_DOUBT", str(doubt))
        else:
            self.doubts = 0
            if done is not None and change.key not in self.failed:
                self._tell(change, done)
            self.context.progress(change)
        return []

    def _tell(self, change: Change, done: str) -> None:
        """Report what was done."""
        if done not in _DONE:
            return
        named = done in {"update", "adopt"} and change.action != "create"
        fields = (", ".join(change.fields) or None) if named else None
        edusign_id = self.ids.get(change.key, change.edusign_id)
        self.report.add(Outcome(_DONE[done], *change.key, edusign_id, field=fields))

    def apply(self, change: Change) -> str | None:
        """Apply one change; return what was done, None when nothing was to be done, or it failed."""
        done = change.action
        if change.action in {"create", "settle"}:
            match = self._standing(change)
            if match is not None:
                done = change.action if change.waits else "adopt"
                self._take_over(change, match)
                change = replace(change, action="settle")
        if change.action == "settle":
            self.store.settle(self.context.connector, self.context.account, *change.key)
            return done
        written = self.writers[change.kind](change)
        if change.waits:
            self.store.settle(self.context.connector, self.context.account, *change.key)
        return done if written or change.action == "adopt" else None

    def _standing(self, change: Change) -> Match | None:
        """Look up what is about to be created, or may have been: it may stand there by now (D8)."""
        kind, source_id = change.key
        email = str(change.facts.values.get("email", "")) if change.facts else ""
        look = self.identities.find if change.waits else self.identities.created
        return look(kind, source_id, email)

    def _take_over(self, change: Change, match: Match) -> None:
        """Link what stands on Edusign, and bring it in step where it differs."""
        record, facts = match.record, change.facts
        if match.code is not None:
            outcome = Outcome(match.code, *change.key, record.edusign_id, field="email")
            (self.report.skip if match.blocks else self.report.add)(outcome)
        if match.blocks:
            self.failed.add(change.key)
            return
        if facts is None:
            self.sheets.take_over_unwanted(change, record)
            return
        self.ids[change.key] = record.edusign_id
        fields = differing_fields(placed(facts, self.ids), record, self.ids)
        adopted = replace(
            change,
            action="adopt",
            edusign_id=record.edusign_id,
            fields=(*fields, *match.extra_fields),
        )
        self.writers[change.kind](adopted)

    def take_over_existing(self, change: Change) -> bool:
        """Take over a person whom Edusign says exists already (client rule 1)."""
        kind, source_id = change.key
        match = self.identities.person(
            kind, source_id, str(facts_of(change).values.get("email", ""))
        )
        if match is None:
            return False
        self._take_over(change, match)
        return True

    # writes in doubt

    def _needs(self, change: Change) -> set[tuple[str, str]]:
        """Return the items that have to be written before this one."""
        values: Mapping[str, Any] = change.facts.values if change.facts else {}
        needed = {("professor", ref) for ref in values.get("professors", ())} | {
            ("student", ref) for ref in values.get("students", ())
        }
        return (
            needed
            | {("group", ref) for ref in values.get("groups", ())}
            | {("external", ref) for ref in values.get("externals", ())}
        )

    def _wait_out(self, later: list[Change]) -> None:
        """Wait until every write in doubt of this account is older than the grace time."""
        del later
        intents = [
            doubt.intended_at
            for doubt in self.store.in_doubt(self.context.connector)
            if doubt.account == self.context.account
        ]
        if intents:
            remaining = (
                max(intents) + timedelta(seconds=self.context.grace) - datetime.now(UTC)
            ).total_seconds()
            if remaining > 0:
                self.context.sleep(remaining)


def facts_of(change: Change) -> Facts:
    """Return what should stand on Edusign after a change; ValueError when it says nothing of it."""
    if change.facts is None:
        message = f"a change of {change.key} has no facts"
        raise ValueError(message)
    return change.facts


def _carried(course: Course) -> dict[str, object]:
    """Return what a link keeps of a session: what goes up again, and its other identities."""
    return (
        {**course.carry, ALIASES: list(course.also_known_as)}
        if course.also_known_as
        else dict(course.carry)
    )
