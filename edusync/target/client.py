"""The routes of one Edusign account that edusync uses.

As questions and answers in our own terms.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from edusync.errors import LookUpRefused, TargetError
from edusync.target import wire
from edusync.target.answers import LOOK_UPS, Absences, is_passing
from edusync.target.exchange import Exchange, InDoubt, Rejected, Technical

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from edusync.target.records import ArchivedSheet, GroupRecord, Person, Sheet

_MOST_PAGES = 10_000
_MOST_PROBES = 3
_MOST_UNCLEAR = 10
_UNREADABLE = "run again; when it stays so, ask Edusign whether their interface has changed"

Made = TypeVar("Made")


class _Unclear(Technical):
    """A look-up was answered with what is not known to mean "not there"."""

    def __init__(self, route: str, message: str) -> None:
        super().__init__(message, sent=False)
        self.route = route

    def final(self) -> TargetError:
        """Return what holds the item, and stops the run where nothing can be held."""
        return LookUpRefused(
            "EDU_LOOKUP_REFUSED",
            f"Edusign does not say whether it has what was looked up ({self.route}): {self}",
            "run again later, for Edusign may be out of order; if the words stay, and mean 'not "
            "there', write them into the connector file: `edusign: {not_found: [WORDS]}`",
        )


class EdusignClient:
    """One account of Edusign, API v1.

    A look-up (`find_id`, `person`, `person_by_email`, `group`, `sheet`, `archived_sheet`) returns
    None only when it is known that the item is not there. LookUpRefused, when nobody can tell.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        per_minute: int,
        sleep: Callable[[float], None],
        not_found: Collection[str] = (),
    ) -> None:
        self.exchange = Exchange(base_url, api_key, per_minute=per_minute, sleep=sleep)
        self.absences = Absences(not_found)
        self.probes: dict[str, int] = {}
        self.unclear = 0
        """How many look-ups in a row were not answered clearly."""

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
        return _made(wire.read_school, self._read("school", None), "school")

    def find_id(self, kind: str, source_id: str) -> str | None:
        """Return the Edusign id of what carries our id; the look-up ignores whose id it is.

        Externals have no such look-up.
        """
        if kind == "external":
            return None
        route = f"{wire.PATHS[kind]}/get-id"

        def read(found: Any) -> str:
            edusign_id = wire.record_id(found) if isinstance(found, dict) else ""
            if not edusign_id:
                raise _Unclear(route, "an answer without an id")
            return edusign_id

        return self._find(route, source_id, read)

    def person(self, kind: str, edusign_id: str) -> Person | None:
        """Return a person by Edusign id."""
        return self._by_id(wire.PATHS[kind], edusign_id, wire.read_person, kind)

    def person_by_email(self, kind: str, email: str) -> Person | None:
        """Return a person by e-mail, archived ones too."""
        route = f"{wire.PATHS[kind]}/by-email"

        def read(found: Any) -> Person:
            person = _made(wire.read_person, found, kind)
            if person.email.casefold() != email.casefold():
                raise _Unclear(route, "an answer with another e-mail")
            return person

        return self._find(route, email, read)

    def people(self, kind: str, *, updated_since: datetime) -> Iterator[Person]:
        """Yield the students who changed since an instant of Edusign's clock, or all professors.

        Those have no such filter. Archived people are not among them.
        """
        query = {"updatedAfter": wire.instant(updated_since)} if kind == "student" else {}
        for data in self._pages(wire.PATHS[kind], query, kind):
            yield _made(wire.read_person, data, kind)

    def group(self, edusign_id: str) -> GroupRecord | None:
        """Return a group by Edusign id."""
        return self._by_id("group", edusign_id, wire.read_group, "group")

    def groups(self) -> Iterator[GroupRecord]:
        """Yield every group."""
        for data in self._pages("group", {}, "group"):
            yield _made(wire.read_group, data, "group")

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
            yield _made(wire.read_sheet, data, "sheet")

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
            yield _made(wire.read_archived, data, "sheet")

    def archived_sheet(self, edusign_id: str) -> ArchivedSheet | None:
        """Return one sheet with its attendance."""
        return self._by_id("course", edusign_id, wire.read_archived, "sheet")

    def absence_reason_names(self) -> dict[str, str]:
        """Return the name of each reason of absences, by its id."""
        return dict(
            _made(wire.read_reason, row, "reason of absences")
            for row in self._rows("justified-absence/absence-reason", {})
        )

    def absence_reasons(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the reason of each justified absence, and each reason's name, by their ids."""
        reasons = self.absence_reason_names()
        absences = dict(
            _made(wire.read_absence, row, "absence")
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

    # writing

    def create(self, kind: str, body: Mapping[str, Any]) -> str:
        """Create an item and return its Edusign id."""
        found = self.exchange.write(
            "POST", wire.PATHS[kind] + ("?fromStudents=true" if kind == "course" else ""), body
        )
        edusign_id = wire.created_id(found)
        if not edusign_id:
            raise InDoubt("Edusign confirmed without naming the id")
        return edusign_id

    def update(self, kind: str, body: Mapping[str, Any]) -> None:
        """Change an item."""
        self.exchange.write("PATCH", wire.PATHS[kind], body)

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

    # exchange

    def _by_id(
        self, route: str, edusign_id: str, make: Callable[[Any], Made], what: str
    ) -> Made | None:
        """Return one item by Edusign id; an empty id would list every item (client rule 9)."""
        if not edusign_id:
            return None

        def read(found: Any) -> Made:
            if isinstance(found, dict) and wire.record_id(found) != edusign_id:
                raise _Unclear(route, "an answer with another id")
            try:
                return _made(make, found, what)
            except TargetError as error:  # of one item: the others go on
                raise LookUpRefused(error.code, error.message, error.hint) from None

        return self._find(route, edusign_id, read)

    def _find(self, route: str, key: str, read: Callable[[Any], Made]) -> Made | None:
        """Look one item up; None when it is known not to be there (D8)."""

        def once() -> Made | None:
            try:
                found = self.exchange.once("GET", f"{route}/{quote(key, safe='')}")
            except Rejected as rejected:
                words, shown = rejected.words, str(rejected)
            else:
                if found:
                    return read(found)
                words = shown = ""
            if self._means_absent(route, key, words):
                return None
            raise _Unclear(route, shown or "an empty answer")

        try:
            found = self.exchange.tried_again(once)
        except LookUpRefused as refused:
            self.unclear += 1
            if self.unclear >= _MOST_UNCLEAR:
                raise TargetError("EDU_UNREADABLE", refused.message, refused.hint) from None
            raise
        self.unclear = 0
        return found

    def _means_absent(self, route: str, key: str, message: str) -> bool:
        """Whether an answer means that an item is not there.

        Where its words are not known, the route is asked for what cannot exist.
        """
        if self.absences.are_meant(route, key, message):
            return True
        if (
            is_passing(message, [key])
            or route in self.absences.heard
            or self.probes.get(route, 0) >= _MOST_PROBES
        ):
            return False
        self.probes[route] = self.probes.get(route, 0) + 1
        try:
            found = self.exchange.once("GET", f"{route}/{quote(LOOK_UPS[route].nobody)}")
        except Rejected as rejected:
            self.absences.learn(route, rejected.words)
        else:
            if found:
                raise _Unclear(route, "it finds what cannot exist")
        return self.absences.are_meant(route, key, message)

    def _read(self, path: str, query: Mapping[str, str] | None) -> Any:
        """Read what has to be there."""
        try:
            return self.exchange.read(path, query)
        except Rejected as rejected:
            raise TargetError(
                "EDU_UNREADABLE", f"Edusign does not show '{path}': {rejected}", _UNREADABLE
            ) from None

    def _rows(self, path: str, query: Mapping[str, str]) -> list[Any]:
        rows = self._read(path, query or None)
        if not isinstance(rows, list):
            raise TargetError(
                "EDU_UNREADABLE", f"Edusign did not answer '{path}' with a list", _UNREADABLE
            )
        return rows

    def _pages(self, path: str, query: Mapping[str, str], what: str) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a list, each once.

        The size of a page is not promised: one that is empty, or brings nothing new, is the end.
        """
        met: set[str] = set()
        for page in range(_MOST_PAGES):
            rows = self._rows(path, {**query, "page": str(page)})
            fresh = [row for row in rows if _made(wire.needed_id, row, what) not in met]
            if not fresh:
                return
            yield from fresh
            met.update(map(wire.record_id, fresh))
        raise TargetError("EDU_UNREADABLE", f"Edusign's list '{path}' does not end", _UNREADABLE)

    def _since(self, moment: datetime) -> str:
        """Return a span of changes that is open at its end."""
        until = max(moment, self.answered_at) + timedelta(days=1)
        return f"{wire.instant(moment)},{wire.instant(until)}"


def _nobody(_found: Any) -> None:
    """Take no notice of what an answer holds."""


def _made(make: Callable[[Any], Made], data: Any, what: str) -> Made:
    """Return what an answer says; TargetError when it says nothing of the kind."""
    try:
        return make(data)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise TargetError(
            "EDU_UNREADABLE", f"Edusign answered with what is no {what}", _UNREADABLE
        ) from None
