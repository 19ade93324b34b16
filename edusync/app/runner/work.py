"""Do one slot: claim it, run the connector, write what became of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.runner.endings import Ended, ended_by, run_direction, settled
from edusync.app.runner.fleet import answers_digest
from edusync.app.runner.ladder import after_failure
from edusync.errors import EdusyncError, StateError
from edusync.state.hints import drop_settled
from edusync.state.holds import end_quarantine, quarantine_of, save_quarantine
from edusync.state.runs import AT_ONCE
from edusync.state.slots import claim, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Protocol

    from edusync.app.files.connector_file import Instance
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runs.moment import Moment
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

    class Observer(Protocol):
        """Who wants to know how slots end, and how many seconds each took."""

        def __call__(self, row: SlotRow, ended: Ended, seconds: float) -> None:
            """Take note of a slot that ended."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs to do slots; `runner` is the name that it claims them under."""

    store: Store
    fleet: Fleet
    runner: str
    moment: Callable[[], Moment]
    observe: Observer

    def do(self, row: SlotRow) -> Ended | None:
        """Run a slot that is due; None when another runner has it already.

        However the run ends, the slot says so. StateError when the store cannot be used.
        """
        if not claim(self.store, row, self.runner):
            return None
        began, moment = time.monotonic(), self.moment()
        instance: Instance | None = None
        try:
            instance = self.fleet.instance(row.connector)
            ended = run_direction(instance, self.store, self.fleet.registry, moment, row.direction)
        except KeyboardInterrupt:
            ended = Ended("cut")
        except StateError:  # the next round takes the slot over, once the store can be used
            raise
        except EdusyncError as error:
            ended = ended_by(error)
        except Exception as error:  # noqa: BLE001 - one school's fault stops no other's
            ended = Ended("technical", "RUN_UNEXPECTED", message=type(error).__name__)
        self._settle(row, ended, instance, moment.now)
        self.observe(row, ended, time.monotonic() - began)
        return ended

    def _settle(
        self, row: SlotRow, ended: Ended, instance: Instance | None, since: datetime
    ) -> None:
        values = settled(row, ended, self.moment().now)
        if not settle(self.store, row, self.runner, values):
            return
        failed = values["state"] == "failed" and ended.whole
        if row.direction == AT_ONCE:
            if values["state"] != "due":  # what failed is left to the slots of the way up
                drop_settled(self.store, row.connector, since)
            if failed and ended.kind == "sign_in":  # one more of the tries that lock an account
                self._bar(row._replace(direction="up"), ended, instance)
        elif failed and ended.kind in {"technical", "sign_in"}:
            self._bar(row, ended, instance)
        elif ended.kind in {"done", "data"}:
            end_quarantine(self.store, row.connector, row.direction)

    def _bar(self, row: SlotRow, ended: Ended, instance: Instance | None) -> None:
        """Count a failure for the quarantine; of a file that cannot be loaded there is none."""
        if instance is not None:
            before = quarantine_of(self.store, row.connector, row.direction)
            answers = answers_digest(instance, self.store.key)
            code = ended.code or "RUN_UNEXPECTED"
            save_quarantine(self.store, after_failure(before, row, code, answers))
