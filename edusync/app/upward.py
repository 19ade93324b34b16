"""The way up, put together.

The archived sheets of each account, the ERP read for them, and the steps that write their
attendance.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from edusync.app.account_up import AccountRun, AccountUp, window_of
from edusync.engine.outcome import Outcome, Report
from edusync.engine.read.names import names_in_scope
from edusync.engine.verdicts import Undecided, holds
from edusync.errors import ConfigurationProblem

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType

    from edusync.app.connector_file import Account, Instance
    from edusync.app.downward import Moment
    from edusync.registry import Registry
    from edusync.spec.expressions import Expression
    from edusync.spec.types import Spec
    from edusync.spec.upward import Writeback
    from edusync.state.store import Store


class Upward:
    """One run of a connector on the way up.

    Use it as a context: it signs out and closes at the end.
    """

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        *,
        fence: int = 0,
        resend: Collection[str] = (),
        entered: Collection[str] = (),
    ) -> None:
        if instance.spec.writeback is None:
            raise ConfigurationProblem(
                "UP_IMPOSSIBLE",
                f"{instance.spec.label} has no way for attendance, so nothing can go up",
                "see the page of the connector",
            )
        self.writeback: Writeback = instance.spec.writeback
        self.instance, self.store, self.registry, self.moment, self.fence, self.resend = (
            instance,
            store,
            registry,
            moment,
            fence,
            frozenset(resend),
        )
        self.entered = frozenset(entered)
        self.looked_at = min(moment.now, datetime.now(UTC))
        """From when on the next run has to look at changes: never later than now, whatever moment
        the run acts at."""
        self.rare = store.rare_names(instance.name)
        self.stack = ExitStack()
        self.accounts: list[AccountUp] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    def plan(self) -> None:
        """Read both sides, and note what would go up. Nothing is written anywhere (P23)."""
        for account in self.instance.accounts:
            run = self._open(account)
            if run is not None:
                for sheets in run.chunks(run.up.sheets):
                    run.note(sheets)

    def write(self) -> None:
        """Send what is to go, account by account."""
        for account in self.instance.accounts:
            run = self._open(account)
            if run is not None:
                run.write()

    def outcomes(self) -> list[Outcome]:
        """Return every event so far."""
        return [outcome for account in self.accounts for outcome in account.report.outcomes]

    def _open(self, account: Account) -> AccountRun | None:
        up = AccountUp(account.name, Report(account.name))
        self.accounts.append(up)
        names = names_in_scope(account.answers, window_of(self.moment.now, ()))
        needs = self.writeback.needs
        try:
            is_on = holds(needs, names)
        except Undecided as undecided:
            raise ConfigurationProblem(
                "CONF_WRONG_TYPE",
                f"nobody can say whether attendance goes up: {undecided}",
                "correct the answers that `needs` of the spec reads",
            ) from None
        if needs is not None and not is_on:
            up.report.add(
                Outcome(
                    "UP_OFF",
                    place=self.writeback.place,
                    detail=_wanted(self.instance.spec, needs),
                )
            )
            return None
        return AccountRun(self, account, up, names)


def _wanted(spec: Spec, needs: Expression) -> str | None:
    """Say which options the way up needs, in the words of their questions.

    None when it needs something else.
    """
    asked = [
        spec.options[name[1]]
        for name in sorted(needs.names)
        if name[0] == "options" and len(name) > 1 and name[1] in spec.options
    ]
    said = "; ".join(
        f"{question.name}: {question.label.en}" + (f". {question.help.en}" if question.help else "")
        for question in asked
    )
    return f"needs {said}" if said else None
