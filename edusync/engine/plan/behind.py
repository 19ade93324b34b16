"""What of ours stands behind another connector's items: Edusign shows one item of an id, lists all.

The look-up by id ignores whose id it is. When another connector's item is what it shows, ours is
looked for in Edusign's lists: all groups, all people, the sheets of the window. Each is read at
most once, and only then.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from edusync.errors import LookUpRefused, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.model import Window
    from edusync.target.client import EdusignClient
    from edusync.target.records import GroupRecord, Person, Sheet

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class Behind:
    """The items of one connector on an account of Edusign, by kind and source id."""

    def __init__(self, client: EdusignClient, source_type: str, window: Window) -> None:
        self.client, self.source_type, self.window = client, source_type, window
        self._lists: dict[str, dict[str, list[str]]] = {}

    def find(self, kind: str, source_id: str) -> str | None:
        """Return the Edusign id of our item; None when there is none of ours.

        LookUpRefused when Edusign does not show its list, or has several of ours.
        """
        if kind not in self._lists:
            self._lists[kind] = self._read(kind, source_id)
        found = self._lists[kind].get(source_id, [])
        if len(found) > 1:
            raise LookUpRefused(
                "EDU_LOOKUP_REFUSED",
                f"Edusign has {len(found)} items of this id that are ours: {', '.join(found)}",
                "look at the items on Edusign and delete all but one; run again",
            )
        return found[0] if found else None

    def _read(self, kind: str, source_id: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        try:
            for record in self._records(kind):
                if record.source_type in {self.source_type, ""} and record.source_id:
                    found.setdefault(record.source_id, []).append(record.edusign_id)
        except TargetError as error:
            if error.code != "EDU_UNREADABLE":
                raise
            raise LookUpRefused(
                "EDU_LOOKUP_REFUSED",
                f"another connector's item carries the id {source_id}, and Edusign does not list "
                f"whether ours stands behind it: {error.message}",
                error.hint,
            ) from None
        return found

    def _records(self, kind: str) -> Iterable[Person | GroupRecord | Sheet]:
        if kind == "group":
            return self.client.groups()
        if kind == "course":
            return self.client.sheets(self.window.today, self.window.last)
        return self.client.people(kind, updated_since=_EVER)
