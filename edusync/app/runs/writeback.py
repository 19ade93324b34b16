"""Send attendance up, once per connector at a time; every run leaves its events."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from edusync.app.runs.claims import check_file, refuse_in_shadow
from edusync.app.runs.closing import close_run, closed_when_broken
from edusync.app.runs.sync import Status, is_failure
from edusync.app.runs.upward import Upward
from edusync.app.runs.wishes import Wishes
from edusync.codes.own import meant_by
from edusync.engine.outcome import Outcome
from edusync.state.lock import locked
from edusync.state.runs import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.account_up import AccountUp
    from edusync.app.runs.moment import Moment
    from edusync.errors import EdusyncError
    from edusync.registry import Registry
    from edusync.state.store import Store


@dataclass(frozen=True, slots=True)
class Result:
    """What a run on the way up did, or what it would do.

    `status` is success, partial, failed or planned.
    """

    connector: str
    run_id: str | None
    status: str
    accounts: Sequence[AccountUp]
    outcomes: Sequence[Outcome]
    stopped: EdusyncError | None = None
    """What stopped an account while others went on."""

    def as_dict(self) -> dict[str, Any]:
        """Return the result as `schemas/writeback.v1.schema.json` describes it.

        Ids, states and codes.
        """
        return {
            "version": 1,
            "connector": self.connector,
            "run": self.run_id,
            "status": self.status,
            "accounts": [
                {
                    "name": account.name,
                    "sheets": [
                        {
                            "source_id": sheet.source_id,
                            "edusign_id": sheet.edusign_id,
                            "sent": sheet.was_sent,
                            "skipped": sheet.was_skipped,
                            "refused": sheet.was_refused,
                            "held": sheet.held,
                            "is_held": sheet.is_held,
                            "status": sheet.status() if self.run_id else "planned",
                        }
                        for sheet in account.sheets
                    ],
                    "lines": account.lines,
                    "steps": [{**asdict(one), "courses": [*one.courses]} for one in account.would],
                }
                for account in self.accounts
            ],
            "events": [
                {
                    "account": outcome.account,
                    "code": outcome.code,
                    "severity": str(outcome.severity),
                    "kind": outcome.kind,
                    "source_id": outcome.source_id,
                    "edusign_id": outcome.edusign_id,
                    "field": outcome.field,
                    "spec": outcome.spec,
                    "detail": outcome.words,
                    "remedy": outcome.remedy,
                }
                for outcome in self.outcomes
            ],
        }


def plan_writeback(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    *,
    resend: Collection[str] = (),
    entered: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Result:
    """Return what would go up; nothing is written anywhere (P23)."""
    check_file(instance, store)
    wishes = _wishes(resend, entered, only)
    with (
        meant_by(instance.spec.connector),
        Upward(instance, store, registry, moment, wishes=wishes) as upward,
    ):
        upward.plan()
        events, stopped = upward.outcomes(), upward.stopped.first
        return Result(instance.name, None, "planned", upward.accounts, events, stopped)


def write_back(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    *,
    resend: Collection[str] = (),
    entered: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Result:
    """Send the attendance of archived sheets up, once.

    `resend` names sheets that are sent again whatever was sent before (U3), `entered` those of
    which nothing more goes, because somebody entered in the ERP what was left of them. With `only`
    no other sheets than those are looked at, and the next run looks at all others as if this one
    had not been.
    """
    refuse_in_shadow(instance)
    wishes = _wishes(resend, entered, only)
    with meant_by(instance.spec.connector), locked(store, instance.name) as fence:
        check_file(instance, store)
        direction = "up" if wishes.only is None else AT_ONCE
        run_id = store.start_run(instance.name, direction, store.now())
        outcomes: list[Outcome] = []
        at: dict[str, Any] = {"at": moment.now.isoformat()}
        sent = moment.tools.sent.since()
        with (
            closed_when_broken(store, run_id, moment, sent, outcomes),
            Upward(instance, store, registry, moment, fence=fence, wishes=wishes) as upward,
        ):
            try:
                upward.write()
            finally:
                outcomes += upward.outcomes()
        bad = any(is_failure(outcome) or outcome.code == "UP_IN_DOUBT" for outcome in outcomes)
        bad |= any(sheet.was_refused for account in upward.accounts for sheet in account.sheets)
        moved = any(sheet.moved for account in upward.accounts for sheet in account.sheets)
        status: Status = "success"
        if bad:
            status = "partial" if moved else "failed"
        if status != "success":
            outcomes.append(Outcome("RUN_PARTIAL" if status == "partial" else "RUN_FAILED"))
        # what an account that was stopped did not look at, the next run looks at
        is_whole = wishes.only is None and not upward.stopped.errors
        counts = upward.counts() if is_whole else {}
        at["requests"] = sent()
        close_run(store, run_id, status, outcomes, counts={**at, **counts})
        stopped = upward.stopped.first
        return Result(instance.name, run_id, status, upward.accounts, outcomes, stopped)


def _wishes(
    resend: Collection[str], entered: Collection[str], only: Collection[str] | None
) -> Wishes:
    named = frozenset(resend), frozenset(entered)
    return Wishes(*named, None if only is None else frozenset(only).union(*named))
