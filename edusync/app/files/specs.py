"""Find and load specs: installed ones by name, or any YAML file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.errors import PluginBroken, UsageProblem
from edusync.resources import bundled
from edusync.spec import load_spec

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable
    from zoneinfo import ZoneInfo

    from edusync.hookspecs import Connector
    from edusync.registry import Registry
    from edusync.spec import Spec
    from edusync.spec.document import Document


def spec_text(connector: Connector) -> tuple[str, str]:
    """Return the text of a connector's spec and the name of its file for people."""
    if isinstance(connector.spec, Path):
        return connector.spec.read_text(encoding="utf-8"), shown(connector.spec)
    return (bundled("specs") / connector.spec).read_text(
        encoding="utf-8"
    ), f"specs/{connector.spec}"


def rare_file(spec: Path) -> Path:
    """Return the file with the names that the rows of a spec's cases have, by list."""
    return spec.parent / "recorded" / f"{spec.stem}.json"


@dataclass(frozen=True, slots=True)
class SpecTexts:
    """A spec as it is written: its text, the name of its file for people, the names of its rows."""

    text: str
    file: str
    rare: str | None


def load_named(
    name: str, registry: Registry, folder: Path, zone: ZoneInfo | None = None
) -> tuple[Spec | None, Document]:
    """Load a spec by the name of an installed connector, or by a path relative to a folder.

    `zone` is that of the school, when it is another than the spec says. A process that runs many
    schools checks a spec once; its text is read each time, so a change is seen.
    """
    functions = tuple(sorted(registry.functions.items()))
    found = spec_texts(name, registry, folder)
    return _checked(found.text, found.file, functions, zone, found.rare)


def spec_texts(name: str, registry: Registry, folder: Path) -> SpecTexts:
    """Return the texts of a spec by the name of an installed connector, or by a path.

    PluginBroken, UsageProblem when there is none.
    """
    from edusync.diagnostics import did_you_mean

    if name in registry.connectors:
        connector = registry.connectors[name].thing
        text, file = spec_text(connector)
        names = (
            rare_file(connector.spec)
            if isinstance(connector.spec, Path)
            else bundled("specs") / "recorded" / f"{Path(connector.spec).stem}.json"
        )
        return SpecTexts(text, file, _text(names))
    path = folder / name
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return SpecTexts(path.read_text(encoding="utf-8"), shown(path), _text(rare_file(path)))
    broken = next((trouble for trouble in registry.troubles if trouble.plugin == name), None)
    if broken is not None:
        raise PluginBroken(
            broken.code,
            f"the connector '{name}' could not be loaded: {broken.message}",
            "repair or reinstall it",
        )
    if not registry.connectors:
        raise UsageProblem(
            "PLUGIN_NONE", "no connector is installed", "install edusync itself: pip install -e ."
        )
    raise UsageProblem(
        "CONF_UNKNOWN_SPEC",
        f"no connector and no file is called '{name}'",
        did_you_mean(name, sorted(registry.connectors)),
    )


@lru_cache(maxsize=64)
def _checked(
    text: str,
    file: str,
    functions: tuple[tuple[str, Callable[..., Any]], ...],
    zone: ZoneInfo | None,
    rare: str | None,
) -> tuple[Spec | None, Document]:
    spec, document = load_spec(text, file, dict(functions), zone=zone)
    if spec is not None and rare is not None:
        spec = replace(spec, rare={name: kinds["rare"] for name, kinds in names_in(rare).items()})
    return spec, document


def names_in(text: str) -> dict[str, dict[str, list[str]]]:
    """Return what a file of names of rows says, by list: all `names`, and those that are `rare`.

    One that an earlier release wrote has rare names alone.
    """
    found: dict[str, Any] = json.loads(text)
    return {
        name: kinds if isinstance(kinds, dict) else {"names": [], "rare": kinds}
        for name, kinds in found.items()
    }


def _text(file: Traversable) -> str | None:
    """Return the text of a file, None when it is not there."""
    return file.read_text(encoding="utf-8") if file.is_file() else None


def shown(path: Path) -> str:
    """Return a path as a person would type it from here."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
