"""The questions of a setup, made from the spec: which are asked now, in groups, in an order.

What reaches the ERP comes first, then the accounts of Edusign, what each of them takes, the other
options, and when the connector runs. What a condition or a "no" rules out is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from edusync.engine.verdicts import decided
from edusync.locale import gettext as _
from edusync.locale import spoken
from edusync.spec.needs import mentioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.app.setup.draft import Draft
    from edusync.diagnostics import Route
    from edusync.spec import Spec
    from edusync.spec.tree import Label, Question

Kind = Literal[
    "text", "secret", "url", "boolean", "integer", "choice", "entries", "pairs", "slots", "gate"
]
_KINDS: Mapping[str, Kind] = {
    "text": "text",
    "secret": "secret",
    "url": "url",
    "boolean": "boolean",
    "integer": "integer",
    "choice": "choice",
    "list": "entries",
}
EDUSIGN = "https://ext.edusign.fr"
MOST_ACCOUNTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as a front end asks it.

    `route` is where the answer stands in the connector file; that of a gate is ("gates", what
    stands behind it). `value` is the answer of the moment, or the default; of a secret only how it
    is referred to.
    """

    route: Route
    kind: Kind
    label: str
    help: str | None = None
    value: Any = None
    default: Any = None
    values: Mapping[str, str] = field(default_factory=dict)
    """The answers of a choice, and how they read."""
    is_needed: bool = True
    example: str | None = None
    account: int = 0
    """The account that it is about, by its place."""
    of_account: str | None = None
    """The name of that account, where there are several."""
    question: Question | None = None
    """The question of the spec that it comes from."""

    @property
    def key(self) -> str:
        """A name for it that is unique in the setup, such as `accounts.0.filters.siteCodes`."""
        return ".".join(map(str, self.route))

    @property
    def has_offers(self) -> bool:
        """Whether a list of the ERP says what can be chosen."""
        one = self.question
        return self.kind != "gate" and bool(
            one
            and (
                one.choices
                or one.offer
                or (one.must_exist_in and "." not in one.must_exist_in.resource)
            )
        )

    @property
    def is_open(self) -> bool:
        """Whether an answer is still needed."""
        if self.kind == "gate":
            return self.value is None
        return self.is_needed and self.value in (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together: a page."""

    name: str
    title: str
    questions: Sequence[Asked]


class Questions:
    """The questions of one setup, by the answers of the moment."""

    def __init__(self, spec: Spec, draft: Draft) -> None:
        self.spec, self.draft = spec, draft
        self.sections: Mapping[str, Mapping[str, Question]] = {
            "connection": spec.connection,
            "options": spec.options,
            "filters": spec.filters,
        }

    def groups(self) -> list[Group]:
        """Return every group that has a question now."""
        first = list(self._first())
        per_account = [q for q in self.spec.options.values() if q.per_account]
        rest = [
            ("options", q)
            for q in self.spec.options.values()
            if not q.per_account and ("options", q) not in first
        ]
        scope = [
            *(("filters", q) for q in self.spec.filters.values()),
            *(("options", q) for q in per_account),
        ]
        erp = self.spec.label
        found = [
            Group("connection", _("Connection to {erp}", erp=erp), self._asked(first)),
            Group("accounts", _("Edusign accounts"), list(self._accounts())),
            Group("scope", _("What comes down"), self._asked(scope)),
            Group("options", _("Options"), self._asked(rest)),
            Group("schedule", _("When it runs"), list(self._schedule())),
        ]
        return [group for group in found if group.questions]

    def missing(self) -> list[Asked]:
        """Return what needs an answer, be it behind a "no"."""
        asked = [one for group in self.groups() for one in group.questions]
        behind = [
            one
            for section, questions in self.sections.items()
            for question in questions.values()
            if self.draft.gates.get(f"{section}.{question.name}") is False and _is_needed(question)
            for one in self._answers(section, question)
        ]
        return [one for one in (*asked, *behind) if one.is_open and one.kind != "gate"]

    def names(self, account: int = 0) -> dict[str, dict[str, Any]]:
        """Return the answers that conditions look at: those of an account over the common ones."""
        return {
            section: {
                name: self._value(section, question, account)
                for name, question in questions.items()
            }
            for section, questions in self.sections.items()
        }

    def _first(self) -> Iterator[tuple[str, Question]]:
        """Yield what reaches the ERP, and the options that are needed whatever comes down."""
        options = self.spec.options
        decide = _options_in(self.spec.transport)
        before = {q.name: _options_in(q) for q in self.spec.connection.values()}
        yielded = set[str]()
        for question in self.spec.connection.values():
            for name in (name for name in options if name in before[question.name] - yielded):
                yielded.add(name)
                yield "options", options[name]
            yield "connection", question
        for name, question in options.items():
            is_needed = _is_needed(question) and not question.per_account
            if name not in yielded and (is_needed or name in decide):
                yield "options", question

    def _asked(self, questions: Sequence[tuple[str, Question]]) -> list[Asked]:
        return [one for section, question in questions for one in self._one(section, question)]

    def _one(self, section: str, question: Question) -> Iterator[Asked]:
        """Yield a question, after the one of yes or no that stands before it."""
        condition = question.asked_when
        if condition is not None and not any(
            decided(condition, None, self.names(number)) is not False
            for number in range(len(self.draft.data["accounts"]))
        ):
            return
        if question.gate is not None:
            gate = self._gate(section, question, question.gate)
            yield gate
            if not gate.value:
                return
        yield from self._answers(section, question)

    def _gate(self, section: str, question: Question, label: Label) -> Asked:
        key = f"{section}.{question.name}"
        answers = self._answers(section, question)
        given = True if any(one.value not in (None, "", [], {}) for one in answers) else None
        return Asked(
            route=("gates", key),
            kind="gate",
            label=_said(label) or question.name,
            help=_said(question.help),
            value=self.draft.gates.get(key, given),
            question=question,
        )

    def _answers(self, section: str, question: Question) -> Iterator[Asked]:
        """Yield a question once, or for each account that has an answer of its own."""
        accounts = self.draft.data["accounts"]
        routes: list[Route] = [(section, question.name)]
        if question.per_account:
            routes = [("accounts", n, section, question.name) for n in range(len(accounts))]
        several = question.per_account and len(accounts) > 1
        for number, route in enumerate(routes):
            is_pair = question.item == "pair"
            yield Asked(
                route=route,
                kind="pairs" if is_pair else _KINDS.get(question.type, "entries"),
                label=_said(question.label) or question.name,
                help=None if question.gate else _said(question.help),
                value=self._value(section, question, number),
                default=question.default,
                values={value: _said(label) or value for value, label in question.values.items()},
                is_needed=_is_needed(question) or bool(question.gate),
                example=None if question.example is None else str(question.example),
                account=number,
                of_account=accounts[number]["name"] if several else None,
                question=question,
            )

    def _value(self, section: str, question: Question, account: int) -> Any:
        """Return the answer of an account, else the common one, else the default."""
        for route in (("accounts", account, section), (section,)):
            found = (self.draft.get(route) or {}).get(question.name)
            if found is not None:
                return found
        return question.default

    def _accounts(self) -> Iterator[Asked]:
        accounts = self.draft.data["accounts"]
        yield Asked(
            route=("accounts",),
            kind="integer",
            label=_("How many Edusign accounts does it feed?"),
            help=_("One account takes everything; several share what you choose for each."),
            value=len(accounts),
        )
        for number, account in enumerate(accounts):
            here: Route = ("accounts", number)
            several = account["name"] if len(accounts) > 1 else None
            of: dict[str, Any] = {"account": number, "of_account": several}
            if several:
                yield Asked(
                    route=(*here, "name"),
                    kind="text",
                    label=_("Name of this account"),
                    help=_("Links of sheets are kept under it."),
                    value=account["name"],
                    **of,
                )
            edusign = account.get("edusign") or {}
            yield Asked(
                route=(*here, "edusign", "base_url"),
                kind="url",
                label=_("Address of Edusign"),
                value=edusign.get("base_url", EDUSIGN),
                default=EDUSIGN,
                **of,
            )
            yield Asked(
                route=(*here, "edusign", "api_key"),
                kind="secret",
                label=_("API key of the Edusign account"),
                help=_("On Edusign, in the settings of the account, under the API."),
                value=edusign.get("api_key"),
                **of,
            )

    def _schedule(self) -> Iterator[Asked]:
        own, given = self.spec.schedule, self.draft.data.get("schedule") or {}
        down = [str(slot) for slot in own.down]
        yield Asked(
            route=("schedule", "down"),
            kind="slots",
            label=_("When planning comes down (zone {zone})", zone=self.spec.zone),
            help=_("Ranges within a day; the connector starts at its own minute in each."),
            value=given.get("down", down),
            default=down,
            example="11:30-13:30, 18:00-21:00",
        )
        if self.spec.writeback is not None:
            up = own.up if own.up == "with_down" else [str(slot) for slot in own.up]
            yield Asked(
                route=("schedule", "up"),
                kind="slots",
                label=_("When attendance goes up"),
                help=_("Times or ranges, or with_down: in the same runs."),
                value=given.get("up", up),
                default=up,
                example="10:30, 20:30",
            )
        yield Asked(
            route=("schedule", "window_days"),
            kind="integer",
            label=_("How many days ahead come down"),
            value=given.get("window_days", own.window_days),
            default=own.window_days,
        )


def _options_in(part: Any) -> set[str]:
    """Return the options that a part of the spec mentions."""
    return {
        name[1]
        for expression in mentioned(part)
        for name in expression.names
        if name[0] == "options" and len(name) > 1
    }


def _is_needed(question: Question) -> bool:
    return not question.optional and question.default is None


def _said(label: Label | None) -> str | None:
    return str(getattr(label, spoken())) if label is not None else None
