"""A plan in the making: the changes so far, what stays away, which items are which."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts, as_before, is_known_as, placed
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.lanes import Lanes
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.matching import Matcher
from edusync.engine.plan.plan import AccountPlan
from edusync.engine.plan.refusals import Refusals
from edusync.errors import LookUpRefused
from edusync.state.links import ALIASES
from edusync.target.records import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from edusync.engine.judge.companions import Companions
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.matching import Match
    from edusync.engine.plan.plan import Change, Key
    from edusync.engine.plan.setting import Setting
    from edusync.model import Course
    from edusync.state.links import Link
    from edusync.state.view import StoreView
    from edusync.target.records import GroupRecord, Sheet


class Draft:
    """The plan of one account while it is made."""

    def __init__(self, verdicts: Verdicts, view: StoreView, setting: Setting) -> None:
        self.verdicts, self.view, self.setting = verdicts, view, setting
        self.matcher = Matcher(
            setting.client,
            setting.spec.connector,
            setting.window,
            restore_archived=setting.restore_archived,
            apart=setting.apart,
        )
        self.report = Report(setting.account, reasons=dict(verdicts.reasons))
        self.changes: list[Change] = []
        self.held: list[Change] = []
        self.guards: list[str] = []
        self.blocked: set[Key] = set()
        self.unclear: set[Key] = set()
        self.members: dict[Key, Sequence[str]] = {}
        """Who was on the sheets and in the groups that change."""
        self.takes: dict[Key, AbstractSet[str]] = {}
        """What would be taken away because the ERP did not send it."""
        self.times: dict[str, tuple[datetime, datetime]] = {}
        """When the sheets that change begin and end on Edusign."""
        self.decided_anew: set[Key] = set()
        """Items of which the plan says another thing than the verdict."""
        self.sent_before: set[str] = set()
        """Sessions that are still sent, under another identity."""
        self.successions: Mapping[str, Link] = {}
        """Which sheets are linked anew: new session to the link of before."""
        self.formers: dict[Key, Sequence[str]] = dict(view.formers)
        """All ids that people and groups had before they were linked anew, in this run too."""
        self._ids_now = {
            (kind, before): now for (kind, now), every in view.formers.items() for before in every
        }
        self.leavers: set[Key] = set()
        """Sheets and groups that are taken over, each with a student of ours who leaves it."""
        self._matches: dict[Key, Match | LookUpRefused | None] = {}
        self._own_students: dict[str, str | None] = {}
        self.mixed_up: set[Key] = set()
        """Whose id was somebody else's on Edusign, and whoever has theirs; sessions on another
        day than their sheets, which have begun."""
        self.taken: dict[Key, str] = {}
        """Whose e-mail stands on Edusign under the id of another who is still sent."""
        self.waiting: dict[Key, str] = {}
        """Whoever may be somebody that we brought down under another id, and that id."""
        self.groups_there: Sequence[GroupRecord] | None = None
        """Every group on Edusign, once one was looked for by its name."""
        self.sheets_there: Mapping[str, Sheet] = {}
        """Sheets that change, as a list shows them, by their id on Edusign."""
        self._planned: set[Key] = set()

    @cached_property
    def ids(self) -> EdusignIds:
        """What is on Edusign; new items are in it once they are found."""
        linked = {key: link.edusign_id for key, link in self.view.links.items()}
        return EdusignIds({**linked, **self.verdicts.ids_in_spec}, self.leavers)

    @cached_property
    def refusals(self) -> Refusals:
        """What Edusign refused for its data."""
        return Refusals(self.view.refusals, self.view.key, self.view.store.now())

    def add(self, change: Change) -> None:
        """Plan a change, unless Edusign refused these very data before."""
        sheet = self.verdicts.sheets.get(change.source_id) if change.kind == "course" else None
        if change.kind == "course" and change.source_id in self.successions:
            sheet = sheet or self.verdicts.today.get(change.source_id)
        if sheet is not None:
            change = replace(change, roster=sheet.students, carry=carried(sheet.course))
        if change.facts is not None:
            if self._was_refused(change, change.facts):
                return
            change = replace(
                change,
                fingerprint=change.facts.sorted_fingerprint(self.view.key),
                shares_id=change.key in self.matcher.shared,
            )
            self._planned.add(change.key)
        self.changes.append(change)

    def changed(self, kind: str, source_id: str, known: str, facts: Facts) -> tuple[str, ...]:
        """Return the fields that are not what a link's fingerprint says, and note its members."""
        if is_known_as(facts.values, known, self.view.key):
            return ()
        details, members = self.view.details(kind, source_id)
        self.members[kind, source_id] = [self.now("student", member) for member in members]
        changed = facts.changed(details, self.view.key)
        for former in as_before(facts.values, self.formers) if changed else ():
            differs = Facts(former).changed(details, self.view.key)
            changed = [name for name in changed if name in differs]
        return tuple(changed)

    def ask_ahead(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Look up what has no link, several items at once: `match` has the answers then.

        Kind, id in the ERP and e-mail of each.
        """
        exchange = self.setting.client.exchange
        lanes = Lanes(exchange.at_once, self.report)
        if lanes.most > 1:
            exchange.turns.apart, exchange.turns.hear = lanes.apart, lanes.hear
            items = list(asked)
            for first in items[:1]:
                self._ask(first)  # it may have to learn what Edusign says of what is not there
            lanes.run(items[1:], self._ask)

    def note_unlisted(self, keys: Iterable[Key]) -> None:
        """Note items that no list of Edusign shows: they are not looked up by their id.

        People who go by v1 are still looked up by their e-mail: archived ones stand in no list.
        """
        batches = self.setting.client.batches
        by_v1 = batches is None or batches.mails_credentials is None
        for key in keys:
            if by_v1 and key[0] in {"student", "professor"}:
                self.matcher.unlisted.add(key)
            else:
                self._matches.setdefault(key, None)

    def _ask(self, asked: tuple[str, str, str]) -> None:
        with suppress(LookUpRefused):  # it is raised where the item is planned
            self.match(*asked)

    def match(self, kind: str, source_id: str, email: str = "") -> Match | None:
        """Return what stands on Edusign for an item without a link; it is looked up once.

        LookUpRefused when Edusign does not say.
        """
        key = (kind, source_id)
        if key not in self._matches:
            try:
                self._matches[key] = self.matcher.find(kind, source_id, email)
            except LookUpRefused as refused:
                self._matches[key] = refused
        found = self._matches[key]
        if isinstance(found, LookUpRefused):
            raise found
        return found

    def own_record(self, kind: str, source_id: str, email: str) -> Person | None:
        """Return the record on Edusign that carries somebody's id."""
        match = self.match(kind, source_id, email)
        record = None if match is None else match.record
        return record if isinstance(record, Person) and record.source_id == source_id else None

    def holder(self, kind: str, source_id: str) -> str | None:
        """Return the id of the record on Edusign that somebody was found under; None for none."""
        match = self._matches.get((kind, source_id))
        return (
            None if match is None or isinstance(match, LookUpRefused) else match.record.edusign_id
        )

    def own_student(self, edusign_id: str) -> str | None:
        """Return the source id of a student on Edusign whom this connector brought there."""
        if edusign_id not in self._own_students:
            connector, found = (
                self.setting.spec.connector,
                self.setting.client.person("student", edusign_id),
            )
            ours = found is not None and found.source_type == connector
            self._own_students[edusign_id] = (
                found.source_id
                if found is not None and ours and not self.view.is_of_another("student", edusign_id)
                else None
            )
        return self._own_students[edusign_id]

    def allowed(self, kind: str, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Return the references to items that are not blocked."""
        return tuple(ref for ref in refs if (kind, ref) not in self.blocked)

    def is_sent(self, source_id: str) -> bool:
        """Whether the ERP sends a session, under this identity or another."""
        return source_id in self.verdicts.seen or source_id in self.sent_before

    def now(self, kind: str, source_id: str) -> str:
        """Return the id that somebody has by now."""
        return self._ids_now.get((kind, source_id), source_id)

    def relink(self, kind: str, source_id: str, former: str, edusign_id: str) -> None:
        """Note under which id somebody, or a group, was known until now."""
        self.ids[kind, source_id] = edusign_id
        every = [former, *self.formers.pop((kind, former), ())]
        self.formers[kind, source_id] = every
        self._ids_now.update({(kind, before): source_id for before in every})
        self._ids_now.pop((kind, source_id), None)

    # what is noted

    def guard(self, outcome: Outcome) -> None:
        """Note that a guard fired."""
        if outcome.code not in self.guards:
            self.guards.append(outcome.code)
        self.report.add(outcome)

    def decide_anew(self, outcome: Outcome) -> None:
        """Note what becomes of an item in place of all that reading and judging noted of it."""
        self.decided_anew.add(outcome.key)
        self.report.reasons.pop(outcome.key, None)
        self.report.add(outcome)

    def note(self, outcome: Outcome) -> None:
        """Note why an item stays as it is, also when the ERP's side gave a reason already."""
        known = outcome.key in self.report.reasons
        (self.report.add if known else self.report.skip)(outcome)

    def note_unclear(self, kind: str, source_id: str, refused: LookUpRefused) -> None:
        """Note that Edusign did not say whether it has an item; nothing is done with it."""
        self.unclear.add((kind, source_id))
        self.blocked.add((kind, source_id))
        self.note(Outcome(refused.code, kind, source_id, detail=refused.message))

    @contextmanager
    def unless_unclear(self, kind: str, source_id: str) -> Iterator[None]:
        """Leave an item alone when Edusign does not say whether it has it (D8, D14)."""
        try:
            yield
        except LookUpRefused as refused:
            self.note_unclear(kind, source_id, refused)

    def finished(self, people: Companions) -> AccountPlan:
        """Return the plan. What the plan decided anew, the verdicts do not speak of."""
        judged = (event for event in self.verdicts.outcomes if event.key not in self.decided_anew)
        return AccountPlan(
            self.setting.account,
            self.changes,
            self.held,
            (*judged, *self.report.outcomes),
            self.guards,
            reasons=self.report.reasons,
            blocked=self.blocked,
            unclear=self.unclear,
            people=people,
            sent_before=self.sent_before,
            ids_in_spec=self.verdicts.ids_in_spec,
            mixed_up=self.mixed_up - self.setting.shared.keys(),
            takes=self.takes,
            leavers=self.leavers,
        )

    def _was_refused(self, change: Change, wanted: Facts) -> bool:
        """Whether Edusign refused these very data before; then they are not sent again."""
        kind, source_id = change.key
        if (kind, source_id) not in self.refusals.known:
            return False
        facts = placed(wanted, self.ids.keys() | self._planned)
        message = self.refusals.of(kind, source_id, facts, self.ids)
        if message is None:
            return False
        if change.edusign_id is None:
            self.blocked.add(change.key)
        detail = f"refused before with the same data: {message}"
        self.note(Outcome("EDU_REJECTED", kind, source_id, change.edusign_id, detail=detail))
        return True


def carried(course: Course) -> dict[str, object]:
    """Return what a link keeps of a session: what goes up again, and its other identities."""
    if not course.also_known_as:
        return dict(course.carry)
    return {**course.carry, ALIASES: list(course.also_known_as)}
