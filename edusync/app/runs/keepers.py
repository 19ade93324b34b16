"""Who goes on with a sheet that one account gives up, since its session is gone there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from edusync.engine.apply.ledger import Keeper
from edusync.engine.plan.plan import KEPT
from edusync.state.holders import holders, seats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.runs.account_run import AccountRun
    from edusync.engine.plan.plan import AccountPlan, Change
    from edusync.state.holders import Holder
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

    def keeper(self, run: AccountRun, deletion: Change) -> Keeper | None:
        """Return who keeps the sheet that an account would delete; None when nobody does."""
        edusign_id = deletion.edusign_id or ""
        by_id = holders(self.store, self.connector, run.account.name, "course", edusign_id)
        others = by_id.get(edusign_id, [])
        for other in others:
            if other.connector == self.connector and self._keeps(other.account, edusign_id):
                words = f"the account '{other.account}' has it as well"
                return Keeper(words, self._students(run, other, deletion))
        for one in self.runs:
            if one is not run and self._takes(one, run, deletion.source_id):
                words = f"the account '{one.account.name}' takes it over"
                return Keeper(words, self._wanted(run, one, deletion.source_id))
        for other in others:
            if other.connector != self.connector and other.runs:
                words = f"the connector '{other.connector}' has it as well"
                return Keeper(words, seats(self.store, other, edusign_id))
        return None

    def told(self, run: AccountRun) -> AccountPlan:
        """Return the plan of an account with the sheets that others go on with named as kept."""
        details = {}
        for change in run.plan.changes:
            if change.kind == "course" and change.action == "delete":
                keeper = self.keeper(run, change)
                if keeper is not None:
                    details[change.key] = f"{change.detail}; {KEPT}{keeper.words}"
        return run.plan.told(details)

    def _students(self, run: AccountRun, other: Holder, deletion: Change) -> set[str] | None:
        """Return whom another account has on a sheet, or will have after this run."""
        for one in self.runs:
            if one.account.name == other.account and deletion.source_id in one.verdicts.sheets:
                return self._wanted(run, one, deletion.source_id)
        return seats(self.store, other, deletion.edusign_id or "")

    def _wanted(self, giver: AccountRun, taker: AccountRun, source_id: str) -> set[str] | None:
        """Return whom an account wants on a sheet, of the students whom the giver brought."""
        sheet = taker.verdicts.sheets.get(source_id)
        if sheet is None:
            return None
        links = giver.view.links
        linked = (links.get(("student", ref)) for ref in sheet.students)
        return {link.edusign_id for link in linked if link is not None}

    def _keeps(self, account: str, edusign_id: str) -> bool:
        """Whether an account with a link of a sheet does not give it up in this run, too."""
        return account in self.accounts and edusign_id not in self._deleted.get(account, ())

    def _takes(self, run: AccountRun, giver: AccountRun, source_id: str) -> bool:
        """Whether an account has the session of another by now, and no sheet of it yet.

        Only one of the same school of Edusign and the same ERP can take the sheet over.
        """
        school = self.schools.get(giver.account.name)
        return (
            school is not None
            and self.schools.get(run.account.name) == school
            and run.account.address == giver.account.address
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
