"""The way up of one account.

Its archived sheets, the ERP read for them, and the steps that write their attendance.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.app.downward import open_edusign, open_source
from edusync.app.scope import settle_scope
from edusync.engine import calls
from edusync.engine.outcome import Outcome, Report
from edusync.engine.read.folder_source import FolderSource
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.read.source import Forbidden
from edusync.engine.upward.lines import LineMaker
from edusync.engine.upward.reasons import ReasonFinder
from edusync.engine.upward.sheet import UpSheet, content_digest
from edusync.engine.upward.steps import StepSender
from edusync.engine.upward.triage import CourseLink, Links, Triage
from edusync.engine.upward.writer import SheetsWriter
from edusync.errors import LookUpRefused
from edusync.model import PARIS, Window
from edusync.spec.needs import SHEETS, changes_with_sheets, upward_expressions
from edusync.state.uploads import Upload, Uploads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.app.connector_file import Account
    from edusync.app.upward import Upward
    from edusync.engine.read.table import Status, Table
    from edusync.target.records import ArchivedSheet, Attendance

FIRST_LOOK = timedelta(days=14)
"""How far the first run of a connector looks back for archived sheets."""
_OVERLAP = timedelta(hours=1)
_REMEMBERED = timedelta(
    days=100
)  # whatever was sent before belongs to sheets that Edusign lists no more
_OLDEST = timedelta(days=88)  # Edusign lists at most 90 days at once


@dataclass(slots=True)
class AccountUp:
    """One account while its attendance goes up."""

    name: str
    report: Report
    sheets: list[UpSheet] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    """What would go up, for a plan: ids and states."""


class AccountRun:
    """The way up of one account."""

    def __init__(
        self, upward: Upward, account: Account, up: AccountUp, names: dict[str, Any]
    ) -> None:
        self.upward, self.account, self.up, self.names = upward, account, up, names
        self.instance, self.writeback, self.spec = (
            upward.instance,
            upward.writeback,
            upward.instance.spec,
        )
        self.uploads = Uploads(upward.store, self.instance.name, account.name, upward.fence)
        self.client = open_edusign(account, upward.moment.tools)
        upward.stack.callback(self.client.close)
        self.client.school()
        self.source = open_source(self.spec, names, upward.moment.tools, upward.registry.functions)
        upward.stack.callback(self.source.close)
        self.kept: dict[str, Table] = {}
        self.statuses: dict[str, Status] = {}
        self.absences: tuple[dict[str, str], dict[str, str]] | None = None
        first = self._lists(())
        settle_scope(first, self.client)
        self._keep(first)
        self.links = self._links()
        self.waiting: list[Upload] = []
        """Sheets of which Edusign did not say who is on them; the next run looks again."""
        self.settled: list[Upload] = []
        self.up.sheets = list(self._sheets())

    # which sheets

    def _sheets(self) -> Iterator[UpSheet]:
        uploads = self.uploads.since(self.upward.looked_at - _REMEMBERED)
        triage = Triage(
            self.spec.connector,
            self.links,
            uploads,
            self.up.report,
            roles=self.writeback.lines,
            resend=self.upward.resend,
            entered=self.upward.entered,
            digest=self._digest,
        )
        self.settled = triage.settled
        now = self.upward.moment.now
        for archived in self.client.archived(
            (now - _OLDEST).date(), (now + timedelta(days=1)).date(), updated_since=self._since()
        ):
            yield from self._sorted(triage, archived)
        asked = [
            (upload.source_id, upload.edusign_id)
            for upload in uploads.values()
            if upload.status != "sent"
        ]
        asked += [
            (link.source_id, edusign_id)
            for edusign_id, link in self.links.courses.items()
            if {link.source_id, link.erp_id} & (self.upward.resend | self.upward.entered)
        ]
        for source_id, edusign_id in dict(asked).items():
            if source_id in triage.met:
                continue
            try:
                archived_one = self.client.archived_sheet(edusign_id)
            except LookUpRefused as refused:
                self._hold(source_id, edusign_id, refused)
                continue
            if archived_one is None:
                triage.gone(source_id, edusign_id)
            else:
                yield from self._sorted(triage, archived_one)

    def _sorted(self, triage: Triage, archived: ArchivedSheet) -> Iterator[UpSheet]:
        """Yield a sheet that goes up, once it is known who is on it.

        When Edusign does not say so, the whole sheet waits for the next run: a line less would
        look like somebody whom the ERP does not know.
        """
        try:
            found = triage.sort(archived)
            for attendance in archived.attendance if found is not None else ():
                self.links.person(attendance)
        except LookUpRefused as refused:
            course = self.links.course(
                archived.sheet.edusign_id,
                archived.sheet.source_id
                if archived.sheet.source_type == self.spec.connector
                else "",
            )
            if course is not None:
                known = triage.uploads.get(course.source_id)
                lines = {} if known is None else known.lines
                edusign_id = archived.sheet.edusign_id
                self.waiting.append(Upload(course.source_id, edusign_id, "partial", lines))
                self._hold(course.source_id, edusign_id, refused)
            return
        if found is not None:
            yield found

    def _hold(self, source_id: str, edusign_id: str, refused: LookUpRefused) -> None:
        outcome = Outcome(refused.code, "course", source_id, edusign_id, detail=refused.message)
        self.up.report.add(outcome)

    def _since(self) -> datetime:
        """Return since when changes on Edusign are looked at.

        The last run that reached its end (U1), with an overlap.
        """
        last = next(
            (
                run
                for run in self.upward.store.runs(self.instance.name, direction="up")
                if run["status"] in {"success", "partial"}
            ),
            None,
        )
        return (
            datetime.fromisoformat(last["counts"]["looked_at"]) - _OVERLAP
            if last
            else self.upward.looked_at - FIRST_LOOK
        )

    def _links(self) -> Links:
        prefix = calls.setting(self.spec.namespace, self.names, "namespace")
        prefix = f"{prefix}/" if prefix else ""
        course = self.spec.entities.get("course")
        carried = (
            self.upward.store.carried(self.instance.name, self.account.name)
            if course and course.carry
            else {}
        )
        courses, manual = {}, set()
        people: dict[tuple[str, str], str | None] = {}
        for (kind, source_id), link in self.upward.store.links(
            self.instance.name, self.account.name
        ).items():
            if kind == "course" and link.manual:
                manual.add(link.edusign_id)
            elif kind == "course":
                courses[link.edusign_id] = CourseLink(
                    source_id, source_id.removeprefix(prefix), carried.get(source_id, {})
                )
            else:
                people[kind, link.edusign_id] = source_id
        return Links(courses, people, prefix, manual=manual, ask=self._own_id)

    def _own_id(self, role: str, edusign_id: str) -> str | None:
        """Return the ERP's id of somebody on Edusign whom no link names.

        None unless the record there says that it is ours.
        """
        found = self.client.person(role, edusign_id)
        return (
            found.source_id
            if found is not None and found.source_id and found.source_type == self.spec.connector
            else None
        )

    # what goes up of them

    def chunks(self, sheets: Sequence[UpSheet]) -> Iterator[list[UpSheet]]:
        """Yield sheets in the order of their start, as many together as the spec says."""
        ordered = sorted(
            sheets, key=lambda sheet: (sheet.archived.sheet.starts_at, sheet.source_id)
        )
        size = max(self.writeback.at_once, _READ_TOGETHER)
        together: list[UpSheet] = []
        for sheet in ordered:
            if together and (
                len(together) == size
                or sheet.archived.sheet.starts_at - together[-1].archived.sheet.starts_at > _APART
            ):
                yield together
                together = []
            together.append(sheet)
        if together:
            yield together

    def prepare(self, sheets: Sequence[UpSheet]) -> tuple[Lists, list[UpSheet]]:
        """Read the ERP for some sheets and make their lines.

        Return those that can go, and the lists that were read.
        """
        lists = self._lists(sheets)
        lists.prepare(upward_expressions(self.writeback))
        reasons = (
            ReasonFinder(self.writeback.reasons, lists, self.instance.reasons, self._absences()[1])
            if self.writeback.reasons
            else None
        )
        maker = LineMaker(
            self.writeback,
            lists,
            self.links,
            self.up.report,
            self._digest,
            self._reason_of,
            reasons,
            self.upward.moment.now - _OLDEST,
        )
        ready = [sheet for sheet in sheets if maker.make(sheet)]
        self._keep(lists)
        return lists, ready

    def note(self, sheets: Sequence[UpSheet]) -> None:
        """Note what would go up, for a plan."""
        for sheet in self.prepare(sheets)[1]:
            self.up.lines += [
                {
                    "course": sheet.source_id,
                    "edusign_id": sheet.edusign_id,
                    "role": line.role,
                    "source_id": line.source_id,
                    "state": line.state,
                }
                for line in sheet.lines
            ]

    # sending

    def write(self) -> None:
        """Send what is to go; sheets with a write in doubt come last, after the grace time (U5)."""
        target = self.source
        if self.writeback.transport is not None:
            target = FolderSource(self.spec, self.names, self.writeback.transport)
            self.upward.stack.callback(target.close)
        for sheet in self.up.sheets:
            if {sheet.source_id, sheet.erp_id} & self.upward.resend:
                self.uploads.forget(sheet.source_id)
        for upload in self.settled:
            self.uploads.save([upload], keep_steps=upload.status != "sent")
        # whatever stops this run, none of them is missed by the next one, which looks at later
        # changes only
        self.uploads.save(
            [
                *self.waiting,
                *(
                    Upload(sheet.source_id, sheet.edusign_id, "partial", sheet.records)
                    for sheet in self.up.sheets
                ),
            ],
            keep_steps=True,
        )
        sender = StepSender(self.uploads, target)
        later = [sheet for sheet in self.up.sheets if sender.doubtful(sheet.source_id)]
        try:
            for sheets in self.chunks([sheet for sheet in self.up.sheets if sheet not in later]):
                later += self._send(sender, sheets, final=False)
            if later:
                self._wait_out(sender, later)
                for sheets in self.chunks(later):
                    self._send(sender, sheets, final=True)
        except Forbidden as forbidden:
            self.up.report.add(Outcome("UP_NO_WRITE_PERMISSION", detail=forbidden.message))

    def _send(self, sender: StepSender, sheets: Sequence[UpSheet], *, final: bool) -> list[UpSheet]:
        """Send some sheets; return those of which a write came into doubt."""
        for sheet in sheets:
            sheet.in_doubt = False
        lists, ready = self.prepare(sheets)
        waiting = [
            Upload(
                sheet.source_id,
                sheet.edusign_id,
                sheet.status(),
                sheet.records,
            )
            for sheet in sheets
            if sheet not in ready
        ]
        if waiting:
            self.uploads.save(waiting, keep_steps=True)
        writer = SheetsWriter(self.writeback, sender, lists, self.up.report, final=final)
        for start in range(0, len(ready), self.writeback.at_once):
            writer.write(ready[start : start + self.writeback.at_once])
        return [sheet for sheet in ready if sheet.in_doubt]

    def _wait_out(self, sender: StepSender, later: Sequence[UpSheet]) -> None:
        """Wait until every write in doubt is older than the grace time.

        The first request may still land.
        """
        newest = max(
            (at for sheet in later if (at := sender.doubtful(sheet.source_id))), default=None
        )
        if newest is not None:
            remaining = (
                newest + timedelta(seconds=self.instance.grace) - datetime.now(UTC)
            ).total_seconds()
            if remaining > 0:
                self.upward.moment.tools.sleep(min(remaining, self.instance.grace))

    # reading

    def _lists(self, sheets: Sequence[UpSheet]) -> Lists:
        window = window_of(self.upward.moment.now, sheets)
        self.names |= {
            name: value
            for name, value in names_in_scope(self.account.answers, window).items()
            if name in {"window", "now"}
        }
        rows = [
            {
                **sheet.course(),
                "students": [
                    self.links.person(found)
                    for found in sheet.archived.attendance
                    if found.role == "student"
                ],
            }
            for sheet in sheets
        ]
        lists = Lists(
            self.spec,
            self.source,
            self.names,
            self.up.report,
            self.upward.registry.functions,
            given={SHEETS: rows},
            rare=self.upward.rare,
        )
        lists.kept |= self.kept
        lists.statuses |= self.statuses
        return lists

    def _keep(self, lists: Lists) -> None:
        """Keep the lists that are the same for all sheets.

        Types, reasons, periods are read once.
        """
        for name, status in lists.statuses.items():
            if not changes_with_sheets(self.spec, name):
                self.statuses[name] = status
                if name in lists.kept:
                    self.kept[name] = lists.kept[name]

    def _digest(self, attendance: Attendance) -> str:
        return content_digest(attendance, self._reason_of(attendance), self.upward.store.key)

    def _reason_of(self, attendance: Attendance) -> str | None:
        return self._absences()[0].get(attendance.absence_id) if attendance.absence_id else None

    def _absences(self) -> tuple[dict[str, str], dict[str, str]]:
        if self.absences is None:
            self.absences = self.client.absence_reasons()
        return self.absences


_APART = timedelta(days=7)
"""Sheets further apart are read for by themselves: one that was held long ago must not make the ERP
tell of all the days since."""
_READ_TOGETHER = 50
"""How many sheets the ERP is read for at once, at least: what is read before writing stays fresh,
and is not asked for sheet by sheet."""


def window_of(now: datetime, sheets: Sequence[UpSheet]) -> Window:
    """Return the days of some sheets as the window.

    The lists of the way down are read for them.
    """
    today = now.astimezone(PARIS).date()
    days = [sheet.archived.sheet.starts_at.astimezone(PARIS).date() for sheet in sheets] or [today]
    return replace(Window.around(now, days=0, days_back=0), first=min(days), last=max(days))
