"""Which archived sheets of one account go up: changed, with something left, or asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from edusync.app.runs.owners import Sessions
from edusync.app.runs.sheet_links import FIRST_LOOK, OLDEST, TOMORROW, _too_long_ago
from edusync.app.runs.unseen import FEW, MOST, Past, open_sheets, unseen
from edusync.app.runs.wishes import SheetsUp, Wishes
from edusync.engine.outcome import Outcome
from edusync.engine.upward.links import CourseLink, Links
from edusync.engine.upward.triage import Triage
from edusync.errors import LookUpRefused
from edusync.state.uploads import WHOLE, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.app.runs.sheet_lists import SheetLists
    from edusync.engine.outcome import Report
    from edusync.spec.tree import Spec, Writeback
    from edusync.target.client import EdusignClient
    from edusync.target.records import ArchivedSheet, Attendance, Sheet

REMEMBERED = timedelta(days=100)
"""How long what was sent is looked at: older sheets Edusign lists no more."""
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class SheetFinder:
    """Find the archived sheets of one account that go up."""

    spec: Spec
    writeback: Writeback
    client: EdusignClient
    links: Links
    lists: SheetLists
    report: Report
    wishes: Wishes
    digest: Callable[[Attendance], str]

    def find(
        self, uploads: Mapping[str, Upload], now: datetime, since: datetime, past: Past
    ) -> SheetsUp:
        """Return the sheets that go up.

        `uploads` says what was sent, `since` from when changes count, `past` which sheets were
        held lately.
        """
        triage = self._triage(uploads, now)
        sheets_up = SheetsUp(settled=triage.settled)
        days = (now - OLDEST).date(), (now + TOMORROW).date()
        for archived in self.client.archived(*days, updated_since=since):
            self._sort(triage, archived, sheets_up)
        for source_id, edusign_id in self._left(uploads):
            if source_id not in triage.met and edusign_id not in sheets_up.orphans:
                self._look_up(triage, source_id, edusign_id, sheets_up)
        self._look_for_unseen(triage, uploads, past, sheets_up)
        self._tie(triage, uploads, sheets_up)
        ids = {one.source_id: one.erp_id for one in self.links.courses.values()}
        ids |= {sheet.source_id: sheet.erp_id for sheet in sheets_up.sheets}
        met = triage.met | {*ids, *ids.values()}
        sheets_up.known = {name for name in self.wishes.named if name in met}
        return sheets_up

    def find_named(
        self, uploads: Mapping[str, Upload], now: datetime, named: Mapping[str, str]
    ) -> SheetsUp:
        """Return those of some sheets that go up; `named` leads from sessions to Edusign ids."""
        triage = self._triage(uploads, now)
        sheets_up = SheetsUp(settled=triage.settled)
        for source_id, edusign_id in named.items():
            self._look_up(triage, source_id, edusign_id, sheets_up)
            sheets_up.known |= {source_id, self.links.bare(source_id)}
        return sheets_up

    def _triage(self, uploads: Mapping[str, Upload], now: datetime) -> Triage:
        return Triage(
            self.links,
            uploads,
            self.report,
            roles=self.writeback.lines,
            resend=self.wishes.resend,
            entered=self.wishes.entered,
            digest=self.digest,
            now=now,
        )

    def _look_up(
        self, triage: Triage, source_id: str, edusign_id: str, sheets_up: SheetsUp
    ) -> None:
        """Sort one sheet as Edusign holds it now."""
        try:
            archived = self.client.archived_sheet(edusign_id)
        except LookUpRefused as refused:
            self._hold(source_id, edusign_id, refused)
            return
        if archived is None:
            triage.gone(source_id, edusign_id)
        else:
            self._sort(triage, archived, sheets_up)

    def _look_for_unseen(
        self, triage: Triage, uploads: Mapping[str, Upload], past: Past, sheets_up: SheetsUp
    ) -> None:
        """Look up the sheets held lately that nobody has seen archived, nor open.

        The list of changes may miss one while its pages shift, and no later one shows it again.
        """
        known = triage.met | uploads.keys()
        left = unseen(self.links.courses, past, known)
        if len(left) > FEW:
            is_open = open_sheets(self.client, past)
            left = [one for one in left if one.edusign_id not in is_open]
        for one in left[:MOST]:
            try:
                archived = self.client.archived_sheet(one.edusign_id)
            except LookUpRefused as refused:
                self._hold(one.source_id, one.edusign_id, refused)
                continue
            if archived is not None and archived.sheet.locked is not False:
                self._sort(triage, archived, sheets_up)
        if len(left) > MOST:
            sheets_up.looked_up_to = left[MOST - 1].source_id
            detail = f"{len(left) - MOST} sheets"
            self.report.add(Outcome("UP_SHEETS_NOT_LOOKED_AT", "course", detail=detail))

    def name_unlooked(self, known: AbstractSet[str], now: datetime, since: datetime | None) -> None:
        """Name the archived sheets that no run looks at: from before the first, or too long ago.

        `known` holds those that go, and those that went.
        """
        if since is None:
            spans = [((now - OLDEST).date(), (now + TOMORROW).date(), now - 2 * OLDEST)]
            before = now - FIRST_LOOK
        else:
            spans, before = _too_long_ago(since, now), now
        ids = [
            course.erp_id
            for first, last, changed in spans
            for archived in self.client.archived(first, last, updated_since=changed)
            if (course := self._ours(archived.sheet)) is not None
            and course.source_id not in known
            and (archived.sheet.changed_at or before) < before
        ]
        if ids:
            named = ", ".join(ids[:_MOST_NAMED])
            more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
            detail = f"{len(ids)} archived before {before:%Y-%m-%d}: {named}{more}"
            if since is not None:
                detail = f"{len(ids)} of days before {(now - OLDEST):%Y-%m-%d}: {named}{more}"
            self.report.add(Outcome("UP_COURSE_NOT_LOOKED_AT", "course", detail=detail))

    def _is_orphan(self, sheet: Sheet) -> bool:
        """Whether a sheet carries an id of ours, and nobody is known to have brought it."""
        is_own = bool(sheet.source_id) and sheet.source_type == self.spec.connector
        return is_own and not self.links.is_known(sheet.edusign_id)

    def _ours(self, sheet: Sheet) -> CourseLink | None:
        """Return the session that a sheet says it is of, unless another one sends it."""
        if self._is_orphan(sheet):
            return CourseLink(sheet.source_id, self.links.bare(sheet.source_id), {})
        return self.links.course(sheet.edusign_id)

    def _tie(self, triage: Triage, uploads: Mapping[str, Upload], sheets_up: SheetsUp) -> None:
        """Sort the sheets that nobody is known to have brought, once their session is found.

        A store that was lost leaves such sheets, and so does another ERP of the same school.
        """
        linked = {link.source_id for link in self.links.courses.values()}
        claims: dict[str, list[ArchivedSheet]] = {}
        for archived in [*sheets_up.orphans.values(), *self._twins(uploads, sheets_up)]:
            claims.setdefault(archived.sheet.source_id, []).append(archived)
        single: list[ArchivedSheet] = []
        for source_id, sheets in claims.items():
            if len(sheets) == 1 and source_id not in linked:
                single += sheets
            else:
                self._doubled(source_id, sheets, sheets_up, is_linked=source_id in linked)
        sessions = Sessions.read(self.lists, single)
        for archived in single:
            self._settle(archived, sessions, triage, sheets_up)

    def _settle(
        self, archived: ArchivedSheet, sessions: Sessions, triage: Triage, sheets_up: SheetsUp
    ) -> None:
        """Sort a sheet of a session that the ERP has; let it wait while nobody can say so."""
        source_id, edusign_id = archived.sheet.source_id, archived.sheet.edusign_id
        holds = sessions.holds(archived)
        if holds:
            self.links.tie(edusign_id, source_id)
            sheets_up.tied.append(edusign_id)
            self._sort(triage, archived, sheets_up)
        elif holds is None:
            detail = "whether the session of the sheet is one of this ERP"
            code = "UP_COURSE_UNREADABLE"
            self.report.add(Outcome(code, "course", source_id, edusign_id, detail=detail))
            sheets_up.waiting.append(Upload(source_id, edusign_id, "held", {}))
        else:
            self.report.add(Outcome("UP_COURSE_NOT_TIED", "course", source_id, edusign_id))
            if source_id in triage.uploads:
                sheets_up.untied.append(source_id)

    def _doubled(
        self,
        source_id: str,
        sheets: Sequence[ArchivedSheet],
        sheets_up: SheetsUp,
        *,
        is_linked: bool,
    ) -> None:
        """Hold the sheets that carry one id: which of them counts is not guessed.

        One that edusync is known to have brought goes without them.
        """
        code, ids = "UP_COURSE_DOUBLED", [one.sheet.edusign_id for one in sheets]
        for edusign_id in ids:
            self.report.add(Outcome(code, "course", source_id, edusign_id))
        if not is_linked:
            lines = {WHOLE: {"content": "", "status": "held", "code": code, "sheets": ids}}
            sheets_up.waiting.append(Upload(source_id, ids[0], "held", lines))

    def _twins(self, uploads: Mapping[str, Upload], sheets_up: SheetsUp) -> list[ArchivedSheet]:
        """Look up the sheets that carried the id of an orphan in an earlier run, too."""
        ids = [
            edusign_id
            for archived in sheets_up.orphans.values()
            if (known := uploads.get(archived.sheet.source_id)) is not None
            for edusign_id in known.lines.get(WHOLE, {}).get("sheets", ())
            if edusign_id not in sheets_up.orphans
        ]
        looked_up = (self.client.archived_sheet(edusign_id) for edusign_id in dict.fromkeys(ids))
        return [one for one in looked_up if one is not None and self._is_orphan(one.sheet)]

    def _left(self, uploads: Mapping[str, Upload]) -> Iterator[tuple[str, str]]:
        """Yield the sheets of which something is left, and those that a person named."""
        left = {
            upload.source_id: upload.edusign_id
            for upload in uploads.values()
            if upload.status != "sent"
        }
        named = {
            link.source_id: edusign_id
            for edusign_id, link in self.links.courses.items()
            if {link.source_id, link.erp_id} & self.wishes.named
        }
        yield from {**left, **named}.items()

    def _sort(self, triage: Triage, archived: ArchivedSheet, sheets_up: SheetsUp) -> None:
        """Keep a sheet that goes up, once it is known who is on it.

        When Edusign does not say so, the whole sheet waits for the next run: a line less would
        look like somebody whom the ERP does not know.
        """
        if self._is_orphan(archived.sheet):
            sheets_up.orphans[archived.sheet.edusign_id] = archived
            return
        try:
            sheet = triage.sort(archived)
            for attendance in archived.attendance if sheet is not None else ():
                self.links.person(attendance)
        except LookUpRefused as refused:
            self._wait(triage, archived, refused, sheets_up)
            return
        if sheet is not None:
            sheets_up.sheets.append(sheet)

    def _wait(
        self, triage: Triage, archived: ArchivedSheet, refused: LookUpRefused, sheets_up: SheetsUp
    ) -> None:
        """Let a sheet wait for the next run."""
        sheet = archived.sheet
        course = self._ours(sheet)
        if course is None:
            return
        known = triage.uploads.get(course.source_id)
        lines = {} if known is None else known.lines
        sheets_up.waiting.append(Upload(course.source_id, sheet.edusign_id, "partial", lines))
        self._hold(course.source_id, sheet.edusign_id, refused)

    def _hold(self, source_id: str, edusign_id: str, refused: LookUpRefused) -> None:
        outcome = Outcome(refused.code, "course", source_id, edusign_id, detail=refused.message)
        self.report.add(outcome)
