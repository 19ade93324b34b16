"""Apply the plan of one account: every write is recorded as intended before it is sent, and as done after it (U5, P1).

Items with a write in doubt, and those that depend on them, come last, after the grace time: the first request may still
land. They are looked up before anything is sent again. One failing item stops itself and what depends on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.engine.apply_sheets import SheetWriter
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.identity import Identities
from edusync.engine.interruption import finished_first
from edusync.engine.outcome import Outcome
from edusync.errors import TargetError
from edusync.state.store import ALIASES, Intent
from edusync.target import wire
from edusync.target.client import InDoubt, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.engine.digest import Facts
    from edusync.engine.outcome import Report
    from edusync.engine.plan import AccountPlan, Change
    from edusync.engine.wanted import Wanted
    from edusync.model import Course, Window
    from edusync.spec.types import Spec
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient

_PERSONAL = re.compile(r"\S+@\S+")
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
    window: Window
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
        self.done: dict[str, int] = {}
        self.doubts = 0
        self.without_credentials: dict[str, int] = {}
        """How many were created of a kind to which the school could have credentials sent, and has not."""
        self.sheets = SheetWriter(self)

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
            },
            done=done,
            replaces=change.replaces,
        )

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
        self.report.add(
            Outcome(
                code,
                change.kind,
                change.source_id,
                change.edusign_id,
                detail=None if detail is None else _PERSONAL.sub("(an e-mail)", detail),
            )
        )

    # one change after the other

    def _guarded(self, change: Change) -> list[Change]:
        """Apply one change; give it back when it has to wait for the grace time."""
        try:
            with finished_first():
                self._apply(change)
        except Rejected as rejected:
            self.store.settle(self.context.connector, self.context.account, *change.key)
            self.fail(change, "EDU_REJECTED", str(rejected))
        except InDoubt as doubt:
            self.doubts += 1
            if self.doubts > _TECHNICAL_LIMIT:
                raise TargetError(
                    "EDU_UNREACHABLE", f"Edusign: {doubt}", "the next run finds out what landed"
                ) from None
            if change.waits:
                self.fail(change, "EDU_IN_DOUBT", str(doubt))
            else:
                return [replace(change, waits=True)]
        else:
            self.doubts = 0
            if change.key not in self.failed:
                self.done[change.action] = self.done.get(change.action, 0) + 1
                if change.action in _DONE:
                    edusign_id = self.ids.get(change.key, change.edusign_id)
                    fields = (
                        ", ".join(change.fields)
                        if change.action in {"update", "adopt"} and change.fields
                        else None
                    )
                    self.report.add(
                        Outcome(
                            _DONE[change.action],
                            change.kind,
                            change.source_id,
                            edusign_id,
                            field=fields,
                        )
                    )
            self.context.progress(change)
        return []

    def _apply(self, change: Change) -> None:
        if change.waits and change.action in {"create", "settle"} and self._landed(change):
            return
        if change.action == "settle":
            self.store.settle(self.context.connector, self.context.account, *change.key)
        elif change.kind == "course":
            self.sheets.apply(change)
        elif change.kind == "group":
            self._group(change)
        else:
            self._person(change)
        if change.waits:
            self.store.settle(self.context.connector, self.context.account, *change.key)

    def _person(self, change: Change) -> None:
        facts, kind = _facts(change), change.kind
        fields: dict[str, Any] = dict(facts.values)
        if "externals" in fields:
            fields["externals"] = tuple(
                self.ids[key]
                for ref in facts.values["externals"]
                if (key := ("external", ref)) in self.ids
            )
        if change.action == "create":
            body = wire.person_body(
                kind,
                fields,
                identity=wire.identity(change.source_id, self.context.spec.connector),
                send_credentials=self.context.send_credentials.get(kind, False),
            )
            intent = self.intend(change)
            try:
                edusign_id = self.client.create(kind, body)
            except Rejected as rejected:
                self.store.done(intent)
                if "already exists" not in str(rejected) or not self._take_over(change):
                    raise
                return
            self.record(change, edusign_id, facts, done=intent)
            if self.context.send_credentials.get(kind) is False:
                self.without_credentials[kind] = self.without_credentials.get(kind, 0) + 1
            return
        self._change_person(change, facts, fields)

    def _change_person(self, change: Change, facts: Facts, fields: dict[str, Any]) -> None:
        edusign_id = change.edusign_id or ""
        if "archived" in change.fields:
            intent = self.intend(change)
            self.client.restore(change.kind, edusign_id)
            self.store.done(intent)
        changed = [name for name in change.fields if name in fields]
        if not changed and "identity" not in change.fields:
            self.record(change, edusign_id, facts, done=None)
            return
        sent = {
            name: fields[name]
            for name in ("last_name", "first_name", "email", *changed)
            if name in fields
        }
        identity = {
            **wire.existing(edusign_id),
            **(
                wire.identity(change.source_id, self.context.spec.connector)
                if "identity" in change.fields
                else {}
            ),
        }
        intent = self.intend(change)
        self.client.update(
            change.kind,
            wire.person_body(change.kind, sent, identity=identity, send_credentials=None),
        )
        self.record(change, edusign_id, facts, done=intent)

    def _take_over(self, change: Change) -> bool:
        """Take over a person whom Edusign says exists already (client rule 1)."""
        match = self.identities.person(
            change.kind, change.source_id, str(_facts(change).values.get("email", ""))
        )
        if match is None:
            return False
        if match.blocks:
            self.failed.add(change.key)
            self.report.add(
                Outcome(
                    match.code or "EDU_REJECTED",
                    change.kind,
                    change.source_id,
                    match.record.edusign_id,
                    field="email",
                )
            )
            return True
        extra = (
            *(("identity",) if match.fill_identity else ()),
            *(("archived",) if match.restore else ()),
        )
        facts = _facts(change)
        self._change_person(
            replace(
                change,
                action="adopt",
                edusign_id=match.record.edusign_id,
                fields=(*facts.values, *extra),
            ),
            facts,
            dict(facts.values),
        )
        return True

    def _group(self, change: Change) -> None:
        facts = _facts(change)
        refs = tuple(
            ref for ref in facts.values.get("students", ()) if ("student", ref) in self.ids
        )
        placed = (
            facts
            if len(refs) == len(facts.values.get("students", ()))
            else replace(facts, values={**facts.values, "students": refs})
        )
        students = [self.ids["student", ref] for ref in refs]
        if change.action == "create":
            intent = self.intend(change)
            body = wire.group_body(
                str(facts.values["name"]),
                students,
                wire.identity(change.source_id, self.context.spec.connector),
            )
            self.record(change, self.client.create("group", body), placed, done=intent)
            return
        edusign_id = change.edusign_id or ""
        if not change.fields:
            self.record(change, edusign_id, placed, done=None)
            return
        intent = self.intend(change)
        found = self.client.group(edusign_id) if "students" in change.fields else None
        foreign = (
            [member for member in found.students if ("student", member) not in self.ids.refs]
            if found
            else []
        )
        self.client.update(
            "group",
            wire.group_body(
                str(facts.values["name"]),
                [*students, *foreign] if "students" in facts.values else None,
                wire.existing(edusign_id),
            ),
        )
        self.record(change, edusign_id, placed, done=intent)

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

    def _landed(self, change: Change) -> bool:
        """Look up whether a creation in doubt landed, and take it over if so."""
        kind, source_id = change.key
        if kind == "group":
            match = self.identities.group(source_id)
        elif kind == "course":
            match = self.identities.sheet(source_id)
        else:
            match = self.identities.person(
                kind, source_id, str(change.facts.values.get("email", "")) if change.facts else ""
            )
        if match is None or match.blocks or match.fill_identity:
            return False
        if change.facts is None:
            self.sheets.take_over_unwanted(change, match.record)
        else:
            again = replace(
                change,
                action="adopt",
                edusign_id=match.record.edusign_id,
                fields=tuple(change.facts.values),
            )
            self.ids[change.key] = match.record.edusign_id
            self._apply(again)
        self.store.settle(self.context.connector, self.context.account, kind, source_id)
        return True


def _facts(change: Change) -> Facts:
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
