"""The digest of what a sheet says of somebody, and the reasons of absences that it needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from edusync.engine.upward.reasons import NONE_GIVEN
from edusync.engine.upward.sheet import content_digest
from edusync.model import UNKNOWN, Unknown
from edusync.spec.needs import reads_comments
from edusync.target.attendance import UNNAMED_REASONS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from edusync.spec.tree import Writeback
    from edusync.target.client import EdusignClient
    from edusync.target.records import Attendance


class AttendanceDigest:
    """Digest what a sheet says of somebody; reasons of absence are read when the first is met."""

    def __init__(
        self,
        client: EdusignClient,
        key: bytes,
        named: Collection[str] = (),
        writeback: Writeback | None = None,
    ) -> None:
        self.client, self.key, self.named = client, key, named
        reasons = writeback.reasons if writeback is not None else None
        self.may_be_none = reasons is not None and reasons.when_none is not None
        """Whether the spec says what happens where nobody gave a reason."""
        self.comments = writeback is not None and reads_comments(writeback)
        """Whether a comment goes up, so that another one is a change of the sheet."""

    @cached_property
    def reasons(self) -> tuple[dict[str, str], dict[str, str]]:
        """The reason of each absence by its id, and the name of each reason."""
        return self.client.absence_reasons()

    @cached_property
    def second_look(self) -> tuple[dict[str, str], dict[str, str]]:
        """The same, read once more: a row may fall between two pages while the list shifts."""
        return self.client.absence_reasons()

    def reason_of(self, attendance: Attendance) -> str | Unknown | None:
        """Return the reason of an absence; unknown when Edusign's lists do not have it."""
        absence = attendance.absence_id
        if not absence:
            return None
        if self.may_be_none and self.reasons[0].get(absence) == NONE_GIVEN:
            return NONE_GIVEN
        reason = self._listed(absence, *self.reasons)
        if reason is None:
            reason = self._listed(absence, *self.second_look)
            self.reasons[1].update(self.second_look[1])
        return UNKNOWN if reason is None else reason

    def label_of(self, attendance: Attendance) -> str | Unknown | None:
        """Return the name of the reason on Edusign, None where nobody gave one.

        It is unknown where the lists of Edusign do not say it.
        """
        if not attendance.absence_id:
            return None
        reason = self.reason_of(attendance)
        if self.reasons[0].get(attendance.absence_id) == NONE_GIVEN:
            return None
        return reason if isinstance(reason, Unknown) else self.reasons[1].get(str(reason), UNKNOWN)

    def _listed(
        self, absence: str, absences: Mapping[str, str], names: Mapping[str, str]
    ) -> str | None:
        """Return the reason of an absence, None when nothing says which one it is.

        Edusign's list or the connector file names it. Edusign's own need no name, unless the list
        names one of them: a list that names some and not this one was not read whole.
        """
        reason = absences.get(absence)
        if reason in names or reason in self.named:
            return reason
        return reason if UNNAMED_REASONS.isdisjoint(names) and reason in UNNAMED_REASONS else None

    def __call__(self, attendance: Attendance) -> str:
        """Return the digest; empty when the state, or the reason of an absence, is not known."""
        reason = self.reason_of(attendance)
        if isinstance(reason, Unknown) or not attendance.states:
            return ""
        return content_digest(attendance, reason, self.key, comments=self.comments)
