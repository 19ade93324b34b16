"""Read a customer's answers: types, choices, secrets, what needs what; every mistake at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from edusync.app.secrets import Secret, SecretMissing, resolve
from edusync.diagnostics import did_you_mean
from edusync.engine.names import Answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from edusync.diagnostics import Route
    from edusync.spec import Spec
    from edusync.spec.document import Document
    from edusync.spec.types import Question

_KINDS = {
    "boolean": (bool, "true or false"),
    "integer": (int, "a whole number"),
    "list": (list, "a list"),
}


class AnswerReader:
    """Read the answers of every account of one connector file."""

    def __init__(self, document: Document, spec: Spec, folder: Path) -> None:
        self.document, self.spec, self.folder = document, spec, folder

    def answers(self, account: str, route: Route, *, first: bool) -> Answers:
        """Return the answers that hold for an account: its own over the common ones. Common mistakes are reported once."""
        options = self._section("options", self.spec.options, route, {}, first=first)
        connection = self._section("connection", self.spec.connection, route, options, first=first)
        return Answers(account, connection, options, self._filters(route, first=first))

    def check_url(self, route: Route, value: object) -> None:
        """Report a URL without scheme or host."""
        try:
            parts = urlsplit(str(value))
            whole = (
                parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
            )  # the port of a URL is read when it is asked for
        except ValueError:
            whole = False
        if not whole:
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
        found: dict[str, Any] = {}
        unusable: set[str] = set()
        for place, report in (((section,), first), ((*route, section), True)):
            given = self.document.get(place) or {}
            for name, value in given.items():
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
                found[name] = self._answer(question, value, (*place, name), report=report)
                if found[name] is None and value not in (None, ""):
                    unusable.add(name)  # what is wrong with it is said; it is not missing
        for name, question in questions.items():
            if found.get(name) in (None, ""):
                found[name] = (
                    question.default
                    if question.default is not None
                    else ([] if question.type == "list" else None)
                )
        names = {"options": options or found, "connection": found}
        for name, question in (
            (name, question) for name, question in questions.items() if name not in unusable
        ):
            self._needed(section, name, question, found[name], names, first=first)
        return found

    def _needed(
        self,
        section: str,
        name: str,
        question: Question,
        value: object,
        names: Mapping[str, Any],
        *,
        first: bool,
    ) -> None:
        asked = question.asked_when is None or bool(question.asked_when.run(None, names))
        if (
            asked
            and value in (None, "", [])
            and not question.optional
            and question.default is None
            and first
        ):
            needed = question.asked_when is not None
            message = f"no '{name}' under '{section}'" + (
                " although another option needs it" if needed else ""
            )
            code = "CONF_OPTION_DEPENDENCY" if needed else "CONF_FIELD_MISSING"
            self.document.report(
                code, (section,), message, f"add '{name}: …' ({question.label.en})", key=True
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
            found = resolve(text, self.folder)
        except SecretMissing as missing:
            say("CONF_SECRET_MISSING", route, str(missing), "set it, or name another secret")
            return None
        match question.type:
            case "secret":
                if found == text:
                    say(
                        "CONF_SECRET_PLAIN",
                        route,
                        f"the secret '{question.name}' stands in clear",
                        "write ${env:NAME}, ${file:PATH} or ${keyring:SERVICE/NAME}",
                    )
                return Secret(found)
            case "url":
                if report:
                    self.check_url(route, found)
                return _cut(found, question.drop_end)
            case "choice" if found not in question.values:
                say(
                    "CONF_OPTION_VALUE",
                    route,
                    f"'{question.name}' has no such choice",
                    did_you_mean(found, list(question.values)),
                )
        return found

    def _filters(self, route: Route, *, first: bool) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self.spec.filters, ())
        for place, report in ((("filters",), first), ((*route, "filters"), True)):
            for name, values in (self.document.get(place) or {}).items():
                if name not in self.spec.filters:
                    if report:
                        self.document.report(
                            "CONF_UNKNOWN_KEY",
                            (*place, name),
                            f"{self.spec.label} has no filter '{name}'",
                            did_you_mean(name, list(self.spec.filters)),
                            key=True,
                        )
                    continue
                question = self.spec.filters[name]
                texts = pairs(values) if question.item == "pair" else entries(values)
                if (
                    question.item == "pair"
                    and report
                    and not all(map(_is_pair, values if isinstance(values, list) else [values]))
                ):
                    self.document.report(
                        "CONF_OPTION_VALUE",
                        (*place, name),
                        f"an entry of '{name}' is no pair, and would let everything pass",
                        'write Family: [Rubric], or "Family: Rubric"',
                    )
                if question.choices is None and question.item in {"id", "integer"}:
                    texts = tuple(id_part(text) for text in texts)
                found[name] = texts
        return found


def entries(values: object) -> tuple[str, ...]:
    """Return the entries of a filter: of a list, or of a text `NAME - ID, NAME - ID`.

    Schools answer the questionnaire of Edusign's connectors in that form.
    """
    listed = values if isinstance(values, list) else str(values).split(",")
    texts = [str(value).strip() for value in listed]
    return tuple(dict.fromkeys(text for text in texts if text))


def pairs(values: object) -> tuple[str, ...]:
    """Return the pairs of a filter as composites, from `{Family: [Rubric, Rubric]}` or a list of such mappings or of texts `Family: Rubric`."""
    found: list[str] = []
    for entry in values if isinstance(values, list) else [values]:
        given = (
            entry
            if isinstance(entry, dict)
            else dict([str(entry).split(":", 1)])
            if ":" in str(entry)
            else {}
        )
        for first, second in given.items():
            found += [
                f"{str(first).strip()}/{str(one).strip()}"
                for one in (second if isinstance(second, list) else [second])
            ]
    return tuple(dict.fromkeys(found))


def _is_pair(entry: object) -> bool:
    return bool(pairs([entry]))


def id_part(text: str) -> str:
    """Return the id of `NAME - ID`: what follows the last ' - ', since names may hold one."""
    return text.rpartition(" - ")[2].strip()


def _cut(url: str, endings: tuple[str, ...]) -> str:
    before = None
    while url != before:
        before = url
        for ending in endings:
            url = url.removesuffix(ending)
    return url


def _silent(code: str, route: Route, message: str, hint: str | None = None) -> None:
    del code, route, message, hint
