"""Ask Edusign for its lists in place of each new item, where many are to be made in batches.

Who is in a list is looked up as ever. Who is not is made: somebody archived, whom no list shows, is
refused by v3, and looked up then. So archived people must not be restored by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.engine.plan.draft import Draft
    from edusync.target.client import EdusignClient
    from edusync.target.records import GroupRecord, Person, Sheet

MANY = 200
"""How many items are looked up one by one, at the most."""
_ROWS = 20
"""How many rows are read for each item: beyond, the look-ups are fewer than the pages."""


def call_roll(draft: Draft, kind: str, asked: Mapping[str, str]) -> None:
    """Note which items without a link are not on Edusign.

    Args:
        draft: The plan of an account; without batches, nothing is asked.
        kind: What they are.
        asked: The e-mail of each by its id in the ERP; empty for what has none.

    """
    client = draft.setting.client
    if client.batches is None or draft.setting.restore_archived or len(asked) < MANY:
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
    draft.note_absent(
        (kind, source_id)
        for source_id, email in asked.items()
        if there.isdisjoint((source_id, email.casefold())) and (kind, source_id) not in in_doubt
    )


def _listed(client: EdusignClient, kind: str) -> Iterable[Person | GroupRecord | Sheet]:
    """Yield all that a list shows; a sheet of any day."""
    if kind == "course":
        return client.every_sheet()
    return client.groups() if kind == "group" else client.people(kind)
