"""Hyperplanning: connector and simulator registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync import Connector, Simulator, hookimpl

if TYPE_CHECKING:
    from datetime import date

    from edusync.hookspecs import Simulation


@hookimpl
def edusync_register_connectors() -> list[Connector]:
    return [Connector(name="hyperplanning", label="Hyperplanning", spec="hyperplanning.yaml")]


@hookimpl
def edusync_register_simulators() -> list[Simulator]:
    return [Simulator("hyperplanning", _start)]


def _start(day: date) -> Simulation:
    from edusync_plugins.hyperplanning.simulator import HyperplanningSimulation

    return HyperplanningSimulation(day)
