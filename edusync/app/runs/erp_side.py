"""The ERP of a connector during a run: signed in to once, its lists opened for each account."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from edusync.app.runs.history import (
    files_before,
    is_compared,
    rows_before,
    without_course_lists,
)
from edusync.app.runs.sides import open_source
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.read.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import ExitStack

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.outcome import Report
    from edusync.engine.read.source import AnySource
    from edusync.model import Window
    from edusync.registry import Registry
    from edusync.state.store import Store


class ErpSide:
    """The lists of a connector's ERP.

    Accounts with the same answers share one sign-in and what both read. What is opened is closed
    by `stack`.
    """

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        window: Window,
        stack: ExitStack,
        direction: str,
    ) -> None:
        self.instance, self.store, self.registry = instance, store, registry
        self.moment, self.window, self.stack = moment, window, stack
        self.direction = direction
        self.is_common = _same_answers(instance)
        self.shared = Shared(
            instance.spec, accounts=len(instance.accounts) if self.is_common else 1
        )
        self.source: AnySource | None = None
        """One sign-in for every account with the same answers."""

    @cached_property
    def runs(self) -> Sequence[Mapping[str, Any]]:
        """The runs of before in its direction, newest first."""
        return self.store.runs(self.instance.name, direction=self.direction)

    @cached_property
    def rare(self) -> dict[str, set[str]]:
        """The names that not every row of a list has, by list."""
        return self.store.rare_names(self.instance.name)

    def remember_names(self) -> None:
        """Write which names of rows turned out to be rare."""
        self.store.save_rare_names(self.instance.name, self.rare)

    def open_lists(self, account: Account, report: Report, *, anew: bool = False) -> Lists:
        """Return the lists of an account, ready to be read; with `anew` none that others read."""
        names = names_in_scope(account.answers, self.window, self.moment.tools.watch)
        source = self.source
        if source is None:
            source = open_source(
                self.instance.spec, names, self.moment.tools, self.registry.functions
            )
            self.stack.callback(source.close)
            self.source = source if self.is_common else None
        expected = self._expected(account.name)
        return Lists(
            self.instance.spec,
            source,
            names,
            report,
            self.registry.functions,
            None if anew else self.shared,
            expected=expected,
            window=self.window,
            files=files_before(self.runs, account.name),
            singles=account.answers.singles,
            rare=self.rare,
        )

    def _expected(self, account: str) -> dict[str, int]:
        """Return how many rows lists had; those of sessions only while sheets are to come."""
        name, before = self.instance.name, rows_before(self.runs, account, self.store.now())
        if (
            not before
            or is_compared(self.runs, account, self.window)
            or self.store.coming(name, account, self.moment.now, self.window.ends_at, limit=1)
        ):
            return before
        return without_course_lists(before, self.instance.spec)


def _same_answers(instance: Instance) -> bool:
    first = instance.accounts[0].answers
    return all(
        account.answers.connection == first.connection and account.answers.options == first.options
        for account in instance.accounts
    )
