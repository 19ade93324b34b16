"""A school that another connector has served for years, and that moves in."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.adopt import Result, adopt, give_back, leave
from edusync.registry import Registry
from edusync.sandbox.edusign.old_connector import OldConnector
from edusync.state.open import open_store
from tests.conftest import DAY, NOW, World

OLD = "old-bridge"
ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")


class School(World):
    """A world whose Edusign was filled by a connector of before."""

    def __init__(
        self, folder: Path, registry: Registry, erp: str, stack: ExitStack, **connector: Any
    ) -> None:
        folder.joinpath("scratch").mkdir()
        self.scratch = World(folder / "scratch", registry, erp, stack)
        super().__init__(folder, registry, erp, stack)
        said = self.simulation.answers(self.erp_url)
        options = {"options": dict(said.get("options", {}))}
        self.write(**{**options, **connector})
        self.scratch.simulation, self.scratch.erp_url = self.simulation, self.erp_url
        self.scratch.write(**options)
        self.old = OldConnector(self.courses, OLD)

    def as_the_erp_says(self) -> dict[str, Any]:
        """Return what a connector of this ERP brings down: by a sync into an empty Edusign."""
        self.scratch.now = self.now
        self.scratch.sync()
        return self.scratch.book.dump()

    def seed(self) -> None:
        """Let the old connector have been here for years, until two days ago."""
        at, self.now = self.now, self.now - timedelta(days=2)
        wanted = self.as_the_erp_says_at(at)
        self.old.seed(wanted)
        self.now = at

    def as_the_erp_says_at(self, at: Any) -> dict[str, Any]:
        self.scratch.now = at
        self.scratch.sync()
        return self.scratch.book.dump()

    def adopt(self, *, real_sleep: bool = False, **more: Any) -> Result:
        store = open_store(str(self.state))
        try:
            instance = load_instance(self.file, self.registry)
            moment = self.moment(real_sleep=real_sleep)
            return adopt(instance, store, self.registry, moment, OLD, **more)
        finally:
            store.close()

    def move_in(self) -> Result:
        """Look at the plan, and apply it."""
        return self.adopt(apply=self.adopt().plan_id)

    def give_back(self, **more: Any) -> Result:
        store = open_store(str(self.state))
        try:
            instance = load_instance(self.file, self.registry)
            return give_back(instance, store, self.moment(), OLD, **more)
        finally:
            store.close()

    def leave(self) -> None:
        store = open_store(str(self.state))
        try:
            leave(load_instance(self.file, self.registry), store, self.moment(), OLD)
        finally:
            store.close()

    def held(self) -> dict[str, list[dict[str, Any]]]:
        """Return a copy of everything on Edusign, without ids of connectors and moments."""
        mine = {"API_ID", "API_TYPE", "DATE_UPDATED"}
        return {
            kind: [
                {name: repr(value) for name, value in row.items() if name not in mine}
                for row in self.book.all(kind)
            ]
            for kind in ("students", "professors", "externals", "groups", "courses")
        }


__all__ = ["DAY", "ERPS", "NOW", "OLD", "School"]
