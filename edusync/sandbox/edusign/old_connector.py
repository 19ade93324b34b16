"""A connector of before: it brought the planning of the same ERP, under an `API_TYPE` of its own.

What the ERP has, it is told as the state of another sandbox into which somebody brought it down.
Some of its ids are those of the ERP, some are its own. It looks things up as connectors do, by id
and then by e-mail, whoever else made them, and goes on writing each time that it is told to.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

from edusync.sandbox.edusign.book import parse, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.sandbox.edusign.courses import Courses

    Record = dict[str, Any]
    State = Mapping[str, Sequence[Record]]

_PEOPLE = ("professors", "externals", "students")
_COMPARED = ("NAME", "START", "END", "CLASSROOM", "DESCRIPTION")
_WEEK = timedelta(days=7)


class OldConnector:
    """One connector of before, writing into the school of a book."""

    def __init__(self, courses: Courses, name: str) -> None:
        self.courses, self.book, self.name = courses, courses.book, name
        self.ids: dict[str, str] = {}
        """Ids of the state that it was told, each with that of the record here."""

    def seed(self, wanted: State) -> int:
        """Bring everything down as years of use left it; return how many records it wrote.

        With it come classes of last week, signed and archived but for one; a coming sheet that
        somebody signed; a student made by hand, and another whom the ERP does not have; and a sheet
        to come of which the ERP knows nothing.
        """
        count = self.bring(wanted, by_hand=1)
        coming = sorted(self._own("courses"), key=lambda row: (row["START"], row["API_ID"]))
        for number, row in enumerate(coming):
            self._past(row, archive=number > 0)
        if len(coming) > 1 and coming[-1]["STUDENTS"]:
            self.courses.sign(coming[-1], coming[-1]["STUDENTS"][0]["studentId"])
        if coming:
            self._left_over(coming[0])
        stranger = {"LASTNAME": "INCONNUE", "FIRSTNAME": "Zoé", "EMAIL": "zoe@ecole.test"}
        self._add("students", {**stranger, "HIDDEN": 0, "TAGS": [], "GROUPS": []}, by_hand=True)
        return count + len(coming) + 1

    def bring(self, wanted: State, *, by_hand: int = 0) -> int:
        """Write what differs from the ERP, as in a slot; return how many records it wrote.

        The last `by_hand` students are as if somebody had made them in the browser.
        """
        written = 0
        for kind in _PEOPLE:
            rows = sorted(wanted[kind], key=lambda row: str(row["API_ID"]))
            hands = {row["ID"] for row in rows[len(rows) - by_hand :]} if kind == "students" else ()
            for row in rows:
                written += self._person(kind, row, by_hand=row["ID"] in hands)
        for row in wanted["groups"]:
            written += self._group(row)
        for row in wanted["courses"]:
            written += self._course(row)
        return written

    def id_of(self, kind: str, api_id: str) -> str:
        """Return the id under which it knows an item: that of the ERP, or one of its own."""
        is_own = crc32(f"{kind} {api_id}".encode()) % 2
        return f"{self.name}-{api_id}" if is_own else api_id

    def _own(self, kind: str) -> list[Record]:
        return [row for row in self.book.all(kind) if row["API_TYPE"] == self.name]

    def _identity(self, kind: str, row: Record) -> Record:
        return {"API_ID": self.id_of(kind, row["API_ID"]), "API_TYPE": self.name}

    def _person(self, kind: str, row: Record, *, by_hand: bool) -> bool:
        record = self.book.find(kind, API_ID=self.id_of(kind, row["API_ID"]))
        record = record or (self.book.find(kind, EMAIL=row["EMAIL"]) if row["EMAIL"] else None)
        values = {name: row[name] for name in ("LASTNAME", "FIRSTNAME", "EMAIL", "PHONE")}
        if "STUDENT_FOLLOWER_ID" in row:
            values["STUDENT_FOLLOWER_ID"] = [self.ids[one] for one in row["STUDENT_FOLLOWER_ID"]]
        if record is None:
            identity = self._identity(kind, row)
            record = self._add(kind, {**row, **values, **identity}, by_hand=by_hand)
            self.ids[row["ID"]] = record["ID"]
            return True
        self.ids[row["ID"]] = record["ID"]
        return self._changed(record, values, self._identity(kind, row) if record["API_ID"] else {})

    def _group(self, row: Record) -> bool:
        values = {"NAME": row["NAME"], "STUDENTS": [self.ids[one] for one in row["STUDENTS"]]}
        record = self.book.find("groups", API_ID=self.id_of("groups", row["API_ID"]))
        identity = self._identity("groups", row)
        if record is None:
            record = self._add("groups", {**row, **values, **identity}, by_hand=False)
            self.ids[row["ID"]] = record["ID"]
            return True
        self.ids[row["ID"]] = record["ID"]
        return self._changed(record, values, identity)

    def _course(self, row: Record) -> bool:
        identity = self._identity("courses", row)
        data = {name: row[name] for name in _COMPARED} | identity
        for name, value in row.items():
            if name == "PROFESSOR" or (name.startswith("PROFESSOR_") and name[10:].isdigit()):
                data[name] = self.ids.get(value, "")
        data["SCHOOL_GROUP"] = [self.ids[one] for one in row["SCHOOL_GROUP"]]
        data["STUDENTS"] = [{"studentId": self.ids[one["studentId"]]} for one in row["STUDENTS"]]
        record = self.book.find("courses", API_ID=identity["API_ID"])
        if record is None:
            self.courses.create(data, from_students=True)
            return True
        if record["LOCKED"] or parse(record["START"]) <= self.book.clock():
            return False
        roster = [one["studentId"] for one in record["STUDENTS"]]
        is_same = all(record[name] == data[name] for name in _COMPARED)
        if is_same and roster == [one["studentId"] for one in data["STUDENTS"]]:
            return False
        self.courses.change(data | {"ID": record["ID"]})
        return True

    def _changed(self, record: Record, values: Record, identity: Record) -> bool:
        if all(record.get(name) == value for name, value in values.items()):
            return False
        record.update({**values, **identity, "DATE_UPDATED": self.book.now()})
        return True

    def _add(self, kind: str, row: Record, *, by_hand: bool) -> Record:
        """Add a record, as its connector did or as if somebody had made it by hand."""
        record_id, now = self.book.new_id(kind[0]), self.book.now()
        record = {**row, "ID": record_id, "id": record_id, "DATE_CREATED": now, "DATE_UPDATED": now}
        for name in ("PHONE", "BADGE_ID"):
            record.setdefault(name, "")
        record.setdefault("STUDENT_FOLLOWER_ID", [])
        if by_hand:
            record |= {"API_ID": "", "API_TYPE": ""}
        return self.book.add(kind, record)

    def _past(self, row: Record, *, archive: bool) -> None:
        """Make the class of a week before, to which everybody came."""
        moments = {name: stamp(parse(row[name]) - _WEEK) for name in ("START", "END")}
        data = {name: row[name] for name in (*_COMPARED, "PROFESSOR", "API_TYPE")}
        students = [{"studentId": one["studentId"]} for one in row["STUDENTS"]]
        more = {"API_ID": f"{row['API_ID']}-before", "STUDENTS": students}
        past = self.courses.create({**data, **moments, **more}, from_students=True)
        for one in students:
            self.courses.sign(past, one["studentId"])
        past["PROFESSOR_SIGNATURE"] = "https://sandbox/signatures/professor.png"
        past["LOCKED"] = int(archive)

    def _left_over(self, like: Record) -> None:
        """Make a sheet to come of which the ERP knows nothing, early on a Sunday."""
        day = parse(like["START"]).replace(hour=3, minute=0)
        day += timedelta(days=6 - day.weekday())
        moments = {"START": stamp(day), "END": stamp(day + timedelta(hours=1))}
        data = {name: like[name] for name in ("PROFESSOR", "API_TYPE", "DESCRIPTION", "CLASSROOM")}
        more = {"NAME": "RÉUNION", "API_ID": f"{self.name}-left", "STUDENTS": []}
        self.courses.create({**data, **moments, **more}, from_students=True)
