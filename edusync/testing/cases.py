"""A case: `case.yaml`, `exchanges.yaml`, `edusign.yaml`, and its golden file.

`case.yaml` says what it shows, when, and the connector's answers.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import is_failure, sync
from edusync.errors import EdusyncError, FilesInvalid
from edusync.plugins import load_registry
from edusync.testing.case_folder import connector_file, exchanges_of, read_yaml
from edusync.testing.case_up import upward
from edusync.testing.case_world import erp_of, instant, tools_of, world
from edusync.testing.golden_lines import event_line, held_by, writes
from edusync.testing.replay import CANARY, Replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.app.files.connector_file import Instance
    from edusync.registry import Registry
    from edusync.spec.watch import Watch


@dataclass(frozen=True, slots=True)
class Case:
    """One folder.

    `spec_dirs` are searched for specs beside the installed ones; `spec` stands in for the one that
    the case names.
    """

    folder: Path
    spec_dirs: tuple[Path, ...] = ()
    spec: Path | None = None

    @property
    def name(self) -> str:
        """Return connector-case."""
        return f"{self.folder.parent.name}-{self.folder.name}"

    @property
    def golden(self) -> Path:
        """Return the golden file beside the case."""
        return self.folder / "expected.yml"

    def told(self) -> Mapping[str, Any]:
        """Return what the school answers in this case: spec, connection, options, accounts."""
        found: Mapping[str, Any] = read_yaml(self.folder / "case.yaml")["connector"]
        return found

    def recorded(self) -> Mapping[str, int]:
        """Return how much the real answers gave that this case was recorded from, by kind.

        Nothing for one that was written by hand.
        """
        found: Mapping[str, int] = read_yaml(self.folder / "case.yaml").get("recorded", {})
        return found

    def own_exchanges(self) -> list[Mapping[str, Any]]:
        """Return the recorded exchanges of this case alone."""
        return exchanges_of(self.folder / "exchanges.yaml")

    def exchanges(self) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
        """Return the recorded exchanges of this case and those shared with its neighbours."""
        return self.own_exchanges(), exchanges_of(self.folder.parent / "exchanges.yaml")

    @contextmanager
    def opened(self, replay: Replay | None = None) -> Iterator[tuple[Instance, Registry, Moment]]:
        """Yield the connector of the case at its moment.

        The recorded answers stand in place of the ERP, or what `replay` answers; Edusign is
        nowhere.
        """
        os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
        case = self._case()
        registry = load_registry(self.spec_dirs)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            tools = tools_of(self.folder, folder, replay or Replay(*self.exchanges()))
            with erp_of(self.folder, folder, case["connector"]):
                instance = load_instance(
                    connector_file(folder, case, "http://127.0.0.1:9"), registry
                )
                yield instance, registry, Moment(instant(case["at"]), tools)

    def run(
        self,
        replay: Replay | None = None,
        secrets: Mapping[str, str] | None = None,
        watch: Watch | None = None,
        *,
        at_once: int = 1,
        whole: bool = False,
    ) -> dict[str, Any]:
        """Run the case and return what happened: exit, calls, events, what Edusign holds then.

        `replay` answers instead of the recorded exchanges, `secrets` stand in for those of the
        case, and `watch` sees what the runs do with the spec. `at_once` writes are under way to
        Edusign at once. Of the way up a golden file holds no Edusign: `whole` adds what it held.
        """
        case = self._case(secrets)
        replay = replay or Replay(*self.exchanges())
        shows = {"shows": case["shows"]}
        with world(self.folder, case, self.spec_dirs, replay, watch) as here:
            try:
                file = connector_file(here.folder, case, here.edusign, at_once=at_once)
                instance = load_instance(file, here.registry)
                result = sync(instance, here.store, here.registry, Moment(here.now, here.tools))
                calls = sorted([*replay.asked, *here.statements])
            except FilesInvalid as invalid:
                found = [f"{found.code}: {found.message}" for found in invalid.diagnostics]
                return {**shows, "stopped": found}
            except EdusyncError as error:
                return {
                    **shows,
                    "stopped": f"{error.code}: {error.message}",
                    "erp_calls": sorted([*replay.asked, *here.statements]),
                    "edusign_writes": writes(here.book),
                }
            held = held_by(here.book)
            up = upward(here, instance)
        if left := replay.leftovers():
            raise AssertionError(f"nobody asked for {', '.join(left)}")
        return {
            **shows,
            "exit": 4 if result.plan.guards else 1 if any(map(is_failure, result.outcomes)) else 0,
            "guards": result.plan.guards,
            "erp_calls": calls,
            "edusign_writes": writes(here.book),
            "events": [event_line(outcome) for outcome in result.outcomes],
            **(up or {}),
            **({} if up and not whole else {"edusign": held}),
        }

    def _case(self, secrets: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return what stands in `case.yaml`, with what stands in for secrets and the spec."""
        case: dict[str, Any] = read_yaml(self.folder / "case.yaml")
        case["connector"]["connection"] = {**case["connector"]["connection"], **(secrets or {})}
        if self.spec is not None:
            case["connector"]["spec"] = str(self.spec)
        return case

    def run_then(self, spec: Path) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what Edusign holds after a run, and after another one with another spec."""
        case, held = read_yaml(self.folder / "case.yaml"), []
        connector = case["connector"]
        with world(self.folder, case, self.spec_dirs, Replay(*self.exchanges())) as here:
            for said in (connector["spec"], str(spec)):
                connector["spec"] = said
                with suppress(EdusyncError):  # a run that stops changes nothing
                    file = connector_file(here.folder, case, here.edusign)
                    instance = load_instance(file, here.registry)
                    replay = Replay(*self.exchanges())
                    tools = tools_of(self.folder, here.folder, replay)
                    moment = Moment(here.now, tools)
                    sync(instance, here.store, here.registry, moment)
                held.append(held_by(here.book))
        return held[0], held[1]


def find_cases(root: Path, spec_dirs: tuple[Path, ...] = ()) -> Iterator[Case]:
    """Yield every case below a folder, in order."""
    for file in sorted(root.rglob("case.yaml")):
        yield Case(file.parent, spec_dirs)
