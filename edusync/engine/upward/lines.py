"""From the attendance on a sheet to the line of each person: state, what is looked up, what holds it back, what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.codes import get_code
from edusync.diagnostics import Severity
from edusync.engine.outcome import Outcome
from edusync.engine.upward.sheet import SETTLED, WHOLE, Line, UpSheet, is_of_sheet, line_key
from edusync.model import UNKNOWN
from edusync.spec.formats import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.engine.lists import Lists
    from edusync.engine.outcome import Report
    from edusync.engine.upward.reasons import ReasonFinder
    from edusync.engine.upward.triage import Links
    from edusync.spec.upward import Writeback
    from edusync.target.records import Attendance

_UNKNOWN_PERSON = {
    "student": "UP_STUDENT_UNKNOWN_IN_ERP",
    "professor": "UP_PROFESSOR_UNKNOWN_IN_ERP",
}


class Unsure(Exception):
    """Something that a line needs could not be read."""


class LineMaker:
    """Make the lines of some sheets, over lists that were read for them."""

    def __init__(
        self,
        writeback: Writeback,
        lists: Lists,
        links: Links,
        report: Report,
        digest: Callable[[Attendance], str],
        reason_of: Callable[[Attendance], str | None],
        reasons: ReasonFinder | None,
    ) -> None:
        (
            self.writeback,
            self.lists,
            self.links,
            self.report,
            self.digest,
            self.reason_of,
            self.reasons,
        ) = writeback, lists, links, report, digest, reason_of, reasons
        self.of_sheet = {name: lists.compile(value) for name, value in writeback.sheets.items()}
        self.of_person = {name: lists.compile(value) for name, value in writeback.people.items()}

    def make(self, sheet: UpSheet) -> bool:
        """Put the lines that are to go into a sheet; False, with the event, when the whole sheet has to wait."""
        sheet.lines = []
        row: dict[str, Any] = {"course": sheet.course()}
        names = {**self.lists.names, **row}
        try:
            self._look(self.of_sheet, row, names)
        except Unsure as unsure:
            return self._wait(sheet, "UP_COURSE_UNREADABLE", str(unsure))
        sheet.names = names
        for attendance in sheet.archived.attendance:
            if attendance.role not in self.writeback.lines:
                continue
            person = self.links.person(attendance)
            if person is None:
                self._say(
                    _UNKNOWN_PERSON[attendance.role],
                    sheet,
                    attendance.role,
                    None,
                    detail=f"on Edusign {attendance.edusign_id}",
                )
                continue
            if not self._needed(sheet, line_key(attendance.role, person)):
                continue
            try:
                held = self._line(sheet, attendance, person, row, names)
            except Unsure as unsure:
                return self._wait(sheet, "UP_COURSE_UNREADABLE", str(unsure))
            if held is not None and is_of_sheet(held):
                return self._wait(sheet, held, None)
        sheet.records.pop(WHOLE, None)
        return True

    def _needed(self, sheet: UpSheet, key: str) -> bool:
        return sheet.records.get(key, {}).get("status") not in {"given_up", *SETTLED}

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
        begun = sheet.archived.sheet.starts_at
        row: dict[str, Any] = {
            **sheet_row,
            "person": {"source_id": person, "role": role},
            "state": attendance.states[0],
            "reason": None,
            "attendance": {
                "minutes": attendance.minutes,
                "arrived_at": begun + timedelta(minutes=attendance.minutes),
                "left_at": attendance.left_at,
                "excluded_at": attendance.excluded_at,
                "signed_at": attendance.signed_at,
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
            if (
                found.reason is None
                and self.writeback.reasons is not None
                and self.writeback.reasons.when_unknown == "hold"
            ):
                return self._hold(sheet, key, "UP_REASON_UNKNOWN", attendance)
        self._look(self.of_person, row, names)
        for code, test, place in self.writeback.hold:
            holds = test.run(None, names)
            if holds is UNKNOWN:
                raise Unsure(code)
            if holds:
                if not is_of_sheet(code):
                    self.report.add(
                        Outcome(
                            code, role, person, sheet.edusign_id, field=sheet.source_id, place=place
                        )
                    )
                return self._hold(sheet, key, code, attendance)
        rule = self.writeback.states[state]
        content = {} if rule.skip else self._content(role, state, names)
        sheet.lines.append(
            Line(
                key,
                role,
                person,
                state,
                self.digest(attendance),
                {**names, "line": content},
                content,
                skip=rule.skip,
            )
        )
        return None

    def _content(self, role: str, state: str, names: Mapping[str, Any]) -> dict[str, Any]:
        added = self.writeback.states[state].added
        try:
            content = {
                **self.writeback.lines[role].render(None, names),
                **(added.render(None, names) if added else {}),
            }
        except Unreadable as error:
            raise Unsure(str(error)) from None
        if any(value is UNKNOWN for value in content.values()):
            raise Unsure(next(name for name, value in content.items() if value is UNKNOWN))
        return content

    def _state(
        self, sheet: UpSheet, attendance: Attendance, person: str, names: Mapping[str, Any]
    ) -> str:
        """Return the state that goes up: the strongest that may be sent, else what is sent in its place (U2)."""
        forced = next(
            (state for when, state in self.writeback.override if when.run(None, names)), None
        )
        said = (forced,) if forced else attendance.states
        strong = [state for state in said if state != "present"] or ["present"]
        state = next((state for state in strong if self._may(state, names)), None)
        if state is None:
            state = strong[0]
            while not self._may(state, names):
                state = str(self.writeback.states[state].instead)
        if state != strong[0]:
            optional = self.writeback.states[strong[0]].needs is not None
            self._say(
                "UP_STATUS_OPTION_OFF" if optional else "UP_STATUS_UNSUPPORTED",
                sheet,
                attendance.role,
                person,
                detail=f"{strong[0]} sent as {state}",
            )
        return state

    def _may(self, state: str, names: Mapping[str, Any]) -> bool:
        rule = self.writeback.states[state]
        return rule.instead is None if rule.needs is None else bool(rule.needs.run(None, names))

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

    def _hold(self, sheet: UpSheet, key: str, code: str, attendance: Attendance) -> str:
        if get_code(code).severity is Severity.ERROR:
            sheet.tried(key, "held", code, self.writeback.tries, content=self.digest(attendance))
        else:
            sheet.records[key] = {
                "content": self.digest(attendance),
                "status": "left_out",
                "code": code,
            }
        return code

    def _wait(self, sheet: UpSheet, code: str, detail: str | None) -> bool:
        sheet.lines = []
        if code != "UP_COURSE_UNREADABLE":
            sheet.tried(WHOLE, "held", code, self.writeback.tries)
        self.report.add(Outcome(code, "course", sheet.source_id, sheet.edusign_id, detail=detail))
        return False

    def _say(
        self, code: str, sheet: UpSheet, role: str, person: str | None, *, detail: str | None = None
    ) -> None:
        self.report.add(
            Outcome(code, role, person, sheet.edusign_id, field=sheet.source_id, detail=detail)
        )
