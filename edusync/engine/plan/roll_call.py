"""Ask Edusign for its lists in place of each item, where many are to be looked up.

What a list shows is there. What it does not show is not known to be missing: nothing is made on
that without another look-up. v1 makes one right before it makes an item; v3 knows an item by our
id. No list shows archived people: v3 refuses them, and they are looked up then; on v1 they are
looked up by their e-mail in any case. So archived people must not be restored by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from edusync.errors import TargetError
from edusync.target.records import GroupRecord, Person, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from edusync.engine.plan.draft import Draft
    from edusync.target.client import EdusignClient

Record = TypeVar("Record", Person, GroupRecord, Sheet)

MANY = 200
"""How many items are looked up one by one, at the most."""
_ROWS = 20
"""How many rows are read for each item: beyond, the look-ups are fewer than the pages."""


def call_roll(draft: Draft, kind: str, asked: Mapping[str, str]) -> None:
    """Note which items without a link no list shows.

    Args:
        draft: The plan of an account.
        kind: What they are.
        asked: The e-mail of each by its id in the ERP; empty for what has none.

    """
    client = draft.setting.client
    if draft.setting.restore_archived or len(asked) < MANY:
        return
    there: set[str] = set()
    try:
        for count, record in enumerate(_listed(client, kind)):
            if count > len(asked) * _ROWS:
                return
            there |= {record.source_id, str(getattr(record, "email", "")).casefold()}
    except TargetError as error:
        if error.code != "EDU_UNREADABLE":
            raise
        return
    in_doubt = {(doubt.kind, doubt.source_id) for doubt in draft.view.in_doubt}
    there.discard("")
    draft.note_unlisted(
        (kind, source_id)
        for source_id, email in asked.items()
        if there.isdisjoint((source_id, email.casefold())) and (kind, source_id) not in in_doubt
    )


def shown(asked: AbstractSet[str], listed: Iterable[Record]) -> dict[str, Record]:
    """Return what a list shows of some ids on Edusign, where they are many; else nothing.

    What is not in it has to be looked up.
    """
    found: dict[str, Record] = {}
    if len(asked) < MANY:
        return found
    try:
        for count, record in enumerate(listed):
            if record.edusign_id in asked:
                found[record.edusign_id] = record
            if found.keys() == asked or count > len(asked) * _ROWS:
                break
    except TargetError as error:
        if error.code != "EDU_UNREADABLE":
            raise
    return found


def _listed(client: EdusignClient, kind: str) -> Iterator[Person | GroupRecord | Sheet]:
    """Yield all that a list shows; a sheet of any day."""
    if kind == "course":
        return client.every_sheet()
    return client.groups() if kind == "group" else client.people(kind)
