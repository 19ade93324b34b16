"""Write people and groups.

What is sent is what is recorded, so a later run sees what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.apply.gone import forget, still_there
from edusync.engine.digest import word_digests
from edusync.target import wire
from edusync.target.failures import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.apply.ledger import Ledger
    from edusync.engine.digest import Facts
    from edusync.engine.plan.plan import Change

_NEEDED = ("last_name", "first_name", "email")


class PeopleWriter:
    """Write the people of one account."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.client, self.store = ledger, ledger.client, ledger.store

    def apply(self, change: Change) -> bool:
        """Create or change a person; return whether anything was sent."""
        facts = self.ledger.sendable(change)
        return (
            self._create(change, facts)
            if change.action == "create"
            else self._change(change, facts)
        )

    def _create(self, change: Change, facts: Facts) -> bool:
        ledger, kind = self.ledger, change.kind
        credentials = ledger.context.send_credentials.get(kind, False)
        body = wire.person_body(
            kind,
            self._fields(facts),
            identity=wire.identity(change.source_id, ledger.context.spec.connector),
            send_credentials=credentials,
        )
        intent = ledger.intend(change)
        edusign_id = ledger.made(change, self.client.create(kind, body))
        ledger.created(change, edusign_id, facts, intent)
        return True

    def _change(self, change: Change, facts: Facts) -> bool:
        ledger, edusign_id = self.ledger, change.edusign_id or ""
        restores = "archived" in change.fields
        if restores:
            intent = ledger.intend(change)
            self.client.restore(change.kind, edusign_id)
            self.store.done(intent)
        changed = ledger.still_changed(change, facts)
        if not changed and "identity" not in change.fields:
            ledger.record(change, edusign_id, facts, done=None)
            return restores
        values = self._fields(facts)
        if "tags" in changed:
            values["tags"] = self._with_others(change, values["tags"])
        sent = {name: values[name] for name in (*_NEEDED, *changed) if name in values}
        identity = wire.existing(edusign_id)
        if "identity" in change.fields:
            identity |= wire.identity(change.source_id, ledger.context.spec.connector)
        intent = ledger.intend(change)
        body = wire.person_body(change.kind, sent, identity=identity, send_credentials=None)
        self.client.update(change.kind, body)
        ledger.record(change, edusign_id, facts, done=intent)
        return True

    def _with_others(self, change: Change, ours: tuple[str, ...]) -> tuple[str, ...]:
        """Return our tags and those that the school added: what is sent replaces all."""
        found = self.client.person(change.kind, change.edusign_id or "")
        there = () if found is None else found.tags
        before = set(self.ledger.members_before(change))
        digests = word_digests(there, self.store.key)
        kept = [tag for tag, known in zip(there, digests, strict=True) if known not in before]
        return tuple(dict.fromkeys((*kept, *ours)))

    def _fields(self, facts: Facts) -> dict[str, Any]:
        """Return the values of a person with the Edusign ids of the tutors."""
        values = dict(facts.values)
        if "externals" in values:
            ids = self.ledger.ids
            values["externals"] = tuple(ids["external", ref] for ref in values["externals"])
        return values


class GroupWriter:
    """Write the groups of one account."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.client = ledger, ledger.client

    def apply(self, change: Change) -> bool:
        """Create or change a group; return whether anything was sent."""
        ledger = self.ledger
        facts = ledger.sendable(change)
        edusign_id = change.edusign_id or ""
        if change.action != "create":
            if not ledger.still_changed(change, facts) and "identity" not in change.fields:
                ledger.record(change, edusign_id, facts, done=None)
                return False
            found = self.client.group(edusign_id)
            if found is not None:
                if "students" in facts.values:
                    stay = {ledger.ids["student", ref] for ref in facts.values["students"]}
                    ledger.note_seats(change, [one for one in found.students if one not in stay])
                foreign = [
                    member
                    for member in found.students
                    if not ledger.ids.is_of_ours(edusign_id, member)
                ]
                try:
                    self._send(change, facts, edusign_id, foreign)
                except Rejected:
                    ledger.lanes.only_alone()
                    there = still_there(self.client, foreign)
                    if there == foreign:
                        raise
                    ledger.settle(change)
                    self._send(change, facts, edusign_id, there)
                return True
            ledger.lanes.only_alone()
            forget(ledger, change.key)
        self._send(change, facts)
        return True

    def _send(
        self,
        change: Change,
        facts: Facts,
        edusign_id: str | None = None,
        foreign: Sequence[str] = (),
    ) -> None:
        """Send a group with our members, and those whom people put there."""
        ledger = self.ledger
        members: list[str] | None = None
        if "students" in facts.values or edusign_id is None:
            refs = facts.values.get("students", ())
            members = [*(ledger.ids["student", ref] for ref in refs), *foreign]
        connector = ledger.context.spec.connector
        identity = {} if edusign_id is None else wire.existing(edusign_id)
        if edusign_id is None or "identity" in change.fields:
            identity |= wire.identity(change.source_id, connector)
        body = wire.group_body(str(facts.values["name"]), members, identity)
        intent = ledger.intend(change)
        if edusign_id is None:
            edusign_id = ledger.made(change, self.client.create("group", body))
        else:
            self.client.update("group", body)
        ledger.record(change, edusign_id, facts, done=intent)
