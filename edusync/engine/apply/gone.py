"""Find out whether a write was refused because of what somebody deleted on Edusign (R33).

Edusign says that something is missing, and not what. What is gone is forgotten: the next run makes
it anew, since the ERP still sends it, and puts it back where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.digest import REFERENCES
from edusync.engine.outcome import Outcome
from edusync.errors import LookUpRefused
from edusync.state.forgotten import forget_deleted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.engine.apply.ledger import Ledger
    from edusync.engine.plan.plan import Change, Key
    from edusync.target.client import EdusignClient


class Gone:
    """What is looked up on one account after a refusal; each item once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.client = ledger, ledger.client
        self._looked_up: dict[Key, bool] = {}

    def forget(self, change: Change) -> list[str]:
        """Forget the people and groups of a refused change that are not on Edusign any more.

        Return them, each as kind and id.
        """
        found = [key for key in dict.fromkeys(_rests_on(change)) if self._is_gone(key)]
        for key in found:
            forget(self.ledger, key)
        return [f"{kind} {ref}" for kind, ref in found]

    def _is_gone(self, key: Key) -> bool:
        kind, _ = key
        edusign_id = self.ledger.ids.get(key)
        if edusign_id is None:
            return False
        known = (kind, edusign_id)
        if known not in self._looked_up:
            self._looked_up[known] = self._is_missing(kind, edusign_id)
        return self._looked_up[known]

    def _is_missing(self, kind: str, edusign_id: str) -> bool:
        try:
            if kind == "group":
                return self.client.group(edusign_id) is None
            return self.client.person(kind, edusign_id) is None
        except LookUpRefused:
            return False


def forget(ledger: Ledger, key: Key) -> None:
    """Forget one item that is not on Edusign any more, and say so."""
    edusign_id = drop(ledger, key)
    ledger.report.add(Outcome("DOWN_PERSON_DELETED_BY_HAND", *key, edusign_id))


def drop(ledger: Ledger, key: Key) -> str | None:
    """Drop the link of an item, and what is noted of it; return where it led to."""
    edusign_id, context = ledger.ids.pop(key, None), ledger.context
    forget_deleted(ledger.store, context.connector, context.account, *key, now=context.now())
    return edusign_id


def still_there(client: EdusignClient, students: Sequence[str]) -> list[str]:
    """Return which students, by Edusign id, are on Edusign; others put them where they are."""
    return [one for one in students if client.person("student", one) is not None]


def _rests_on(change: Change) -> Iterator[Key]:
    """Yield the people and groups without whom a change is refused, itself included."""
    if change.kind != "course" and change.action != "create":
        yield change.key
    values = change.facts.values if change.facts else {}
    for field, kind in REFERENCES.items():
        refs = change.roster if field == "students" and field not in values else ()
        for ref in values.get(field, refs):
            yield kind, ref
