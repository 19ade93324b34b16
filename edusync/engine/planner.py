"""Plan one account: compare what is wanted with the store, look at Edusign only where something may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edusync.engine.desired import Desired, differing_group, differing_person
from edusync.engine.handmade import match_handmade
from edusync.engine.identity import Identities
from edusync.engine.outcome import Outcome
from edusync.engine.plan import AccountPlan, Change
from edusync.engine.sheets import barred, differing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.engine.check import Checker
    from edusync.engine.digest import Facts
    from edusync.engine.outcome import Report
    from edusync.engine.wanted import Wanted, WantedCourse
    from edusync.model import Window
    from edusync.spec.types import Spec
    from edusync.state.store import Link, Store
    from edusync.target.client import EdusignClient
    from edusync.target.records import GroupRecord, Person, Sheet

GUARD_COUNT = 10
GUARD_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Setting:
    """What planning one account needs to know."""

    connector: str
    account: str
    spec: Spec
    window: Window
    vanished: str
    restore_archived: bool
    touched_since: datetime | None


class Planner:
    """Plan one account. `ids` maps kind and source id to Edusign ids; new items are in it once they are found."""

    def __init__(self, setting: Setting, store: Store, client: EdusignClient, links: Mapping[tuple[str, str], Link], report: Report) -> None:
        self.setting, self.store, self.client, self.links, self.report = setting, store, client, links, report
        self.desired = Desired(setting.spec)
        self.identities = Identities(client, setting.spec.connector, restore_archived=setting.restore_archived)
        self.ids = {key: link.edusign_id for key, link in links.items()}
        self.blocked: set[tuple[str, str]] = set()
        self.plan = AccountPlan(setting.account)
        self.sheets: dict[str, Sheet] = {}
        self.aliases: dict[str, str] | None = None

    def run(self, checker: Checker, wanted: Wanted) -> AccountPlan:
        """Return the plan."""
        self.ids |= wanted.given
        matched = self._handmade(checker, wanted)
        checker.bring_along([session for session, _ in matched])
        for source_id, professor in wanted.professors.items():
            self._person("professor", source_id, self.desired.person("professor", professor))
        for source_id, external in wanted.externals.items():
            self._person("external", source_id, self.desired.person("external", external))
        for source_id, student in wanted.students.items():
            self._person("student", source_id, self.desired.person("student", student))
        present = {source_id for kind, source_id in self.links if kind == "student"} | wanted.students.keys()
        present -= {source_id for kind, source_id in self.blocked if kind == "student"}
        for source_id, group in wanted.groups.items():
            self._group(source_id, self.desired.group(group, present))
        touched = self._touched(wanted)
        for source_id, course in wanted.courses.items():
            self._course(source_id, course, touched.get(source_id), wanted)
        for session, sheet in matched:
            self._complete(session, sheet)
        self._vanished(wanted)
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
        person: Person = match.record  # type: ignore[assignment]  # people are matched with people
        if match.code is not None:
            outcome = Outcome(match.code, kind, source_id, person.edusign_id, field="email")
            (self.report.skip if match.blocks else self.report.add)(outcome)
        if match.blocks:
            self.blocked.add((kind, source_id))
            return
        followers = tuple(ref for (other, ref), edusign_id in self.ids.items() if other == "external" and edusign_id in person.externals)
        fields = differing_person(wanted, person, followers)
        extra = (*(("identity",) if match.fill_identity else ()), *(("archived",) if match.restore else ()))
        self.ids[kind, source_id] = person.edusign_id
        self._add(Change(kind, "adopt", source_id, person.edusign_id, (*fields, *extra), facts=wanted))

    def _group(self, source_id: str, wanted: Facts) -> None:
        if self._linked("group", source_id, wanted):
            return
        match = self.identities.group(source_id)
        if match is None:
            self._add(Change("group", "create", source_id, fields=tuple(wanted.values), facts=wanted))
            return
        group: GroupRecord = match.record  # type: ignore[assignment]  # groups are matched with groups
        members = tuple(ref for (kind, ref), edusign_id in self.ids.items() if kind == "student" and edusign_id in group.students)
        self.ids["group", source_id] = group.edusign_id
        self._add(Change("group", "adopt", source_id, group.edusign_id, differing_group(wanted, group, members), facts=wanted))

    def _linked(self, kind: str, source_id: str, wanted: Facts) -> bool:
        """Plan an update of what is linked; false when there is no link."""
        link = self.links.get((kind, source_id))
        if link is None:
            return False
        fields = self._changed(link, wanted)
        if fields:
            self._add(Change(kind, "update", source_id, link.edusign_id, fields, facts=wanted))
        return True

    def _changed(self, link: Link, wanted: Facts) -> tuple[str, ...]:
        if wanted.fingerprint(self.store.key) == link.fingerprint:
            return ()
        before, _ = self.store.details(self.setting.connector, self.setting.account, link.kind, link.source_id)
        return tuple(wanted.changed(before, self.store.key))

    # sheets

    def _course(self, source_id: str, course: WantedCourse, touched: tuple[str, ...] | None, everything: Wanted) -> None:
        if self.blocked:
            course = self._without_blocked(course)
        if not course.professors:
            self.report.skip(Outcome("DOWN_COURSE_HELD_DEPENDENCY", "course", source_id, field="professors",
                                     detail="its professors are blocked"))  # fmt: skip
            return
        wanted = self.desired.course(course)
        link = self.links.get(("course", source_id))
        if link is not None and not link.manual:
            changed = self._changed(link, wanted)
            fields = changed or touched or ()
            if not fields:
                return
            sheet = self.sheets.get(source_id) or self.client.sheet(link.edusign_id)
            if sheet is not None:
                code = barred(sheet, fields, self.setting.window.now)
                if code is not None:
                    self.report.skip(Outcome(code, "course", source_id, link.edusign_id, field=", ".join(fields)))
                    if code != "DOWN_COURSE_SIGNED" or "students" not in fields:
                        return
                    fields = ("students",)
                if not changed:
                    self.report.add(Outcome("DOWN_COURSE_OVERWRITTEN", "course", source_id, link.edusign_id, field=", ".join(fields)))
                self._add(Change("course", "update", source_id, link.edusign_id, fields, facts=wanted))
                return
            self.ids.pop(("course", source_id), None)
        elif link is not None:
            return
        elif course.course.also_known_as and (known := self._known_otherwise(course, everything.seen)) is not None:
            if not everything.whole:
                self.report.skip(Outcome("DOWN_COURSE_HELD_DEPENDENCY", "course", source_id, known.edusign_id, field="source_id",
                                         detail=f"it may be session {known.source_id}, which was not read"))  # fmt: skip
                return
            self.ids["course", source_id] = known.edusign_id
            everything.seen.add(known.source_id)
            self._add(Change("course", "update", source_id, known.edusign_id, (*self._changed(known, wanted), "identity"), facts=wanted, replaces=known.source_id))
            return
        self._new_course(source_id, wanted)

    def _known_otherwise(self, course: WantedCourse, seen: set[str]) -> Link | None:
        """Return the link of the same session under another identity that the ERP does not send any more."""
        if self.aliases is None:
            self.aliases = self.store.aliases(self.setting.connector, self.setting.account)
        for alias in course.course.also_known_as:
            before = self.links.get(("course", self.aliases.get(alias, "")))
            if before is not None and before.source_id not in seen and not before.manual:
                return before
        return None

    def _without_blocked(self, course: WantedCourse) -> WantedCourse:
        professors = tuple(ref for ref in course.professors if ("professor", ref) not in self.blocked)
        roster = course.roster._replace(students=tuple(ref for ref in course.roster.students if ("student", ref) not in self.blocked))
        return course._replace(professors=professors, roster=roster)

    def _new_course(self, source_id: str, wanted: Facts) -> None:
        match = self.identities.sheet(source_id)
        if match is None:
            self._add(Change("course", "create", source_id, fields=tuple(wanted.values), facts=wanted))
            return
        sheet: Sheet = match.record  # type: ignore[assignment]  # sheets are matched with sheets
        fields = differing(wanted, sheet, self.ids)
        code = barred(sheet, fields, self.setting.window.now) if fields else None
        if code is not None:
            self.report.skip(Outcome(code, "course", source_id, sheet.edusign_id, field=", ".join(fields)))
            fields = ("students",) if code == "DOWN_COURSE_SIGNED" and "students" in fields else ()
        self.ids["course", source_id] = sheet.edusign_id
        self._add(Change("course", "adopt", source_id, sheet.edusign_id, fields, facts=wanted))

    def _touched(self, wanted: Wanted) -> dict[str, tuple[str, ...]]:
        """Return our sheets that were changed on Edusign since the last run, with the fields that differ (R33)."""
        since = self.setting.touched_since
        window = self.setting.window
        if since is None:
            return {}
        ours = {link.edusign_id: link.source_id for key, link in self.links.items() if key[0] == "course"}
        found = {}
        for sheet in self.client.sheets(window.today, window.last, updated_since=since):
            source_id = ours.get(sheet.edusign_id)
            course = wanted.courses.get(source_id) if source_id is not None else None
            if source_id is None or course is None:
                continue
            fields = differing(self.desired.course(course), sheet, self.ids)
            if fields:
                found[source_id] = fields
                self.sheets[source_id] = sheet
        return found

    def _handmade(self, checker: Checker, wanted: Wanted) -> list[tuple[WantedCourse, Sheet]]:
        rule = checker.rules.adopt
        if rule is None or not wanted.begun:
            return []
        sessions = [session for session in wanted.begun if ("course", session.course.source_id) not in self.links]
        known = {link.edusign_id for key, link in self.links.items() if key[0] == "course"}
        return match_handmade(self.client, sessions, rule, self.setting.window, known, self.report)

    def _complete(self, session: WantedCourse, sheet: Sheet) -> None:
        source_id = session.course.source_id
        if any(("professor", ref) in self.blocked for ref in session.professors):
            return
        self.report.forget("course", source_id)
        self.report.add(Outcome("DOWN_COURSE_MANUAL_ADOPTED", "course", source_id, sheet.edusign_id))
        self._add(Change("course", "complete", source_id, sheet.edusign_id, ("professors", "students"), facts=self.desired.course(session)))

    # what is gone

    def _vanished(self, wanted: Wanted) -> None:
        coming = [link for link in self.links.values() if link.coming]
        gone = [link for link in coming if link.source_id not in wanted.seen and not link.manual]
        if not wanted.whole:
            self._guard("RUN_READ_INCOMPLETE", f"{len(gone)} sheets were not seen" if gone else None)
            return
        deletions = [change for link in gone if (change := self._deletion(link, wanted)) is not None]
        if len(deletions) > GUARD_COUNT and len(deletions) > GUARD_SHARE * len(coming):
            self.plan.held = deletions
            self._guard("RUN_DELETIONS_HELD", f"{len(deletions)} of {len(coming)} sheets")
            return
        for change in deletions:
            self._add(change)

    def _deletion(self, link: Link, wanted: Wanted) -> Change | None:
        dropped = wanted.gone.get(link.source_id)
        why = dropped.code if dropped else "gone from the ERP"

        def kept(because: str) -> None:
            self.report.skip(Outcome("DOWN_COURSE_VANISHED", "course", link.source_id, link.edusign_id, place=dropped.place if dropped else None,
                                     detail=f"{why}; its sheet was kept: {because}"))  # fmt: skip

        if self.setting.vanished == "keep":
            return kept("the policy is keep")  # type: ignore[func-returns-value]  # notes and says None
        if not link.created:
            return kept("edusync did not create it")  # type: ignore[func-returns-value]  # notes and says None
        sheet = self.client.sheet(link.edusign_id)
        if sheet is not None and (sheet.locked or sheet.signed or sheet.starts_at <= self.setting.window.now):
            return kept("it is archived" if sheet.locked else "it bears a signature" if sheet.signed else "it has started")  # type: ignore[func-returns-value]  # notes and says None
        self.report.forget("course", link.source_id)
        self.report.add(Outcome("DOWN_COURSE_VANISHED", "course", link.source_id, link.edusign_id, place=dropped.place if dropped else None,
                                detail=f"{why}; its sheet is deleted"))  # fmt: skip
        return Change("course", "delete", link.source_id, link.edusign_id, detail=why)

    def _settle(self) -> None:
        """Plan to look up old writes in doubt of items that nobody wants any more, so that nothing is left unseen."""
        planned = {change.key for change in (*self.plan.changes, *self.plan.held)}
        for doubt in self.store.in_doubt(self.setting.connector):
            key = (doubt.kind, doubt.source_id)
            if doubt.account == self.setting.account and key not in planned:
                planned.add(key)
                self._add(Change(doubt.kind, "settle", doubt.source_id, self.ids.get(key)))

    def _guard(self, code: str, detail: str | None) -> None:
        self.plan.guards.append(code)
        self.report.add(Outcome(code, detail=detail))

    def _add(self, change: Change) -> None:
        if change.facts is not None:
            change = replace(change, fingerprint=change.facts.fingerprint(self.store.key))
        self.plan.changes.append(change)
