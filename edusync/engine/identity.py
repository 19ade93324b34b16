"""Find what already stands on Edusign for an item that has no link: by our id, then by e-mail for people (D8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.target.client import EdusignClient
    from edusync.target.records import GroupRecord, Person, Sheet


@dataclass(frozen=True, slots=True)
class Match:
    """Something on Edusign that is, or may be, the item. `code` says what is remarkable about it; `blocks` whether that stops it."""

    record: Person | GroupRecord | Sheet
    code: str | None = None
    blocks: bool = False
    restore: bool = False
    fill_identity: bool = False


class Identities:
    """Look items up on one account."""

    def __init__(self, client: EdusignClient, source_type: str, *, restore_archived: bool) -> None:
        self.client, self.source_type, self.restore_archived = client, source_type, restore_archived

    def person(self, kind: str, source_id: str, email: str) -> Match | None:
        """Find a person; a match that belongs to another id or connector, or is archived, blocks."""
        edusign_id = self.client.find_id(kind, source_id)
        person = self.client.person(kind, edusign_id) if edusign_id else None
        if person is not None and self._is_ours(person, source_id):
            return self._usable(person, None)
        person = self.client.person_by_email(kind, email) if email else None
        if person is None:
            return None
        if self._is_ours(person, source_id):
            return self._usable(person, None)
        if person.source_id:
            return Match(person, "DOWN_PERSON_EMAIL_CONFLICT", blocks=True)
        return self._usable(person, "DOWN_PERSON_MANUAL_TWIN", fill_identity=True)

    def group(self, source_id: str) -> Match | None:
        """Find a group by our id."""
        edusign_id = self.client.find_id("group", source_id)
        group = self.client.group(edusign_id) if edusign_id else None
        return Match(group) if group is not None and self._is_ours(group, source_id) else None

    def sheet(self, source_id: str) -> Match | None:
        """Find a sheet by our id."""
        edusign_id = self.client.find_id("course", source_id)
        sheet = self.client.sheet(edusign_id) if edusign_id else None
        return Match(sheet) if sheet is not None and self._is_ours(sheet, source_id) else None

    def _is_ours(self, record: Person | GroupRecord | Sheet, source_id: str) -> bool:
        return record.source_id == source_id and record.source_type in {self.source_type, ""}

    def _usable(self, person: Person, code: str | None, *, fill_identity: bool = False) -> Match:
        if person.archived and not self.restore_archived:
            return Match(person, "DOWN_PERSON_ARCHIVED", blocks=True)
        return Match(person, code, restore=person.archived, fill_identity=fill_identity)
