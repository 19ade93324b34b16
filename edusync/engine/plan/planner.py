"""Plan one account: compare what is wanted with the store.

Look at Edusign only where something may change.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from edusync.engine.check.desired import Desired
from edusync.engine.digest import REFERENCES, Facts, is_known_as, placed
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.outcome import Outcome
from edusync.engine.plan.differences import differing_fields
from edusync.engine.plan.handmade import match_handmade
from edusync.engine.plan.holds import Holds
from edusync.engine.plan.identity import Identities
from edusync.engine.plan.plan import AccountPlan, Change
from edusync.engine.plan.refusals import Refusals
from edusync.engine.plan.sheets import barred, differing
from edusync.engine.plan.vanished import deletion, on_days
from edusync.errors import LookUpRefused
from edusync.state.refusals import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.engine.check.checker import Checker
    from edusync.engine.check.wanted import Wanted, WantedCourse
    from edusync.engine.outcome import Report
    from edusync.engine.plan.identity import Match
    from edusync.engine.plan.setting import Setting
    from edusync.state.store import Intent, Link, Store
    from edusync.target.client import EdusignClient
    from edusync.target.records import Sheet

_UNKNOWN = "-"
"""What nothing has as its fingerprint."""


class Planner:
    """Plan one account. When nothing changed, its fingerprints say so, and no link is loaded."""

    def __init__(
        self, setting: Setting, store: Store, client: EdusignClient, report: Report
    ) -> None:
        self.setting, self.store, self.client, self.report = setting, store, client, report
        self.fingerprints = store.fingerprints(setting.connector, setting.account)
        """What was brought down as it was then, by kind and source id."""
        self.linked = self.fingerprints["course"]
        self.given: Mapping[tuple[str, str], str] = {}
        self.desired = Desired(setting.spec)
        self.identities = Identities(
            client, setting.spec.connector, restore_archived=setting.restore_archived
        )
        self.blocked: set[tuple[str, str]] = set()
        """Items that do not come to Edusign: in conflict, archived, refused or unclear."""
        self.unclear: set[tuple[str, str]] = set()
        """Items of which Edusign did not say whether it has them."""
        self.plan = AccountPlan(setting.account)
        self.holds = Holds(self.plan, report, store.key)
        self.members: dict[tuple[str, str], Sequence[str]] = {}
        """Who was on the sheets and in the groups that change."""
        self.touched: dict[str, Sheet] = {}
        """Our sheets that somebody changed on Edusign since the last run (R33)."""
        self.unsettled: set[str] = set()
        """Sheets of which the fingerprint does not say all: touched on Edusign, or with a write in
        doubt."""
        self.aliases: dict[str, str] | None = None
        self.planned: set[tuple[str, str]] = set()

    @cached_property
    def links(self) -> Mapping[tuple[str, str], Link]:
        """Everything that was brought down, by kind and source id."""
        return self.store.links(self.setting.connector, self.setting.account)

    @cached_property
    def refusals(self) -> Refusals:
        """What Edusign refused for its data."""
        known = refusals(self.store, self.setting.connector, self.setting.account)
        return Refusals(known, self.store.key, datetime.now(UTC))

    @cached_property
    def ids(self) -> EdusignIds:
        """What is on Edusign; new items are in it once they are found."""
        return EdusignIds(
            {**{key: link.edusign_id for key, link in self.links.items()}, **self.given}
        )

    def look(self) -> None:
        """Look at Edusign before the ERP is read.

        For whatever may need more than a comparison with the store.
        """
        self.touched = self._touched()
        self.unsettled = {
            *self.touched,
            *(doubt.source_id for doubt in self._in_doubt() if doubt.kind == "course"),
        }

    def stands(self, source_id: str, values: Mapping[str, Any]) -> bool:
        """Whether a sheet stands on Edusign with these values, and nobody touched it there."""
        known = self.linked.get(source_id)
        return (
            known is not None
            and source_id not in self.unsettled
            and is_known_as(values, known, self.store.key)
        )

    def run(self, checker: Checker, wanted: Wanted) -> AccountPlan:
        """Return the plan."""
        self.given = wanted.given
        matched = self._handmade(checker, wanted)
        checker.bring_along([session for session, _ in matched])
        for kind, people in (
            ("professor", wanted.professors),
            ("external", wanted.externals),
            ("student", wanted.students),
        ):
            known, key = self.fingerprints[kind], self.store.key
            for source_id, person in people.items():
                values = self.desired.person(kind, person)
                if self.blocked and values.get("externals"):
                    values["externals"] = self._allowed("external", values["externals"])
                if not is_known_as(values, known.get(source_id, _UNKNOWN), key):
                    with self._unless_unclear(kind, source_id):
                        self._person(kind, source_id, Facts(values))
        if wanted.groups:
            present = self.fingerprints["student"].keys() | wanted.students.keys()
            present -= {source_id for kind, source_id in self.blocked if kind == "student"}
            for source_id, group in wanted.groups.items():
                with self._unless_unclear("group", source_id):
                    self._group(source_id, self.desired.group(group, present))
        for source_id, course in wanted.courses.items():
            with self._unless_unclear("course", source_id):
                self._course(source_id, course, wanted)
        for session, sheet in matched:
            self._complete(session, sheet)
        self._vanished(wanted)
        self.holds.removals(self.members, self._seats)
        self._settle()
        self.plan.outcomes = self.report.outcomes
        return self.plan

    # people and groups

    def _person(self, kind: str, source_id: str, wanted: Facts) -> None:
        if self._linked(kind, source_id, wanted):
            return
        match = self.identities.person(kind, source_id, str(wanted.values.get("email", "")))
        if match is None:
            self._add(Change(kind, "create", source_id, fields=tuple(wanted.values), facts=wanted))
            return
        record = match.record
        if match.code is not None:
            outcome = Outcome(match.code, kind, source_id, record.edusign_id, field="email")
            (self.report.skip if match.blocks else self.report.add)(outcome)
        if match.blocks:
            self.blocked.add((kind, source_id))
            return
        self._adopt(kind, source_id, match, wanted)

    def _group(self, source_id: str, wanted: Facts) -> None:
        if self._linked("group", source_id, wanted):
            return
        match = self.identities.group(source_id)
        if match is None:
            fields = tuple(wanted.values)
            self._add(Change("group", "create", source_id, fields=fields, facts=wanted))
            return
        self._adopt("group", source_id, match, wanted)

    def _adopt(self, kind: str, source_id: str, match: Match, wanted: Facts) -> None:
        """Plan to take over what stands on Edusign."""
        record = match.record
        fields = (*differing_fields(wanted, record, self.ids), *match.extra_fields)
        self.ids[kind, source_id] = record.edusign_id
        self._add(Change(kind, "adopt", source_id, record.edusign_id, fields, facts=wanted))

    def _linked(self, kind: str, source_id: str, wanted: Facts) -> bool:
        """Plan an update of what is linked; false when there is no link."""
        known = self.fingerprints[kind].get(source_id)
        if known is None:
            return False
        fields = self._changed(kind, source_id, known, wanted)
        if fields:
            self._add(
                Change(
                    kind,
                    "update",
                    source_id,
                    self.links[kind, source_id].edusign_id,
                    fields,
                    facts=wanted,
                )
            )
        return True

    def _changed(self, kind: str, source_id: str, known: str, wanted: Facts) -> tuple[str, ...]:
        """Return the fields that are not what the fingerprint of a link says."""
        if is_known_as(wanted.values, known, self.store.key):
            return ()
        before, self.members[kind, source_id] = self.store.details(
            self.setting.connector, self.setting.account, kind, source_id
        )
        return tuple(wanted.changed(before, self.store.key))

    # sheets

    def _course(self, source_id: str, course: WantedCourse, everything: Wanted) -> None:
        unclear = [
            ref for ref in course.facts.values["professors"] if ("professor", ref) in self.unclear
        ]
        if unclear:
            self._hold(source_id, f"nobody knows whether Edusign has {', '.join(unclear)}")
            return
        if self.blocked:
            course = self._without_blocked(course)
        wanted = course.facts
        if not wanted.values["professors"]:
            self._hold(source_id, "its professors are blocked")
            return
        link = self.links.get(("course", source_id))
        if link is not None and not link.manual:
            changed = self._changed("course", source_id, link.fingerprint, wanted)
            touched = self.touched.get(source_id)
            fields = changed or (differing(wanted, touched, self.ids) if touched else ())
            if not fields:
                return
            sheet = touched or self.client.sheet(link.edusign_id)
            if sheet is not None:
                code = barred(sheet, fields, self.setting.now())
                if code is not None:
                    self.report.skip(
                        Outcome(code, "course", source_id, link.edusign_id, field=", ".join(fields))
                    )
                    if code != "DOWN_COURSE_SIGNED" or "students" not in fields:
                        return
                    fields = ("students",)
                if not changed:
                    self.report.add(
                        Outcome(
                            "DOWN_COURSE_OVERWRITTEN",
                            "course",
                            source_id,
                            link.edusign_id,
                            field=", ".join(fields),
                        )
                    )
                self._add(
                    Change("course", "update", source_id, link.edusign_id, fields, facts=wanted)
                )
                return
            self.ids.pop(("course", source_id), None)
        elif link is not None:
            return
        elif (
            course.course.also_known_as
            and (known := self._known_otherwise(course, everything.seen)) is not None
        ):
            if not everything.whole:
                self.report.skip(
                    Outcome(
                        "DOWN_COURSE_HELD_DEPENDENCY",
                        "course",
                        source_id,
                        known.edusign_id,
                        field="source_id",
                        detail=f"it may be session {known.source_id}, which was not read",
                    )
                )
                return
            self.ids["course", source_id] = known.edusign_id
            everything.seen.add(known.source_id)
            self._add(
                Change(
                    "course",
                    "update",
                    source_id,
                    known.edusign_id,
                    (
                        *self._changed("course", known.source_id, known.fingerprint, wanted),
                        "identity",
                    ),
                    facts=wanted,
                    replaces=known.source_id,
                )
            )
            return
        self._new_course(source_id, wanted)

    def _known_otherwise(self, course: WantedCourse, seen: set[str]) -> Link | None:
        """Return the link of the same session under an identity that is not sent any more."""
        if self.aliases is None:
            self.aliases = self.store.aliases(self.setting.connector, self.setting.account)
        for alias in course.course.also_known_as:
            before = self.links.get(("course", self.aliases.get(alias, "")))
            if before is not None and before.source_id not in seen and not before.manual:
                return before
        return None

    def _without_blocked(self, course: WantedCourse) -> WantedCourse:
        values = dict(course.facts.values)
        for field in ("professors", "students", "groups"):
            if field in values:
                values[field] = self._allowed(REFERENCES[field], values[field])
        students = self._allowed("student", course.students)
        return course._replace(facts=Facts(values), students=students)

    def _allowed(self, kind: str, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Return the references to items that are not blocked."""
        return tuple(ref for ref in refs if (kind, ref) not in self.blocked)

    def _hold(self, source_id: str, detail: str) -> None:
        """Note that a sheet waits for its professors."""
        code = "DOWN_COURSE_HELD_DEPENDENCY"
        self.report.skip(Outcome(code, "course", source_id, field="professors", detail=detail))

    @contextmanager
    def _unless_unclear(self, kind: str, source_id: str) -> Iterator[None]:
        """Hold an item when Edusign does not say whether it has it (D8, D14)."""
        try:
            yield
        except LookUpRefused as refused:
            self.unclear.add((kind, source_id))
            self.blocked.add((kind, source_id))
            self._note(Outcome(refused.code, kind, source_id, detail=refused.message))

    def _note(self, outcome: Outcome) -> None:
        """Note why an item stays as it is, also when the ERP's side gave a reason already."""
        known = (outcome.kind or "", outcome.source_id or "") in self.report.reasons
        (self.report.add if known else self.report.skip)(outcome)

    def _new_course(self, source_id: str, wanted: Facts) -> None:
        match = self.identities.sheet(source_id)
        if match is None:
            self._add(
                Change("course", "create", source_id, fields=tuple(wanted.values), facts=wanted)
            )
            return
        sheet: Sheet = match.record  # type: ignore[assignment]  # sheets are matched with sheets
        fields = differing(wanted, sheet, self.ids)
        code = barred(sheet, fields, self.setting.now()) if fields else None
        if code is not None:
            self.report.skip(
                Outcome(code, "course", source_id, sheet.edusign_id, field=", ".join(fields))
            )
            fields = ("students",) if code == "DOWN_COURSE_SIGNED" and "students" in fields else ()
        self.ids["course", source_id] = sheet.edusign_id
        self._add(Change("course", "adopt", source_id, sheet.edusign_id, fields, facts=wanted))

    def _touched(self) -> dict[str, Sheet]:
        """Return our sheets that were changed on Edusign since the last run."""
        since = self.setting.touched_since
        window = self.setting.window
        if since is None:
            return {}
        sheets = list(self.client.sheets(window.today, window.last, updated_since=since))
        ours = self.store.sheets(self.setting.connector, self.setting.account) if sheets else {}
        found = {}
        for sheet in sheets:
            if sheet.edusign_id in ours:
                source_id, written_at = ours[sheet.edusign_id]
                if (
                    sheet.changed_at is None or sheet.changed_at > written_at
                ):  # else the last change was ours
                    found[source_id] = sheet
        return found

    def _handmade(self, checker: Checker, wanted: Wanted) -> list[tuple[WantedCourse, Sheet]]:
        rule = checker.rules.adopt
        if rule is None or not wanted.begun:
            return []
        sessions = [
            session for session in wanted.begun if session.course.source_id not in self.linked
        ]
        known = {link.edusign_id for link in self.links.values() if link.kind == "course"}
        return match_handmade(self.client, sessions, rule, self.setting.window, known, self.report)

    def _complete(self, session: WantedCourse, sheet: Sheet) -> None:
        source_id = session.course.source_id
        if any(("professor", ref) in self.blocked for ref in session.facts.values["professors"]):
            return
        self.report.forget("course", source_id)
        self.report.add(
            Outcome("DOWN_COURSE_MANUAL_ADOPTED", "course", source_id, sheet.edusign_id)
        )
        self._add(
            Change(
                "course",
                "complete",
                source_id,
                sheet.edusign_id,
                ("professors", "students"),
                facts=session.facts,
            )
        )

    # what is gone

    def _vanished(self, wanted: Wanted) -> None:
        missing = [source_id for source_id in self.linked if source_id not in wanted.seen]
        window = self.setting.window
        coming = (
            self.store.coming(
                self.setting.connector, self.setting.account, window.now, window.ends_at
            )
            if missing
            else set()
        )
        gone = [
            link
            for source_id in missing
            if source_id in coming and not (link := self.links["course", source_id]).manual
        ]
        if not wanted.whole:
            detail = f"{len(gone)} sheets were not seen" if gone else None
            self.holds.say(Outcome("RUN_READ_INCOMPLETE", detail=detail))
            return
        unknown = on_days(wanted.unknown_days, self.setting, self.store) if gone else set()
        if unknown:
            kept = sum(link.source_id in unknown for link in gone)
            detail = f"{kept} sheets of days that were not read were not seen"
            self.holds.say(Outcome("RUN_READ_INCOMPLETE", detail=detail))
        deletions: list[Change] = []
        for link in gone:
            if link.source_id in unknown and link.source_id not in wanted.gone:
                continue
            with self._unless_unclear("course", link.source_id):
                dropped = wanted.gone.get(link.source_id)
                found = deletion(link, dropped, self.setting, self.client, self.report)
                deletions.extend(found)
        scope = self.setting.scope
        for change in self.holds.deletions(deletions, wanted.gone, len(coming), scope):
            self._add(change)

    def standing(self, seen: set[str]) -> bool:
        """Whether a sheet that is to come stands on Edusign, and its session is still sent."""
        setting, window = self.setting, self.setting.window
        coming = self.store.coming(setting.connector, setting.account, window.now, window.ends_at)
        return not coming.isdisjoint(seen)

    def _seats(self) -> Mapping[str, int]:
        """Return how many students the coming sheets had that stay."""
        setting, window = self.setting, self.setting.window
        seats = self.store.seats(setting.connector, setting.account, window.now, window.ends_at)
        changes = (*self.plan.changes, *self.plan.held)
        deleted = {change.source_id for change in changes if change.action == "delete"}
        return {sheet: count for sheet, count in seats.items() if sheet not in deleted}

    def _settle(self) -> None:
        """Plan to look up old writes in doubt of items that nobody wants any more.

        Nothing is left unseen.
        """
        planned = {change.key for change in (*self.plan.changes, *self.plan.held)}
        for doubt in self._in_doubt():
            key = (doubt.kind, doubt.source_id)
            if key not in planned:
                planned.add(key)
                self._add(Change(doubt.kind, "settle", doubt.source_id, self.ids.get(key)))

    def _in_doubt(self) -> list[Intent]:
        return [
            doubt
            for doubt in self.store.in_doubt(self.setting.connector)
            if doubt.account == self.setting.account
        ]

    def _add(self, change: Change) -> None:
        if change.facts is not None:
            if self._was_refused(change, change.facts):
                return
            change = replace(change, fingerprint=change.facts.sorted_fingerprint(self.store.key))
            self.planned.add(change.key)
        self.plan.changes.append(change)

    def _was_refused(self, change: Change, wanted: Facts) -> bool:
        """Whether Edusign refused these very data before; then they are not sent again."""
        kind, source_id = change.key
        if (kind, source_id) not in self.refusals.known:
            return False
        facts = placed(wanted, self.ids.keys() | self.planned)
        message = self.refusals.of(kind, source_id, facts, self.ids)
        if message is None:
            return False
        if change.edusign_id is None:
            self.blocked.add(change.key)
        detail = f"refused before with the same data: {message}"
        self._note(Outcome("EDU_REJECTED", kind, source_id, change.edusign_id, detail=detail))
        return True
