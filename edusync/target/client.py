"""The routes of one Edusign account that edusync uses, as questions and answers in our terms."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from edusync.errors import LookUpRefused
from edusync.target import attendance, shown, wire
from edusync.target.answers import LOOK_UPS, plain_words
from edusync.target.failures import InDoubt, Rejected
from edusync.target.reader import Reader, Unclear, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from edusync.target.batches import Batches
    from edusync.target.records import ArchivedSheet, GroupRecord, Person, Sheet


class EdusignClient(Reader):
    """One account of Edusign, API v1.

    A look-up (`find_id`, `person`, `person_by_email`, `group`, `sheet`, `archived_sheet`) returns
    None only when it is known that the item is not there. LookUpRefused, when nobody can tell.
    """

    batches: Batches | None = None
    """What creates many items in one request, on an account that has v3."""

    def close(self) -> None:
        """Let go of the connections."""
        self.exchange.close()

    @property
    def answered_at(self) -> datetime:
        """When Edusign gave its last answer, by its own clock."""
        return self.exchange.answered_at or datetime.now(UTC)

    def know(self, names: Callable[[], Iterable[object]]) -> None:
        """Keep the names of people out of what is kept of Edusign's words."""
        self.exchange.know(names)

    # reading

    def school(self) -> Mapping[str, Any]:
        """Return the school; the cheapest check of a key."""
        return parsed(wire.read_school, self._read("school", None), "school")

    def find_id(self, kind: str, source_id: str) -> str | None:
        """Return the Edusign id of what carries our id; the look-up ignores whose id it is.

        Externals have no such look-up.
        """
        if kind == "external":
            return None
        route = f"{wire.PATHS[kind]}/get-id"

        def read(data: Any) -> str:
            edusign_id = wire.record_id(data) if isinstance(data, dict) else ""
            if not edusign_id:
                raise Unclear(route, "an answer without an id")
            return edusign_id

        return self._find(route, source_id, read)

    def person(self, kind: str, edusign_id: str) -> Person | None:
        """Return a person by Edusign id."""
        return self._by_id(wire.PATHS[kind], edusign_id, wire.read_person, kind)

    def person_by_email(self, kind: str, email: str) -> Person | None:
        """Return a person by e-mail, archived ones too."""
        route = f"{wire.PATHS[kind]}/by-email"

        def read(data: Any) -> Person:
            person = parsed(wire.read_person, data, kind)
            if person.email.casefold() != email.casefold():
                raise Unclear(route, "an answer with another e-mail")
            return person

        return self._find(route, email, read)

    def people(self, kind: str, *, updated_since: datetime | None = None) -> Iterator[Person]:
        """Yield the students who changed since an instant of Edusign's clock, or everybody.

        Professors have no such filter; archived people are not among them.
        """
        since = updated_since if kind == "student" else None
        query = {} if since is None else {"updatedAfter": wire.instant(since)}
        for data in self._pages(wire.PATHS[kind], query, kind):
            yield parsed(wire.read_person, data, kind)

    def group(self, edusign_id: str) -> GroupRecord | None:
        """Return a group by Edusign id."""
        return self._by_id("group", edusign_id, wire.read_group, "group")

    def groups(self) -> Iterator[GroupRecord]:
        """Yield every group."""
        for data in self._pages("group", {}, "group"):
            yield parsed(wire.read_group, data, "group")

    def sheet(self, edusign_id: str) -> Sheet | None:
        """Return a sheet by Edusign id."""
        return self._by_id("course", edusign_id, wire.read_sheet, "sheet")

    def sheets(
        self,
        first: date,
        last: date,
        *,
        updated_since: datetime | None = None,
        only_open: bool = False,
    ) -> Iterator[Sheet]:
        """Yield the sheets of some days, or those that changed since an instant of Edusign's clock.

        With `only_open` those that are not archived. Spans over 90 days are refused.
        """
        query = {"start": first.isoformat(), "end": last.isoformat()}
        if only_open:
            query["filters"] = "unlocked"
        if updated_since is not None:
            query["dateUpdated"] = self._since(updated_since)
        for data in self._pages("course", query, "sheet"):
            yield parsed(wire.read_sheet, data, "sheet")

    def every_sheet(self) -> Iterator[Sheet]:
        """Yield the sheets of all days."""
        for data in self._pages("course", {}, "sheet"):
            yield parsed(wire.read_sheet, data, "sheet")

    def classrooms(self) -> dict[str, str]:
        """Return the id of each classroom by its name; of a name that two have, none."""
        rooms = [
            parsed(wire.read_classroom, row, "classroom") for row in self._rows("classrooms", {})
        ]
        names = Counter(name for name, _ in rooms)
        return {name: room for name, room in rooms if names[name] == 1}

    # attendance

    def archived(
        self, first: date, last: date, *, updated_since: datetime
    ) -> Iterator[ArchivedSheet]:
        """Yield the locked sheets of some days that changed since an instant of Edusign's clock.

        They come with their attendance.
        """
        query = {
            "start": first.isoformat(),
            "end": last.isoformat(),
            "filters": "locked",
            "dateUpdated": self._since(updated_since),
        }
        for data in self._pages("course", query, "sheet"):
            yield parsed(attendance.read_archived, data, "sheet")

    def archived_sheet(self, edusign_id: str) -> ArchivedSheet | None:
        """Return one sheet with its attendance."""
        return self._by_id("course", edusign_id, attendance.read_archived, "sheet")

    def absence_reason_names(self) -> dict[str, str]:
        """Return the name of each reason of absences, by its id."""
        return dict(
            parsed(attendance.read_reason, row, "reason of absences")
            for row in self._rows("justified-absence/absence-reason", {})
        )

    def absence_reasons(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the reason of each justified absence, and each reason's name, by their ids."""
        reasons = self.absence_reason_names()
        absences = dict(
            parsed(attendance.read_absence, row, "absence")
            for row in self._pages("justified-absence", {}, "absence")
        )
        return absences, reasons

    def unclear_look_ups(self) -> dict[str, str]:
        """Look up what cannot exist on every route; return what is not known to mean "not there".

        Routes and Edusign's words.
        """
        unclear: dict[str, str] = {}
        self.know(lambda: ())  # nobody is asked for, so nobody is named
        for route, look_up in LOOK_UPS.items():
            try:
                self._find(route, look_up.nobody, _nobody)
            except LookUpRefused as refused:
                unclear[route] = refused.message
            self.unclear = 0
        return unclear

    def words_for_nobody(self, route: str) -> str:
        """Return what a look-up says of what cannot exist, in small letters and without its id.

        LookUpRefused when it finds what cannot exist, or speaks of a state that passes.
        """
        nobody = LOOK_UPS[route].nobody
        try:
            found = self.exchange.read(f"{route}/{quote(nobody, safe='')}")
        except Rejected as rejected:
            return plain_words(rejected.words, nobody)
        if found:
            raise LookUpRefused("EDU_LOOKUP_REFUSED", "it finds what cannot exist")
        return ""

    def page_size(self, path: str, query: Mapping[str, str]) -> int | None:
        """Return how many rows a page of a list has; None when it has one page at most."""
        first, second = (self._rows(path, {**query, "page": page}) for page in ("0", "1"))
        return len(first) if second and second != first else None

    def answers_in_utc(self, query: Mapping[str, str]) -> bool | None:
        """Whether instants of sheets come with a Z; None without a sheet."""
        rows = self._rows("course", {**query, "page": "0"})
        return None if not rows else all(map(wire.is_in_utc, rows))

    def refuses(self, path: str, query: Mapping[str, str]) -> bool:
        """Whether a list is refused when it is asked for so."""
        try:
            self.exchange.read(path, {**query, "page": "0"})
        except Rejected:
            return True
        return False

    def lists_archived(self) -> bool | None:
        """Whether an archived student stands in the list; None without a student."""
        rows = self._rows("student", {"page": "0"})
        return any(wire.read_person(row).archived for row in rows) if rows else None

    # writing

    def create(self, kind: str, body: Mapping[str, Any]) -> str:
        """Create an item and return its Edusign id."""
        data = self.exchange.write(
            "POST", wire.PATHS[kind] + ("?fromStudents=true" if kind == "course" else ""), body
        )
        edusign_id = shown.created_id(data, body)
        if not edusign_id:
            raise InDoubt("Edusign confirmed without naming the id of the item")
        return edusign_id

    def update(self, kind: str, body: Mapping[str, Any]) -> None:
        """Change an item."""
        if shown.is_change_of_another(self.exchange.write("PATCH", wire.PATHS[kind], body), body):
            raise InDoubt("Edusign answered with another item")

    def delete_sheet(self, edusign_id: str) -> None:
        """Delete a sheet."""
        self.exchange.write("DELETE", f"course/{quote(edusign_id, safe='')}", None)

    def add_student(self, sheet_id: str, student_id: str) -> None:
        """Put one student on a sheet; being there already is fine."""
        try:
            self.exchange.write(
                "PUT", f"course/attendance/{quote(sheet_id, safe='')}", {"studentId": student_id}
            )
        except Rejected as rejected:
            if "already in the list" not in rejected.words:
                raise

    def remove_student(self, sheet_id: str, student_id: str) -> None:
        """Take one student off a sheet."""
        self.exchange.write(
            "DELETE", f"course/attendance/{quote(sheet_id, safe='')}", {"studentId": student_id}
        )

    def restore(self, kind: str, edusign_id: str) -> None:
        """Bring an archived person back; a GET that writes, so it is never repeated blindly."""
        self.exchange.write("GET", f"{wire.PATHS[kind]}/restore/{quote(edusign_id, safe='')}", None)

    def note_delay(self, sheet_id: str, student_id: str, minutes: int) -> None:
        """Note on a sheet that a student was late."""
        sheet, student = quote(sheet_id, safe=""), quote(student_id, safe="")
        path = f"presential-states/set-delay/{sheet}/{student}"
        self.exchange.write("PATCH", path, wire.delay_body(minutes))

    def archive_sheet(self, sheet_id: str) -> None:
        """Archive a sheet; a GET that writes."""
        self.exchange.write("GET", f"course/lock/{quote(sheet_id, safe='')}", None)

    def reopen_sheet(self, sheet_id: str) -> None:
        """Take a sheet out of the archive."""
        self.exchange.write("PATCH", f"course/unlock/{quote(sheet_id, safe='')}", None)

    def archive_person(self, kind: str, edusign_id: str) -> None:
        """Archive a person; Edusign deletes nobody."""
        self.exchange.write("DELETE", f"{wire.PATHS[kind]}/{quote(edusign_id, safe='')}", None)

    def _since(self, moment: datetime) -> str:
        """Return a span of changes that is open at its end."""
        until = max(moment, self.answered_at) + timedelta(days=1)
        return f"{wire.instant(moment)},{wire.instant(until)}"


def _nobody(_found: Any) -> None:
    """Take no notice of what an answer holds."""
