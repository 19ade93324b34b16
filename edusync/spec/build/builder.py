"""What every part of the build shares.

The document, the names in scope, and how texts are compiled.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from edusync.diagnostics import did_you_mean
from edusync.spec.language.code import BadExpression
from edusync.spec.language.paths import BadPath, compile_path
from edusync.spec.paging import PAGING
from edusync.spec.payload import Document, Field, Fixed, Items, Members, Text
from edusync.spec.texts import AnswerPath, Expression, Language, Path, Template, UrlPath, XmlText
from edusync.spec.tree import Label
from edusync.spec.tree.sign_in import DEFAULT, SIGN_INS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location, Route
    from edusync.spec.document import Document as Source
    from edusync.spec.formats import Format
    from edusync.spec.payload import Payload

    Kind = TypeVar("Kind", bound=Expression)

UPWARD: Mapping[str, frozenset[str]] = {
    "course": frozenset(
        {"source_id", "edusign_id", "name", "starts_at", "ends_at", "carry", "again"}
    ),
    "person": frozenset({"source_id", "role"}),
    "attendance": frozenset({"minutes", "arrived_at", "left_at", "excluded_at", "signed_at"}),
    "reason": frozenset({"id", "label"}),
}
"""What stands under the names of the way up."""
ANSWER = frozenset({"status", "headers", "body", "text", "type", "root"})
"""What stands under `answer`."""


@dataclass(slots=True)
class Builder:
    """Build the texts of one document."""

    document: Source
    language: Language = field(default_factory=Language)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    used_formats: set[str] = field(default_factory=set)
    paths: list[tuple[Route, Path]] = field(default_factory=list)
    """Every path of the spec, with where it stands."""
    texts: list[tuple[Route, Expression]] = field(default_factory=list)
    """Every expression and template of the spec, with where it stands."""
    used_calls: set[str] = field(default_factory=set)
    unknown: set[tuple[str, str]] = field(default_factory=set)
    """Names that are used and not declared, such as ("options", "latte")."""

    def at(self, route: Route) -> Location:
        """Return the place of a route."""
        return self.document.at(route, key=True)

    def get(self, route: Route) -> Any:
        """Return the data at a route."""
        return self.document.get(route)

    def path(self, route: Route, source: str | None = None) -> Path:
        """Build the path at a route, or one that is a part of what stands there."""
        source = str(self.get(route)) if source is None else source
        found = Path(source, self.document.at(route))
        try:
            compile_path(source)
        except BadPath as error:
            self.document.report(
                "SPEC_BAD_PATH",
                route,
                f"not a path: {error}",
                "write names joined by dots, such as adresse.email",
            )
            return found
        self.paths.append((route, found))
        return found

    def answer_path(self, route: Route) -> AnswerPath:
        """Build the path into an answer at a route, or the name of a header."""
        source = str(self.get(route))
        if source.startswith("header."):
            return AnswerPath(source)
        return AnswerPath(source, self.path(route).place)

    def expression(self, route: Route, scope: frozenset[str]) -> Expression:
        """Build the expression at a route."""
        source = str(self.get(route))
        if "{{" in source:
            self.document.report(
                "SPEC_BAD_EXPRESSION",
                route,
                "an expression has no braces here",
                "write it without {{ and }}",
            )
            return Expression(source, self.language, scope, self.document.at(route))
        return self._text(Expression, route, scope, source)

    def optional_expression(self, route: Route, scope: frozenset[str]) -> Expression | None:
        """Build the expression at a route, None when there is none."""
        source = self.get(route)
        if isinstance(source, bool):
            return Expression.of_fact(source)
        return None if source is None else self.expression(route, scope)

    def template(self, route: Route, scope: frozenset[str]) -> Template:
        """Build the template at a route."""
        return self._text(Template, route, scope, str(self.get(route)))

    def payload(self, route: Route, scope: frozenset[str]) -> Payload:
        """Build text with holes, or a tree of it."""
        data = self.get(route)
        if isinstance(data, str):
            return Text(self.template(route, scope))
        if isinstance(data, dict) and (
            route[-2:-1] == ("form",) or (route[-2:-1] == ("with",) and "xml" in data)
        ):
            return Field(self.xml(route, scope))
        if isinstance(data, dict):
            return Members({str(key): self.payload((*route, key), scope) for key in data})
        if isinstance(data, list):
            return Items(tuple(self.payload((*route, at), scope) for at in range(len(data))))
        return Fixed(data)

    def url_path(self, route: Route, scope: frozenset[str]) -> Payload:
        """Build the path of a URL, whose holes are encoded and mandatory."""
        return Text(self._text(UrlPath, route, scope, str(self.get(route))))

    def xml(self, route: Route, scope: frozenset[str]) -> Document:
        """Build a body of XML: a text, or an inner document and the outer one that holds it."""
        data = self.get(route)
        if isinstance(data, str):
            return Document(self._text(XmlText, route, scope, data))
        each, inner = None, None
        if "each" in data:
            each = self._text(XmlText, (*route, "each"), scope | {"line"}, str(data["each"]))
            scope |= {"each"}
        if "inner" in data:
            inner = self._text(XmlText, (*route, "inner"), scope, str(data["inner"]))
        outer = self._text(XmlText, (*route, "xml"), scope | {"inner"}, str(data["xml"]))
        return Document(outer, inner, each)

    def optional_payload(self, route: Route, scope: frozenset[str]) -> Payload | None:
        """Build what is sent at a route, None when there is nothing."""
        return None if self.get(route) is None else self.payload(route, scope)

    def members(self, route: Route, scope: frozenset[str]) -> dict[str, Payload]:
        """Build what is sent under names: a mapping, or a list that names members of the line."""
        data = self.get(route)
        if not isinstance(data, list):
            return {name: self.payload((*route, name), scope) for name in data}
        found: dict[str, Payload] = {}
        known = self.line_members()
        for index, name in enumerate(data):
            if name not in known:
                self.document.report(
                    "SPEC_UNKNOWN_VARIABLE",
                    (*route, index),
                    f"no line holds '{name}'",
                    did_you_mean(name, sorted(known)),
                )
            held = self._text(Template, (*route, index), scope, f"{{{{ line.{name} }}}}")
            found[str(name)] = Text(held)
        return found

    def line_members(self) -> set[str]:
        """Return the names of what lines hold, whatever the state and the role."""
        lines, states = (self.get(("writeback", word)) or {} for word in ("line", "states"))
        return {key for line in lines.values() for key in line} | {
            key for rule in states.values() for key in rule.get("set") or {}
        }

    def format(self, route: Route) -> Format | None:
        """Return the format that is named at a route."""
        name = str(self.get(route))
        self.used_formats.add(name)
        found = self.language.formats.get(name)
        if found is None:
            self.document.report(
                "SPEC_UNKNOWN_FORMAT",
                route,
                f"no format is called '{name}'",
                did_you_mean(name, list(self.language.formats)),
            )
        return found

    def label(self, route: Route) -> Label | None:
        """Return a text in both languages."""
        data = self.get(route)
        if data is None:
            return None
        return (
            Label(data["en"], data["fr"]) if isinstance(data, dict) else Label(str(data), str(data))
        )

    def _text(self, kind: type[Kind], route: Route, scope: frozenset[str], source: str) -> Kind:
        """Build a text; report what it cannot be compiled for, and names that do not exist."""
        text = kind(source, self.language, scope, self.document.at(route))
        looked_at = self._looked_at(text, route)
        if looked_at is None:
            return text
        self.used_formats.update(looked_at.filters)
        for root in sorted(looked_at.roots - scope):
            self.document.report(
                "SPEC_UNKNOWN_VARIABLE",
                route,
                f"'{root}' does not exist here",
                did_you_mean(root, sorted(scope)),
            )
        if looked_at is not text:
            return text
        self.texts.append((route, text))
        self._check_members(route, text)
        return text

    def _looked_at(self, text: Kind, route: Route) -> Kind | None:
        """Return a text as if filters that nobody knows were known: what else is wrong with it.

        None when it cannot be compiled at all. What is wrong is reported.
        """
        while True:
            try:
                text.compiled()
            except BadExpression as error:
                self.document.report(error.code, route, str(error), error.hint)
                if error.stranger is None:
                    return None
                formats: dict[str, Any] = {**text.language.formats, error.stranger: _Stranger}
                text = replace(text, language=Language(formats, text.language.zone))
            else:
                return text

    def _check_members(self, route: Route, text: Expression) -> None:
        declared = {
            "options": self.get(("options",)),
            "connection": self.get(("connection",)),
            "filters": self.get(("filters",)),
            "window": {"first", "last", "today", "starts_at", "ends_at", "days"},
            "account": {"name"},
            "the": {
                name
                for name, data in (self.get(("resources",)) or {}).items()
                if isinstance(data, dict) and "single" in data
            },
            "page": self._page_members(route),
            "answer": ANSWER,
            "auth": self._auth_members(),
        }
        if route[:1] == ("writeback",):
            declared |= UPWARD
            steps = ("for_person", "for_sheet", "then")
            declared["got"] = set().union(*(self._reads(("writeback", one)) for one in steps))
            declared["line"] = self.line_members()
        for name in sorted(text.names):
            root, rest = name[0], name[1:]
            if root in declared and rest and rest[0] not in (declared[root] or ()):
                self.unknown.add((root, rest[0]))
                hint = did_you_mean(rest[0], list(declared[root] or ()))
                self.document.report(
                    "SPEC_UNKNOWN_VARIABLE", route, f"'{root}' has no '{rest[0]}'", hint
                )
        in_transport = route[:1] == ("transport",)
        for name in text.names:
            question = (
                (declared["connection"] or {}).get(name[1])
                if len(name) > 1 and name[0] == "connection"
                else None
            )
            if isinstance(question, dict) and question.get("type") == "secret" and not in_transport:
                self.document.report(
                    "SPEC_SECRET_EXPOSED",
                    route,
                    f"the secret '{name[1]}' is used outside 'transport'",
                    "use it in a header, a login or a call of 'transport'",
                )

    def _page_members(self, route: Route) -> frozenset[str]:
        """Return what stands under `page` of the list at a route, of any list where none is."""
        paging = self.get((*route[:2], "paging")) if route[:1] == ("resources",) else None
        kind = paging.get("kind") if isinstance(paging, dict) else None
        return frozenset().union(
            *(one.page for name, one in PAGING.pairs() if kind in {name, None})
        )

    def _auth_members(self) -> set[str]:
        """Return what stands under `auth`: what steps read, and what the kind of sign-in gives."""
        kind = self.get(("transport", "auth", "kind")) or DEFAULT
        routes = (("transport", "auth", "login"), ("writeback", "transport", "auth", "login"))
        return set(SIGN_INS[str(kind)].given).union(*(self._reads(route) for route in routes))

    def _reads(self, route: Route) -> set[str]:
        """Return the names under which the steps at a route keep what they read of answers."""
        return {
            str(name)
            for step in self.get(route) or ()
            if isinstance(step, dict) and isinstance(step.get("read"), dict)
            for name in step["read"]
        }


class _Stranger:
    """Stands for a filter that nobody knows."""

    @staticmethod
    def write(value: Any, *_arguments: Any) -> Any:
        """Leave a value as it is."""
        return value
