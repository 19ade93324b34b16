"""Facts of Edusign that only writing shows, tried on an account that is for that, and taken away.

Everything that is made carries fixed ids: what a try that was killed left, the next one takes away.
People can be archived and not deleted, so two of them stay in the archive.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from edusync.errors import LookUpRefused, TargetError
from edusync.target import wire
from edusync.target.facts import Fact, Observation
from edusync.target.failures import InDoubt, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.target.client import EdusignClient
    from edusync.target.facts import Value

TYPE = "edusync-trial"
"""The type of everything that is made here."""
STUDENT, OTHER, THIRD = "trial-s1", "trial-s2", "trial-s3"
PROFESSOR, SHEET = "trial-p1", "trial-c1"
_EMAILS = {
    STUDENT: "trial-s1@edusync.invalid",
    OTHER: "trial-s2@edusync.invalid",
    PROFESSOR: "trial-p1@edusync.invalid",
}

SIGNATURES = Fact(
    "patch_keeps_signatures",
    "A PATCH of a sheet with the same students keeps what is noted of them.",
    assumed=True,
    is_written=True,
)
INSTANTS = Fact(
    "instants_stand", "An instant that is sent in UTC is answered as the same.", True, True
)
DOUBLED = Fact(
    "api_id.unique", "A second sheet with the API_ID of another is refused.", False, True
)
ANY_TYPE = Fact("api_id.ignores_type", "A look-up by API_ID asks for no API_TYPE.", True, True)
LOCKED = Fact("locked_is_refused", "A PATCH of an archived sheet is refused.", True, True)
NO_EMAIL = Fact("student.without_email", "A student may have an empty e-mail.", True, True)
BY_EMAIL = Fact("archived.by_email", "Archived people are found by e-mail.", True, True)
BY_ID = Fact("archived.by_id", "Archived people are found by API_ID.", True, True)
EMAIL_HELD = Fact("archived.holds_email", "Archived people keep their e-mail taken.", True, True)

WRITTEN = (
    SIGNATURES,
    INSTANTS,
    DOUBLED,
    ANY_TYPE,
    LOCKED,
    NO_EMAIL,
    BY_EMAIL,
    BY_ID,
    EMAIL_HELD,
)
"""What is tried by writing, in this order."""


@dataclass(slots=True)
class Trials:
    """One account on which facts are tried; `moment` is when the sheet that is made begins."""

    client: EdusignClient
    moment: datetime
    left: list[str] = field(default_factory=list)
    """What could not be taken away again, in words."""

    def tried(self) -> Iterator[Observation]:
        """Yield what was found of each fact; what was made is taken away, whatever happens."""
        self._take_away()
        self.left.clear()
        try:
            student = self._person("student", STUDENT)
            professor = self._person("professor", PROFESSOR)
            sheet = self._sheet(student, professor)
            tries: tuple[tuple[Fact, Callable[[], Value]], ...] = (
                (SIGNATURES, lambda: self._keeps(sheet, student, professor)),
                (INSTANTS, lambda: self._same_instants(sheet)),
                (DOUBLED, lambda: self._is_refused(lambda: self._sheet(student, professor))),
                (ANY_TYPE, lambda: self.client.find_id("course", SHEET) is not None),
                (LOCKED, lambda: self._refuses_locked(sheet, student, professor)),
                (
                    NO_EMAIL,
                    lambda: not self._is_refused(lambda: self._person("student", OTHER, "")),
                ),
                (BY_EMAIL, lambda: self._archived(student)),
                (BY_ID, lambda: self.client.find_id("student", STUDENT) is not None),
                (EMAIL_HELD, self._holds_email),
            )
            for fact, ask in tries:
                try:
                    yield Observation(fact, ask())
                except (LookUpRefused, Rejected, InDoubt) as error:
                    yield Observation(fact, None, str(error))
        finally:
            self._take_away()

    # what is made

    def _person(self, kind: str, source_id: str, email: str | None = None) -> str:
        """Return somebody who is invented; who stands in the archive comes back."""
        known = self.client.find_id(kind, source_id)
        if known is not None:
            self.client.restore(kind, known)
            return known
        fields = {
            "last_name": "EDUSYNC",
            "first_name": "Trial",
            "email": _EMAILS[source_id] if email is None else email,
        }
        credentials = False
        body = wire.person_body(
            kind, fields, identity=wire.identity(source_id, TYPE), send_credentials=credentials
        )
        return self.client.create(kind, body)

    def _body(self, identity: dict[str, str], student: str, professor: str) -> dict[str, object]:
        return wire.course_body(
            identity,
            name="edusync trial",
            starts_at=self.moment,
            ends_at=self.moment + timedelta(hours=1),
            professors=[professor],
            students=[student],
            groups=None,
            classroom=None,
            description=None,
        )

    def _sheet(self, student: str, professor: str) -> str:
        identity = wire.identity(SHEET, TYPE)
        return self.client.create("course", self._body(identity, student, professor))

    # what is tried

    def _keeps(self, sheet: str, student: str, professor: str) -> bool | None:
        self.client.note_delay(sheet, student, _MINUTES)
        before = self.client.archived_sheet(sheet)
        if before is None or all(one.minutes != _MINUTES for one in before.attendance):
            return None
        self.client.update("course", self._body(wire.existing(sheet), student, professor))
        after = self.client.archived_sheet(sheet)
        return after is not None and any(one.minutes == _MINUTES for one in after.attendance)

    def _same_instants(self, sheet: str) -> bool | None:
        read = self.client.sheet(sheet)
        return None if read is None else read.starts_at == self.moment

    def _refuses_locked(self, sheet: str, student: str, professor: str) -> bool:
        self.client.archive_sheet(sheet)
        body = self._body(wire.existing(sheet), student, professor)
        try:
            return self._is_refused(lambda: self.client.update("course", body))
        finally:
            self.client.reopen_sheet(sheet)

    def _archived(self, student: str) -> bool:
        self.client.archive_person("student", student)
        return self.client.person_by_email("student", _EMAILS[STUDENT]) is not None

    def _holds_email(self) -> bool:
        return self._is_refused(lambda: self._person("student", THIRD, _EMAILS[STUDENT]))

    def _is_refused(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Rejected:
            return True
        return False

    # what is taken away

    def _take_away(self) -> None:
        """Delete the sheets that were made, and archive the people; what stays is named."""
        for _ in range(_MOST):
            sheet = self._look_up("course", SHEET)
            if sheet is None:
                break
            with suppress(Rejected, InDoubt):
                self.client.reopen_sheet(sheet)
            try:
                self.client.delete_sheet(sheet)
            except (Rejected, InDoubt):
                self.left.append(f"the sheet {SHEET}")
                break
        for kind, source_id in _PEOPLE:
            person = self._look_up(kind, source_id)
            if person is not None:
                with suppress(Rejected, InDoubt):
                    self.client.archive_person(kind, person)

    def _look_up(self, kind: str, source_id: str) -> str | None:
        try:
            return self.client.find_id(kind, source_id)
        except (LookUpRefused, TargetError):
            self.left.append(f"the {kind} {quote(source_id)}, which could not be looked up")
            return None


_PEOPLE = (
    ("student", STUDENT),
    ("student", OTHER),
    ("student", THIRD),
    ("professor", PROFESSOR),
)
_MINUTES = 7
_MOST = 5
"""How many sheets of one id are looked for."""
