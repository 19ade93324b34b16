"""The questions of a setup, made from the spec: which are asked now, in groups, in an order.

What reaches the ERP comes first, then the accounts of Edusign, what each of them takes, the other
options, and when the connector runs. What a condition or a "no" rules out is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.app.setup.own_questions import accounts, schedule
from edusync.app.setup.prompt import Group, Prompt
from edusync.engine.verdicts import decided
from edusync.locale import gettext as _
from edusync.locale import spoken
from edusync.spec.needs import mentioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.app.setup.draft import Draft
    from edusync.app.setup.prompt import Kind
    from edusync.diagnostics import Route
    from edusync.spec import Spec
    from edusync.spec.tree import Label, Question

_KINDS: Mapping[str, Kind] = {
    "text": "text",
    "secret": "secret",
    "url": "url",
    "boolean": "boolean",
    "integer": "integer",
    "choice": "choice",
    "list": "entries",
}


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
        groups = [
            Group("connection", _("Connection to {erp}", erp=erp), self._prompts(first)),
            Group("accounts", _("Edusign accounts"), list(accounts(self.draft))),
            Group("scope", _("What comes down"), self._prompts(scope)),
            Group("options", _("Options"), self._prompts(rest)),
            Group("schedule", _("When it runs"), list(schedule(self.spec, self.draft))),
        ]
        return [group for group in groups if group.questions]

    def missing(self) -> list[Prompt]:
        """Return what needs an answer, be it behind a "no"."""
        prompts = [one for group in self.groups() for one in group.questions]
        behind = [
            one
            for section, questions in self.sections.items()
            for question in questions.values()
            if self.draft.gates.get(f"{section}.{question.name}") is False and _is_needed(question)
            for one in self._answers(section, question)
        ]
        return [one for one in (*prompts, *behind) if one.is_open and one.kind != "gate"]

    def names(self, account: int = 0) -> dict[str, dict[str, Any]]:
        """Return the answers that conditions look at: those of an account over the common ones."""
        return {
            section: {
                name: question.default
                if self.draft.gates.get(f"{section}.{name}") is False
                else self._value(section, question, account)
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

    def _prompts(self, questions: Sequence[tuple[str, Question]]) -> list[Prompt]:
        return [one for section, question in questions for one in self._one(section, question)]

    def _one(self, section: str, question: Question) -> Iterator[Prompt]:
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

    def _gate(self, section: str, question: Question, label: Label) -> Prompt:
        key = f"{section}.{question.name}"
        answers = self._answers(section, question)
        before = True if any(one.value not in (None, "", [], {}) for one in answers) else None
        return Prompt(
            route=("gates", key),
            kind="gate",
            label=_spoken(label) or question.name,
            help=_spoken(question.help),
            value=self.draft.gates.get(key, before),
            question=question,
        )

    def _answers(self, section: str, question: Question) -> Iterator[Prompt]:
        """Yield a question once, or for each account that has an answer of its own."""
        accounts = self.draft.data["accounts"]
        routes: list[Route] = [(section, question.name)]
        if question.per_account:
            routes = [("accounts", n, section, question.name) for n in range(len(accounts))]
        several = question.per_account and len(accounts) > 1
        for number, route in enumerate(routes):
            is_pair = question.item == "pair"
            yield Prompt(
                route=route,
                kind="pairs" if is_pair else _KINDS.get(question.type, "entries"),
                label=_spoken(question.label) or question.name,
                help=None if question.gate else _spoken(question.help),
                value=self._value(section, question, number),
                default=question.default,
                values={value: _spoken(label) or value for value, label in question.values.items()},
                is_needed=_is_needed(question) or bool(question.gate),
                example=None if question.example is None else str(question.example),
                account=number,
                of_account=accounts[number]["name"] if several else None,
                question=question,
            )

    def _value(self, section: str, question: Question, account: int) -> Any:
        """Return the answer of an account, else the common one, else the default."""
        for route in (("accounts", account, section), (section,)):
            answer = (self.draft.get(route) or {}).get(question.name)
            if answer is not None:
                return answer
        return question.default


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


def _spoken(label: Label | None) -> str | None:
    return str(getattr(label, spoken())) if label is not None else None
