"""What is taken over of another connector's items: what is one to one, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.engine.digest import Facts
    from edusync.engine.outcome import Outcome
    from edusync.engine.plan.evidence import Pair
    from edusync.state.adoptions import Apart
    from edusync.target.records import GroupRecord, Person, Sheet

    Record = Person | GroupRecord | Sheet

PEOPLE = ("professor", "external", "student")
KINDS = (*PEOPLE, "group", "course")
"""In the order in which they are taken over."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on an account: everybody, every group, and the sheets of some days."""

    people: Mapping[str, Sequence[Person]]
    groups: Sequence[GroupRecord]
    sheets: Sequence[Sheet]

    def records(self, kind: str) -> Sequence[Record]:
        """Return what stands there of a kind."""
        if kind == "group":
            return self.groups
        return self.sheets if kind == "course" else self.people[kind]


@dataclass(frozen=True, slots=True)
class Item:
    """One item to take over: which it is on both sides, what it was, and what stands there."""

    kind: str
    source_id: str
    edusign_id: str
    former_id: str
    former_type: str
    evidence: tuple[str, ...]
    rewrites: bool
    """Whether its ids on Edusign become ours; else the store alone knows it."""
    differs: tuple[str, ...]
    """The fields in which it is not what the ERP says: the next run writes them."""
    facts: Facts
    """What stands there, in the words of the ERP."""
    members: tuple[str, ...] = ()
    carry: Mapping[str, object] = field(default_factory=dict)

    def order(self) -> tuple[int, str]:
        """Return its place in a plan: people, groups, then sheets."""
        return KINDS.index(self.kind), self.source_id

    def as_dict(self) -> dict[str, Any]:
        """Return what of it a plan shows: ids and names of fields."""
        return {
            "kind": self.kind,
            "source_id": self.source_id,
            "edusign_id": self.edusign_id,
            "former_id": self.former_id,
            "former_type": self.former_type,
            "evidence": list(self.evidence),
            "rewrites": self.rewrites,
            "differs": list(self.differs),
        }


@dataclass(frozen=True, slots=True)
class AccountAdoption:
    """What would be taken over on one account, and why the rest would not."""

    name: str
    api_type: str
    items: Sequence[Item] = ()
    reasons: Sequence[Outcome] = ()
    pairs: Sequence[Pair] = ()
    standing: Standing | None = None
    apart: Sequence[Apart] = ()
    """What a person says now is not the same."""
    sights: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """How each item of the ERP looks beside each one that it may be: kind and both ids."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What would be taken over on all accounts of a connector."""

    connector: str
    api_type: str
    accounts: Sequence[AccountAdoption]

    @property
    def plan_id(self) -> str:
        """Return the id: a digest of every item."""
        content = [
            [
                one.name,
                [[*item.as_dict().values()] for item in one.items],
                *([[[*pair] for pair in one.apart]] if one.apart else ()),
            ]
            for one in self.accounts
        ]
        encoded = orjson.dumps([self.connector, self.api_type, content])
        return blake2b(encoded, digest_size=6).hexdigest()

    @property
    def reasons(self) -> list[Outcome]:
        """Return why items are not taken over, of all accounts."""
        return [reason for one in self.accounts for reason in one.reasons]
