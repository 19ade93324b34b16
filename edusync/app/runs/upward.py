"""The way up, put together: find the archived sheets of each account, send their attendance."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from edusync.app.runs.account_up import AccountRun, AccountUp, PeopleNames
from edusync.app.runs.archived import REMEMBERED, SheetFinder
from edusync.app.runs.attendance_digest import AttendanceDigest
from edusync.app.runs.claims import check_renamed, check_school
from edusync.app.runs.history import days_with_rows
from edusync.app.runs.owners import Owners
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sheet_links import FIRST_LOOK, looked_since, read_links
from edusync.app.runs.sheet_lists import SheetLists, window_of
from edusync.app.runs.sides import open_edusign, open_source
from edusync.app.runs.stopped import Stopped
from edusync.app.runs.taken_ids import sent_for_another
from edusync.app.runs.unseen import Past
from edusync.app.runs.wishes import Wishes
from edusync.engine import calls
from edusync.engine.grace import Grace
from edusync.engine.outcome import Outcome, Report
from edusync.engine.read.names import names_in_scope
from edusync.engine.upward.sheet import line_key
from edusync.engine.verdicts import Undecided, holds
from edusync.errors import ConfigurationProblem
from edusync.state.formers import ids_now
from edusync.state.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.registry import Registry
    from edusync.spec.tree import Expression, Spec, Writeback
    from edusync.state.store import Store


class Upward:
    """One run of a connector on the way up. As a context it signs out and closes at the end."""

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        *,
        fence: int = 0,
        wishes: Wishes | None = None,
    ) -> None:
        if instance.spec.writeback is None:
            raise ConfigurationProblem(
                "UP_IMPOSSIBLE",
                f"{instance.spec.label} has no way for attendance, so nothing can go up",
                "see the page of the connector; who writes its spec: `edusync help writeback`",
            )
        self.writeback: Writeback = instance.spec.writeback
        self.instance, self.store, self.registry, self.moment, self.fence = (
            instance,
            store,
            registry,
            moment,
            fence,
        )
        self.grace = Grace(instance.grace, moment.tools.clock, moment.tools.sleep)
        self.wishes = wishes or Wishes()
        self.unmet = set(self.wishes.named)
        """Ids that a person named, and that stand for no sheet of an account looked at so far."""
        self.looked_at = min(moment.now, store.now())
        """From when on the next run looks at changes: never later than now."""
        self.rare = store.rare_names(instance.name)
        self.stack = ExitStack()
        self.accounts: list[AccountUp] = []
        self.stopped = Stopped(instance)
        names = [account.name for account in instance.accounts]
        self.owners = Owners(store, instance.name, names)

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
            with self.stopped.guarding(account.name):
                run = self._open(account)
                if run is not None:
                    run.plan()

    def write(self) -> None:
        """Send what is to go, account by account."""
        for account in self.instance.accounts:
            with self.stopped.guarding(account.name):
                run = self._open(account)
                if run is not None:
                    run.write()
        self.store.save_rare_names(self.instance.name, self.rare)

    def outcomes(self) -> list[Outcome]:
        """Return every event so far."""
        noted = [outcome for account in self.accounts for outcome in account.report.outcomes]
        unmet = sorted(self.unmet) if all(account.client for account in self.accounts) else []
        unknown = [Outcome("UP_COURSE_NOT_BROUGHT", "course", name) for name in unmet]
        return [*noted, *unknown, *self.stopped.outcomes()]

    def counts(self) -> dict[str, Any]:
        """Return what the next run needs to know of this one.

        How far it has looked, and of which days the lists of the ERP have rows.
        """
        return {
            "looked_at": self.looked_at.isoformat(),
            "after": {account.name: account.looked_up_to for account in self.accounts},
            "rows_on": {
                account.name: {
                    name: sorted(day.isoformat() for day in days)
                    for name, days in account.rows_on.items()
                }
                for account in self.accounts
            },
        }

    def _open(self, account: Account) -> AccountRun | None:
        """Open both sides of an account and find its sheets; None when there is nothing to do.

        An option is off, or none of the sheets that alone are looked at is of this account.
        """
        up = AccountUp(account.name, Report(account.name))
        zone = ZoneInfo(self.instance.spec.zone)
        names = names_in_scope(
            account.answers, window_of(self.moment.now, zone, ()), self.moment.tools.watch
        )
        prefix = calls.setting(self.instance.spec.namespace, names, "namespace")
        prefix = f"{prefix}/" if prefix else ""
        named = self._named(account.name, prefix)
        if named is not None and not named:
            return None
        self.accounts.append(up)
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
            detail = _options_needed(self.instance.spec, needs)
            self.owners.off.add(account.name)
            up.report.add(Outcome("UP_OFF", place=self.writeback.place, detail=detail))
            return None
        return self._opened(account, up, names, prefix, named)

    def _named(self, account: str, prefix: str) -> dict[str, str] | None:
        """Return the Edusign ids of the sheets of an account that alone are looked at.

        By their sessions; None when all are.
        """
        only = self.wishes.only
        if only is None:
            return None
        return {
            source_id: link.edusign_id
            for (kind, source_id), link in self.store.links(self.instance.name, account).items()
            if kind == "course" and {source_id, source_id.removeprefix(prefix)} & only
        }

    def _opened(
        self,
        account: Account,
        up: AccountUp,
        names: dict[str, Any],
        prefix: str,
        named: Mapping[str, str] | None,
    ) -> AccountRun:
        instance, spec, store, now = self.instance, self.instance.spec, self.store, self.moment.now
        tools, functions = self.moment.tools, self.registry.functions
        client = open_edusign(account, tools)
        self.stack.callback(client.close)
        school = client.school()
        check_renamed(store, instance, account.name, school)
        check_school(store, instance.name, account.name, school)
        # changes are dated by Edusign, whose clock may be behind that of this machine
        self.looked_at = min(self.looked_at, client.answered_at)
        source = open_source(spec, names, tools, functions)
        self.stack.callback(source.close)
        runs = store.runs(instance.name, direction="up")
        lists = SheetLists(
            spec,
            source,
            account.answers,
            names,
            up.report,
            functions,
            now,
            self.rare,
            days_with_rows(runs, account.name),
        )
        up.rows_on = lists.rows_on
        first = lists.opened(())
        settle_scope(first, client, "up")
        lists.keep(first)
        renamed = {
            line_key(role, former_id.removeprefix(prefix)): line_key(
                role, new_id.removeprefix(prefix)
            )
            for (role, former_id), new_id in ids_now(store, instance.name, account.name).items()
        }
        uploads = Uploads(store, instance.name, account.name, self.fence, renamed)
        before = uploads.since(self.looked_at - REMEMBERED)
        links = read_links(store, self.owners, account.name, spec, prefix, client, before)
        digest = AttendanceDigest(client, store.key, instance.reasons, instance.spec.writeback)
        finder = SheetFinder(
            spec, self.writeback, client, links, lists, up.report, self.wishes, digest
        )
        since = looked_since(runs)
        up.client, up.since = client, since or self.looked_at - FIRST_LOOK
        if named is None:
            found = finder.find(before, now, up.since, self._past(account.name, runs))
            going = {sheet.source_id for sheet in found.sheets}
            finder.name_unlooked(before.keys() | going, now, since)
        else:
            found = finder.find_named(before, now, named)
        self.unmet -= found.known
        self.owners.tied |= dict.fromkeys(found.tied, account.name)
        for upload in before.values() if named is None else ():
            if not {upload.source_id, upload.source_id.removeprefix(prefix)} & self.wishes.named:
                up.report.outcomes += sent_for_another([upload], account.name)
        up.sheets, up.looked_up_to = found.sheets, found.looked_up_to
        return AccountRun(
            instance,
            self.writeback,
            self.moment,
            up,
            source,
            lists,
            links,
            uploads,
            digest,
            found,
            PeopleNames(client, up),
            self.wishes.resend,
            self.stack,
            self.grace,
        )

    def _past(self, account: str, runs: Sequence[Mapping[str, Any]]) -> Past:
        """Return which sheets of an account were held lately."""
        now, since = self.moment.now, self.moment.now - FIRST_LOOK
        held = self.store.coming(self.instance.name, account, since, now)
        counts = (run["counts"] for run in runs)
        after = next((dict(found["after"]) for found in counts if "after" in found), {})
        tomorrow = now + timedelta(days=1)
        return Past(since.date(), tomorrow.date(), held, after.get(account, ""))


def _options_needed(spec: Spec, needs: Expression) -> str | None:
    """Name the options that the way up needs, in the words of their questions; None without any."""
    asked = [
        spec.options[name[1]]
        for name in sorted(needs.names)
        if name[0] == "options" and len(name) > 1 and name[1] in spec.options
    ]
    words = "; ".join(
        f"{question.name}: {question.label.en}" + (f". {question.help.en}" if question.help else "")
        for question in asked
    )
    return f"needs {words}" if words else None
