"""The plugin door: load entry points one by one, ask the hooks once, freeze the answers.

A broken plugin is noted and the others keep working.
"""

from __future__ import annotations

import os
from importlib.metadata import Distribution, EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

import pluggy

from edusync.hookspecs import PROJECT, Connector, Hooks, Simulator
from edusync.registry import Registered, Registry, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path


def load_registry(spec_dirs: Iterable[Path] = ()) -> Registry:
    """Load every plugin and every YAML file of the given folders."""
    door = _Door()
    disabled = set(filter(None, os.environ.get("EDUSYNC_DISABLE_PLUGINS", "").split(",")))
    for entry in sorted(entry_points(group=PROJECT), key=lambda one: (one.name, one.value)):
        if entry.name not in disabled:
            door.load(entry)
    door.check()
    connectors: dict[str, Registered[Connector]] = {}
    simulators: dict[str, Registered[Simulator]] = {}
    functions: dict[str, Registered[Callable[..., Any]]] = {}
    for name in door.names:
        for own, connector in door.ask("edusync_register_connectors", name, _named(Connector)):
            door.put(connectors, own, connector, name)
        for own, simulator in door.ask("edusync_register_simulators", name, _named(Simulator)):
            door.put(simulators, own, simulator, name)
        for word, function in door.ask("edusync_register_functions", name, _functions):
            door.put(functions, word, function, name)
    for folder in spec_dirs:
        for file in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
            header = _header(file)
            if "transport" in header:
                own = str(header.get("connector", file.stem))
                connectors[own] = Registered(
                    Connector(own, str(header.get("label", own)), file), file.name, str(folder)
                )
    return Registry(
        connectors,
        simulators,
        {name: plugin.thing for name, plugin in functions.items()},
        tuple(door.troubles),
    )


class _Door:
    def __init__(self) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(Hooks)
        self.names: list[str] = []
        self.origins: dict[str, str] = {}
        self.packages: dict[Distribution, str] = {}
        self.troubles: list[Trouble] = []

    def load(self, entry: EntryPoint) -> None:
        origin = self._origin(entry.dist) if entry.dist else "unknown"
        if entry.name in self.origins:
            if self.origins[entry.name] != origin:
                self.trouble(
                    "PLUGIN_NAME_TWICE",
                    entry.name,
                    f"{origin} and {self.origins[entry.name]} both bring a plugin of this name",
                )
            return
        self.origins[entry.name] = origin
        try:
            self.manager.register(entry.load(), entry.name)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's module may fail in any way
            self.trouble("PLUGIN_BROKEN", entry.name, f"{origin}: {type(error).__name__}: {error}")
            return
        self.names.append(entry.name)

    def _origin(self, package: Distribution) -> str:
        """Return name and version; they are parsed once, as a package brings many plugins."""
        if package not in self.packages:
            metadata = package.metadata
            self.packages[package] = f"{metadata['Name']} {metadata['Version']}"
        return self.packages[package]

    def check(self) -> None:
        """Note hooks that no specification knows: a misspelt name would be silent."""
        for word, hook in sorted(vars(self.manager.hook).items()):
            for implementation in () if hook.has_spec() else hook.get_hookimpls():
                message = f"it implements '{word}', which is no hook"
                self.trouble("PLUGIN_BROKEN", implementation.plugin_name, message)

    def ask(
        self, hook: str, name: str, read: Callable[[Any], Iterable[tuple[str, Any]]]
    ) -> list[tuple[str, Any]]:
        """Return what one plugin answers to a hook, by name.

        Nothing when it has none, or fails, or answers with something else.
        """
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            if implementation.plugin_name == name:
                try:
                    return list(read(implementation.function()))
                except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's hook may fail in any way
                    message = f"{hook}: {type(error).__name__}: {error}"
                    self.trouble("PLUGIN_BROKEN", name, message)
        return []

    def put(self, table: dict[str, Registered[Any]], name: str, thing: object, plugin: str) -> None:
        if name in table:
            self.trouble(
                "PLUGIN_NAME_TWICE",
                plugin,
                f"'{name}' is registered by '{table[name].plugin}' already",
            )
            return
        table[name] = Registered(thing, plugin, self.origins[plugin])

    def trouble(self, code: str, plugin: str, message: str) -> None:
        self.troubles.append(Trouble(code, plugin, message))


def _named(kind: type[Connector | Simulator]) -> Callable[[Any], Iterator[tuple[str, Any]]]:
    """Return what reads the answer of a hook as things of a kind; TypeError when it is none."""

    def each(answer: Any) -> Iterator[tuple[str, Any]]:
        for thing in answer:
            if not isinstance(thing, kind) or not isinstance(thing.name, str):
                raise TypeError(f"a {kind.__name__} with a name is due, not {type(thing).__name__}")
            yield thing.name, thing

    return each


def _functions(answer: Any) -> Iterator[tuple[str, Any]]:
    """Read the answer of a hook as functions by name; TypeError when it is none."""
    for word, function in dict(answer).items():
        if not isinstance(word, str) or not callable(function):
            raise TypeError(f"functions by name are due, not {type(function).__name__}")
        yield word, function


def _header(file: Path) -> Mapping[str, Any]:
    from edusync.spec.document import read_document

    data = read_document(file.read_text(encoding="utf-8", errors="replace"), str(file)).data
    return data if isinstance(data, dict) else {}
