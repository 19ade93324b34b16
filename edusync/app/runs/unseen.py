"""Sheets that were held lately and that no list showed as archived: they are looked up.

Edusign's list of changes comes in pages. A sheet can fall between two of them while others leave
the list, and the next run asks for later changes only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from edusync.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from edusync.engine.upward.links import CourseLink
    from edusync.target.client import EdusignClient

FEW = 2
"""How many sheets are looked up at once; for more, the open ones are listed first."""
MOST = 100
"""How many sheets a run looks up; the next one goes on from there."""


class Unseen(NamedTuple):
    """One sheet that no list showed."""

    source_id: str
    edusign_id: str


@dataclass(frozen=True, slots=True)
class Past:
    """The sheets of an account that were held lately."""

    first: date
    last: date
    source_ids: AbstractSet[str] = field(default_factory=frozenset)
    after: str = ""
    """The last sheet that the run of before looked up, when it did not come to the end."""


def unseen(courses: Mapping[str, CourseLink], past: Past, known: Container[str]) -> list[Unseen]:
    """Return the linked sheets held lately of which nothing is `known`.

    `courses` are the links by Edusign id. Those where the run of before stopped come first.
    """
    found = [
        Unseen(link.source_id, edusign_id)
        for edusign_id, link in courses.items()
        if link.source_id in past.source_ids and link.source_id not in known
    ]
    return sorted(found, key=lambda one: (one.source_id <= past.after, one.source_id))


def open_sheets(client: EdusignClient, past: Past) -> frozenset[str]:
    """Return the Edusign ids of the sheets that are known not to be archived.

    None when Edusign does not show that list: then every sheet is looked up.
    """
    try:
        shown = list(client.sheets(past.first, past.last, only_open=True))
    except TargetError as error:
        if error.code != "EDU_UNREADABLE":
            raise
        return frozenset()
    return frozenset(sheet.edusign_id for sheet in shown if sheet.locked is False)
