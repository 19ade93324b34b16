"""A sheet on its way up, and the line of each person on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from edusync.spec.id_types import as_it_came
from edusync.state.uploads import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.state.uploads import Upload
    from edusync.target.records import ArchivedSheet, Attendance

THEN = "then"
"""What stands among the lines of a sheet for the steps after its attendance."""


HELD = frozenset({"held", "left_out"})
"""What a line is when it waits for something that is not ours: every run looks at it anew, and no
try is used up.

`held`: it belongs into the ERP, so the steps after the sheet wait for it. `left_out`: the ERP has
no place for it now, so they do not.
"""
SETTLED = frozenset({"sent", "left_out"})
"""What a line is when the steps after the sheet do not wait for it: the ERP has it, or has no place
for it."""


@dataclass(slots=True, eq=False)
class Line:
    """What goes up of one person. `names` is everything that its steps may mention."""

    key: str
    role: str
    source_id: str
    state: str
    digest: str
    names: dict[str, Any]
    content: dict[str, Any]
    skip: bool = False


@dataclass(slots=True, eq=False)
class UpSheet:
    """One archived sheet.

    `erp_id` is its id in the ERP, `source_id` that of the link, which may begin with a namespace.
    """

    source_id: str
    erp_id: str
    archived: ArchivedSheet
    carry: Mapping[str, Any]
    known: Upload | None
    again: bool = False
    """Whether the operator asked for it to be sent again, in this run or in one that left some."""
    begun: bool = False
    """Whether an earlier run sent something of it, and did not come to its end."""
    was_in_doubt: bool = False
    """Whether a write of this run came into doubt; what is sent once more is the same."""
    names: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    settled: dict[str, Line] = field(default_factory=dict)
    """The lines that came to stand in the ERP in this run, by key."""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is known of each line: what was sent before, and what became of it now."""
    standing_digests: dict[str, str] = field(default_factory=dict)
    """What an earlier run sent of somebody, or may have sent, by the key of the line.

    The ERP holds it until a step writes something else.
    """
    was_sent: int = 0
    """Lines that the ERP took in this run."""
    was_skipped: int = 0
    """Lines of which nothing has to be written: the ERP knows by their absence."""
    was_refused: int = 0
    """Lines that the ERP refused in this run."""
    read_again: bool = False
    """Whether the ERP moved on, so that it is read again and the sheet sent again."""
    moved: bool = False
    """Whether anything of it went further in this run."""
    in_doubt: bool = False
    is_number: bool = False
    """Whether its id is a number in the ERP, so that it goes there as one."""

    @property
    def edusign_id(self) -> str:
        """The id on Edusign."""
        return self.archived.sheet.edusign_id

    @property
    def may_stand(self) -> bool:
        """Whether the ERP may hold something that was sent of it before."""
        return self.again or self.begun or self.was_in_doubt

    @property
    def held(self) -> int:
        """How many lines are held; none of them by itself when the whole sheet is."""
        lines = sum(record["status"] in HELD for record in self.records.values())
        return 0 if self.is_held else lines

    @property
    def is_held(self) -> bool:
        """Whether the whole sheet is held."""
        return WHOLE in self.records

    def refused(self, key: str, code: str, most: int, *, content: str = "") -> None:
        """Note that the ERP refused a line; after so many tries it is given up."""
        tries = int(self.records.get(key, {}).get("tries", 0)) + 1
        self.was_refused += key != THEN
        self.records[key] = {
            "content": content,
            "status": "given_up" if tries >= most else "refused",
            "tries": tries,
            "code": code,
            **self.wish(key),
        }

    def hold(self, key: str, code: str, status: str, *, content: str = "") -> None:
        """Note that a line is not sent, and why; `status` is held, left_out or given_up."""
        self.records[key] = {
            "content": content,
            "status": status,
            "code": code,
            **self.wish(key),
        }

    def wish(self, key: str) -> dict[str, Any]:
        """Return what a line that is not settled keeps for the next run."""
        standing = {"stands": self.standing_digests[key]} if key in self.standing_digests else {}
        return {**standing, **({"again": True} if self.again else {})}

    def status(self) -> str:
        """Return what is left of the sheet.

        Partial when something is tried again, else held, given_up or sent.
        """
        left = {record["status"] for record in self.records.values()} - {"sent"}
        if self.in_doubt or self.read_again or left - {"given_up", *HELD}:
            return "partial"
        return "held" if left & HELD else "given_up" if left else "sent"

    def course(self) -> dict[str, Any]:
        """Return the sheet as `course` of expressions, and as a row of the list `sheets`."""
        sheet = self.archived.sheet
        return {
            "source_id": as_it_came(self.erp_id) if self.is_number else self.erp_id,
            "edusign_id": sheet.edusign_id,
            "name": sheet.name,
            "starts_at": sheet.starts_at,
            "ends_at": sheet.ends_at,
            "carry": dict(self.carry),
            "again": self.again or self.begun,
        }


def is_of_sheet(code: str) -> bool:
    """Whether a code is about a whole sheet, and is said once for it: UP_COURSE_…."""
    return code.split("_")[1:2] == ["COURSE"]


def line_key(role: str, source_id: str) -> str:
    """Return the key of a person's line."""
    return f"{role}:{source_id}"


def stranger_key(attendance: Attendance) -> str:
    """Return the key of somebody whom the ERP does not know, by the id on Edusign."""
    return f"{attendance.role}@{attendance.edusign_id}"


def content_digest(
    attendance: Attendance, reason: str | None, key: bytes, *, comments: bool = False
) -> str:
    """Return a keyed digest of what a sheet says of one person, with the comment where it goes up.

    Options do not enter, so switching one on is no change of the sheet.
    """
    facts = [
        attendance.states,
        attendance.minutes,
        attendance.left_at,
        attendance.excluded_at,
        reason,
        *([attendance.comment] if comments else []),
    ]
    return blake2b(orjson.dumps(facts), key=key, digest_size=8).hexdigest()
