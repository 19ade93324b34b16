"""A plan: what a run would do, in the order in which it would do it (P15).

Its id is the same for the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

import orjson

from edusync.engine.judge.companions import Companions
from edusync.engine.plan.guards import OVERRULED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.digest import Facts
    from edusync.engine.outcome import Outcome
    from edusync.engine.read.files_seen import Files

Key = tuple[str, str]
Action = Literal["create", "adopt", "update", "complete", "delete", "settle"]
"""What is done with an item; `settle` looks up an old write in doubt of an item nobody wants."""
APPROVED_WITHIN = timedelta(days=7)
"""How long the id of a plan can be approved, at the most."""
VANISHED = "DOWN_COURSE_VANISHED"
DELETED = "its sheet is deleted"
GONE = "gone from the ERP"
KEPT = "its sheet was kept: "
WAITS = "its sheet waits until the plan is approved"


@dataclass(frozen=True, slots=True)
class Change:
    """One item to change."""

    kind: str
    action: Action
    source_id: str
    edusign_id: str | None = None
    fields: tuple[str, ...] = ()
    fingerprint: str = ""
    facts: Facts | None = None
    code: str | None = None
    """The guard that holds it back."""
    because: tuple[str, ...] = ()
    """The changed keys of the spec or the connector file by which a session left the scope."""
    leaves: tuple[str, ...] = ()
    """The students whom a change that is held would take off a sheet or out of a group."""
    moves: bool = False
    """Whether a change that is held would move a sheet."""
    contents: tuple[str, ...] = ()
    """The fields that a change that is held would rewrite."""
    detail: str | None = None
    by_hand: bool = False
    """Whether it replaces what people changed on Edusign, whatever was sent before."""
    again: bool = False
    """Whether it is sent once more, for Edusign took it and did nothing."""
    waits: bool = False
    in_doubt: bool = False
    """Whether it was sent in this run, and nobody knows whether it landed."""
    created: bool = True
    """Whether edusync made the sheet; one that people made is never deleted (D13)."""
    replaces: str | None = None
    """The id that an item had until now, when the ERP gave it another one."""
    shares_id: bool = False
    """Whether another connector's item carries the same id on Edusign."""
    roster: tuple[str, ...] = ()
    """The students of a session that are known, also when its facts name none."""
    carry: Mapping[str, object] = field(default_factory=dict)
    """What the link of a sheet keeps of its session: what goes up again, its other identities."""

    @property
    def key(self) -> tuple[str, str]:
        """What the change is about."""
        return (self.kind, self.source_id)

    def as_dict(self) -> dict[str, Any]:
        """Return the change as `schemas/plan.v1.schema.json` describes it.

        Ids and names of fields.
        """
        return {
            "kind": self.kind,
            "action": self.action,
            "source_id": self.source_id,
            "edusign_id": self.edusign_id,
            "fields": list(self.fields),
        }

    def as_held(self) -> dict[str, Any]:
        """Return a change that waits, with the guard that holds it and why."""
        return {
            **self.as_dict(),
            "guard": self.code,
            "because": list(self.because),
            "students": list(self.leaves),
        }


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """What a run would do to one account, and what it noted on the way."""

    name: str
    changes: Sequence[Change] = ()
    held: Sequence[Change] = ()
    """What a guard holds back.

    Deletions, changes that move sheets, take students away or rewrite a field of most, new items.
    """
    outcomes: Sequence[Outcome] = ()
    """What reading, judging and planning noted."""
    guards: Sequence[str] = ()
    """Codes of the guards that fired; any of them ends the command with exit code 4."""
    sent: Mapping[str, int] = field(default_factory=dict)
    """How many rows each list had, to see one that is suspiciously empty next time."""
    files: Mapping[str, Files] = field(default_factory=dict)
    reasons: Mapping[Key, Outcome] = field(default_factory=dict)
    """Why an item stays away."""
    blocked: AbstractSet[Key] = frozenset()
    """Items that do not come to Edusign: in conflict, archived, refused or unclear."""
    unclear: AbstractSet[Key] = frozenset()
    """Items of which Edusign did not say whether it has them."""
    unsettled: AbstractSet[Key] = frozenset()
    """Items that people changed on Edusign, and that were not compared with the ERP."""
    mixed_up: AbstractSet[Key] = frozenset()
    """People under whose id the ERP sends somebody else."""
    sent_before: AbstractSet[str] = frozenset()
    """Sessions that the ERP still sends, under another identity."""
    people: Companions = field(default_factory=lambda: Companions({}, {}, {}, {}))
    """Who comes down with the sheets."""
    ids_in_spec: Mapping[Key, str] = field(default_factory=dict)
    """References of the spec to what stands on Edusign already, with the id there."""
    takes: Mapping[Key, AbstractSet[str]] = field(default_factory=dict)
    """What it would take away because the ERP did not send it, held or not: sheets, each with
    nobody, and who would leave sheets and groups."""
    leavers: AbstractSet[Key] = frozenset()
    """Sheets and groups that are taken over, each with a student of ours who leaves it and is not
    linked; Edusign ids."""

    def approved(self) -> AccountPlan:
        """Return the plan with what waits for a person let through, and not a word of its guards.

        A change that was made smaller gives way to the whole one.
        """
        waiting = {change.key for change in self.held}
        return replace(
            self,
            changes=[
                *(change for change in self.changes if change.key not in waiting),
                *self.held,
            ],
            held=(),
            guards=[code for code in self.guards if code not in OVERRULED],
            outcomes=[
                _let_through(event, waiting)
                for event in self.outcomes
                if event.code not in OVERRULED
            ],
        )

    def with_details(self, details: Mapping[Key, str]) -> AccountPlan:
        """Return the plan with other words of what becomes of the sheets of some sessions."""
        return replace(
            self,
            outcomes=[
                replace(event, detail=details[event.key])
                if event.code == VANISHED and event.key in details
                else event
                for event in self.outcomes
            ],
        )

    def with_outcomes(
        self, outcomes: Sequence[Outcome], *, guard: str | None = None
    ) -> AccountPlan:
        """Return the plan with further events, and a guard that fired."""
        guards = self.guards if guard is None or guard in self.guards else (*self.guards, guard)
        more = [replace(outcome, account=self.name) for outcome in outcomes]
        return replace(self, outcomes=[*self.outcomes, *more], guards=guards)


def _let_through(event: Outcome, waiting: AbstractSet[Key]) -> Outcome:
    if event.key not in waiting or not event.detail:
        return event
    return replace(event, detail=event.detail.replace(WAITS, DELETED))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do."""

    connector: str
    accounts: Sequence[AccountPlan]
    approved: str = ""
    """The run in which a person let something through last."""
    period: int = 0
    """The half of `APPROVED_WITHIN` in which it was made."""

    @property
    def plan_id(self) -> str:
        """Return the id: a digest of every change, held ones included."""
        return self._id(self.period)

    @property
    def ids(self) -> AbstractSet[str]:
        """Return its id, and the one that it had not long before."""
        return {self.plan_id, self._id(self.period - 1)}

    def _id(self, period: int) -> str:
        """Return the id of a period.

        What is held has another one after an approval, and after a while: nobody approves by it
        what only looks the same.
        """
        held = self.held_id is not None
        content: list[Any] = [
            [
                account.name,
                [
                    [*change.as_dict().values(), change.fingerprint]
                    for change in (*account.changes, *account.held)
                ],
            ]
            for account in self.accounts
        ]
        content += [self.approved, period] if held else []
        return blake2b(orjson.dumps([self.connector, content]), digest_size=6).hexdigest()

    @property
    def held_id(self) -> str | None:
        """Return a digest of what is held, the same as long as that is; None when nothing is."""
        content = [
            [account.name, change.kind, change.action, change.source_id, change.fingerprint]
            for account in self.accounts
            for change in account.held
        ]
        return blake2b(orjson.dumps(content), digest_size=6).hexdigest() if content else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be done."""
        return not any(account.changes or account.held for account in self.accounts)

    @property
    def guards(self) -> list[str]:
        """Return the guards that fired on any account."""
        return sorted({code for account in self.accounts for code in account.guards})

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as `schemas/plan.v1.schema.json` describes it."""
        return {
            "version": 1,
            "connector": self.connector,
            "plan_id": self.plan_id,
            "accounts": [
                {
                    "name": account.name,
                    "changes": [change.as_dict() for change in account.changes],
                    "held": [change.as_held() for change in account.held],
                    "skipped": [
                        {
                            "kind": outcome.kind,
                            "source_id": outcome.source_id,
                            "code": outcome.code,
                            "severity": str(outcome.severity),
                            "field": outcome.field,
                            "spec": outcome.spec,
                            "remedy": outcome.remedy,
                            "detail": outcome.words,
                        }
                        for outcome in account.outcomes
                    ],
                    "guards": list(account.guards),
                }
                for account in self.accounts
            ],
        }
