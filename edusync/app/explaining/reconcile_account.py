"""Hold the sheets of one account against the ERP, read anew for their days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from edusync.app.runs.attendance_digest import AttendanceDigest
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sheet_links import read_links
from edusync.app.runs.sheet_lists import read_together
from edusync.app.runs.sides import open_edusign, open_source
from edusync.engine import calls
from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.upward.held_against import Held, HeldSheet, Holder
from edusync.engine.upward.lines import LineMaker
from edusync.engine.upward.read_back import ReadBack
from edusync.engine.upward.reasons import ReasonFinder
from edusync.engine.upward.sheet import UpSheet, line_key
from edusync.engine.verdicts import decided
from edusync.errors import LookUpRefused
from edusync.model import Window
from edusync.spec.needs import mentioned
from edusync.state.formers import ids_now
from edusync.state.uploads import Uploads
from edusync.target.records import ArchivedSheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from contextlib import ExitStack

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.owners import Owners
    from edusync.engine.read.source import AnySource
    from edusync.engine.upward.links import Links
    from edusync.engine.upward.read_back import AttendanceRow
    from edusync.registry import Registry
    from edusync.spec.tree import Writeback
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient
    from edusync.target.records import Sheet

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Reconciled:
    """One account: its sheets, and what the ERP alone has."""

    name: str
    sheets: list[HeldSheet] = field(default_factory=list)
    is_read: bool = True
    """Whether the ERP was asked; where it cannot be, what the store says was sent is compared."""
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """How people are called on Edusign, of those who are not equal; asked now, kept nowhere."""
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """The ids on Edusign of those who are not equal, by role and id in the ERP."""

    @property
    def people(self) -> Iterator[Held]:
        """Everybody who was compared."""
        return (person for sheet in self.sheets for person in sheet.people)

    def count(self, verdict: str) -> int:
        """Return of how many people something is so."""
        return sum(person.verdict == verdict for person in self.people)


class ReconciledAccount:
    """One account while it is compared."""

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        account: Account,
        days: tuple[date, date],
        stack: ExitStack,
    ) -> None:
        assert instance.spec.writeback is not None  # noqa: S101 - asked before
        self.instance, self.spec, self.store, self.registry = (
            instance,
            instance.spec,
            store,
            registry,
        )
        self.writeback: Writeback = instance.spec.writeback
        self.moment, self.account, self.report = moment, account, Report(account.name)
        zone = ZoneInfo(self.spec.zone)
        today = Window.around(moment.now, days=0, days_back=0, zone=zone).today
        self.window = Window(moment.now, today, *days, zone)
        self.client: EdusignClient = open_edusign(account, moment.tools)
        stack.callback(self.client.close)
        self.names = names_in_scope(account.answers, self.window, moment.tools.watch)
        self.source: AnySource = open_source(
            self.spec, self.names, moment.tools, registry.functions
        )
        stack.callback(self.source.close)
        self.own: AbstractSet[tuple[str, str]] = frozenset()
        """The kinds and ids of what the account has links of."""

    def reconciled(self, owners: Owners, *, named: bool = True) -> Reconciled:
        """Read both sides and compare them; `named` asks Edusign for names, too."""
        self.client.school()
        prefix = calls.setting(self.spec.namespace, self.names, "namespace")
        prefix = f"{prefix}/" if prefix else ""
        name = self.account.name
        renamed = {
            line_key(role, former.removeprefix(prefix)): line_key(role, now.removeprefix(prefix))
            for (role, former), now in ids_now(self.store, self.instance.name, name).items()
        }
        uploads = Uploads(self.store, self.instance.name, name, 0, renamed).since(_EVER)
        links = read_links(self.store, owners, name, self.spec, prefix, self.client, uploads)
        self.own = self.store.links(self.instance.name, name).keys()
        entity = self.spec.entities.get("attendance")
        reconciled = Reconciled(name, is_read=entity is not None)
        archived, still_open = self._sheets(links, reconciled)
        digest = AttendanceDigest(
            self.client, self.store.key, self.instance.reasons, self.instance.spec.writeback
        )
        self._settle()
        groups = [*read_together([*archived, *still_open], 1)] or [[]]
        needs = self.writeback.needs
        rows: dict[object, AttendanceRow] = {}
        is_off = needs is not None and decided(needs, None, self.names) is False
        for together in groups:
            lists = self._lists(together, links)
            back = ReadBack.read(lists, entity) if entity is not None else None
            maker = self._maker(lists, links, digest)
            holder = Holder(
                links, uploads, digest, self.writeback.lines, back, maker.reasons, is_off
            )
            for sheet in together:
                reconciled.sheets.append(self._compared(sheet, maker, holder, still_open))
            for row in back.rows if back is not None else ():
                known = rows.setdefault((row.student, row.course, row.starts_at), row)
                known.is_met = known.is_met or row.is_met
        reconciled.sheets += self._only_there(rows.values(), [*archived, *still_open], links)
        reconciled.sheets.sort(key=lambda one: (one.starts_at or _EVER, one.source_id or ""))
        self._tell_who(reconciled, links)
        if named:
            self._name(reconciled)
        return reconciled

    def _sheets(self, links: Links, reconciled: Reconciled) -> tuple[list[UpSheet], list[UpSheet]]:
        """Return our sheets of these days, archived and open; others are noted with why not."""
        first, last = self.window.first - timedelta(days=1), self.window.last + timedelta(days=1)
        archived, still_open = list[UpSheet](), list[UpSheet]()
        sides: list[tuple[list[UpSheet], list[ArchivedSheet]]] = [
            (archived, [*self.client.archived(first, last, updated_since=_EVER)]),
            (
                still_open,
                [
                    ArchivedSheet(one, ())
                    for one in self.client.sheets(first, last, only_open=True)
                    if one.ends_at <= self.moment.now
                ],
            ),
        ]
        for side, sheets in sides:
            for one in sheets:
                sheet = one.sheet
                if not self.window.starts_at <= sheet.starts_at < self.window.ends_at:
                    continue
                course = links.course(sheet.edusign_id)
                if course is not None:
                    up = UpSheet(course.source_id, course.erp_id, one, course.carry, None)
                    up.is_number = course.is_number
                    side.append(up)
                elif (code := self._foreign(links, sheet)) is not None:
                    reconciled.sheets.append(HeldSheet.of(sheet, sheet.source_id or None, code))
        return archived, still_open

    def _foreign(self, links: Links, sheet: Sheet) -> str | None:
        """Return why a sheet is not ours; None when another account of the connector has it."""
        other = links.elsewhere.get(sheet.edusign_id)
        if other is not None:
            code = "UP_COURSE_SHARED" if other.is_unsure else "UP_COURSE_OF_ANOTHER"
            return code if other.connector else None
        is_own = sheet.source_id and sheet.source_type == self.spec.connector
        is_orphan = is_own and not links.is_known(sheet.edusign_id)
        return "UP_COURSE_NOT_TIED" if is_orphan else "UP_COURSE_MANUAL"

    def _settle(self) -> None:
        lists = self._lists([], None)
        settle_scope(lists, self.client, "up")
        self.names = {**self.names, "filters": lists.names["filters"]}

    def _lists(self, sheets: Sequence[UpSheet], links: Links | None) -> Lists:
        """Return the lists of the ERP for some sheets; the window is that of all days asked for."""
        rows = [{**sheet.course(), "students": self._students(sheet, links)} for sheet in sheets]
        return Lists(
            self.spec,
            self.source,
            dict(self.names),
            self.report,
            self.registry.functions,
            sheets=rows,
            singles=self.account.answers.singles,
            rare=self.store.rare_names(self.instance.name),
        )

    def _students(self, sheet: UpSheet, links: Links | None) -> list[str]:
        ids = sheet.archived.sheet.students
        known = [links.people.get(("student", one)) for one in ids] if links else []
        return [links.bare(one) for one in known if one is not None] if links else []

    def _maker(self, lists: Lists, links: Links, digest: AttendanceDigest) -> LineMaker:
        lists.names = lists.scope(mentioned(self.writeback))
        reasons = None
        if self.writeback.reasons:
            labels = digest.reasons[1]
            reasons = ReasonFinder(self.writeback.reasons, lists, self.instance.reasons, labels)
        return LineMaker(
            self.writeback,
            lists,
            links,
            self.report,
            digest,
            digest.reason_of,
            digest.label_of,
            reasons,
            _EVER,
        )

    def _compared(
        self, sheet: UpSheet, maker: LineMaker, holder: Holder, still_open: Sequence[UpSheet]
    ) -> HeldSheet:
        if sheet in still_open:
            return holder.open(sheet)
        try:
            maker.make(sheet)
            return holder.hold(sheet)
        except LookUpRefused as refused:
            return HeldSheet.of(sheet.archived.sheet, sheet.source_id, refused.code)

    def _only_there(
        self, rows: Iterable[AttendanceRow], sheets: Sequence[UpSheet], links: Links
    ) -> Iterator[HeldSheet]:
        """Yield what the ERP has of people who are on no sheet of ours then."""
        elsewhere = {
            links.bare(source_id)
            for account in self.instance.accounts
            if account is not self.account
            for kind, source_id in self.store.links(self.instance.name, account.name)
            if kind == "student" and ("student", source_id) not in self.own
        }
        for row in rows:
            if row.is_met or row.student in elsewhere:
                continue
            sheet = next((one for one in sheets if row.is_of(one)), None)
            start = row.starts_at if sheet is None else sheet.archived.sheet.starts_at
            if start is not None and not self.window.starts_at <= start < self.window.ends_at:
                continue
            code = "UP_NO_SHEET" if sheet is None else "UP_NOT_ON_SHEET"
            in_erp = None if sheet is None else row.known_state(sheet)
            person = Held("only_there", "student", row.student, None, None, in_erp, code)
            course = row.course if sheet is None else sheet.source_id
            edusign_id = None if sheet is None else sheet.edusign_id
            name = None if sheet is None else sheet.archived.sheet.name
            yield HeldSheet(course, edusign_id, name, start, [person])

    def _tell_who(self, reconciled: Reconciled, links: Links) -> None:
        """Say who those are on Edusign who are not equal."""
        by_id = {(kind, links.bare(one)): key for (kind, key), one in links.people.items() if one}
        for person in reconciled.people:
            edusign_id = person.edusign_id or by_id.get((person.role, person.source_id or ""))
            if person.verdict != "equal" and edusign_id is not None:
                reconciled.ids[person.role, person.source_id or edusign_id] = edusign_id

    def _name(self, found: Reconciled) -> None:
        """Ask Edusign how those are called who are not equal."""
        for (role, key), edusign_id in found.ids.items():
            try:
                person = self.client.person(role, edusign_id)
            except LookUpRefused:
                continue
            if person is not None:
                found.names[role, key] = f"{person.last_name} {person.first_name}".strip()
