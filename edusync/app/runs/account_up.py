"""The way up of one account: find the sheets, read the ERP for them, send what is to go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edusync.app.runs.sheet_links import OLDEST
from edusync.app.runs.sheet_lists import SheetLists, read_together
from edusync.app.runs.sides import open_target
from edusync.engine.lanes import Lanes
from edusync.engine.outcome import Outcome, Report
from edusync.engine.upward.apart import ApartSource, at_once, people_on
from edusync.engine.upward.heard import Refusals
from edusync.engine.upward.lines import LineMaker
from edusync.engine.upward.reasons import ReasonFinder
from edusync.engine.upward.rehearsal import Would, rehearse
from edusync.engine.upward.step_reads import StepReads
from edusync.engine.upward.steps import StepSender
from edusync.engine.upward.writer import SheetsWriter
from edusync.errors import TargetError
from edusync.spec.needs import mentioned
from edusync.spec.watch import WATCH
from edusync.state.uploads import Upload
from edusync.transport.judging import Forbidden

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import ExitStack
    from datetime import date, datetime

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.attendance_digest import AttendanceDigest
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.wishes import SheetsUp
    from edusync.engine.grace import Grace
    from edusync.engine.read.lists import Lists
    from edusync.engine.read.source import AnySource
    from edusync.engine.upward.links import Links
    from edusync.engine.upward.sheet import UpSheet
    from edusync.spec.tree import Writeback
    from edusync.state.uploads import Uploads
    from edusync.target.client import EdusignClient


_MOST_ROUNDS = 2
"""How often a sheet is sent again in one run, because the ERP moved on."""


@dataclass(slots=True)
class AccountUp:
    """What became of one account whose attendance goes up."""

    name: str
    report: Report
    sheets: list[UpSheet] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    """What would go up, for a plan: ids, states, and what a line holds."""
    would: list[Would] = field(default_factory=list)
    """What would be sent, for a plan, in its order."""
    client: EdusignClient | None = None
    """Edusign, once the account was looked at."""
    since: datetime | None = None
    """From when on changes on Edusign are looked at."""
    looked_up_to: str = ""
    """The last sheet that was looked up, when there were too many for one run."""
    rows_on: Mapping[str, set[date]] = field(default_factory=dict)
    """The last days of which each list of the ERP is known to have rows."""


class PeopleNames:
    """The names of the people on the sheets of an account, asked of Edusign once each."""

    def __init__(self, client: EdusignClient, up: AccountUp) -> None:
        self.client, self.up = client, up
        self.known: dict[tuple[str, str], tuple[str, str] | None] = {}

    def on_sheet(self, source_id: str) -> list[str] | None:
        """Return the names of everybody on a sheet, None when Edusign does not say one's."""
        names: list[str] = []
        for sheet in self.up.sheets:
            for attendance in sheet.archived.attendance if sheet.source_id == source_id else ():
                found = self._of(attendance.role, attendance.edusign_id)
                if found is None:
                    return None
                names += found
        return names

    def _of(self, role: str, edusign_id: str) -> tuple[str, str] | None:
        key = (role, edusign_id)
        if key not in self.known:
            try:
                person = self.client.person(role, edusign_id)
            except TargetError:
                return None
            self.known[key] = (person.last_name, person.first_name) if person else ("", "")
        return self.known[key]


@dataclass(slots=True)
class AccountRun:
    """The way up of one account, once both sides are open and the sheets are found."""

    instance: Instance
    writeback: Writeback
    moment: Moment
    up: AccountUp
    source: AnySource
    lists: SheetLists
    links: Links
    uploads: Uploads
    digest: AttendanceDigest
    sheets_up: SheetsUp
    people: PeopleNames
    resend: frozenset[str]
    stack: ExitStack
    grace: Grace
    lanes: Lanes = field(init=False)

    def plan(self) -> None:
        """Note what would go up."""
        target = self.stack.enter_context(
            open_target(self.instance.spec, self.source, self.lists.names, self.moment.tools)
        )
        for sheets in read_together(self.up.sheets, self.writeback.at_once):
            lists, ready = self.prepare(sheets)
            self.up.would += rehearse(self.instance.spec, target, lists, ready)
            self.up.lines += [
                {
                    "course": sheet.source_id,
                    "edusign_id": sheet.edusign_id,
                    "role": line.role,
                    "source_id": line.source_id,
                    "state": line.state,
                    "content": line.content,
                }
                for sheet in ready
                for line in sheet.lines
            ]

    def prepare(self, sheets: Sequence[UpSheet]) -> tuple[Lists, list[UpSheet]]:
        """Read the ERP for some sheets and make their lines.

        Returns the lists that were read, and the sheets that can go.
        """
        lists = self.lists.opened(sheets, self.links)
        lists.names = lists.scope(mentioned(self.writeback))
        reasons: ReasonFinder | None = None
        if self.writeback.reasons:
            labels = self.digest.reasons[1]
            reasons = ReasonFinder(self.writeback.reasons, lists, self.instance.reasons, labels)
        maker = LineMaker(
            self.writeback,
            lists,
            self.links,
            self.up.report,
            self.digest,
            self.digest.reason_of,
            self.digest.label_of,
            reasons,
            self.moment.now - OLDEST,
        )
        ready = [sheet for sheet in sheets if maker.make(sheet)]
        self.lists.keep(lists)
        return lists, ready

    # sending

    def write(self) -> None:
        """Send what is to go; sheets with a write in doubt come last, after the grace time (U5)."""
        target = self.stack.enter_context(
            open_target(self.instance.spec, self.source, self.lists.names, self.moment.tools)
        )
        self._save_before()
        many = at_once(self.writeback, target, self.moment.tools)
        self.lanes = Lanes(many, self.up.report)
        source = target if many == 1 else ApartSource(target, self.lanes)
        lists = self.lists
        watching = lists.spec, lists.rare, self.up.report, lists.names.get(WATCH)
        sender = StepSender(
            self.uploads, source, self.people.on_sheet, Refusals(*watching), StepReads(*watching)
        )
        for sheet in self.up.sheets:
            sheet.begun = sender.has_begun(sheet.source_id)
        later = [sheet for sheet in self.up.sheets if sender.doubtful(sheet.source_id)]
        going = [sheet for sheet in self.up.sheets if sheet not in later]
        try:
            for left in range(_MOST_ROUNDS, -1, -1):
                sent = going
                for sheets in read_together(sent, self.writeback.at_once):
                    later += self._send(sender, sheets, final=False, reads_again=left > 0)
                going = [sheet for sheet in sent if sheet.read_again]
                if not going:
                    break
                self.lists.forget()
            if later:
                self._wait_out(sender, later)
                for sheets in read_together(later, self.writeback.at_once):
                    self._send(sender, sheets, final=True)
        except Forbidden as forbidden:
            self.up.report.add(Outcome("UP_NO_WRITE_PERMISSION", detail=forbidden.message))

    def _save_before(self) -> None:
        """Store which sheets are to go, before anything is sent.

        Whatever stops this run, none of them is missed by the next one, which looks at later
        changes only.
        """
        for source_id in self.sheets_up.untied:
            self.uploads.forget(source_id)
        for upload in self.sheets_up.settled:
            self.uploads.save([upload], keep=() if upload.status == "sent" else None)
        going: list[Upload] = []
        for sheet in self.up.sheets:
            upload = Upload(sheet.source_id, sheet.edusign_id, "partial", sheet.records)
            if {sheet.source_id, sheet.erp_id} & self.resend:
                self.uploads.save([upload], keep=())
            else:
                going.append(upload)
        self.uploads.save([*self.sheets_up.waiting, *going])

    def _send(
        self,
        sender: StepSender,
        sheets: Sequence[UpSheet],
        *,
        final: bool,
        reads_again: bool = False,
    ) -> list[UpSheet]:
        """Send some sheets; return those of which a write came into doubt.

        With `reads_again` a sheet is left for another round when the ERP moved on.
        """
        for sheet in sheets:
            sheet.in_doubt = sheet.read_again = False
        sender.note_standing()
        lists, ready = self.prepare(sheets)
        waiting = [
            Upload(sheet.source_id, sheet.edusign_id, sheet.status(), sheet.records)
            for sheet in sheets
            if sheet not in ready
        ]
        if waiting:
            self.uploads.save(waiting)
        report = self.up.report
        writer = SheetsWriter(
            self.writeback,
            sender,
            lists,
            report,
            final=final,
            reads_again=reads_again,
            hear=self.lanes.hear,
        )
        size = self.writeback.at_once
        together = [ready[start : start + size] for start in range(0, len(ready), size)]
        self.lanes.run(together, writer.write, people_on)
        self.lists.note_rows(writer.endings.to_be_read, writer.endings.taken_away.values())
        for sheet in ready:
            sheet.was_in_doubt |= sheet.in_doubt
        doubts = [sheet for sheet in ready if sheet.in_doubt]
        if doubts:
            self.grace.begin_anew()
        return doubts

    def _wait_out(self, sender: StepSender, later: Sequence[UpSheet]) -> None:
        """Wait until no write in doubt can land any more."""
        intended = [at for sheet in later if (at := sender.doubtful(sheet.source_id))]
        self.grace.wait_out(intended, self.uploads.store.now())
