"""What needs a person: one list, with one command each that settles it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.files.specs import shown
from edusync.app.runner.ladder import is_off
from edusync.locale import gettext as _
from edusync.state.holds import quarantines
from edusync.state.latest import last_runs, last_slots, named_last

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from edusync.state.store import Store

_APPROVE = "edusync sync {name} --approve {plan}"
_LOOK = "edusync events {name} --run {run} --code {code}"
_WHY = "edusync explain {name} attendance {id}"
_SHEET = "edusync writeback {name} --resend {id}"
_ENTERED = "edusync writeback {name} --entered {id}"
COMMANDS: Mapping[str, str] = {
    "RUN_DELETIONS_HELD": _APPROVE,
    "RUN_SCOPE_CHANGED": _APPROVE,
    "RUN_MOVES_HELD": _APPROVE,
    "RUN_CONTENTS_HELD": _APPROVE,
    "RUN_CREATIONS_HELD": _APPROVE,
    "RUN_ADDITIONS_HELD": _APPROVE,
    "RUN_REMOVALS_HELD": _APPROVE,
    "RUN_FOREIGN_SHEETS": "edusync survey {name}",
    "RUN_OLD_CONNECTOR_WRITES": "edusync survey {name}",
    "RUN_ALL_REFUSED": _LOOK,
    "RUN_ALL_HELD": _LOOK,
    "RUN_NOBODY_ON_SHEETS": _LOOK,
    "RUN_SUSPICIOUS_EMPTY": "edusync check {name}",
    "DOWN_PERSON_ID_TAKEN": _LOOK,
    "UP_PERSON_ID_TAKEN": _LOOK,
    "UP_SENT_FOR_ANOTHER": _LOOK,
    "UP_NO_WRITE_PERMISSION": "edusync run {name}",
    "UP_COURSE_SHARED": _LOOK,
    "UP_COURSE_DOUBLED": _LOOK,
    "UP_COURSE_CHANGED_AFTER_SEND": _SHEET,
    "UP_COURSE_UNKNOWN_IN_ERP": _LOOK,
    "UP_COURSE_POSTPONED": _SHEET,
    "UP_COURSE_GONE": _ENTERED,
    "UP_COURSE_NOT_LOOKED_AT": _SHEET,
    "UP_CORRECTION_IMPOSSIBLE": _ENTERED,
    "UP_PROFESSOR_VALIDATION_REQUIRED": _LOOK,
    "UP_REASON_UNKNOWN": _WHY,
    "UP_GIVEN_UP": _WHY,
    "UP_IN_DOUBT": _WHY,
}
"""Codes of the last run of which no later run gets rid by itself, and what settles them."""
_SETUP = ("CONF_", "SPEC_", "PLUGIN_", "RUN_USAGE")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a person. `count` says how many items it is about."""

    connector: str
    code: str
    words: str
    command: str
    count: int = 1


def needs(store: Store, files: Mapping[str, Path], strays: Sequence[Path] = ()) -> list[Need]:
    """Return what needs a person of some connectors, by name the file of each.

    `strays` are files of which nobody can say what connector they are.
    """
    alone = list(files) if len(files) == 1 else None
    every = (*_of_slots(store, files), *_of_runs(store, alone))
    needed = [one for one in every if one.connector in files]
    for file in strays:
        words = _("cannot be read, or has the name of another connector: it does not run")
        needed.append(
            Need(shown(file), "CONF_STRAY_FILE", words, f"edusync validate {shown(file)}")
        )
    return needed


def _of_slots(store: Store, files: Mapping[str, Path]) -> Iterator[Need]:
    for (name, direction), quarantine in quarantines(store).items():
        holes = {"count": quarantine.failures, "way": direction, "code": quarantine.code}
        if is_off(quarantine):
            words = _("is off since it failed {count} times ({way}: {code})", **holes)
            yield Need(name, "RUN_QUARANTINED", words, f"edusync resume {name}")
        else:
            words = _("failed {count} times in a row ({way}: {code})", **holes)
            yield Need(name, quarantine.code, words, f"edusync run {name}")
    for (name, direction), row in last_slots(store).items():
        code = row.code or ""
        if row.state == "failed" and code.startswith(_SETUP) and name in files:
            words = _("cannot run ({way})", way=direction)
            yield Need(name, code, words, f"edusync validate {shown(files[name])}")


def _of_runs(store: Store, alone: Collection[str] | None) -> Iterator[Need]:
    events = named_last(store, list(COMMANDS), alone)
    runs = last_runs(store, {named.connector for named in events})
    for named in events:
        run = runs[named.connector, named.direction]
        command = COMMANDS[named.code].format(
            name=named.connector,
            plan=run.plan_id,
            run=run.id[:8],
            code=named.code,
            id=named.source_id or "ID",
        )
        moment = f"{run.started_at:%Y-%m-%d %H:%M}"
        words = _(
            "{count} in the run {way} of {moment} UTC",
            count=named.times,
            way=run.direction,
            moment=moment,
        )
        yield Need(named.connector, named.code, words, command, named.times)
