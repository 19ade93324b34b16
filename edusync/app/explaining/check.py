"""Try a connector: sign in on both sides, try every answer, list and direction; write nothing.

What fails is named, and what is after it is tried all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.app.explaining.check_up import right_to_write, up_is_wanted
from edusync.app.explaining.reasons import reasons_of
from edusync.app.explaining.tried import Tried
from edusync.app.files.specs import shown
from edusync.app.runs.downward import Downward
from edusync.app.runs.scope import to_settle
from edusync.app.runs.sides import open_edusign
from edusync.engine.outcome import Report
from edusync.engine.read.source import Source
from edusync.errors import CallFailed, EdusyncError, SourceError
from edusync.locale import gettext as _
from edusync.spec.document import Document, read_document
from edusync.spec.needs import lists_down, lists_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.read.lists import Lists
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient

_REFUSED = "CONN_AUTH_FAILED"


def check_connector(
    instance: Instance, store: Store, registry: Registry, moment: Moment, text: str | None = None
) -> Iterator[Tried]:
    """Yield what works and what does not, account by account.

    `text` is what the connector file will say, where it is not written yet.
    """
    if text is None:
        text = instance.file.read_text(encoding="utf-8", errors="replace")
    document = read_document(text, shown(instance.file))
    with Downward(instance, store, registry, moment) as downward:
        for index, account in enumerate(instance.accounts):
            client = open_edusign(account, moment.tools)
            downward.stack.callback(client.close)
            yield from AccountCheck(downward, document, index, account, client).tried()


@dataclass(slots=True)
class AccountCheck:
    """The tries of one account, and what failed of them."""

    downward: Downward
    document: Document
    index: int
    account: Account
    client: EdusignClient
    report: Report = field(init=False)
    failed: dict[str, set[str]] = field(default_factory=lambda: {"down": set(), "up": set()})
    """The names of answers and lists that fail, by the direction that fails with them."""

    def __post_init__(self) -> None:
        self.report = Report(self.account.name)

    @property
    def instance(self) -> Instance:
        """The connector."""
        return self.downward.instance

    def tried(self) -> Iterator[Tried]:
        """Yield everything that is tried, in its order."""
        yield from self.edusign()
        signed_in, lists = self.erp()
        if lists is not None:
            read: Iterable[Tried] = self._read(lists)
            if self.instance.spec.transport.probe is None:
                read = [*read]
                signed_in = self._shown(signed_in, read)
            yield signed_in
            yield from read
            yield from self._noted()
            yield from self._reasons(lists)
        else:
            yield signed_in
        yield from self._directions(lists)

    def _works(self, what: str, words: str) -> Tried:
        return Tried(self.account.name, what, works=True, words=words)

    def _fails(self, what: str, error: EdusyncError, place: str | None = None) -> Tried:
        words = f"{error.code}: {error.message}"
        return Tried(self.account.name, what, works=False, words=words, error=error, place=place)

    def _fail_all(self, what: str) -> None:
        for failed in self.failed.values():
            failed.add(what)

    # the sides

    def erp(self) -> tuple[Tried, Lists | None]:
        """Say whether the ERP lets us in; return its lists where more can be asked of it."""
        lists: Lists | None = None
        label = self.instance.spec.label
        try:
            lists = self.downward.erp.open_lists(self.account, self.report)
            source = lists.source
            is_tried = isinstance(source, Source) and source.enter()
            probe = self.instance.spec.transport.probe
            if probe is not None:
                lists.source.call(probe.call, lists.names)
        except EdusyncError as error:
            ends = lists is None or not isinstance(error, CallFailed)  # no other call is answered
            if ends or error.code == _REFUSED:
                self._fail_all(label)
            lists = None if ends else lists
            return self._fails(label, error), lists
        if is_tried or probe is not None:
            return self._works(label, _("signed in")), lists
        words = _("no log-in step and no `probe` tries the sign-in: the lists show it")
        return Tried(self.account.name, label, works=None, words=words), lists

    def _shown(self, signed_in: Tried, read: Sequence[Tried]) -> Tried:
        """Return what lists show of a sign-in that no `probe` tries."""
        refusal = f"{_REFUSED}: "
        said = next((one.words for one in read if one.words.startswith(refusal)), None)
        if said is not None and signed_in.works is not False:
            self._fail_all(signed_in.what)
            error = SourceError(
                _REFUSED, said.removeprefix(refusal), "check user, password and token"
            )
            return self._fails(signed_in.what, error)
        asks = {name for name, one in self.instance.spec.resources.items() if one.call is not None}
        if signed_in.works is None and any(one.works and one.what in asks for one in read):
            words = _("answers; no log-in step and no `probe` tries the sign-in by itself")
            return self._works(signed_in.what, words)
        return signed_in

    def edusign(self) -> Iterator[Tried]:
        """Say whether Edusign lets us in, and answers look-ups as we understand them."""
        try:
            name = self.client.school().get("NAME", "")
        except EdusyncError as error:
            self._fail_all("Edusign")
            yield self._fails("Edusign", error)
            return
        yield self._works("Edusign", _("signed in to the school '{name}'", name=name))
        what = _("Edusign look-ups")
        try:
            unclear = self.client.unclear_look_ups()
        except EdusyncError as error:
            yield self._fails(what, error)
            return
        if unclear:
            words = "EDU_LOOKUP_REFUSED: " + "; ".join(sorted(set(unclear.values())))
            yield Tried(self.account.name, what, works=False, words=words)
        else:
            yield self._works(what, _("are understood"))
        yield from self._batches()

    def _batches(self) -> Iterator[Tried]:
        """Say whether v3 is open to an account that is to be written by it; nothing is written."""
        batches, what = self.client.batches, "Edusign v3"
        if batches is None:
            return
        try:
            batches.check()
        except EdusyncError as error:
            self.failed["down"].add(what)
            yield self._fails(what, error)
            return
        words = _("is open; people and sheets are created in batches")
        if batches.mails_credentials is None:
            words = _(
                "is open; sheets are created in batches, people one by one until "
                "`v3_mails_credentials` says what becomes of their credentials"
            )
        yield self._works(what, words)

    # the ERP

    def _read(self, lists: Lists) -> Iterator[Tried]:
        """Yield what answers name that is not there, and each list."""
        yield from self._answers(lists)
        for name in self.instance.spec.resources:
            yield self._list(lists, name)

    def _answers(self, lists: Lists) -> Iterator[Tried]:
        """Yield every answer of the connector file that names something which is not there."""
        for answer in to_settle(lists, self.client, is_run=False):
            try:
                answer.settle()
            except EdusyncError as error:
                what = f"{answer.section}.{answer.name}"
                for direction in [answer.direction] if answer.direction else self.failed:
                    self.failed[direction].add(what)
                yield self._fails(what, error, self._place_of(answer.section, answer.name))

    def _place_of(self, section: str, name: str) -> str:
        """Return where the answer of the account stands: its own, or the common one."""
        own = ("accounts", self.index, section, name)
        at = self.document.at(own if self.document.get(own) is not None else (section, name))
        return f"{at.file}:{at.line}"

    def _list(self, lists: Lists, name: str) -> Tried:
        before = len(self.report.outcomes)
        at = self.instance.spec.resources[name].place
        place = f"{at.file}:{at.line}"
        try:
            first = next(iter(lists.rows(name)), None)
        except EdusyncError as error:
            self._fail_list(name)
            return self._fails(name, error, place)
        problems = [one for one in self.report.outcomes[before:] if one.code.startswith("CONN_")]
        if problems:
            works = problems[0].severity == "info"
            if not works:
                self._fail_list(name)
            words = f"{problems[0].code}: {problems[0].words}"
            return Tried(self.account.name, name, works=works, words=words, place=place)
        if lists.statuses[name].switched_off:
            return self._works(name, _("switched off by an option"))
        if first is not None:
            return self._works(name, _("has rows"))
        if not _was_asked(lists, name):
            return self._works(name, _("was not asked: there was nothing to ask it with"))
        return self._works(name, _("is empty"))

    def _fail_list(self, name: str) -> None:
        spec = self.instance.spec
        for direction, wanted in (("down", lists_down(spec)), ("up", lists_up(spec))):
            if name in wanted:
                self.failed[direction].add(name)

    def _noted(self) -> Iterator[Tried]:
        """Yield the answers of which a part does not fit what the ERP has."""
        for outcome in self.report.outcomes:
            if outcome.code.startswith("CONF_"):
                section, _dot, name = str(outcome.field).rpartition(".")
                words = f"{outcome.code}: {outcome.words}"
                works = outcome.severity != "error"
                place = self._place_of(section or "filters", name)
                yield Tried(self.account.name, str(outcome.field), works, words, place=place)

    def _reasons(self, lists: Lists) -> Iterator[Tried]:
        """Yield which reasons of absences are on one side only; `edusync reasons` says more."""
        writeback = self.instance.spec.writeback
        if writeback is None or writeback.reasons is None:
            return
        what = _("reasons")
        try:
            found = [*reasons_of(self.instance, self.account, lists, self.client)]
        except EdusyncError as error:
            words = f"{error.code}: {error.message}"
            yield Tried(self.account.name, what, works=False, words=words)
            return
        missing = ", ".join(reason.label for reason in found if reason.is_to_do)
        words = _("on one side only: {reasons}; see `edusync reasons`", reasons=missing)
        yield self._works(what, words if missing else _("are on both sides"))

    # what comes of it

    def _directions(self, lists: Lists | None) -> Iterator[Tried]:
        """Yield whether the planning would come down, and the attendance go up."""
        yield self._direction("down", _("the planning down"), _("would come down"))
        writeback = self.instance.spec.writeback
        if writeback is None:
            return
        what = _("the attendance up")
        if not up_is_wanted(writeback, lists, self.account):
            yield self._works(what, _("switched off by an option"))
            return
        if lists is not None:
            right = right_to_write(self.instance, self.account, lists, self.downward.moment.tools)
            if right.works is False:
                self.failed["up"].add(right.what)
            yield right
        yield self._direction("up", what, _("would go up"))

    def _direction(self, direction: str, what: str, words: str) -> Tried:
        failed = self.failed[direction]
        if failed:
            words = _("would fail, or lack what needs it: {names}", names=", ".join(sorted(failed)))
        return Tried(self.account.name, what, works=not failed, words=words)


def _was_asked(lists: Lists, name: str) -> bool:
    """Whether the ERP was asked for a list, or for one of those whose rows it takes."""
    resource = lists.spec.resources.get(name)
    if resource is None or name not in lists.statuses:  # such as the sheets that go up
        return False
    if resource.for_each is not None:
        return lists.statuses[name].asked
    return not resource.sources or any(_was_asked(lists, source) for source in resource.sources)
