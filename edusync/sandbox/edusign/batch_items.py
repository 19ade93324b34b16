"""One student, professor or group of a batch: which one is meant, and why it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.sandbox.edusign.group_routes import new_group
from edusync.sandbox.edusign.people import new_professor, new_student

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.sandbox.edusign.book import Book

    Record = dict[str, Any]

_PERSON = {
    "firstName": "FIRSTNAME",
    "lastName": "LASTNAME",
    "email": "EMAIL",
    "phone": "PHONE",
    "tags": "TAGS",
    "externalReferenceId": "API_ID",
    "externalReferenceType": "API_TYPE",
}
_STUDENT = _PERSON | {
    "curriculumName": "TRAINING_NAME",
    "company": "COMPANY",
    "badgeId": "BADGE_ID",
    "fileNumber": "FILE_NUMBER",
    "photoUrl": "PHOTO",
}
_PROFESSOR = _PERSON | {"speciality": "SPECIALITY"}
_GROUP = {
    "name": "NAME",
    "description": "DESCRIPTION",
    "logoUrl": "LOGO",
    "externalReferenceId": "API_ID",
    "externalReferenceType": "API_TYPE",
}


class ItemRefused(Exception):
    """One item of a batch is refused, the others are not."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BatchItems:
    """What the batches of students, professors and groups do to a book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def student(self, item: Record) -> tuple[Record, bool]:
        """Create or change a student; return the record, and whether it is new."""
        return self._person("student", item, _STUDENT)

    def professor(self, item: Record) -> tuple[Record, bool]:
        """Create or change a professor; return the record, and whether it is new."""
        return self._person("professor", item, _PROFESSOR)

    def _person(self, kind: str, item: Record, fields: Mapping[str, str]) -> tuple[Record, bool]:
        book, table = self.book, f"{kind}s"
        only(item, *fields, f"{kind}Id")
        row = self.meant(kind, item)
        email = str(item.get("email") or "")
        twin = book.find(table, EMAIL=email) if email else None
        if twin is not None and twin is not row:
            taken = f"ARCHIVED_{kind.upper()}_EXISTS" if twin["HIDDEN"] else "VALIDATION_ERROR"
            raise ItemRefused(taken)  # an e-mail that is taken has no code of its own [A]
        data = {fields[name]: value for name, value in item.items() if name in fields}
        if row is not None:
            row.update(data | {"DATE_UPDATED": book.now()})
            return row, False
        needed(item, "firstName", "lastName", "email")
        row = (new_student if kind == "student" else new_professor)(book, data)
        if book.habits.v3_mails_credentials:
            book.emails.append({"to": row["ID"], "kind": "credentials"})
        return row, True

    def group(self, item: Record) -> tuple[Record, bool]:
        """Create or change a group; return the record, and whether it is new."""
        book = self.book
        only(item, *_GROUP, "parentExternalReferenceId")
        row = self.meant("group", item)
        data = {_GROUP[name]: value for name, value in item.items() if name in _GROUP}
        parent = item.get("parentExternalReferenceId")
        if parent:
            record = book.find("groups", API_ID=parent)
            if record is None:
                raise ItemRefused("GROUPS_NOT_FOUND")
            data["PARENT"] = record["ID"]
        if row is not None:
            row.update(data | {"DATE_UPDATED": book.now()})
            return row, False
        needed(item, "name")
        return new_group(book, data), True

    def meant(self, kind: str, item: Record) -> Record | None:
        """Return the record that an item means; None when it is to be created.

        Whose type it is does not count [A]: "lookup by external ID within school scope".
        """
        own, ref = item.get(f"{kind}Id"), item.get("externalReferenceId")
        if own and ref:
            raise ItemRefused(f"AMBIGUOUS_{kind.upper()}_IDENTIFIER")
        if own:
            row = self.book.get(f"{kind}s", str(own))
            if row is None:
                raise ItemRefused(f"{kind.upper()}_NOT_FOUND")
        else:
            row = self.book.find(f"{kind}s", API_ID=ref) if ref else None
        if row is not None and row.get("HIDDEN"):
            raise ItemRefused(f"ARCHIVED_{kind.upper()}_EXISTS")
        return row


def only(item: Record, *known: str) -> None:
    """Refuse an item with a field that is not documented [A]."""
    if item.keys() - set(known):
        raise ItemRefused("VALIDATION_ERROR")


def needed(item: Record, *names: str) -> None:
    """Refuse an item that lacks what a creation needs."""
    if not all(item.get(name) for name in names):
        raise ItemRefused("REQUIRED_FIELD_MISSING")
