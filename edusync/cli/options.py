"""The options that stand everywhere, and what they are turned into."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edusync.app.files.project import Project
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runs.moment import Moment
    from edusync.locale import Language
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.transport.trace import Trace

KINDS = ("course", "student", "professor", "group", "external")
"""What comes down, in the words of the command line; an external is a tutor."""


@dataclass(slots=True)
class Common:
    """What every command was told."""

    at: str | None = None
    state: str | None = None
    project_folder: Path | None = None
    spec_dirs: tuple[Path, ...] = field(default_factory=tuple)
    verbose: int = 0
    color: bool = True
    lang: Language = "en"
    trace: Trace | None = None
    """Keeps what goes over the wires, where --trace asks for it."""
    _registry: Registry | None = None
    _store: Store | None = None

    def now(self) -> datetime:
        """Return the instant to act at.

        Now, or the one that was given, in Paris unless it names a zone.
        """
        from datetime import UTC, datetime

        return datetime.now(UTC) if self.at is None else self.moment(self.at)

    def moment(self, text: str) -> datetime:
        """Return the instant that a text says, in Paris unless it names a zone."""
        from datetime import UTC, datetime

        from edusync.errors import UsageProblem
        from edusync.model import PARIS

        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise UsageProblem(
                "RUN_USAGE", f"'{text}' is not a moment", "write it as 2026-03-20T11:30"
            ) from None
        return (moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment).astimezone(UTC)

    def begins(self, now: datetime | None = None) -> Moment:
        """Return the moment of a run, with the tools that it uses."""
        from dataclasses import replace

        from edusync.app.runs.moment import Moment

        moment = Moment(now or self.now())
        return replace(moment, tools=replace(moment.tools, trace=self.trace))

    def clock(self) -> Callable[[], datetime]:
        """Return a clock that stands where `now` does, and goes on from there."""
        from datetime import UTC, datetime, timedelta
        from time import monotonic

        if self.at is None:
            return lambda: datetime.now(UTC)
        start, began = self.now(), monotonic()
        return lambda: start + timedelta(seconds=monotonic() - began)

    def project(self, *, secrets: bool = False) -> Project | None:
        """Return the project of --project, of this folder or of one above it; None without one.

        `secrets` says that what alerts need is looked up, and has to be there. Of a project whose
        connectors are deployed, its connector files are those of the release in force.
        """
        found = self.project_as_written(secrets=secrets)
        if found is None or not found.settings.deployed:
            return found
        from edusync.app.files.checkout import Checkout

        return Checkout(self.store(), found).newest()[1]

    def project_as_written(self, *, secrets: bool = False) -> Project | None:
        """Return the project with the folders that its file names, whatever is deployed."""
        from edusync.app.files.project import find_project
        from edusync.errors import UsageProblem
        from edusync.transport.reach import restrict

        project = find_project(self.project_folder, secrets=secrets)
        if project is not None and project.settings.private is not None:
            restrict(project.settings.private)
            click.get_current_context().call_on_close(lambda: restrict(None))
        if project is None and self.project_folder is not None:
            raise UsageProblem(
                "RUN_USAGE",
                f"there is no edusync.yaml in {self.project_folder}",
                "`edusync init FOLDER` makes a project",
            )
        return project

    def needed_project(self, *, secrets: bool = False) -> Project:
        """Return the project; UsageProblem when there is none."""
        from edusync.errors import UsageProblem

        found = self.project(secrets=secrets)
        if found is None:
            raise UsageProblem(
                "RUN_USAGE",
                "this folder is in no project: there is no edusync.yaml here or above",
                "`edusync init FOLDER` makes one, --project FOLDER names one",
            )
        return found

    def fleet(self, project: Project) -> Fleet:
        """Return the connectors of a project for a process that stays: it follows releases."""
        from edusync.app.files.checkout import Checkout
        from edusync.app.runner.fleet import Fleet

        as_written = self.project_as_written()
        deployed = as_written is not None and as_written.settings.deployed
        checkout = Checkout(self.store(), as_written) if as_written and deployed else None
        return Fleet(project, self.registry(), checkout)

    def connector(self, named: Path) -> Path:
        """Return a connector file that was named by its path, or by its name in the project."""
        project = None if named.is_file() else self.project()
        if project is None or named.suffix in {".yaml", ".yml"}:
            return named
        return project.file_of(str(named))

    def registry(self) -> Registry:
        """Load the plugins, once; troubles are said on the error stream."""
        from edusync.plugins import load_registry

        if self._registry is not None:
            return self._registry

        project = self.project()
        registry = load_registry((*self.spec_dirs, *(project.spec_dirs if project else ())))
        for trouble in registry.troubles:
            click.echo(
                f"{click.style('warning', fg='yellow')} {trouble.code}: plugin '{trouble.plugin}': "
                f"{trouble.message}",
                err=True,
            )
        self._registry = registry
        return registry

    def store(self) -> Store:
        """Open the store, once; it is closed when the command ends."""
        from edusync.state.open import open_store

        if self._store is not None:
            return self._store

        store = open_store(self._store_url())
        context = click.get_current_context()
        context.call_on_close(store.close)
        if store.lock_folder is None:  # others may ask the same sides at the same time
            from edusync.state.limits import SharedLimits
            from edusync.transport.limits import share

            share(SharedLimits(store))
            context.call_on_close(lambda: share(None))
        self._store = store
        return store

    def store_that_is_there(self, context: click.Context) -> Store | None:
        """Return the store, None when there is none yet: who looks a secret up makes none."""
        from edusync.state.open import is_there

        if self._store is not None:  # a context is not for several threads at once
            return self._store
        if not is_there(self._store_url()):
            return None
        with context.scope(cleanup=False):
            return self.store()

    def _store_url(self) -> str:
        from edusync.state.open import default_url

        project = None if self.state else self.project_as_written()
        return self.state or (project.settings.store if project else default_url())


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that stand everywhere; the command gets them as `common`."""

    def collect(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        options = ctx.ensure_object(Common)
        name = str(param.name)
        if name == "spec_dir":
            options.spec_dirs = tuple(Path(folder) for folder in value)
        elif name == "no_color":
            ctx.color = False if value else None
            options.color = not value
        elif name == "lang":
            from edusync.locale import speak

            options.lang = value
            speak(value)
        elif name == "project_folder":
            options.project_folder = None if value is None else Path(value)
        else:
            setattr(options, name, value)

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
            {
                "metavar": "URL",
                "help": "The store: a path or an SQLAlchemy URL; that of the project, or "
                "EDUSYNC_STATE, when not said.",
            },
        ),
        (
            ("--project", "project_folder"),
            {
                "type": click.Path(exists=True, file_okay=False),
                "help": "The folder of a project; that of this folder when not said.",
            },
        ),
        (
            ("--spec-dir",),
            {
                "multiple": True,
                "type": click.Path(exists=True, file_okay=False),
                "help": "A folder of YAML specs; may be given several times.",
            },
        ),
        (
            ("--lang",),
            {
                "type": click.Choice(["en", "fr"]),
                "default": "en",
                "envvar": "EDUSYNC_LANG",
                "help": "The language of codes, reasons and labels; EDUSYNC_LANG, or English, "
                "when not said.",
            },
        ),
        (("-v", "--verbose"), {"count": True, "help": "Say more."}),
        (("--no-color",), {"is_flag": True, "help": "Plain text."}),
    ]
    wrapped = _with_its_store(function)
    for names, more in reversed(settings):
        wrapped = click.option(*names, callback=collect, expose_value=False, **more)(wrapped)
    return wrapped


def _with_its_store(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let `${store:NAME}` mean the store of a command while that command works.

    Not while its words are parsed: a context whose words are refused is never closed.
    """

    @wraps(function)
    def command(*values: Any, **named: Any) -> Any:
        from edusync.app.files.secrets import stored_in

        context = click.get_current_context()
        options = context.ensure_object(Common)
        with stored_in(lambda: options.store_that_is_there(context)):
            return function(*values, **named)

    return command


def common_options() -> Common:
    """Return what the present command was told."""
    return click.get_current_context().ensure_object(Common)
