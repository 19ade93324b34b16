"""Who goes on with a sheet that one account gives up, since its session is gone there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from edusync.engine.plan.plan import KEPT
from edusync.state.holders import holders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.runs.downward import AccountRun
    from edusync.engine.plan.plan import AccountPlan, Change
    from edusync.state.store import Store


class Keepers:
    """The accounts of a run, and the connectors, that share a school of Edusign.

    `accounts` are those of the connector file: one that was stopped in this run keeps its sheets,
    and one that left the file keeps none. `schools` says which school each belongs to.
    """

    def __init__(
        self,
        store: Store,
        connector: str,
        accounts: Sequence[str],
        schools: Mapping[str, str | None],
        runs: Sequence[AccountRun],
    ) -> None:
        self.store, self.connector, self.accounts = store, connector, accounts
        self.schools, self.runs = schools, runs

    def keeper(self, run: AccountRun, deletion: Change) -> str | None:
        """Return who keeps the sheet that an account would delete; None when nobody does."""
        edusign_id = deletion.edusign_id or ""
        found = holders(self.store, self.connector, run.account.name, "course", edusign_id)
        others = found.get(edusign_id, [])
        for other in others:
            if other.connector == self.connector and self._keeps(other.account, edusign_id):
                return f"the account '{other.account}' has it as well"
        for one in self.runs:
            if one is not run and self._takes(one, run, deletion.source_id):
                return f"the account '{one.account.name}' takes it over"
        for other in others:
            if other.connector != self.connector and other.runs:
                return f"the connector '{other.connector}' has it as well"
        return None

    def told(self, run: AccountRun) -> AccountPlan:
        """Return the plan of an account with the sheets that others go on with named as kept."""
        details = {}
        for change in run.plan.changes:
            if change.kind == "course" and change.action == "delete":
                keeper = self.keeper(run, change)
                if keeper is not None:
                    details[change.key] = f"{change.detail}; {KEPT}{keeper}"
        return run.plan.told(details)

    def _keeps(self, account: str, edusign_id: str) -> bool:
        """Whether an account with a link of a sheet does not give it up in this run, too."""
        return account in self.accounts and edusign_id not in self._deleted.get(account, ())

    def _takes(self, run: AccountRun, giver: AccountRun, source_id: str) -> bool:
        """Whether an account has the session of another by now, and no sheet of it yet.

        Only one of the same school and the same ERP can take the sheet over.
        """
        school = self.schools.get(giver.account.name)
        return (
            school is not None
            and self.schools.get(run.account.name) == school
            and run.account.answers.connection == giver.account.answers.connection
            and source_id in run.verdicts.seen
            and source_id not in run.view.fingerprints["course"]
        )

    @cached_property
    def _deleted(self) -> Mapping[str, set[str | None]]:
        """The sheets that each account gives up."""
        return {
            run.account.name: {
                change.edusign_id
                for change in run.plan.changes
                if change.kind == "course" and change.action == "delete"
            }
            for run in self.runs
        }
