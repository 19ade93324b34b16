"""Match a person, a group or a sheet of the ERP with what the store and Edusign hold.

In this order: the link in the store; for a sheet, the link of the same session under another
identity that the ERP does not send any more (`former_link`); then, on Edusign, what carries our id,
and for people what has the same e-mail (`Matcher`) (D8). What the ERP sends under another id than
before is linked anew by `edusync/engine/plan/renumbered.py`. Sheets made by hand are matched by
their content (`edusync/engine/plan/handmade.py`) (D3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from edusync.engine.plan.behind import Behind
from edusync.errors import LookUpRefused
from edusync.target.records import GroupRecord, Person, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from edusync.model import Course, Window
    from edusync.state.links import Link
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient

Record = TypeVar("Record", Person, GroupRecord, Sheet)


@dataclass(frozen=True, slots=True)
class Match:
    """Something on Edusign that is, or may be, the item.

    `code` says what is remarkable about it, `blocks` whether that stops it.
    """

    record: Person | GroupRecord | Sheet
    code: str | None = None
    blocks: bool = False
    restore: bool = False
    fill_identity: bool = False
    detail: str | None = None
    replaces: str | None = None
    """The id under which we brought it down until now."""

    @property
    def extra_fields(self) -> tuple[str, ...]:
        """Return what has to be done to the record beside bringing its fields in step."""
        return (
            *(("identity",) if self.fill_identity else ()),
            *(("archived",) if self.restore else ()),
        )


def former_link(view: StoreView, course: Course, is_sent: Callable[[str], bool]) -> Link | None:
    """Return the link of the same session under another identity, which is not sent any more."""
    for alias in course.also_known_as:
        before = view.links.get(("course", view.aliases.get(alias, "")))
        if before is not None and not before.manual and not is_sent(before.source_id):
            return before
    return None


class Matcher:
    """Look up on one account what already stands for an item that has no link.

    `apart` are kinds, ids of the ERP and of Edusign that are not the same, by a person's word.
    """

    def __init__(
        self,
        client: EdusignClient,
        source_type: str,
        window: Window,
        *,
        restore_archived: bool,
        apart: AbstractSet[tuple[str, str, str]] = frozenset(),
    ) -> None:
        self.client, self.source_type, self.restore_archived = client, source_type, restore_archived
        self.apart = apart
        self.behind = Behind(client, source_type, window)
        self.shared: set[tuple[str, str]] = set()
        """Items whose id another connector's item carries, too."""
        self.unlisted: set[tuple[str, str]] = set()
        """Items that no list shows; they are looked up by their id right before they are made."""

    def created(self, kind: str, source_id: str, email: str) -> Match | None:
        """Find what was created under our id meanwhile; tutors are known by their e-mail only."""
        if kind in {"student", "professor"}:
            person = self._own(kind, source_id, lambda found: self.client.person(kind, found))
            return None if person is None else self.usable(person)
        return self.find(kind, source_id, email)

    def find(self, kind: str, source_id: str, email: str) -> Match | None:
        """Find an item of any kind; the e-mail counts for people only."""
        if kind == "course":
            return self.sheet(source_id)
        if kind == "group":
            return self.group(source_id)
        return self.person(kind, source_id, email)

    def landed(self, kind: str, source_id: str, email: str) -> Match | None:
        """Find what a write in doubt may have created.

        LookUpRefused when an item of another connector carries the same id and no list shows ours:
        what was written a moment ago may not be listed yet.
        """
        match = self.find(kind, source_id, email)
        if match is None and self.client.find_id(kind, source_id) is not None:
            raise LookUpRefused(
                "EDU_LOOKUP_REFUSED",
                "another connector's item carries the same id, so Edusign does not show whether "
                "the write of before landed",
                "look at the item on Edusign; when ours is not there, run again after removing "
                "the other one's API_ID",
            )
        return match

    def person(self, kind: str, source_id: str, email: str) -> Match | None:
        """Find a person; one of another id or connector, or an archived one, blocks."""
        person = self._own(kind, source_id, lambda found: self.client.person(kind, found))
        if person is not None:
            return self.usable(person)
        person = self.client.person_by_email(kind, email) if email else None
        if person is None:
            return None
        if self._is_ours(person, source_id):
            return self.usable(person)
        if person.source_id or (kind, source_id, person.edusign_id) in self.apart:
            return Match(person, "DOWN_PERSON_EMAIL_CONFLICT", blocks=True)
        return self.usable(person, "DOWN_PERSON_MANUAL_TWIN", fill_identity=True)

    def group(self, source_id: str) -> Match | None:
        """Find a group by our id."""
        group = self._own("group", source_id, self.client.group)
        return None if group is None else Match(group)

    def sheet(self, source_id: str) -> Match | None:
        """Find a sheet by our id."""
        sheet = self._own("course", source_id, self.client.sheet)
        return None if sheet is None else Match(sheet)

    def _own(
        self, kind: str, source_id: str, read: Callable[[str], Record | None]
    ) -> Record | None:
        """Find what carries our id, also behind an item of another connector with the same one.

        LookUpRefused when Edusign contradicts itself.
        """
        is_listed = (kind, source_id) not in self.unlisted
        edusign_id = self.client.find_id(kind, source_id) if is_listed else None
        if edusign_id is None:
            return None
        record = self._record(edusign_id, source_id, read)
        if self._is_ours(record, source_id):
            return record
        self.shared.add((kind, source_id))
        hidden = self.behind.find(kind, source_id)
        return None if hidden is None else self._record(hidden, source_id, read)

    def _record(
        self, edusign_id: str, source_id: str, read: Callable[[str], Record | None]
    ) -> Record:
        record = read(edusign_id)
        if record is None or record.source_id != source_id:
            raise LookUpRefused(
                "EDU_LOOKUP_REFUSED",
                f"Edusign names {edusign_id} for the id that was looked up, and shows "
                + ("nothing there" if record is None else "another item there"),
                "look at the item on Edusign; run again",
            )
        return record

    def _is_ours(self, record: Person | GroupRecord | Sheet, source_id: str) -> bool:
        return record.source_id == source_id and record.source_type in {self.source_type, ""}

    def usable(
        self, person: Person, code: str | None = None, *, fill_identity: bool = False
    ) -> Match:
        """Return the match of a person; one who is archived blocks unless they are restored."""
        if person.archived and not self.restore_archived:
            return Match(person, "DOWN_PERSON_ARCHIVED", blocks=True)
        return Match(person, code, restore=person.archived, fill_identity=fill_identity)
