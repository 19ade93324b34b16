"""The options that stand everywhere, and what they are turned into."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edusync.registry import Registry
    from edusync.state.store import Store

Function = TypeVar("Function", bound="Callable[..., Any]")


@dataclass(slots=True)
class Common:
    """What every command was told."""

    at: str | None = None
    state: str | None = None
    spec_dirs: tuple[Path, ...] = field(default_factory=tuple)
    verbose: int = 0
    color: bool = True

    def now(self) -> datetime:
        """Return the instant to act at.

        Now, or the one that was given, in Paris unless it names a zone.
        """
        from datetime import UTC, datetime

        from edusync.errors import UsageProblem
        from edusync.model import PARIS

        if self.at is None:
            return datetime.now(UTC)
        try:
            moment = datetime.fromisoformat(self.at)
        except ValueError:
            raise UsageProblem(
                "RUN_USAGE", f"'{self.at}' is not a moment", "write it as 2026-03-20T11:30"
            ) from None
        return (moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment).astimezone(UTC)

    def registry(self) -> Registry:
        """Load the plugins; troubles are said on the error stream."""
        from edusync.plugins import load_registry

        registry = load_registry(self.spec_dirs)
        for trouble in registry.troubles:
            click.echo(
                f"{click.style('warning', fg='yellow')} {trouble.code}: plugin '{trouble.plugin}': "
                f"{trouble.message}",
                err=True,
            )
        return registry

    def store(self) -> Store:
        """Open the store; it is closed when the command ends."""
        from edusync.state.open import default_url, open_store

        store = open_store(self.state or default_url())
        click.get_current_context().call_on_close(store.close)
        return store


def common(function: Function) -> Function:
    """Add the options that stand everywhere; the command gets them as `common`."""

    def collect(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        found = ctx.ensure_object(Common)
        name = str(param.name)
        if name == "spec_dir":
            found.spec_dirs = tuple(Path(folder) for folder in value)
        elif name == "no_color":
            ctx.color = False if value else None
            found.color = not value
        else:
            setattr(found, name, value)

    settings: list[tuple[tuple[str, ...], dict[str, Any]]] = [
        (
            ("--at",),
            {
                "metavar": "MOMENT",
                "help": "Act as if it were then, such as 2026-03-20T11:30 (Paris unless a zone "
                "is given).",
            },
        ),
        (
            ("--state",),
            {"metavar": "URL", "help": "The store: a path or an SQLAlchemy URL (EDUSYNC_STATE)."},
        ),
        (
            ("--spec-dir",),
            {
                "multiple": True,
                "type": click.Path(exists=True, file_okay=False),
                "help": "A folder of YAML specs; may be given several times.",
            },
        ),
        (("-v", "--verbose"), {"count": True, "help": "Say more."}),
        (("--no-color",), {"is_flag": True, "help": "Plain text."}),
    ]
    for names, more in reversed(settings):
        function = click.option(*names, callback=collect, expose_value=False, **more)(function)
    return function


def told() -> Common:
    """Return what the present command was told."""
    return click.get_current_context().ensure_object(Common)
