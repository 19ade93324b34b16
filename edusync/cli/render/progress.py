"""Progress on a terminal, and nothing in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

    from edusync.engine.plan.plan import Change, Plan


class Progress:
    """Show how many of the planned changes are done."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def planned(self, plan: Plan) -> None:
        """Begin, once it is known how much there is to do."""
        total = sum(len(account.changes) for account in plan.accounts)
        if not sys.stderr.isatty() or not total:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.bar.start()
        self.task = self.bar.add_task("bringing down", total=total)

    def step(self, change: Change) -> None:
        """Note one change as done."""
        if self.bar is not None:
            self.bar.update(self.task, advance=1, description=f"{change.action} {change.kind}")
