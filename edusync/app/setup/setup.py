"""Set a school up: ask, look, try both sides, show the first plan, and write its connector file.

A front end asks `groups()` for the questions of the moment and hands answers to `answer`, which
keeps them. Nothing is written on Edusign or into the ERP, and no connector file before `save`.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from edusync.app.explaining.check import AccountCheck, check_connector
from edusync.app.files.connector_file import read_instance
from edusync.app.files.edits import Edits
from edusync.app.files.pins import pinned_spec
from edusync.app.files.secrets import REFERENCE
from edusync.app.files.specs import load_named
from edusync.app.runner.slots import calendars
from edusync.app.runs.downward import Downward
from edusync.app.runs.sides import open_edusign
from edusync.app.runs.sync import make_plan
from edusync.app.setup.answering import take
from edusync.app.setup.draft import Drafts
from edusync.app.setup.offers import offered
from edusync.app.setup.questions import Questions
from edusync.app.setup.reasons import reason_prompts
from edusync.app.setup.secret_place import SecretPlace
from edusync.app.setup.written import finished, text_of
from edusync.errors import FilesInvalid, UsageProblem
from edusync.locale import gettext as _
from edusync.spec.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from edusync.app.explaining.tried import Tried
    from edusync.app.files.connector_file import Instance
    from edusync.app.files.project import Project
    from edusync.app.runs.moment import Moment
    from edusync.app.setup.draft import Draft
    from edusync.app.setup.offers import Offered
    from edusync.app.setup.prompt import Group, Prompt
    from edusync.diagnostics import Diagnostic
    from edusync.engine.plan.plan import Plan
    from edusync.registry import Registry
    from edusync.spec import Spec
    from edusync.state.store import Store


@dataclass(frozen=True, slots=True)
class Tools:
    """What a setup works with.

    `may_refer`: answers may name secrets of this machine. `by` is the id of a user of the console.
    """

    project: Project
    registry: Registry
    store: Store
    moment: Moment
    may_refer: bool = False
    by: str | None = None


class Setup:
    """The setup of one connector."""

    def __init__(self, tools: Tools, draft: Draft, spec: Spec) -> None:
        self.tools, self.draft, self.spec = tools, draft, spec
        self.drafts = Drafts(tools.project)
        self.place = SecretPlace(tools.project, draft.name, draft.file, tools.store, tools.by)

    @classmethod
    def open(cls, tools: Tools, name: str, spec: str | None = None, *, anew: bool = False) -> Self:
        """Return the setup of a connector: the one that was left, or its beginning.

        `spec` is the ERP of a new one. UsageProblem when the name or the ERP is none, or when the
        connector is of another ERP.
        """
        drafts = Drafts(tools.project)
        if anew:
            drafts.discard(name)
        draft = drafts.load(name) or drafts.begin(name, spec)
        if spec is not None and draft.spec != spec:
            raise UsageProblem(
                "RUN_USAGE",
                _("'{name}' is a connector of '{erp}'", name=name, erp=draft.spec),
                _("give the other one another name"),
            )
        pinned = pinned_spec(draft.file, name)
        chosen, document = load_named(str(pinned or draft.spec), tools.registry, draft.file.parent)
        if chosen is None:
            raise FilesInvalid(document.findings)
        setup = cls(tools, draft, chosen)
        setup.put_secrets_away()
        return setup

    @property
    def questions(self) -> Questions:
        """The questions by the answers of the moment."""
        return Questions(self.spec, self.draft)

    def groups(self) -> list[Group]:
        """Return the questions of the moment, in groups."""
        return self.questions.groups()

    def missing(self) -> list[Prompt]:
        """Return the questions that still need an answer."""
        return self.questions.missing()

    def answer(self, prompt: Prompt, answer: Any) -> None:
        """Take an answer and keep it; NotAnAnswer when it means nothing."""
        take(self.draft, prompt, answer, self.place, may_refer=self.tools.may_refer)
        self.drafts.save(self.draft)

    def finish(self, group: str) -> None:
        """Note that a group of questions was gone through."""
        if group not in self.draft.done:
            self.draft.done.append(group)
            self.drafts.save(self.draft)

    def offers(self, prompt: Prompt) -> list[Offered]:
        """Return what the ERP has to choose from; EdusyncError when it cannot be read."""
        if prompt.question is None:
            return []
        tools = self.tools
        instance = self._trial()
        return offered(
            instance, prompt.account, prompt.question, tools.store, tools.registry, tools.moment
        )

    def try_erp(self) -> Tried:
        """Say whether the ERP lets us in."""
        with self._checks() as checks:
            tried, _lists = checks[0].erp()
        return replace(tried, account="")  # it may not be known yet

    def try_accounts(self) -> list[Tried]:
        """Say of each account whether Edusign lets us in."""
        with self._checks() as checks:
            return [next(iter(check.edusign())) for check in checks]

    @contextmanager
    def _checks(self) -> Iterator[list[AccountCheck]]:
        """Give the checks of the accounts, as far as they are answered."""
        instance, tools = self._trial(), self.tools
        with Downward(instance, tools.store, tools.registry, tools.moment) as downward:
            checks = []
            for index, account in enumerate(instance.accounts):
                client = open_edusign(account, tools.moment.tools)
                downward.stack.callback(client.close)
                document = Document(str(self.draft.file))
                checks.append(AccountCheck(downward, document, index, account, client))
            yield checks

    def check(self) -> Iterator[Tried]:
        """Try everything that `edusync check` tries."""
        tools = self.tools
        instance = self.instance()
        text = self.text()
        return check_connector(instance, tools.store, tools.registry, tools.moment, text)

    def plan(self) -> Plan:
        """Return what the first run would do; nothing is written."""
        tools = self.tools
        return make_plan(self.instance(), tools.store, tools.registry, tools.moment)

    def text(self) -> str:
        """Return the connector file as it will be."""
        file = self.draft.file
        before = file.read_text(encoding="utf-8") if file.is_file() else None
        return text_of(finished(self.questions, self.draft), before)

    def instance(self) -> Instance:
        """Return the connector as its file will say; FilesInvalid with every finding."""
        return self._read(self.text())

    def warnings(self) -> Sequence[Diagnostic]:
        """Return what is legal and most likely not meant, such as an id on two accounts."""
        return self.instance().warnings

    def starts(self) -> list[tuple[str, datetime]]:
        """Return the next start in each direction, `down` and `up`."""
        instance, now = self.instance(), self.tools.moment.now
        goes_up = self.spec.writeback is not None
        zone = ZoneInfo(instance.spec.zone)
        by_direction = calendars(instance.name, instance.schedule, zone, goes_up=goes_up)
        return [
            (direction, calendar.between(now, now + timedelta(days=2))[0].starts_at)
            for direction, calendar in by_direction.items()
        ]

    def reasons(self) -> list[Prompt]:
        """Return which reasons of Edusign have to be named; EdusyncError as `offers`."""
        answers, tools = self.draft.data.get("reasons") or {}, self.tools
        return reason_prompts(self.instance(), answers, tools.store, tools.registry, tools.moment)

    def save(self) -> Path:
        """Write the connector file, or a release with it, and forget the draft.

        Return the path of the file, which of a release is not that of the next one. UsageProblem
        when somebody changed the file in the meantime, FilesInvalid when it would have errors:
        nothing is written then.
        """
        self.draft.check_unchanged()
        text, tools, name = self.text(), self.tools, self.draft.name
        self._read(text)
        file = self.draft.file
        before = file.read_text(encoding="utf-8") if file.is_file() else None
        edits = Edits(tools.project, tools.registry, tools.store, tools.by)
        edits.save(name, file, before, text, f"{name}: setup")
        finished_data = finished(self.questions, self.draft)
        self.drafts.discard(self.draft.name)
        self.place.forget_others(finished_data)
        return self.draft.file

    def discard(self) -> None:
        """Forget the setup and the secrets that only it refers to."""
        self.drafts.discard(self.draft.name)
        file = self.draft.file
        saved = self.drafts.begin(self.draft.name, None).data if file.is_file() else {}
        self.place.forget_others(saved)

    def put_secrets_away(self) -> None:
        """Put secrets away that stand in the connector file in clear: a draft holds none."""
        places = [((), self.draft.data)]
        places += [(("accounts", n), one) for n, one in enumerate(self.draft.data["accounts"])]  # type: ignore[misc]
        for above, place in places:
            secrets = [
                (section, name)
                for section in ("connection", "options")
                for name, question in self.questions.sections[section].items()
                if question.type == "secret"
            ]
            for section, name in (*secrets, ("edusign", "api_key")):
                value = (place.get(section) or {}).get(name)
                if isinstance(value, str) and not REFERENCE.match(value):
                    self.draft.put((*above, section, name), self.place.keep(name, value))

    def _trial(self) -> Instance:
        """Return a connector with what was answered, and something where answers are missing."""
        data = deepcopy(self.draft.data)
        draft = type(self.draft)(self.draft.name, self.draft.file, data, self.draft.gates)
        stop = [one for one in self.missing() if one.route[0] == "connection"]
        if stop:
            labels = ", ".join(one.label for one in stop)
            raise UsageProblem(
                "CONF_FIELD_MISSING", _("not answered yet: {questions}", questions=labels)
            )
        for one in self.missing():
            standing_in = {
                "choice": next(iter(one.values), "?"),
                "integer": 0,
                "pairs": {"?": ["?"]},
            }
            draft.put(one.route, standing_in.get(one.kind, ["?"] if one.kind == "entries" else "?"))
        return self._read(text_of(finished(Questions(self.spec, draft), draft), None))

    def _read(self, text: str) -> Instance:
        instance, findings = read_instance(self.draft.file, self.tools.registry, text=text)
        if instance is None:
            raise FilesInvalid(sorted(findings, key=lambda found: found.order))
        return instance
