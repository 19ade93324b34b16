"""People and groups that no sheet carries, where a spec brings them (D6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.judge.groups import Groups
    from edusync.engine.judge.people import Everybody, People
    from edusync.engine.judge.verdicts import OnSheets
    from edusync.engine.map.snapshot import Snapshot

_LACKS = {"student": "DOWN_STUDENT_FIELD_MISSING", "professor": "DOWN_PROFESSOR_FIELD_MISSING"}


def add_roster(snapshot: Snapshot, people: Everybody, groups: Groups, on_sheets: OnSheets) -> None:
    """Let everybody valid, and every valid group, come down as if a sheet carried them.

    Why others do not is noted among the events of the reading.
    """
    every: tuple[tuple[str, People[Any]], ...] = (
        ("professor", people.professors),
        ("student", people.students),
    )
    for kind, found in every:
        for reason in (*found.reasons.values(), *_unread(kind, found)):
            snapshot.report.skip(reason)
        for note in found.noted.values():
            snapshot.report.skip(note)
    for reason in groups.reasons.values():
        snapshot.report.skip(reason)
    on_sheets.add(tuple(people.professors.valid), tuple(people.students.valid))
    brought = groups.valid - groups.undecided
    on_sheets.groups.update(dict.fromkeys(ref for ref in groups.all if ref in brought))


def _unread(kind: str, people: People[Any]) -> Iterator[Outcome]:
    """Yield why somebody waits of whom a needed field could not be read."""
    for person in people.others:
        if person.source_id in people.unknown and person.source_id not in people.valid:
            names = ("last_name", "first_name", "email")
            field = next((name for name in names if getattr(person, name) is UNKNOWN), None)
            yield Outcome(
                _LACKS[kind], kind, person.source_id, field=field, detail="could not be read"
            )
