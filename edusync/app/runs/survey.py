"""What stands on the accounts of a school, by origin, and what would become of it; reads only."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from edusync.app.runs.adopting import HELD
from edusync.app.runs.moving_in import MovingIn
from edusync.engine.collector import collector_at_rest
from edusync.engine.plan.adoption import KINDS
from edusync.state.adoptions import decisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.moving_in import Side
    from edusync.engine.outcome import Outcome
    from edusync.engine.plan.adoption import AccountAdoption, Record
    from edusync.registry import Registry
    from edusync.state.store import Store

BY_HAND = ""
"""The origin of what people made."""
PAST = "past"
"""The kind of sheets of classes that have begun, or that are archived."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands of one kind and origin, by what it is one of the ERP, and what becomes of it."""

    origin: str
    kind: str
    there: int
    by_id: int = 0
    by_email: int = 0
    by_time: int = 0
    """Of sheets by time and name or professors; of groups and people by their names."""
    adopted: int = 0
    """How much would be taken over."""
    known: int = 0
    """How much edusync has brought down, or taken over, already."""
    held: int = 0
    left: int = 0
    twice: int = 0
    """How much would be made a second time by a run that took nothing over."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet that waits for a person, so that they find it."""

    edusign_id: str
    name: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class AccountSurvey:
    """What stands on one account."""

    name: str
    rows: Sequence[Row]
    changed_at: dict[str, datetime]
    """When the coming sheets of each origin were changed last, by Edusign's clock."""
    decided: dict[str, str]
    """What was decided about other connectors."""
    reasons: Sequence[Outcome] = ()
    sheets: dict[str, Seen] = field(default_factory=dict)
    """The sheets that the reasons name, by their id on Edusign."""

    @property
    def held(self) -> list[Outcome]:
        """What waits for a person."""
        return [reason for reason in self.reasons if reason.code in HELD]


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands on all accounts of a connector."""

    connector: str
    own: str
    """The `API_TYPE` of what edusync makes."""
    at: datetime
    zone: ZoneInfo
    """That of the school, in which moments are written."""
    last: date
    """The last day of the window: later sheets are counted, and not compared."""
    accounts: Sequence[AccountSurvey]

    @property
    def foreign(self) -> list[str]:
        """The other connectors whose items stand there."""
        origins = {row.origin for account in self.accounts for row in account.rows}
        return sorted(origins - {self.own, BY_HAND} | {*self.open})

    @property
    def open(self) -> list[str]:
        """The other connectors of which something would be taken over."""
        rows = [row for account in self.accounts for row in account.rows if row.adopted]
        return sorted({row.origin for row in rows} - {BY_HAND})

    def as_dict(self) -> dict[str, Any]:
        """Return the survey as `schemas/survey.v1.schema.json` describes it."""
        return {
            "version": 1,
            "connector": self.connector,
            "own_type": self.own,
            "at": self.at.isoformat(),
            "last_day": self.last.isoformat(),
            "accounts": [
                {
                    "name": one.name,
                    "rows": [asdict(row) for row in one.rows],
                    "changed_at": {key: at.isoformat() for key, at in one.changed_at.items()},
                    "decided": one.decided,
                    "reasons": [
                        {
                            "code": reason.code,
                            "kind": reason.kind,
                            "source_id": reason.source_id,
                            "edusign_id": reason.edusign_id,
                            "detail": reason.words,
                        }
                        for reason in one.reasons
                    ],
                }
                for one in self.accounts
            ],
        }


def survey(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    *,
    days: int | None = None,
) -> Survey:
    """Return what stands on each account; nothing is written anywhere.

    `days` is how far sheets to come are compared with the ERP, the window of runs when not said.
    """
    with collector_at_rest(), MovingIn(instance, store, registry, moment, days=days) as both:
        sides = both.read()
        own = instance.spec.connector
        types = sorted(both.types() - ({own} - both.unlinked_types())) or [BY_HAND]
        plans = {api_type: both.plan(api_type) for api_type in types}
        accounts = [
            _account(side, {key: found[number] for key, found in plans.items()}, own)
            for number, side in enumerate(sides)
        ]
        for one in accounts:
            found = decisions(store, instance.name, one.name)
            one.decided.update({key: str(decision.choice) for key, decision in found.items()})
        window = both.downward.window
        return Survey(instance.name, own, moment.now, window.zone, window.last, accounts)


def _account(side: Side, plans: dict[str, AccountAdoption], own: str) -> AccountSurvey:
    origins = dict.fromkeys([*(key for key in plans if key != BY_HAND), BY_HAND, own])
    rows = [
        row
        for origin in origins
        for kind in (*KINDS, PAST)
        if (row := _row(side, plans, origin, kind, own=own)).there
    ]
    now = side.read.verdicts.window.now
    sheets = [one for one in side.standing.sheets if one.starts_at > now]
    changed: dict[str, datetime] = {}
    for sheet in sheets:
        if sheet.changed_at is not None:
            origin = _origin(sheet)
            changed[origin] = max(sheet.changed_at, changed.get(origin, sheet.changed_at))
    reasons = [reason for plan in plans.values() for reason in plan.reasons]
    named = {reason.edusign_id for reason in reasons if reason.kind == "course"}
    seen = {
        sheet.edusign_id: Seen(sheet.edusign_id, sheet.name, sheet.starts_at)
        for sheet in side.standing.sheets
        if sheet.edusign_id in named
    }
    return AccountSurvey(side.account.name, rows, changed, {}, reasons, seen)


def _row(side: Side, plans: dict[str, AccountAdoption], origin: str, kind: str, *, own: str) -> Row:
    """Return what stands of a kind and an origin, and what would become of it."""
    records = {one.edusign_id: one for one in _records(side, kind) if _origin(one) == origin}
    if kind == PAST:
        return Row(origin, kind, len(records), left=len(records))
    links = side.read.view.links.values()
    known = {link.edusign_id for link in links if link.kind == kind} & records.keys()
    if origin == own not in plans:
        return Row(origin, kind, len(records), known=len(known), left=len(records) - len(known))
    found = [plans[origin]] if origin in plans else [*plans.values()]
    evidence = {
        pair.record.edusign_id: pair.evidence
        for plan in found
        for pair in plan.pairs
        if pair.kind == kind and pair.record.edusign_id in records
    }
    held = {
        reason.edusign_id
        for plan in found
        for reason in plan.reasons
        if reason.kind == kind and reason.code in HELD and reason.edusign_id in records
    }
    adopted = evidence.keys() - held
    said = [evidence[one] for one in adopted]
    return Row(
        origin,
        kind,
        len(records),
        by_id=sum("id" in one for one in said),
        by_email=sum("email" in one for one in said),
        by_time=sum(not {"time", "name", "names"}.isdisjoint(one) for one in said),
        adopted=len(adopted),
        known=len(known),
        held=len(held),
        left=len(records) - len(adopted) - len(held) - len(known),
        twice=0 if origin in {BY_HAND, own} else _twice(kind, said, len(held)),
    )


def _twice(kind: str, said: Sequence[tuple[str, ...]], held: int) -> int:
    """Return how much a run that takes nothing over would make a second time.

    Of a person with the same e-mail Edusign takes no second one: the run would be refused.
    """
    if kind in {"course", "group"}:
        return len(said) + held
    return sum("email" not in one for one in said)


def _records(side: Side, kind: str) -> Iterator[Record]:
    """Yield what stands of a kind; sheets apart by whether they are still to come."""
    if kind not in {"course", PAST}:
        yield from side.standing.records(kind)
        return
    for sheet in side.standing.sheets:
        is_past = sheet.starts_at <= side.read.verdicts.window.now or bool(sheet.locked)
        if is_past == (kind == PAST):
            yield sheet


def _origin(record: Record) -> str:
    """Return whose a record is: the type of its connector, or nothing for one made by hand."""
    return record.source_type if record.source_id else BY_HAND
