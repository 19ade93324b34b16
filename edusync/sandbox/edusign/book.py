"""What the sandbox holds: plain records in Edusign's own spelling, in memory or in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.sandbox.edusign.webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Record = dict[str, Any]

PARIS = ZoneInfo("Europe/Paris")
KINDS = (
    "students",
    "professors",
    "externals",
    "groups",
    "courses",
    "classrooms",
    "justified_absences",
    "reasons",
)
REASONS = (
    "unknown",
    "sick leave",
    "death of a relative",
    "funeral",
    "medical appointment",
    "job interview",
    "in the company",
    "other",
)


@dataclass
class Habits:
    """What may differ from school to school, or is not documented."""

    page: int = 40
    """How many sheets, or justified absences, a page has."""
    email_needed: bool = False
    """Whether a student without an e-mail is refused."""
    school: str = "school-sandbox"
    """The id of the school."""
    keeps_ids: bool = False
    """Whether a change of `API_ID` and `API_TYPE` is confirmed and not made."""
    not_found: str | None = None
    """What every route says of what is not there, in place of its own words."""
    v3: bool = True
    """Whether the account has the interface v3."""
    v3_mails_credentials: bool = False
    """Whether people whom v3 creates get their credentials; no document says so."""


@dataclass
class Book:
    """Every record of one school.

    `file` keeps it between starts; `clock` is the server's own time.
    """

    file: Path | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    lock: Any = field(default_factory=RLock)
    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    counter: int = 0
    emails: list[Record] = field(default_factory=list)
    requests: list[Record] = field(default_factory=list)
    habits: Habits = field(default_factory=Habits)
    webhooks: Webhooks = field(default_factory=Webhooks)

    def __post_init__(self) -> None:
        if self.file is not None and self.file.is_file():
            stored = json.loads(self.file.read_text(encoding="utf-8"))
            self.tables, self.counter = stored["tables"], stored["counter"]
            self.emails = stored["emails"]
        for kind in KINDS:
            self.tables.setdefault(kind, {})
        if not self.tables["reasons"]:
            self.tables["reasons"] = {
                str(number): {"ID": number, "NAME": name} for number, name in enumerate(REASONS)
            }

    def new_id(self, letter: str) -> str:
        """Return a fresh id: opaque, lower case, 16 characters."""
        self.counter += 1
        return f"{letter}{self.counter * 7919 % 36**5:05d}sandbox{self.counter:03d}"[:18]

    def now(self) -> str:
        """Return the server's time as Edusign writes it."""
        return stamp(self.clock())

    def add(self, kind: str, record: Record) -> Record:
        """Put a record into a table."""
        self.tables[kind][record["ID"]] = record
        return record

    def all(self, kind: str) -> list[Record]:
        """Return the records of a table."""
        return list(self.tables[kind].values())

    def get(self, kind: str, record_id: str) -> Record | None:
        """Return one record."""
        return self.tables[kind].get(record_id)

    def find(self, kind: str, **fields: object) -> Record | None:
        """Return the first record whose fields are equal.

        Texts without regard to case for e-mails.
        """
        for record in self.tables[kind].values():
            if all(
                str(record.get(name, "")).lower() == str(value).lower()
                if name == "EMAIL"
                else record.get(name) == value
                for name, value in fields.items()
            ):
                return record
        return None

    def save(self) -> None:
        """Write everything to the file, when there is one."""
        if self.file is not None:
            aside = self.file.with_suffix(".tmp")
            aside.write_text(
                json.dumps({"tables": self.tables, "counter": self.counter, "emails": self.emails}),
                encoding="utf-8",
            )
            aside.replace(self.file)

    def changeable(self, data: Record) -> Record:
        """Return what of a change is made."""
        ids = {"API_ID", "API_TYPE"} if self.habits.keeps_ids else set()
        return {name: value for name, value in data.items() if name not in ids}

    def dump(self) -> dict[str, Any]:
        """Return everything, for looking."""
        return {kind: self.all(kind) for kind in KINDS if kind != "reasons"} | {
            "emails": list(self.emails)
        }


def stamp(moment: datetime) -> str:
    """Write an instant in UTC, as Edusign answers it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def parse(text: str) -> datetime:
    """Read a date-time; one without an offset is the school's local time [A]."""
    moment = datetime.fromisoformat(text)
    return (moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment).astimezone(UTC)


def end_of(day: str) -> datetime:
    """Return the end of a day that a filter names.

    A whole date-time stays [A: the end is inclusive].
    """
    moment = parse(day)
    return moment + timedelta(days=1) if len(day) == 10 else moment  # noqa: PLR2004 - the length of 2026-03-20
