"""Run one direction of a connector, and say how it ended in the words of the runner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from edusync.app.runner.ladder import BUSY_PAUSE, next_try
from edusync.app.runs.sync import DONE
from edusync.errors import (
    CallFailed,
    ConfigurationProblem,
    EdusyncError,
    FilesInvalid,
    Guarded,
    PluginBroken,
    SourceError,
    TargetError,
    UsageProblem,
)
from edusync.state.hints import settled_hints
from edusync.state.runs import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.shadow import Shadowed
    from edusync.app.runs.sync import Result
    from edusync.app.runs.writeback import Result as UpResult
    from edusync.engine.outcome import Outcome
    from edusync.registry import Registry
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

Kind = Literal["done", "data", "technical", "sign_in", "setup", "busy", "cut"]
"""`data`: items were refused, and nothing came of the run; `cut`: the runner was told to stop."""
_SIGN_IN = {"CONN_AUTH_FAILED", "EDU_AUTH_FAILED"}
_TECHNICAL = frozenset({"EDU_IN_DOUBT", "UP_IN_DOUBT", "EDU_UNREADABLE", "CONN_CALL_FAILED"})
"""What is said of an item whose data are not to blame; a side that does not answer stops a run."""
_DONE = frozenset({*DONE, "UP_SENT"})
MANY, SHARE = 20, 0.4
"""From how many such items on, and above which share of all operations, a run counts as failed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended; `code` says why it failed, `whole` whether that stopped every account."""

    kind: Kind
    code: str | None = None
    run: str | None = None
    status: str = "failed"
    whole: bool = True
    message: str = ""


def run_direction(
    instance: Instance, store: Store, registry: Registry, moment: Moment, direction: str
) -> Ended:
    """Run a connector down or up, as `edusync sync` and `edusync writeback` do.

    `AT_ONCE` is up, with the sheets alone of which Edusign told and that have settled.

    Returns how it ended, also when it could not go on. StateError when the store cannot be used,
    for then there is nobody to be told.
    """
    from edusync.app.runs.shadow import shadow
    from edusync.app.runs.sync import sync
    from edusync.app.runs.writeback import write_back

    act: Callable[..., UpResult | Result | Shadowed] = sync if direction == "down" else write_back
    if instance.schedule.shadow:
        act = shadow
    elif direction == AT_ONCE:
        hints = settled_hints(store, moment.now, instance.name)
        if not hints:
            return Ended("done", status="success")
        act = partial(write_back, only={hint.source_id for hint in hints})
    try:
        result = act(instance, store, registry, moment)
    except EdusyncError as error:
        return ended_by(error)
    status: str = result.status
    if result.stopped is not None:
        stopped = ended_by(result.stopped)
        return Ended(
            stopped.kind, stopped.code, result.run_id, status, whole=False, message=stopped.message
        )
    if fails_technically(result.outcomes):
        return Ended("technical", "RUN_MANY_FAILED", result.run_id, status)
    if status == "failed":
        return Ended("data", "RUN_FAILED", result.run_id, status)
    return Ended("done", None, result.run_id, status)


def fails_technically(outcomes: Iterable[Outcome]) -> bool:
    """Whether so many operations of a run failed technically that it counts as failed (P11).

    Records that are refused for their data do not count, on either side.
    """
    codes = Counter[str](outcome.code for outcome in outcomes)
    bad = sum(codes[code] for code in _TECHNICAL)
    return bad >= MANY and bad > SHARE * (bad + sum(codes[code] for code in _DONE))


def ended_by(error: EdusyncError) -> Ended:
    """Return how a run ended that an error stopped; what is not of a run goes on as an error."""
    kind: Kind
    match error:
        case Guarded():
            kind = "busy"
        case SourceError() | TargetError() | CallFailed():
            kind = "sign_in" if error.code in _SIGN_IN else "technical"
        case FilesInvalid() | ConfigurationProblem() | PluginBroken() | UsageProblem():
            kind = "setup"
        case _:
            raise error
    return Ended(kind, error.code, message=error.message)


def settled(row: SlotRow, ended: Ended, now: datetime) -> dict[str, Any]:
    """Return what is written of a slot after a run."""
    match ended.kind:
        case "done":
            return {"state": "done", "run": ended.run, "code": None}
        case "busy":
            return {"state": "due", "again_at": now + BUSY_PAUSE}
        case "cut":
            return {"state": "due", "again_at": now}
        case "technical":
            tries = row.tries + 1
            again_at = next_try(tries, now, row.ends_at)
            if again_at is not None:
                return {"state": "due", "again_at": again_at, "tries": tries, "code": ended.code}
    return {"state": "failed", "run": ended.run, "code": ended.code, "tries": row.tries + 1}
