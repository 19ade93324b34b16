"""What can be added to edusync: the hooks of a plugin, and the values that they return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from edusync.sandbox.door import Door

PROJECT = "edusync"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True, slots=True)
class Connector:
    """One ERP.

    `spec` is the name of a file among the bundled specs, or the path of a YAML file of the plugin's
    own.
    """

    name: str
    label: str
    spec: str | Path


class Simulation(Protocol):
    """A running ERP simulator, as the demo and the tests drive it."""

    @property
    def wsgi(self) -> Any:
        """Return the server as a WSGI application."""

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what a customer would answer.

        `connection`, `options` and `filters` of a connector file, and `reasons` for the way up.
        """

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return what the ERP holds of attendance that came up, in its own terms.

        Rows for people to look at.
        """

    def door(self) -> Door:
        """Return the server behind an admin door, /_sandbox, that changes what it holds."""

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs.

        A sentence, and what it does to the ERP.
        """


@dataclass(frozen=True, slots=True)
class Simulator:
    """An honest server that stands for an ERP: it refuses what the real system refuses.

    `start(day)` seeds it around a day.
    """

    name: str
    start: Callable[[date], Simulation]


class Hooks:
    """The hooks. A plugin names only the arguments that it needs."""

    @hookspec
    def edusync_register_connectors(self) -> Sequence[Connector]:  # type: ignore[empty-body]  # a hook has no body
        """Return the ERPs that the plugin connects."""

    @hookspec
    def edusync_register_simulators(self) -> Sequence[Simulator]:  # type: ignore[empty-body]  # a hook has no body
        """Return servers that stand for ERPs, for `edusync demo` and `edusync sandbox`."""

    @hookspec
    def edusync_register_functions(self) -> Mapping[str, Callable[..., Any]]:  # type: ignore[empty-body]  # a hook has no body
        """Return pure functions that specs may use as `function:`.

        They get named values and return one.
        """
