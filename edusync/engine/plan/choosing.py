"""What a person chose among the items that may be one of the ERP, and whether it can still be.

A choice holds for what was offered: the item is among those that may be it, and what says who both
are is as it was when the file was written. Anything else is refused with words, item by item.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import orjson

from edusync.model.ids import folded
from edusync.target.records import GroupRecord, Person, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.engine.plan.adoption import AccountAdoption, Record
    from edusync.engine.plan.adoption_planner import AdoptionPlanner

ARCHIVED = " archived"
"""What stands behind the digest of somebody who was archived when the file was written."""


class Said(NamedTuple):
    """What a person says of an item of the ERP; without an id, that it is none of the candidates.

    `seen` says by digests who each candidate and the item were when they were offered.
    """

    kind: str
    source_id: str
    edusign_id: str | None
    candidates: tuple[str, ...] = ()
    seen: Mapping[str, str] = {}

    @property
    def key(self) -> tuple[str, str]:
        """Which item it is about."""
        return self.kind, self.source_id

    @property
    def others(self) -> tuple[str, ...]:
        """The ids on Edusign of what the item is not, by this word."""
        return self.candidates if self.edusign_id is None else ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be which item of an account before anybody chose: a plan and who made it."""

    planner: AdoptionPlanner
    plan: AccountAdoption

    def sights(self) -> Mapping[tuple[str, str, str], str]:
        """Return how each item of the ERP looks beside each one that it may be."""
        of = self.planner.standing.records
        records = {
            (kind, one.edusign_id): one
            for kind in {reason.kind for reason in self.plan.reasons if reason.kind}
            for one in of(kind)
        }
        found = {
            (str(reason.kind), reason.source_id, reason.edusign_id): records[
                str(reason.kind), reason.edusign_id
            ]
            for reason in self.plan.reasons
            if reason.source_id is not None and reason.edusign_id is not None
        }
        pairs = {(one.kind, one.source_id, one.record.edusign_id): one for one in self.plan.pairs}
        found |= {key: pair.record for key, pair in pairs.items()}
        return {key: self._sight(key[0], key[1], record) for key, record in found.items()}

    def is_settled(self, said: Said) -> bool:
        """Whether the item is what was chosen already."""
        return said.edusign_id is not None and self.planner.linked.get(said.key) == said.edusign_id

    def refused(self, said: Sequence[Said]) -> dict[tuple[str, str], str]:
        """Return what of the things said cannot be, by the items that they are about, and why."""
        twice = _twice(said)
        judged = {one.key: twice.get(one.key) or self._why_not_said(one) for one in said}
        return {key: words for key, words in judged.items() if words is not None}

    def _why_not_said(self, said: Said) -> str | None:
        if self.is_settled(said):
            return None
        linked = self.planner.linked.get(said.key)
        if linked is None and not self.planner.comes_down(*said.key):
            return f"the ERP has no {said.kind} '{said.source_id}' that comes down"
        if said.edusign_id is None:
            return self._why_not_none(said, linked)
        if linked is not None:
            return f"the {said.kind} '{said.source_id}' is linked already, to {linked}"
        return self._why_not(said, said.edusign_id)

    def _why_not_none(self, said: Said, linked: str | None) -> str | None:
        if linked in said.candidates:
            return f"the {said.kind} '{said.source_id}' is linked already, to {linked}"
        for one in said.candidates:
            record = self._record(said.kind, one)
            if record is None:  # it is gone, so it is not the item
                continue
            if one not in said.seen and (*said.key, one) not in self._offered():
                return f"{one} is none of the candidates"
            if words := self._changed(said, record):
                return words
        return None

    def _why_not(self, said: Said, edusign_id: str) -> str | None:
        kind, record = said.kind, self._record(said.kind, edusign_id)
        if record is None:
            return f"Edusign lists no {kind} {edusign_id}"
        if words := self._why_not_taken(kind, record):
            return words
        pairs = {(one.kind, one.source_id, one.record.edusign_id) for one in self.plan.pairs}
        if (*said.key, edusign_id) in pairs:
            return None  # it is the one without a word, too
        written = said.candidates or (edusign_id,)
        if (*said.key, edusign_id) not in self._offered() or edusign_id not in written:
            return f"{edusign_id} is none of the candidates"
        return self._changed(said, record)

    def _offered(self) -> set[tuple[str | None, ...]]:
        """Return what waits for a person: kind, and both ids."""
        return {(*one.key, one.edusign_id) for one in self.plan.reasons}

    def _why_not_taken(self, kind: str, record: Record) -> str | None:
        """Return why something on Edusign is taken over by nobody, None when it may be."""
        planner, one = self.planner, record.edusign_id
        ref = planner.refs.get((kind, one))
        if ref is not None:
            return f"{one} is linked already, to the {kind} '{ref}'"
        if isinstance(record, Sheet) and record.locked is not False:
            return f"{one} is archived"
        if isinstance(record, Sheet) and record.starts_at <= planner.window.now:
            return f"{one} has started"
        if planner.is_theirs(kind, record) or record in planner.resumed_records(kind).values():
            return None
        if isinstance(record, Person) and record.archived:
            return f"{one} is archived"
        return f"{one} is not of '{planner.api_type}' any more"

    def _changed(self, said: Said, record: Record) -> str | None:
        """Return what is other than when it was offered, None when the file does not say."""
        one = record.edusign_id
        before = said.seen.get(one)
        if before is None:
            return None
        now = self._sight(*said.key, record)
        if before.removesuffix(ARCHIVED) != now.removesuffix(ARCHIVED):
            return f"{one}, or the {said.kind} '{said.source_id}', was changed since the file"
        if said.edusign_id is not None and now.endswith(ARCHIVED) and before != now:
            return f"{one} was archived since the file"
        return None

    def _record(self, kind: str, edusign_id: str) -> Record | None:
        records = self.planner.standing.records(kind)
        return next((one for one in records if one.edusign_id == edusign_id), None)

    def _sight(self, kind: str, ref: str, record: Record) -> str:
        """Return a digest of what says who both are, and whether the one is archived."""
        ours = _of_the_erp(self.planner, kind, ref)
        said = orjson.dumps([kind, ref, ours, record.edusign_id, _looks(record)], default=str)
        digest = blake2b(said, key=self.planner.view.key, digest_size=6).hexdigest()
        archived = isinstance(record, Person) and record.archived
        return digest + ARCHIVED if archived else digest


def _twice(said: Sequence[Said]) -> dict[tuple[str, str], str]:
    """Return the items of which two things are said, or one that is said of another as well."""
    found, of = dict[tuple[str, str], str](), dict[tuple[str, str], set[str]]()
    for one in said:
        if one.edusign_id is not None:
            of.setdefault((one.kind, one.edusign_id), set()).add(one.source_id)
    for (kind, edusign_id), refs in of.items():
        if len(refs) > 1:
            words = f"{edusign_id} was chosen for several: {', '.join(sorted(refs))}"
            found |= {(kind, ref): words for ref in refs}
    for key, count in Counter(one.key for one in said).items():
        if count > 1:
            found[key] = f"two choices for the {key[0]} '{key[1]}'"
    return found


def _of_the_erp(planner: AdoptionPlanner, kind: str, ref: str) -> list[object]:
    """Return what says who or what an item of the ERP is; nothing of one that is linked."""
    if (kind, ref) in planner.linked or not planner.comes_down(kind, ref):
        return []
    if kind == "course":
        values = planner.session(ref).facts.values
        return [values[name] for name in ("name", "starts_at", "ends_at", "professors")]
    if kind == "group":
        return [folded(str(planner.everybody.groups[ref].group.name))]
    person = getattr(planner.everybody, f"{kind}s")[ref]
    names = [folded(str(one or "")) for one in (person.last_name, person.first_name)]
    return [*names, str(person.email or "").casefold().strip()]


def _looks(record: Record) -> list[object]:
    """Return what says who or what something on Edusign is."""
    if isinstance(record, GroupRecord):
        return [folded(record.name)]
    if isinstance(record, Sheet):
        return [folded(record.name), record.starts_at, record.ends_at, record.professors]
    names = folded(record.last_name), folded(record.first_name)
    return [*names, record.email.casefold().strip()]
