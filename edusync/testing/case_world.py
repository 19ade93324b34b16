"""What a case runs in: both sides, the store and the tools, all of them only for this run."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.engine.read.source import Tools
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from edusync.state.open import open_store
from edusync.testing.case_erp import database, exports
from edusync.testing.case_folder import fill
from edusync.testing.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

    from edusync.registry import Registry
    from edusync.spec.watch import Watch
    from edusync.state.store import Store
    from edusync.testing.replay import Replay


@dataclass(frozen=True, slots=True)
class World:
    """One run of one case. `folder` is removed afterwards, `statements` are those of a database."""

    case: Mapping[str, Any]
    now: datetime
    folder: Path
    book: Book
    app: Flask
    edusign: str
    store: Store
    registry: Registry
    replay: Replay
    tools: Tools
    statements: list[str]


def instant(text: str) -> datetime:
    """Return an instant that a case writes in Paris time."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def tools_of(home: Path, folder: Path, replay: Replay, watch: Watch | None = None) -> Tools:
    """Return tools for which no time passes, and to which recorded answers reply.

    `home` is the folder of a case, `folder` what is made of it for this run.
    """
    return Tools(
        lambda: 0.0,
        lambda _seconds: None,
        replay,
        watch,
        nonce=lambda: "0" * 32,
        opened=StandIn(home, folder, replay),
    )


@contextmanager
def erp_of(home: Path, folder: Path, connector: dict[str, Any]) -> Iterator[list[str]]:
    """Make the database or the files of an ERP that has them; yield the statements that it gets."""
    with database(home, folder / "erp.db", connector["connection"]) as statements:
        exports(
            home,
            folder / "exports",
            connector["connection"],
            connector.setdefault("options", {}),
        )
        yield statements


@contextmanager
def world(
    home: Path,
    case: Mapping[str, Any],
    spec_dirs: tuple[Path, ...],
    replay: Replay,
    watch: Watch | None = None,
) -> Iterator[World]:
    """Make everything that a case needs; `home` is its folder."""
    now = instant(case["at"])
    book = Book(clock=lambda: now)
    fill(book, home / "edusign.yaml")
    app = create_app(book)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        edusign = stack.enter_context(serving(app))
        store = open_store(str(folder / "state.db"))
        stack.callback(store.close)
        registry = load_registry(spec_dirs)
        statements = stack.enter_context(erp_of(home, folder, case["connector"]))
        yield World(
            case,
            now,
            folder,
            book,
            app,
            edusign,
            store,
            registry,
            replay,
            tools_of(home, folder, replay, watch),
            statements,
        )
