"""Plan what is taken over of another connector's items on one account: what is one to one.

Nothing but ids is taken over: what stands on Edusign stays as it is, is noted as it stands, and the
next run sees what really differs from the ERP.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts, word_digests
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.judge.companions import everybody
from edusync.engine.judge.desired import Desired
from edusync.engine.outcome import Outcome
from edusync.engine.plan.adoption import KINDS, AccountAdoption, Item, Standing
from edusync.engine.plan.adoption_left import begun_and_coming, hold_refused, kept_apart
from edusync.engine.plan.differences import differing_fields
from edusync.engine.plan.draft import carried
from edusync.engine.plan.evidence import Found, Pair, match_groups, match_people
from edusync.engine.plan.sheet_evidence import match_sheets, sessions_of
from edusync.engine.plan.standing import standing_facts
from edusync.target.records import GroupRecord, Person, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.judge.verdicts import Verdicts, WantedSheet
    from edusync.engine.plan.adoption import Record
    from edusync.model import Window
    from edusync.spec.tree import Spec
    from edusync.state.adoptions import Adopted, Apart
    from edusync.state.view import StoreView


class AdoptionPlanner:
    """Match what stands on one account with what the ERP sends.

    `resumed` is what an adoption that broke off had begun with, by kind and id on Edusign. `chosen`
    is what a person says, by kind and id of the ERP, and `apart` what they say is not the same.
    `refused` are items of which they said what cannot be, with the words why: these wait.
    """

    def __init__(
        self,
        verdicts: Verdicts,
        view: StoreView,
        standing: Standing,
        spec: Spec,
        window: Window,
        *,
        api_type: str,
        prefix: str,
        rewrites: bool,
        resumed: Mapping[tuple[str, str], Adopted],
        chosen: Mapping[tuple[str, str], str],
        apart: AbstractSet[Apart] = frozenset(),
        refused: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> None:
        self.verdicts, self.view, self.standing, self.spec = verdicts, view, standing, spec
        self.window, self.api_type, self.prefix = window, api_type, prefix
        self.rewrites, self.resumed, self.chosen = rewrites, resumed, chosen
        self.apart = {one for one in apart if (one.kind, one.source_id) not in chosen}
        self.refused = refused
        linked = {key: link.edusign_id for key, link in view.links.items()}
        self.linked = {**linked, **verdicts.ids_in_spec}
        self.ids = EdusignIds(self.linked)
        self.refs = dict(self.ids.refs)
        self.desired = Desired(spec)
        self.everybody = everybody(verdicts, tutors="external" in spec.entities)

    def plan(self, account: str) -> AccountAdoption:
        """Return what would be taken over, and every other item of the type with the reason."""
        pairs: list[Pair] = []
        reasons: list[Outcome] = []
        for kind in KINDS:
            found = self._matched(kind)
            for pair in found.pairs:
                self.ids[kind, pair.source_id] = pair.record.edusign_id
            pairs += found.pairs
            reasons += found.reasons
            reasons += self._left(kind, found.named)
            reasons += kept_apart(self.apart, kind)
        by_place, reasons = self._by_place(pairs, reasons)
        pairs += by_place
        return AccountAdoption(
            account,
            self.api_type,
            sorted(map(self._item, pairs), key=Item.order),
            [replace(reason, account=account) for reason in reasons],
            pairs,
            self.standing,
        )

    def _matched(self, kind: str) -> Found:
        """Return what of a kind is one to one."""
        every: Any = [one for one in self.standing.records(kind) if self._may_be_taken(kind, one)]
        begun: list[Outcome] = []
        if kind == "course":
            begun, every = begun_and_coming(every, self.view.linked(kind), self.window)
        apart = {(one.source_id, one.edusign_id) for one in self.apart if one.kind == kind}
        chosen = self._chosen(kind)
        records = [one for one in every if (kind, one.edusign_id) not in self.ids.refs]
        known = {ref for of, ref in self.ids if of == kind}
        if kind == "course":
            sessions = {**self.verdicts.sheets, **self.verdicts.today}
            wanted = {ref: one for ref, one in sessions.items() if ref not in known}
            own = {
                self.ids.refs.get(("course", one.edusign_id), one.source_id): one
                for one in self.standing.sheets
                if one.source_type == self.spec.connector != self.api_type
                or ("course", one.edusign_id) in self.ids.refs
            }
            found = match_sheets(sessions_of(wanted, self.ids, self.prefix), records, own, apart)
        elif kind == "group":
            groups = {ref: one for ref, one in self.everybody.groups.items() if ref not in known}
            found = match_groups(groups, records, self.ids.refs, self.prefix, apart)
        else:
            people: Mapping[str, Any] = getattr(self.everybody, f"{kind}s")
            judged = getattr(self.verdicts.people, f"{kind}s")
            wanted_people = [
                one
                for ref, one in people.items()
                if ref not in known and not self.view.is_forgotten(kind, ref)
            ]
            others = [*judged.others, *(one for ref, one in people.items() if ref in known)]
            found = match_people(kind, wanted_people, others, records, self.prefix, apart)
        hold_refused(found, kind, self.refused)
        self._resume(kind, found, known)
        return Found([*chosen, *found.pairs], [*found.reasons, *begun])

    def _chosen(self, kind: str) -> list[Pair]:
        """Return the pairs of a kind that a person chose; nothing else is compared with them."""
        there = {one.edusign_id: one for one in self.standing.records(kind)}
        found = [
            Pair(kind, ref, there[edusign_id], ("chosen",))
            for (of, ref), edusign_id in self.chosen.items()
            if of == kind
        ]
        for pair in found:
            self.ids[kind, pair.source_id] = pair.record.edusign_id
        return found

    def comes_down(self, kind: str, ref: str) -> bool:
        """Whether the ERP has an item that comes down."""
        sessions = {**self.verdicts.sheets, **self.verdicts.today}
        return ref in (sessions if kind == "course" else getattr(self.everybody, f"{kind}s"))

    def _by_place(
        self, pairs: Sequence[Pair], reasons: Sequence[Outcome]
    ) -> tuple[list[Pair], list[Outcome]]:
        """Match who has the same names and the same class, where a side knows no e-mail.

        Return them, and the reasons that are left.
        """
        found, left = [], []
        names = [one for one in reasons if one.code == "MOVE_NAME_ONLY"]
        counts = Counter(part for one in names for part in (one.key, (one.kind, one.edusign_id)))
        for reason in reasons:
            kind, ref = reason.key
            is_name = reason.code == "MOVE_NAME_ONLY" and reason.key not in self.refused
            if not is_name or kind not in {"student", "professor"}:
                left.append(reason)
                continue
            record = next(
                one for one in self.standing.people[kind] if one.edusign_id == reason.edusign_id
            )
            alone = counts[reason.key] == counts[kind, record.edusign_id] == 1
            email = getattr(self.everybody, f"{kind}s")[ref].email
            if (
                alone
                and not (email and record.email)
                and self._is_together(kind, ref, record, pairs)
            ):
                found.append(Pair(kind, ref, record, ("names", "sheets")))
                self.ids[kind, ref] = record.edusign_id
            else:
                left.append(reason)
        return found, left

    def _is_together(self, kind: str, ref: str, record: Person, pairs: Sequence[Pair]) -> bool:
        """Whether the ERP has somebody on a sheet, or in a group, on which the record stands."""
        for pair in pairs:
            there, here = pair.record, set[str]()
            if isinstance(there, Sheet):
                session = self.session(pair.source_id)
                here = {*session.facts.values["professors"], *session.students}
                members = there.professors if kind == "professor" else there.students
            elif isinstance(there, GroupRecord) and kind == "student":
                here, members = set(self.everybody.groups[pair.source_id].students), there.students
            else:
                continue
            if ref in here and record.edusign_id in members:
                return True
        return False

    def session(self, ref: str) -> WantedSheet:
        """Return a session that comes down."""
        return self.verdicts.sheets.get(ref) or self.verdicts.today[ref]

    def _may_be_taken(self, kind: str, record: Record) -> bool:
        return (kind, record.edusign_id) not in self.ids.refs and self.is_theirs(kind, record)

    def is_theirs(self, kind: str, record: Record) -> bool:
        """Whether a record is of the type, or a person made by hand.

        Where the type is ours, too, what anybody's store entry stands for is not.
        """
        if self.api_type == self.spec.connector and record.edusign_id in self.view.linked(kind):
            return False
        if isinstance(record, Person) and not record.source_id:
            return not record.archived
        return record.source_type == self.api_type and bool(record.source_id)

    def _resume(self, kind: str, found: Found, known: set[str]) -> None:
        """Match what an adoption that broke off had given our ids already."""
        matched = known | {pair.source_id for pair in found.pairs}
        for ref, record in self.resumed_records(kind).items():
            if ref not in matched:
                found.pairs.append(Pair(kind, ref, record, ("begun",)))

    def resumed_records(self, kind: str) -> dict[str, Record]:
        """Return what an adoption that broke off had given our ids already, by these."""
        own = self.spec.connector
        return {
            noted.source_id: one
            for one in self.standing.records(kind)
            if (noted := self.resumed.get((kind, one.edusign_id))) is not None
            and (one.source_type, one.source_id) == (own, noted.source_id)
        }

    def _left(self, kind: str, named: set[str]) -> Iterable[Outcome]:
        """Yield what is said of the other items of the type: the ERP knows nothing of them."""
        for record in self.standing.records(kind):
            key = (kind, record.edusign_id)
            if (
                record.source_type == self.api_type
                and record.source_id
                and record.edusign_id not in named
                and key not in self.ids.refs
                and not (isinstance(record, Sheet) and record.starts_at <= self.window.now)
                and not (isinstance(record, Sheet) and record.locked)
            ):
                yield self._say("MOVE_UNMATCHED", kind, record, f"it has the id {record.source_id}")

    def _say(self, code: str, kind: str, record: Record, detail: str) -> Outcome:
        return Outcome(code, kind, None, record.edusign_id, detail=detail)

    def _item(self, pair: Pair) -> Item:
        """Return what is taken over of a pair, as it stands on Edusign."""
        record, kind = pair.record, pair.kind
        wanted = self._wanted(pair)
        differs = differing_fields(wanted, record, self.ids)
        facts = standing_facts(wanted, record, differs, self.ids)
        members: tuple[str, ...] = tuple(facts.values.get("students", ()))
        if "tags" in facts.values:
            members = tuple(word_digests(facts.values["tags"], self.view.key))
        carry: Mapping[str, object] = {}
        if isinstance(record, Sheet):
            session = self.session(pair.source_id)
            carry = carried(session.course)
            if "students" not in facts.values:
                members = tuple(ref for ref in session.students if ("student", ref) in self.ids)
        noted = self.resumed.get((kind, record.edusign_id))
        return Item(
            kind,
            pair.source_id,
            record.edusign_id,
            noted.former_id if noted else record.source_id,
            noted.former_type if noted else record.source_type,
            pair.evidence,
            self.rewrites and not (isinstance(record, Sheet) and record.signed),
            differs,
            facts,
            members,
            carry,
        )

    def _wanted(self, pair: Pair) -> Facts:
        """Return what the ERP says of the item of a pair."""
        kind, ref = pair.kind, pair.source_id
        if kind == "course":
            return self.session(ref).facts
        if kind == "group":
            present = {found for of, found in self.ids if of == "student"}
            return self.desired.group(self.everybody.groups[ref], present)
        people: Mapping[str, Any] = getattr(self.everybody, f"{kind}s")
        return Facts(self.desired.person(kind, people[ref]))
