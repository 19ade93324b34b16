"""Hold the attendance of a sheet against what the ERP says of it, with what explains a difference.

Without a way to read the ERP, what the store says was sent stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from edusync.engine.upward.sheet import line_key, stranger_key
from edusync.model import UNKNOWN
from edusync.model.ids import folded
from edusync.state.uploads import OF_ANOTHER, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from edusync.engine.upward.links import Links
    from edusync.engine.upward.read_back import ReadBack
    from edusync.engine.upward.reasons import ReasonFinder
    from edusync.engine.upward.sheet import Line, UpSheet
    from edusync.model import Unknown
    from edusync.state.uploads import Upload
    from edusync.target.records import Attendance, Sheet

_DETAILS: Mapping[str, Literal["arrived_at", "left_at", "reason"]] = {
    "late": "arrived_at",
    "early_departure": "left_at",
    "absent_justified": "reason",
}
"""What goes up beside a state, by the names of the entity `attendance`."""
Verdict = Literal["equal", "different", "missing", "only_there", "unread"]
"""What comes of one person: `missing` in the ERP, `only_there` in it alone.

`unread` is said where one of both could not be read.
"""


class Detail(NamedTuple):
    """Something beside the state that both sides say of somebody, and that differs.

    Moments are in ISO 8601, reasons by their label in the ERP.
    """

    name: Literal["arrived_at", "left_at", "reason"]
    on_edusign: str
    in_erp: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """One person on one sheet. `code` explains what is not equal; the states are ours."""

    verdict: Verdict
    role: str
    source_id: str | None
    edusign_id: str | None
    on_edusign: str | None
    in_erp: str | None
    code: str | None = None
    detail: Detail | None = None
    """What differs where the states are the same."""


@dataclass(slots=True)
class HeldSheet:
    """One sheet, or one class that the ERP alone has; `code` says why it was not compared."""

    source_id: str | None
    edusign_id: str | None
    name: str | None
    starts_at: datetime | None
    people: list[Held] = field(default_factory=list)
    code: str | None = None

    @classmethod
    def of(cls, sheet: Sheet, source_id: str | None, code: str | None = None) -> HeldSheet:
        """Return a sheet without anybody."""
        return cls(source_id, sheet.edusign_id, sheet.name, sheet.starts_at, code=code)


@dataclass(slots=True)
class Holder:
    """Hold the sheets of one account against the ERP.

    `back` is what was read of the ERP, None where no word of the spec reads attendance.
    """

    links: Links
    uploads: Mapping[str, Upload]
    digest: Callable[[Attendance], str]
    roles: Collection[str]
    back: ReadBack | None
    reasons: ReasonFinder | None = None
    is_off: bool = False
    """Whether an option keeps attendance from going up."""

    def hold(self, sheet: UpSheet) -> HeldSheet:
        """Return everybody on an archived sheet, whose lines were made."""
        found = HeldSheet.of(sheet.archived.sheet, sheet.source_id)
        lines = {line.key: line for line in sheet.lines}
        for attendance in sheet.archived.attendance:
            if attendance.role in self.roles:
                found.people.append(self._one(sheet, attendance, lines))
        return found

    def open(self, sheet: UpSheet) -> HeldSheet:
        """Return who has attendance in the ERP already on a sheet that is not archived."""
        found = HeldSheet.of(sheet.archived.sheet, sheet.source_id, "UP_COURSE_NOT_ARCHIVED")
        for edusign_id in sheet.archived.sheet.students if self.back else ():
            person = self.links.people.get(("student", edusign_id))
            person = None if person is None else self.links.bare(person)
            state_in_erp = self._state_in_erp(sheet, person, implied=False)
            if isinstance(state_in_erp, str):
                code = "UP_COURSE_NOT_ARCHIVED"
                found.people.append(
                    Held("only_there", "student", person, edusign_id, None, state_in_erp, code)
                )
        return found

    def _one(self, sheet: UpSheet, attendance: Attendance, lines: Mapping[str, Line]) -> Held:
        person = self.links.person(attendance)
        key = stranger_key(attendance) if person is None else line_key(attendance.role, person)
        line = lines.get(key)
        wanted = line.state if line is not None else next(iter(attendance.states), None)
        who = attendance.role, person, attendance.edusign_id
        code = self._why(sheet, key, attendance)
        if self.back is None or attendance.role != "student":
            return self._against_store(sheet, key, who, wanted, code)
        state_in_erp = self._state_in_erp(sheet, person)
        if wanted is None or state_in_erp is UNKNOWN:
            return Held("unread", *who, wanted, None, code if wanted is None else "UP_NOT_READ")
        erp_state = str(state_in_erp) if state_in_erp is not None else None
        if erp_state == wanted:
            detail = None if line is None else self._detail(sheet, line)
            if detail is UNKNOWN:
                return Held("unread", *who, wanted, erp_state, "UP_NOT_READ")
            if isinstance(detail, Detail):
                return Held("different", *who, wanted, erp_state, code, detail)
            return Held("equal", *who, wanted, erp_state)
        return Held("missing" if erp_state is None else "different", *who, wanted, erp_state, code)

    def _detail(self, sheet: UpSheet, line: Line) -> Detail | Unknown | None:
        """Return what differs beside the state, UNKNOWN where the ERP's word is unreadable.

        Compared is what goes up with the state: when who is late arrived, when who left did so, and
        the reason of an absence. A reason that does not go up is none to compare.
        """
        name = _DETAILS.get(line.state)
        if name is None or self.back is None or name not in self.back.entity.fields:
            return None
        wanted: Any = line.names["reason" if name == "reason" else "attendance"]
        wanted = wanted if name == "reason" else wanted[name]
        if wanted is None:
            return None
        erp_value = self.back.detail_of(sheet, line.source_id, name)
        if name == "reason" and erp_value is not UNKNOWN:
            return self._other_reason(wanted, erp_value)
        if erp_value is not None and not isinstance(erp_value, datetime):
            return UNKNOWN
        if erp_value is not None and _minute(erp_value) == _minute(wanted):
            return None
        return Detail(
            name, wanted.isoformat(), None if erp_value is None else erp_value.isoformat()
        )

    def _other_reason(self, wanted: Mapping[str, Any], erp_value: object) -> Detail | None:
        """Return that the ERP has another reason than the one that goes up."""
        text = "" if erp_value is None else str(erp_value)
        known = self.reasons.known.get(folded(text)) if self.reasons is not None else None
        if known is not None and known["id"] == wanted["id"]:
            return None
        label = text if known is None else str(known["label"])
        return Detail("reason", str(wanted["label"]), label or None)

    def _against_store(
        self,
        sheet: UpSheet,
        key: str,
        who: tuple[str, str | None, str],
        wanted: str | None,
        code: str,
    ) -> Held:
        """Hold somebody against what the store says was sent of them."""
        record = self._record(sheet, key)
        if record.get("status") != "sent":
            return Held("missing", *who, wanted, None, code)
        if code == "UP_CHANGED_IN_ERP":  # as it was sent, and nobody can look
            return Held("equal", *who, wanted, wanted)
        return Held("different", *who, wanted, None, code)

    def _state_in_erp(
        self, sheet: UpSheet, person: str | None, *, implied: bool = True
    ) -> str | Unknown | None:
        """Return what the ERP holds of somebody; without `implied`, what a row of it says."""
        if self.back is None or person is None:
            return None
        has_row = any(kept.is_of(sheet) for kept in self.back.by_student.get(person, ()))
        return self.back.state_of(sheet, person) if implied or has_row else None

    def _record(self, sheet: UpSheet, key: str) -> Mapping[str, Any]:
        upload = self.uploads.get(sheet.source_id)
        return {} if upload is None else upload.lines.get(key, {})

    def _why(self, sheet: UpSheet, key: str, attendance: Attendance) -> str:
        """Return the code that explains why the ERP may say something else of somebody."""
        upload, record = self.uploads.get(sheet.source_id), self._record(sheet, key)
        status = record.get("status")
        if record.get(OF_ANOTHER):
            return "UP_SENT_FOR_ANOTHER"
        if status == "doubt":
            return "UP_IN_DOUBT"
        if status is not None and status != "sent":
            return str(record.get("code") or "UP_NOT_SENT_YET")
        if status == "sent":
            now = self.digest(attendance)
            is_same = not now or now == record["content"]
            return "UP_CHANGED_IN_ERP" if is_same else "UP_COURSE_CHANGED_AFTER_SEND"
        for held in (upload.lines.get(WHOLE) if upload else None, *self._now(sheet, key)):
            if held is not None and held.get("code"):
                return str(held["code"])
        if self.is_off:
            return "UP_OFF"
        is_new = upload is not None and any(
            one["status"] == "sent" for one in upload.lines.values()
        )
        return "UP_COURSE_CHANGED_AFTER_SEND" if is_new else "UP_NOT_SENT_YET"

    def _now(self, sheet: UpSheet, key: str) -> tuple[Mapping[str, Any] | None, ...]:
        """Return what would hold a line back now."""
        return sheet.records.get(WHOLE), sheet.records.get(key)


def _minute(at: datetime) -> datetime:
    """Return a moment without its seconds, which no ERP holds."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)
