"""What people do with a connector in the console. Each leaves an act with who did it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.console.moving import compared, surveyed
from edusync.app.files.edits import Edits
from edusync.app.files.written import with_value, write_secret
from edusync.app.runner.endings import Ended
from edusync.app.runner.holding import pause_connector, resume_connector
from edusync.app.runner.log import LOG
from edusync.app.runner.now import run_now
from edusync.app.runs.moment import Moment
from edusync.app.runs.shadow import shadow
from edusync.app.runs.sync import sync
from edusync.app.runs.writeback import write_back
from edusync.app.setup.secret_place import SecretPlace, place_of
from edusync.errors import EdusyncError, UsageProblem
from edusync.state.acts import end_act, note_act
from edusync.state.secrets import save_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from edusync.app.console.jobs import Jobs
    from edusync.app.console.moving import Compared
    from edusync.app.console.secrets import Place
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runs.survey import Survey
    from edusync.diagnostics import Route
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

    def bring(self, user: User, name: str, kind: str, source_id: str) -> bool:
        """Bring one item down now; False when the connector is busy.

        Where it needs people who are not on Edusign yet, a whole run brings all of them.
        """

        def work() -> Iterator[Way]:
            instance, registry = self.fleet.instance(name), self.fleet.registry
            one = (kind, source_id)
            try:
                result = sync(instance, self.store, registry, self._moment(), only=one)
            except UsageProblem:
                result = sync(instance, self.store, registry, self._moment())
            yield "down", Ended("done", None, result.run_id, result.status)

        return self._start(user, name, "bring", work, detail=source_id)

    def approve(self, user: User, name: str, plan: str) -> bool:
        """Let through what a guard held in this very plan; False when the connector is busy."""

        def work() -> Iterator[Way]:
            instance = self.fleet.instance(name)
            result = sync(instance, self.store, self.fleet.registry, self._moment(), approve=plan)
            yield "down", Ended("done", None, result.run_id, result.status)

        return self._start(user, name, "approve", work, detail=plan)

    def leave(self, user: User, name: str, plan: str) -> None:
        """Note that what a guard held in a plan stays as it is."""
        note_act(self.store, user.id, "leave", connector=name, detail=plan)

    def send_again(self, user: User, name: str, sheet: str) -> bool:
        """Send a sheet up again, whatever was sent before (U3); False when it is busy."""
        return self._up(user, name, "resend", sheet, resend=[sheet])

    def entered(self, user: User, name: str, sheet: str) -> bool:
        """Note that what is left of a sheet was entered by hand; False when it is busy."""
        return self._up(user, name, "entered", sheet, entered=[sheet])

    def _up(self, user: User, name: str, what: str, sheet: str, **which: list[str]) -> bool:
        def work() -> Iterator[Way]:
            instance = self.fleet.instance(name)
            result = write_back(instance, self.store, self.fleet.registry, self._moment(), **which)
            yield "up", Ended("done", None, result.run_id, result.status)

        return self._start(user, name, what, work, detail=sheet)

    def survey(self, user: User, name: str, found: dict[str, Survey]) -> bool:
        """Put into `found` what stands on Edusign; False when the connector is busy."""

        def work() -> Iterator[Way]:
            instance = self.fleet.instance(name)
            registry = self.fleet.registry
            found[name] = surveyed(instance, self.store, registry, self._moment())
            yield "look", Ended("done", status="success")

        return self._start(user, name, "survey", work)

    def look(self, user: User, name: str) -> bool:
        """Look what edusync would do beside another connector; False when it is busy."""

        def work() -> Iterator[Way]:
            instance = self.fleet.instance(name)
            result = shadow(instance, self.store, self.fleet.registry, self._moment())
            code = next(iter(result.guards), None)
            if result.stopped is not None:
                code = result.stopped.code
            yield "look", Ended("done", code, result.run_id, result.status)

        return self._start(user, name, "shadow", work)

    def compare(
        self, user: User, name: str, days: tuple[date, date], found: dict[str, Compared]
    ) -> bool:
        """Put into `found` how the attendance of some days compares; False when it is busy."""

        def work() -> Iterator[Way]:
            instance = self.fleet.instance(name)
            comparison = compared(instance, self.store, self.fleet.registry, self._moment(), days)
            found[name] = comparison
            status = "success" if comparison.stopped is None else "partial"
            yield "look", Ended("done", comparison.stopped, status=status)

        return self._start(user, name, "reconcile", work, detail=f"{days[0]} – {days[1]}")

    def new_secret(self, user: User, name: str, place: Place, secret: str) -> None:
        """Write a secret where it stands, or into the store when the project keeps them there.

        UsageProblem when nobody can, StateError without the key of the store.
        """
        file, project = self._file(name), self.fleet.project
        own = re.match(rf"\$\{{store:({re.escape(name)}/[^}}]+)\}}\Z", place.reference)
        if own is not None:
            save_secret(self.store, own[1], secret, user.id)
        elif place_of(project.settings) == "store":  # also one that other connectors share
            secret_place = SecretPlace(project, name, file, self.store, user.id)
            leaf = re.sub(r"[^A-Za-z0-9_.-]", "-", place.name)
            reference = secret_place.keep(leaf, secret)
            self._change(user, name, place.route, reference, f"{name}: new password")
        else:
            write_secret(place.reference, file.parent, secret)
        note_act(self.store, user.id, "password", connector=name, detail=place.name)
        resume_connector(self.store, name, self.now())

    def choose_reason(self, user: User, name: str, theirs: str, ours: str) -> None:
        """Write which reason of the ERP one of Edusign is, into the connector file."""
        self._change(user, name, ("reasons", theirs), ours, f"{name}: a reason was chosen")
        note_act(self.store, user.id, "reason", connector=name, detail=f"{theirs} → {ours}")

    def pause(self, user: User, name: str, reason: str, until: datetime) -> None:
        """Let a connector not run by itself until then; UsageProblem when that has passed."""
        pause_connector(self.store, name, reason, self.now(), until)
        note_act(self.store, user.id, "pause", connector=name, detail=reason)

    def resume(self, user: User, name: str) -> None:
        """End the pause and the quarantine of a connector."""
        resume_connector(self.store, name, self.now())
        note_act(self.store, user.id, "resume", connector=name)

    def _change(self, user: User, name: str, route: Route, value: object, note: str) -> None:
        """Write something into a connector file, or a release with it; UsageProblem."""
        file, fleet = self._file(name), self.fleet
        before = file.read_text(encoding="utf-8")
        edits = Edits(fleet.project, fleet.registry, self.store, user.id)
        edits.save(name, file, before, with_value(before, route, value), note)
        fleet.look(name)

    def _file(self, name: str) -> Path:
        """Return the file of a connector, of the release that is in force by now."""
        self.fleet.look(name)
        return self.fleet.files()[name]

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
        started = self.jobs.start(name, lambda: self._do(number, work))
        if not started:  # somebody else was faster
            end_act(self.store, number, "failed", "RUN_BUSY")
        return started

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
