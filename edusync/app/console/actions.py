"""What people do with a connector in the console. Each leaves an act with who did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.runner.holding import pause_connector, resume_connector
from edusync.app.runner.log import LOG
from edusync.app.runner.now import run_now
from edusync.app.runs.downward import Moment
from edusync.errors import EdusyncError
from edusync.state.acts import end_act, note_act

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from edusync.app.console.jobs import Jobs
    from edusync.app.runner.endings import Ended
    from edusync.app.runner.fleet import Fleet
    from edusync.state.store import Store
    from edusync.state.visitors import User

Way = tuple[str, "Ended"]
_WORST = ("setup", "sign_in", "technical", "busy", "cut", "data", "done")


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done. `now` is the clock."""

    store: Store
    fleet: Fleet
    jobs: Jobs
    now: Callable[[], datetime]

    def run(self, user: User, name: str) -> bool:
        """Run a connector down and up, soon; False when it is busy."""
        return self._start(
            user, name, "run", lambda: run_now(self.store, self.fleet, name, self._moment)
        )

    def pause(self, user: User, name: str, reason: str, until: datetime) -> None:
        """Let a connector not run by itself until then; UsageProblem when that has passed."""
        pause_connector(self.store, name, reason, self.now(), until)
        note_act(self.store, user.id, "pause", connector=name, detail=reason)

    def resume(self, user: User, name: str) -> None:
        """End the pause and the quarantine of a connector."""
        resume_connector(self.store, name, self.now())
        note_act(self.store, user.id, "resume", connector=name)

    def _moment(self) -> Moment:
        return Moment(self.now())

    def _start(
        self,
        user: User,
        name: str,
        what: str,
        work: Callable[[], Iterator[Way]],
        detail: str | None = None,
    ) -> bool:
        if self.jobs.is_busy(name):
            return False
        number = note_act(self.store, user.id, what, connector=name, detail=detail, status=None)
        return self.jobs.start(name, lambda: self._do(number, work))

    def _do(self, number: int, work: Callable[[], Iterator[Way]]) -> None:
        """Do it, and write how it ended, however it ended."""
        status, code = "crashed", "RUN_UNEXPECTED"
        try:
            ended = [one for _, one in work()]
            worst = min(ended, key=lambda one: _WORST.index(one.kind))
            status, code = worst.status, worst.code or ""
        except EdusyncError as error:
            status, code = "failed", error.code
        except KeyboardInterrupt:
            status, code = "crashed", "RUN_CRASHED"
        except Exception as error:  # noqa: BLE001 - one school's fault stops no other's
            LOG.warning("what was asked for failed: %s", type(error).__name__)
        end_act(self.store, number, status, code or None)
