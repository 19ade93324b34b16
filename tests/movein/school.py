"""A school that another connector has served for years, and that moves in."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.adopt import adopt, give_back, leave
from edusync.app.runs.adopting import Result
from edusync.app.runs.survey import Survey, survey
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
        old = connector.pop("old", OLD)
        self.scratch = World(folder / "scratch", registry, erp, stack)
        super().__init__(folder, registry, erp, stack, at_once=connector.pop("at_once", 1))
        said = self.simulation.answers(self.erp_url)
        options = {"options": dict(said.get("options", {}))}
        self.write(**{**options, **connector})
        self.scratch.simulation, self.scratch.erp_url = self.simulation, self.erp_url
        self.scratch.write(**options)
        self.old = OldConnector(self.courses, old)

    def as_the_erp_says(self) -> dict[str, Any]:
        """Return what a connector of this ERP brings down: by a sync into an empty Edusign."""
        self.scratch.now = self.now
        self.scratch.sync()
        return self.scratch.book.dump()

    def seed(self) -> None:
        """Let the old connector have been here for years, until two days ago."""
        wanted, at = self.as_the_erp_says(), self.now
        self.now = at - timedelta(days=2)
        self.old.seed(wanted)
        self.now = at

    def adopt(self, api_type: str = OLD, *, real_sleep: bool = False, **more: Any) -> Result:
        store = open_store(str(self.state))
        try:
            instance = load_instance(self.file, self.registry)
            moment = self.moment(real_sleep=real_sleep)
            return adopt(instance, store, self.registry, moment, api_type, **more)
        finally:
            store.close()

    def move_in(self) -> Result:
        """Look at the plan, and apply it."""
        return self.adopt(apply=self.adopt().plan_id)

    def give_back(self, api_type: str = OLD, *, real_sleep: bool = False, **more: Any) -> Result:
        store = open_store(str(self.state))
        try:
            instance = load_instance(self.file, self.registry)
            moment = self.moment(real_sleep=real_sleep)
            return give_back(instance, store, moment, api_type, **more)
        finally:
            store.close()

    def survey(self, **more: Any) -> Survey:
        store = open_store(str(self.state))
        try:
            instance = load_instance(self.file, self.registry)
            return survey(instance, store, self.registry, self.moment(), **more)
        finally:
            store.close()

    def links(self, account: str = "main") -> dict[str, set[str]]:
        """Return the source ids of everything that the store knows, by kind."""
        store = open_store(str(self.state))
        try:
            found = store.fingerprints("school", account)
            return {kind: set(known) for kind, known in found.items()}
        finally:
            store.close()

    def owners(self) -> dict[str, tuple[str, str]]:
        """Return whose everything on Edusign is: `API_ID` and `API_TYPE`, by the id there."""
        return {
            row["ID"]: (row["API_ID"], row["API_TYPE"])
            for kind in ("students", "professors", "externals", "groups", "courses")
            for row in self.book.all(kind)
        }

    def leave(self, api_type: str = OLD) -> None:
        store = open_store(str(self.state))
        try:
            leave(load_instance(self.file, self.registry), store, self.moment(), api_type)
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
