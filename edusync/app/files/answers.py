"""Read a customer's answers: types, choices, secrets, what needs what.

Every mistake at its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from edusync.app.files.secrets import FORMS, Secret, SecretMissing, resolve
from edusync.diagnostics import did_you_mean
from edusync.engine.read.names import Answers
from edusync.engine.verdicts import decided
from edusync.spec.entries import entries, id_part, is_entry, is_pair, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from edusync.diagnostics import Route
    from edusync.spec import Spec
    from edusync.spec.document import Document
    from edusync.spec.tree import Question

_KINDS = {
    "boolean": (bool, "true or false"),
    "integer": (int, "a whole number"),
    "list": (list, "a list"),
}


class AnswerReader:
    """Read the answers of every account of one connector file."""

    def __init__(self, document: Document, spec: Spec, folder: Path) -> None:
        self.document, self.spec, self.folder = document, spec, folder
        self.missing: set[tuple[str, str]] = set()
        """What was reported as missing, by section and name."""

    def answers(self, account: str, route: Route, *, first: bool) -> Answers:
        """Return the answers that hold for an account: its own over the common ones.

        Common mistakes are reported once.
        """
        options = self._section("options", self.spec.options, route, {}, first=first)
        connection = self._section("connection", self.spec.connection, route, options, first=first)
        names = {"options": options, "connection": connection}
        return Answers(account, connection, options, self._filters(route, names, first=first))

    def check_url(self, route: Route, value: object) -> None:
        """Report a URL without scheme or host."""
        if not is_whole_url(value):
            self.document.report(
                "CONF_URL_INVALID",
                route,
                "a URL needs a scheme and a host",
                "write it whole, such as https://erp.example/api",
            )

    def _section(
        self,
        section: str,
        questions: Mapping[str, Question],
        route: Route,
        options: Mapping[str, Any],
        *,
        first: bool,
    ) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        unusable: set[str] = set()
        for place, report in (((section,), first), ((*route, section), True)):
            own = self.document.get(place) or {}
            for name, value in own.items():
                question = questions.get(name)
                if question is None:
                    if report:
                        self.document.report(
                            "CONF_UNKNOWN_KEY",
                            (*place, name),
                            f"{self.spec.label} asks for no '{name}' under '{section}'",
                            did_you_mean(name, list(questions)),
                            key=True,
                        )
                    continue
                answers[name] = self._answer(question, value, (*place, name), report=report)
                if answers[name] is None and value not in (None, ""):
                    unusable.add(name)  # what is wrong with it is said; it is not missing
        for name, question in questions.items():
            if answers.get(name) in (None, ""):
                default = self._answer(question, question.default, (section,), report=first)
                answers[name] = [] if default is None and question.type == "list" else default
        names = {"options": options or answers, "connection": answers}
        for name, question in (
            (name, question) for name, question in questions.items() if name not in unusable
        ):
            self._needed(section, question, answers[name], names, route)
        return answers

    def _needed(
        self,
        section: str,
        question: Question,
        value: object,
        names: Mapping[str, Any],
        account: Route,
    ) -> None:
        """Report an answer that is needed and missing, for each account that lacks it.

        Once for all accounts when none of them has it.
        """
        key = (section, question.name)
        is_asked = (
            question.asked_when is None or decided(question.asked_when, None, names) is not False
        )
        if (
            not is_asked
            or value not in (None, "", [], ())
            or question.optional
            or question.default is not None
            or key in self.missing
        ):
            return
        needed = question.asked_when is not None
        accounts = range(len(self.document.data["accounts"]))
        places = [("accounts", index, section, question.name) for index in accounts]
        nobody_has = not any(self.document.get(place) not in (None, "") for place in places)
        if nobody_has:
            self.missing.add(key)
        self.document.report(
            "CONF_OPTION_DEPENDENCY" if needed else "CONF_FIELD_MISSING",
            (section,) if nobody_has else account,
            f"no '{question.name}' under '{section}'"
            + ("" if nobody_has else " for this account")
            + (" although another option needs it" if needed else ""),
            f"add '{question.name}: …' ({question.label.en})",
            key=True,
        )

    def _answer(self, question: Question, value: Any, route: Route, *, report: bool) -> Any:
        say = self.document.report if report else _silent
        if value is None:
            return None
        if question.type in _KINDS:
            kind, words = _KINDS[question.type]
            if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
                say(
                    "CONF_WRONG_TYPE",
                    route,
                    f"'{question.name}' has to be {words}",
                    f"see `edusync connectors show {self.spec.connector}`",
                )
            return value
        if isinstance(value, bool | list | dict):
            say(
                "CONF_WRONG_TYPE",
                route,
                f"'{question.name}' has to be a text",
                f"see `edusync connectors show {self.spec.connector}`",
            )
            return None
        text = str(value)
        try:
            resolved = resolve(text, self.folder)
        except SecretMissing as missing:
            say(missing.code, route, str(missing), missing.hint)
            return None
        match question.type:
            case "secret":
                if resolved == text:
                    say(
                        "CONF_SECRET_PLAIN",
                        route,
                        f"the secret '{question.name}' stands in clear",
                        f"write {FORMS}",
                    )
                return Secret(resolved)
            case "url":
                if report:
                    self.check_url(route, resolved)
                return _cut(resolved, question.drop_end)
            case "choice" if resolved not in question.values:
                say(
                    "CONF_OPTION_VALUE",
                    route,
                    f"'{question.name}' has no such choice",
                    did_you_mean(resolved, list(question.values)),
                )
        return resolved

    def _filters(
        self, route: Route, names: Mapping[str, Any], *, first: bool
    ) -> dict[str, tuple[str, ...]]:
        """Return what every filter lets pass.

        An account's own answer, else the common one, else the default; nothing lets everything
        pass.
        """
        passed = {
            name: self._entries(question, question.default, ("filters",), report=False)
            for name, question in self.spec.filters.items()
        }
        for place, report in ((("filters",), first), ((*route, "filters"), True)):
            for name, values in (self.document.get(place) or {}).items():
                question = self.spec.filters.get(name)
                if question is not None and values != "":
                    passed[name] = self._entries(question, values, (*place, name), report=report)
                elif question is None and report:
                    self.document.report(
                        "CONF_UNKNOWN_KEY",
                        (*place, name),
                        f"{self.spec.label} has no filter '{name}'",
                        did_you_mean(name, list(self.spec.filters)),
                        key=True,
                    )
        for name, question in self.spec.filters.items():
            self._needed("filters", question, passed[name], names, route)
        return passed

    def _entries(
        self, question: Question, values: object, route: Route, *, report: bool
    ) -> tuple[str, ...]:
        """Return the entries of one filter."""
        if values is None:
            return ()
        if report:
            self._check_entries(question, values, route)
        texts = pairs(values) if question.item == "pair" else entries(values)
        if question.choices is None and question.item in {"id", "integer"}:
            return tuple(id_part(text) for text in texts)
        return texts

    def _check_entries(self, question: Question, values: object, route: Route) -> None:
        """Report each entry of a filter that says nothing."""
        listed = values if isinstance(values, list) else [values]
        of_pairs = question.item == "pair"
        for number, entry in enumerate(listed):
            if is_pair(entry) if of_pairs else is_entry(entry):
                continue
            wrong = "no pair" if of_pairs else "blank, or no text"
            self.document.report(
                "CONF_OPTION_VALUE",
                (*route, number) if isinstance(values, list) else route,
                f"an entry of '{question.name}' is {wrong}, and would let everything pass",
                'write Family: [Rubric], or "Family: Rubric"'
                if of_pairs
                else "write an id, or [] when everything is to pass",
            )


def is_whole_url(value: object) -> bool:
    """Whether a value is a URL with scheme and host."""
    try:
        parts = urlsplit(str(value))
        # the port of a URL is read when it is asked for
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _cut(url: str, endings: tuple[str, ...]) -> str:
    before = None
    while url != before:
        before = url
        for ending in endings:
            url = url.removesuffix(ending)
    return url


def _silent(code: str, route: Route, message: str, hint: str | None = None) -> None:
    del code, route, message, hint
