"""Which archived sheets go up: ours, archived, and not sent before with this content (U1, U3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.upward.sheet import THEN, UpSheet, stranger_key
from edusync.errors import LookUpRefused
from edusync.state.uploads import WHOLE, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from edusync.engine.outcome import Report
    from edusync.engine.upward.links import Links
    from edusync.target.records import ArchivedSheet, Attendance


class Triage:
    """Sort the sheets of one account.

    Ids of links may begin with a namespace, which the ERP does not know.

    `settled` is what has to be kept of sheets that do not go: those that changed, those that the
    operator entered, and those whose class begins after `now`.
    """

    def __init__(
        self,
        links: Links,
        uploads: Mapping[str, Upload],
        report: Report,
        *,
        roles: Collection[str],
        resend: Collection[str],
        entered: frozenset[str],
        digest: Digest,
        now: datetime,
    ) -> None:
        (
            self.links,
            self.uploads,
            self.report,
            self.roles,
            self.resend,
            self.entered,
            self.digest,
            self.now,
        ) = links, uploads, report, roles, resend, entered, digest, now
        self.met: set[str] = set()
        self.settled: list[Upload] = []

    def sort(self, archived: ArchivedSheet) -> UpSheet | None:
        """Return a sheet that goes up; None, with the reason as an event, when it does not.

        LookUpRefused when it would go, and nobody knows whether it is archived.
        """
        sheet = archived.sheet
        if sheet.edusign_id in self.links.shared:
            self._name_shared(sheet.edusign_id)
            return None
        course = self.links.course(sheet.edusign_id)
        if course is None:
            self._name_foreign(sheet.edusign_id)
            return None
        source_id = course.source_id
        if source_id in self.met:
            return None
        self.met.add(source_id)
        if sheet.locked is False:
            self._say("UP_COURSE_NOT_ARCHIVED", source_id, sheet.edusign_id)
            return None
        if {source_id, course.erp_id} & self.entered:
            self._entered(source_id, archived)
            return None
        if sheet.starts_at > self.now:
            self._later(source_id, sheet.edusign_id)
            return None
        asked = source_id in self.resend or course.erp_id in self.resend
        before = self.uploads.get(source_id)
        known = None if asked else before
        lines = {} if known is None else known.lines
        found = UpSheet(
            source_id,
            course.erp_id,
            archived,
            course.carry,
            known,
            asked or any("again" in record for record in lines.values()),
            records={key: dict(record) for key, record in lines.items()},
            standing_digests=_standing(before, again=asked),
            is_number=course.is_number,
        )
        if asked:
            self._wish(found)
        going = self._unless_sent(found, known) if known else found
        if going is not None and sheet.locked is None:
            message = "Edusign does not say whether the sheet is archived"
            raise LookUpRefused("EDU_LOCK_UNKNOWN", message)
        return going

    def _later(self, source_id: str, edusign_id: str) -> None:
        """Let a sheet wait whose class has not begun, so nobody on it can be absent yet."""
        self._say("UP_COURSE_LATER", source_id, edusign_id)
        if source_id not in self.uploads:  # so that a run after the class has begun looks at it
            self.settled.append(Upload(source_id, edusign_id, "partial", {}))

    def _name_shared(self, edusign_id: str) -> None:
        """Name a sheet of several sessions; a run after that was settled looks again."""
        refs = self.links.shared[edusign_id]
        detail = f"it is linked to {', '.join(refs)}"
        self.report.add(Outcome("RUN_LINK_SHARED", "course", edusign_id=edusign_id, detail=detail))
        self.settled += [
            Upload(ref, edusign_id, "partial", {}) for ref in refs if ref not in self.uploads
        ]

    def _wish(self, found: UpSheet) -> None:
        """Keep with each line that it is to be sent again, and what stands, until it is settled.

        A run that breaks off must not make the next one forget it.
        """
        here = [one for one in found.archived.attendance if one.role in self.roles]
        for key in {*found.standing_digests, *(self._key(one) for one in here)}:
            found.records[key] = {"content": "", "status": "held", **found.wish(key)}

    def _name_foreign(self, edusign_id: str) -> None:
        """Name a sheet that is not sent; another account of this connector names its own."""
        other = self.links.elsewhere.get(edusign_id)
        if other is None:
            self._say("UP_COURSE_MANUAL", None, edusign_id)
        elif other.connector:
            code = "UP_COURSE_SHARED" if other.is_unsure else "UP_COURSE_OF_ANOTHER"
            detail = f"the connector '{other.connector}'"
            self.report.add(Outcome(code, "course", edusign_id=edusign_id, detail=detail))

    def gone(self, source_id: str, edusign_id: str) -> None:
        """Name a sheet that Edusign does not hold any more.

        Only when something of it is still to go.
        """
        known = self.uploads.get(source_id)
        by_hand = source_id in self.entered
        self._say("UP_COURSE_ENTERED" if by_hand else "UP_COURSE_GONE", source_id, edusign_id)
        if known is not None and (by_hand or known.status != "given_up"):
            self.settled.append(known._replace(status="sent" if by_hand else "given_up"))

    def _entered(self, source_id: str, archived: ArchivedSheet) -> None:
        """Take a sheet for sent, as it is now.

        Somebody entered in the ERP what was left of it.
        """
        lines = {
            self._key(attendance): {"content": self.digest(attendance), "status": "sent"}
            for attendance in archived.attendance
            if attendance.role in self.roles
        }
        edusign_id = archived.sheet.edusign_id
        self._say("UP_COURSE_ENTERED", source_id, edusign_id)
        self.settled.append(Upload(source_id, edusign_id, "sent", lines))

    def _unless_sent(self, found: UpSheet, known: Upload) -> UpSheet | None:
        """Return a sheet of which something is still to go."""
        if self._is_changed(found, known):
            self._say("UP_COURSE_CHANGED_AFTER_SEND", found.source_id, found.edusign_id)
            if known.status != "changed":  # so that the next run names it too
                self.settled.append(known._replace(status="changed"))
            return None
        if known.status == "sent":
            self._say("UP_COURSE_ALREADY_SENT", found.source_id, found.edusign_id)
            return None
        for key, record in known.lines.items():
            if record["status"] == "given_up":
                self.report.add(
                    Outcome(
                        "UP_GIVEN_UP",
                        "course",
                        found.source_id,
                        found.edusign_id,
                        field=key,
                        detail=record.get("code"),
                    )
                )
        return None if known.status == "given_up" else found

    def _is_changed(self, found: UpSheet, known: Upload) -> bool:
        """Whether a line that was sent says something else now.

        Or somebody is new on a sheet of which nothing was left to try. An empty digest says
        nothing: the state, or the reason of an absence, could not be read.
        """
        here: dict[str, str] = {}
        new = False
        for attendance in found.archived.attendance:
            if attendance.role in self.roles:
                key, content = self._key(attendance), self.digest(attendance)
                here[key] = here[stranger_key(attendance)] = content
                new |= known.lines.keys().isdisjoint({key, stranger_key(attendance)})
        sent = {
            key: record["content"]
            for key, record in known.lines.items()
            if record["status"] == "sent" and key not in {THEN, WHOLE}
        }
        done = known.status == "sent" or (
            bool(sent) and known.status in {"held", "changed"} and WHOLE not in known.lines
        )
        changed = any(
            content and here.get(key) not in {content, ""} for key, content in sent.items()
        )
        return changed or (done and new)

    def _key(self, attendance: Attendance) -> str:
        return self.links.person_key(attendance) or stranger_key(attendance)

    def _say(self, code: str, source_id: str | None, edusign_id: str) -> None:
        self.report.add(Outcome(code, "course", source_id, edusign_id))


def _standing(before: Upload | None, *, again: bool) -> dict[str, str]:
    """Return what the ERP holds, or may hold, of lines that go again, by their keys."""
    lines = {} if before is None else before.lines
    sent = {
        key: str(record["content"])
        for key, record in lines.items()
        if again and record["status"] == "sent" and key not in {THEN, WHOLE}
    }
    kept = {key: str(record["stands"]) for key, record in lines.items() if "stands" in record}
    doubtful = {
        key: str(record["content"]) for key, record in lines.items() if record["status"] == "doubt"
    }
    return sent | kept | doubtful


if TYPE_CHECKING:
    Digest = Callable[[Attendance], str]
