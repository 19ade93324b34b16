"""A project without connectors, Edusign and an ERP on real sockets, and what a school answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.project import Project, find_project
from edusync.app.runner.init import make_project
from edusync.app.runs.moment import Moment
from edusync.app.setup.setup import Setup, Tools
from edusync.registry import Registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from edusync.state.open import open_store
from tests.conftest import DAY, NOW
from tests.setup.school import School

ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    make_project(tmp_path)
    found = find_project(tmp_path)
    assert found is not None
    return found


@pytest.fixture
def tools(project: Project, registry: Registry) -> Iterator[Tools]:
    store = open_store(project.settings.store)
    yield Tools(project, registry, store, Moment(NOW), may_refer=True)
    store.close()


@pytest.fixture
def school(registry: Registry) -> Iterator[Callable[[str], School]]:
    """Start an ERP and Edusign; return what the school answers."""
    with ExitStack() as stack:
        edusign = stack.enter_context(serving(create_app(per_minute=1_000_000)))

        def start(erp: str) -> School:
            simulation: Any = registry.simulators[erp].thing.start(DAY)
            url = stack.enter_context(serving(simulation.door()))
            return School(erp, simulation.answers(url), edusign)

        yield start


@pytest.fixture
def answered(tools: Tools, school: Callable[[str], School]) -> Callable[[str], Setup]:
    """Return a setup in which every question of an ERP is answered."""

    def make(erp: str, name: str = "hugo") -> Setup:
        setup = Setup.open(tools, name, erp)
        for _ in school(erp).go_through(setup):
            pass
        return setup

    return make
