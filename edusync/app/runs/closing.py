"""Close a run: write its events and how it ended, also when something breaks it off."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.errors import EdusyncError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.app.runs.moment import Moment
    from edusync.app.runs.sync import Status
    from edusync.state.store import Store


@contextmanager
def closed_when_broken(
    store: Store,
    run_id: str,
    moment: Moment,
    sent: Callable[[], dict[str, int]],
    noted: Sequence[Outcome] = (),
) -> Iterator[None]:
    """Close a run that an error or a signal ends, with what was `noted` before; the error goes on.

    `sent` says how many requests were made so far.
    """
    try:
        yield
    except EdusyncError as error:
        is_told = error.code == "SPEC_INVALID"  # by its findings
        reasons = [] if is_told else [Outcome(error.code, detail=error.message)]
        _close_broken(store, run_id, "failed", [*noted, *reasons], moment, sent)
        raise
    except BaseException:
        _close_broken(store, run_id, "crashed", [*noted, Outcome("RUN_CRASHED")], moment, sent)
        raise


def _close_broken(
    store: Store,
    run_id: str,
    status: Status,
    outcomes: Sequence[Outcome],
    moment: Moment,
    sent: Callable[[], dict[str, int]],
) -> None:
    counts = {"at": moment.now.isoformat(), "requests": sent()}
    close_run(store, run_id, status, outcomes, counts=counts)


def close_run(
    store: Store,
    run_id: str,
    status: Status,
    outcomes: Sequence[Outcome],
    *,
    plan_id: str | None = None,
    counts: Mapping[str, Any] | None = None,
) -> None:
    """Write the events of a run and close it."""
    store.finish_run(
        run_id,
        status,
        store.now(),
        plan_id,
        counts or {},
        [event_row(outcome) for outcome in outcomes],
    )


def event_row(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as a row of the store."""
    return {
        "account": outcome.account,
        "code": outcome.code,
        "severity": str(outcome.severity),
        "kind": outcome.kind,
        "source_id": outcome.source_id,
        "edusign_id": outcome.edusign_id,
        "field": outcome.field,
        "spec": outcome.spec,
        "detail": outcome.detail,
    }
