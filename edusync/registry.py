"""What the plugins answered, frozen.

Connectors, simulators, functions, and what was wrong with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.hookspecs import Connector, Simulator


Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Registered(Generic[Thing]):
    """Something that a plugin registered, and where it came from."""

    thing: Thing
    plugin: str
    origin: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A plugin that could not be loaded or used, or a name that is taken."""

    code: str
    plugin: str
    message: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that was registered, by name."""

    connectors: Mapping[str, Registered[Connector]] = field(default_factory=dict)
    simulators: Mapping[str, Registered[Simulator]] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
