"""From the attendance on a sheet to the line of each person.

State, what is looked up, what holds it back, what it holds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.codes import get_code
from edusync.diagnostics import Severity
from edusync.engine.outcome import Outcome
from edusync.engine.upward.content import line_of
from edusync.engine.upward.people_on import TORN, people_on
from edusync.engine.upward.sheet import HELD, Line, UpSheet, is_of_sheet, line_key, stranger_key
from edusync.engine.upward.states import state_of
from edusync.engine.verdicts import Undecided, holds
from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.id_types import as_it_came, entity_has_numbers
from edusync.spec.watch import show
from edusync.state.uploads import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from edusync.diagnostics import Location
    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.links import Links
    from edusync.engine.upward.reasons import ReasonFinder
    from edusync.model import Unknown
    from edusync.spec.tree import Writeback
    from edusync.target.records import Attendance

_UNKNOWN_PERSON = {
    "student": "UP_STUDENT_UNKNOWN_IN_ERP",
    "professor": "UP_PROFESSOR_UNKNOWN_IN_ERP",
}


class Unsure(Exception):
    """Something that a line needs could not be read."""


class LineMaker:
    """Make the lines of some sheets, over lists that were read for them.

    Sheets that began before `oldest` are held no more, but given up.
    """

    def __init__(
        self,
        writeback: Writeback,
        lists: Lists,
        links: Links,
        report: Report,
        digest: Callable[[Attendance], str],
        reason_of: Callable[[Attendance], str | Unknown | None],
        label_of: Callable[[Attendance], str | Unknown | None],
        reasons: ReasonFinder | None,
        oldest: datetime,
    ) -> None:
        self.writeback, self.lists, self.links, self.report = writeback, lists, links, report
        self.digest, self.reason_of, self.reasons = digest, reason_of, reasons
        self.label_of = label_of
        self.ids: dict[str, Callable[[str], int | str]] = {
            role: as_it_came if entity_has_numbers(lists.spec, role) else str
            for role in ("student", "professor")
        }
        """What makes an id what it is in the ERP: a number, where the spec says so."""
        self.oldest = oldest
        self.replaces = any(step.csv is not None for step in writeback.for_sheet)
        """Whether what is written takes the place of what was written before, so that lines that
        were sent go again with a new one."""
        self.of_sheet = {name: lists.compile(value) for name, value in writeback.sheets.items()}
        self.of_person = {name: lists.compile(value) for name, value in writeback.people.items()}

    def make(self, sheet: UpSheet) -> bool:
        """Put the lines that are to go into a sheet.

        False, with the event, when the whole sheet has to wait. What was held is judged anew.
        """
        held = {key: record for key, record in sheet.records.items() if record["status"] in HELD}
        sheet.records = {key: sheet.records[key] for key in sheet.records if key not in held}
        sheet.lines = []
        detail: str | None = None
        try:
            code = self._lines(sheet)
        except Unsure as unsure:
            code, detail = "UP_COURSE_UNREADABLE", str(unsure)
        if code is not None:
            sheet.records |= held  # nothing new is known about them
        sheet.records.pop(WHOLE, None)
        if code is not None:
            sheet.lines = []
            self._hold(sheet, WHOLE, code, "")
            self._say(code, sheet, detail=detail)
        return code is None

    def _lines(self, sheet: UpSheet) -> str | None:
        """Make the line of each person.

        Return the code that holds the whole sheet, None when it goes.
        """
        if self.links.is_postponed(sheet.source_id) and not sheet.again:
            return "UP_COURSE_POSTPONED"
        row: dict[str, Any] = {"course": sheet.course()}
        names = {**self.lists.names, **row}
        self._look(self.of_sheet, row, names)
        sheet.names = names
        sent: list[tuple[Attendance, str]] = []
        people = people_on(sheet, self.writeback.lines, self.links, self.digest)
        for attendance in people.strangers:
            self._stranger(sheet, attendance)
        for torn in people.torn:
            self._torn(sheet, *torn)
        for attendance, person in people.once:
            status = sheet.records.get(line_key(attendance.role, person), {}).get("status")
            if status == "sent":
                sent.append((attendance, person))
            elif status != "given_up":
                held = self._line(sheet, attendance, person, row, names)
                if held is not None and is_of_sheet(held):
                    return held
        if sheet.lines and self.replaces:
            fresh, sheet.lines = sheet.lines, []
            for attendance, person in sent:
                self._line(sheet, attendance, person, row, names)
            sheet.lines += fresh
        return None

    def _stranger(self, sheet: UpSheet, attendance: Attendance) -> None:
        """Leave out somebody whom no list of the ERP holds, until one does."""
        key, code = stranger_key(attendance), _UNKNOWN_PERSON[attendance.role]
        if key not in sheet.records:
            self._hold(sheet, key, code, self.digest(attendance), "left_out")
            self._say(code, sheet, attendance.role, detail=f"on Edusign {attendance.edusign_id}")

    def _torn(self, sheet: UpSheet, attendance: Attendance, person: str) -> None:
        """Hold somebody who is on a sheet twice, with different attendance."""
        key, code = line_key(attendance.role, person), "UP_STATUS_UNREAD"
        if sheet.records.get(key, {}).get("status") not in {"sent", "given_up"}:
            self._say(code, sheet, attendance.role, person, detail=TORN)
            self._hold(sheet, key, code, self.digest(attendance))

    def _line(
        self,
        sheet: UpSheet,
        attendance: Attendance,
        person: str,
        sheet_row: Mapping[str, Any],
        sheet_names: Mapping[str, Any],
    ) -> str | None:
        """Make one line; return the code that holds it back, None when it goes."""
        key, role = line_key(attendance.role, person), attendance.role
        content = self.digest(attendance)
        if self.links.is_mixed_up(attendance):
            self._say("UP_PERSON_ID_TAKEN", sheet, role, person)
            return self._hold(sheet, key, "UP_PERSON_ID_TAKEN", content)
        if not attendance.states:
            self._say("UP_STATUS_UNREAD", sheet, role, person)
            return self._hold(sheet, key, "UP_STATUS_UNREAD", content)
        begun = sheet.archived.sheet.starts_at
        row: dict[str, Any] = {
            **sheet_row,
            "person": {"source_id": self.ids[role](person), "role": role},
            "state": attendance.states[0],
            "reason": None,
            "attendance": {
                "minutes": attendance.minutes,
                "arrived_at": begun + timedelta(minutes=attendance.minutes),
                "left_at": attendance.left_at,
                "excluded_at": attendance.excluded_at,
                "signed_at": attendance.signed_at,
                "reason": self.label_of(attendance),
                "comment": attendance.comment,
            },
        }
        names = {**sheet_names, **row}
        if attendance.pending:
            self._say("UP_SIGNATURE_PENDING", sheet, role, person)
        state = self._state(sheet, attendance, person, names)
        row["state"] = names["state"] = state
        if state == "absent_justified" and self.reasons is not None:
            found = self.reasons.find(self.reason_of(attendance))
            row["reason"] = names["reason"] = found.reason
            if found.code is not None:
                self._say(
                    found.code,
                    sheet,
                    role,
                    person,
                    detail=None if found.reason is None else f"sent: {found.reason['label']}",
                )
            if self.reasons.holds(found):
                return self._hold(sheet, key, found.code or "UP_REASON_UNKNOWN", content, "held")
        self._look(self.of_person, row, names)
        for drop in self.writeback.hold:
            code = drop.code
            try:
                applies = holds(drop.test, names)
            except Undecided as undecided:
                raise Unsure(f"hold {code}: {undecided}") from None
            if applies and is_of_sheet(code):
                return code
            if applies:
                self._say(code, sheet, role, person, place=drop.place)
                blocks = get_code(code).severity is Severity.ERROR
                return self._hold(sheet, key, code, content, "held" if blocks else "left_out")
        rule = self.writeback.states[state]
        line = {} if rule.skip else self._content(role, state, names)
        sheet.lines.append(
            Line(
                key,
                role,
                person,
                state,
                content,
                {**names, "line": line},
                line,
                skip=rule.skip,
            )
        )
        return None

    def _content(self, role: str, state: str, names: Mapping[str, Any]) -> dict[str, Any]:
        try:
            content = line_of(self.writeback, role, state, names)
        except Unreadable as error:
            raise Unsure(str(error)) from None
        if is_unknown(content):
            raise Unsure(next(name for name, value in content.items() if is_unknown(value)))
        return content

    def _state(
        self, sheet: UpSheet, attendance: Attendance, person: str, names: Mapping[str, Any]
    ) -> str:
        """Return the state that goes up, and say so when it is not the one that Edusign holds."""
        try:
            state, code, detail = state_of(self.writeback, attendance.states, names)
        except Undecided as undecided:
            raise Unsure(f"the state that goes up: {undecided}") from None
        for one in (*attendance.states, state):
            show(names, self.writeback.states[one])
        if code is not None:
            self._say(code, sheet, attendance.role, person, detail=detail)
        return state

    def _look(
        self, makes: Mapping[str, Callable[..., Any]], row: dict[str, Any], names: dict[str, Any]
    ) -> None:
        for name, make in makes.items():
            try:
                found = make(row, names)
            except Unreadable as error:
                raise Unsure(f"{name}: {error}") from None
            if found is UNKNOWN:
                raise Unsure(name)
            row[name] = names[name] = found

    def _hold(self, sheet: UpSheet, key: str, code: str, content: str, status: str = "held") -> str:
        is_old = sheet.archived.sheet.starts_at < self.oldest
        sheet.hold(key, code, "given_up" if is_old else status, content=content)
        return code

    def _say(
        self,
        code: str,
        sheet: UpSheet,
        role: str = "course",
        person: str | None = None,
        *,
        detail: str | None = None,
        place: Location | None = None,
    ) -> None:
        """Note an event about a person of a sheet, or about the sheet.

        Once, though a sheet in doubt is looked at twice.
        """
        whole = role == "course"
        self.report.once(
            Outcome(
                code,
                role,
                sheet.source_id if whole else person,
                sheet.edusign_id,
                field=None if whole else sheet.source_id,
                place=place,
                detail=detail,
            )
        )
