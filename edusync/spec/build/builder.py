"""What every part of the build shares.

The document, the names in scope, and how texts are compiled.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from edusync.diagnostics import did_you_mean
from edusync.spec.expressions import (
    BadExpression,
    Expression,
    as_text,
    compile_expression,
    compile_template,
    compile_url_path,
    compile_xml,
)
from edusync.spec.paths import BadPath, Path, compile_path
from edusync.spec.types import Label, Payload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location, Route
    from edusync.spec.document import Document
    from edusync.spec.formats import Format

RUN = frozenset({"connection", "options", "filters", "window", "account", "now", "the"})
ROW = RUN | {"row"}
UPWARD: Mapping[str, frozenset[str]] = {
    "course": frozenset(
        {"source_id", "edusign_id", "name", "starts_at", "ends_at", "carry", "again"}
    ),
    "person": frozenset({"source_id", "role"}),
    "attendance": frozenset({"minutes", "arrived_at", "left_at", "excluded_at", "signed_at"}),
    "reason": frozenset({"id", "label"}),
}
"""What stands under the names of the way up."""
PAGES: Mapping[str, frozenset[str]] = {
    "number": frozenset({"number", "size"}),
    "offset": frozenset({"offset", "size"}),
    "cursor": frozenset({"cursor", "size"}),
    "keyset": frozenset({"last", "size"}),
    "next_url": frozenset({"size"}),
}
"""What stands under `page`, by kind of paging."""
ANSWER = frozenset({"status", "headers", "body", "text", "type", "root"})
"""What stands under `answer`."""


@dataclass(slots=True)
class Builder:
    """Compile the texts of one document."""

    document: Document
    formats: dict[str, Format] = field(default_factory=dict)
    filters: dict[str, Callable[..., Any]] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    used_formats: set[str] = field(default_factory=set)
    paths: list[tuple[Route, Path]] = field(default_factory=list)
    """Every path of the spec, with where it stands."""
    texts: list[tuple[Route, Expression]] = field(default_factory=list)
    """Every expression and template of the spec, with where it stands."""
    used_calls: set[str] = field(default_factory=set)
    known: dict[tuple[Callable[..., Expression], str], Expression] = field(default_factory=dict)
    unknown: set[tuple[str, str]] = field(default_factory=set)
    """Names that are used and not declared, such as ("options", "latte")."""

    def at(self, route: Route) -> Location:
        """Return the place of a route."""
        return self.document.at(route, key=True)

    def get(self, route: Route) -> Any:
        """Return the data at a route."""
        return self.document.get(route)

    def path(self, route: Route, source: str | None = None) -> Path:
        """Compile the path at a route, or one that is a part of what stands there."""
        source = str(self.get(route)) if source is None else source
        try:
            found = compile_path(source)
        except BadPath as error:
            self.document.report(
                "SPEC_BAD_PATH",
                route,
                f"not a path: {error}",
                "write names joined by dots, such as adresse.email",
            )
            return Path(source, lambda _row: None, ())
        self.paths.append((route, found))
        return found

    def expression(self, route: Route, scope: frozenset[str]) -> Expression:
        """Compile the expression at a route."""
        source = str(self.get(route))
        if "{{" in source:
            self.document.report(
                "SPEC_BAD_EXPRESSION",
                route,
                "an expression has no braces here",
                "write it without {{ and }}",
            )
            return _nothing(source)
        return self._compiled(route, scope, source, compile_expression)

    def optional_expression(self, route: Route, scope: frozenset[str]) -> Expression | None:
        """Compile the expression at a route, None when there is none."""
        source = self.get(route)
        if isinstance(source, bool):
            return Expression(
                str(source).lower(),
                lambda _row, _names: source,
                frozenset(),
                frozenset(),
                constant=True,
            )
        return None if source is None else self.expression(route, scope)

    def template(self, route: Route, scope: frozenset[str]) -> Expression:
        """Compile the template at a route."""
        return self._compiled(route, scope, str(self.get(route)), compile_template)

    def payload(self, route: Route, scope: frozenset[str]) -> Payload:
        """Compile text with holes, or a tree of it."""
        if isinstance(self.get(route), str):
            return Payload.of(self.template(route, scope))
        parts: list[Expression] = []
        return Payload.made(self._node(route, scope, parts), parts)

    def url_path(self, route: Route, scope: frozenset[str]) -> Payload:
        """Compile the path of a URL, whose holes are encoded and mandatory."""
        return Payload.of(self._compiled(route, scope, str(self.get(route)), compile_url_path))

    def xml(self, route: Route, scope: frozenset[str]) -> Payload | None:
        """Compile a body of XML, None when there is none.

        A text, or an inner document and the outer one that holds it.
        """
        data = self.get(route)
        if data is None:
            return None
        if isinstance(data, str):
            outer = self._compiled(route, scope, data, compile_xml)
            return Payload.of(outer)
        each = (
            self._compiled((*route, "each"), scope | {"line"}, str(data["each"]), compile_xml)
            if "each" in data
            else None
        )
        inner = (
            self._compiled(
                (*route, "inner"),
                scope | ({"each"} if each else set()),
                str(data["inner"]),
                compile_xml,
            )
            if "inner" in data
            else None
        )
        outer = self._compiled(
            (*route, "xml"),
            scope | ({"each"} if each else set()) | {"inner"},
            str(data["xml"]),
            compile_xml,
        )

        def render(row: Any, names: Mapping[str, Any]) -> Any:
            if each is not None:
                names = {
                    **names,
                    "each": Markup(  # noqa: S704 - lines that were escaped one by one
                        "".join(
                            as_text(each.run(row, {**names, "line": line}))
                            for line in names["lines"]
                        )
                    ),
                }
            if inner is not None:
                names = {**names, "inner": inner.run(row, names)}
            return outer.run(row, names)

        return Payload.made(render, (part for part in (outer, inner, each) if part))

    def optional_payload(self, route: Route, scope: frozenset[str]) -> Payload | None:
        """Compile what is sent at a route, None when there is nothing."""
        return None if self.get(route) is None else self.payload(route, scope)

    def members(self, route: Route, scope: frozenset[str]) -> dict[str, Payload]:
        """Compile what is sent under names: a mapping, or a list that names members of the line."""
        data = self.get(route)
        if not isinstance(data, list):
            return {name: self.payload((*route, name), scope) for name in data}
        found, known = {}, self.line_members()
        for index, name in enumerate(data):
            if name not in known:
                self.document.report(
                    "SPEC_UNKNOWN_VARIABLE",
                    (*route, index),
                    f"no line holds '{name}'",
                    did_you_mean(name, sorted(known)),
                )
            held = self._compiled(
                (*route, index), scope, f"{{{{ line.{name} }}}}", compile_template
            )
            found[str(name)] = Payload.of(held)
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
        found = self.formats.get(name)
        if found is None:
            self.document.report(
                "SPEC_UNKNOWN_FORMAT",
                route,
                f"no format is called '{name}'",
                did_you_mean(name, list(self.formats)),
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

    def _node(
        self, route: Route, scope: frozenset[str], parts: list[Expression]
    ) -> Callable[[Any, Mapping[str, Any]], Any]:
        data = self.get(route)
        if isinstance(data, str):
            compiled = self.template(route, scope)
            parts.append(compiled)
            return compiled.run
        if isinstance(data, dict) and (
            route[-2:-1] == ("form",) or (route[-2:-1] == ("with",) and "xml" in data)
        ):
            document = self.xml(route, scope)
            assert document is not None  # noqa: S101 - there is data at the route
            parts += document.parts
            render = document.render
            return lambda row, names: Markup(as_text(render(row, names)))  # noqa: S704 - it is XML
        if isinstance(data, dict):
            members = [(str(key), self._node((*route, key), scope, parts)) for key in data]
            return lambda row, names: {key: node(row, names) for key, node in members}
        if isinstance(data, list):
            items = [self._node((*route, index), scope, parts) for index in range(len(data))]
            return lambda row, names: [node(row, names) for node in items]
        return lambda _row, _names: data

    def _compiled(
        self,
        route: Route,
        scope: frozenset[str],
        source: str,
        compiler: Callable[[str, Mapping[str, Callable[..., Any]]], Expression],
    ) -> Expression:
        compiled = self.known.get((compiler, source))
        filters = self.filters
        while compiled is None:  # a call that is named is built for every list that makes it
            try:
                compiled = compiler(source, filters)
            except BadExpression as error:
                self.document.report(error.code, route, str(error), error.hint)
                if error.stranger is None:
                    return _nothing(source)
                filters = {**filters, error.stranger: _stranger}  # what else is wrong with it?
        if filters is self.filters:
            self.known[compiler, source] = compiled
        self.used_formats.update(compiled.filters)
        for root in sorted(compiled.roots - scope):
            self.document.report(
                "SPEC_UNKNOWN_VARIABLE",
                route,
                f"'{root}' does not exist here",
                did_you_mean(root, sorted(scope)),
            )
        self.texts.append((route, compiled))
        self._check_members(route, compiled)
        return replace(compiled, place=self.document.at(route))

    def _check_members(self, route: Route, compiled: Expression) -> None:
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
            "auth": self._reads(("transport", "auth", "login"))
            | self._reads(("writeback", "transport", "auth", "login")),
        }
        if route[:1] == ("writeback",):
            declared |= UPWARD
            steps = ("for_person", "for_sheet", "then")
            declared["got"] = set().union(*(self._reads(("writeback", one)) for one in steps))
            declared["line"] = self.line_members()
        for name in sorted(compiled.names):
            root, rest = name[0], name[1:]
            if root in declared and rest and rest[0] not in (declared[root] or ()):
                self.unknown.add((root, rest[0]))
                hint = did_you_mean(rest[0], list(declared[root] or ()))
                self.document.report(
                    "SPEC_UNKNOWN_VARIABLE", route, f"'{root}' has no '{rest[0]}'", hint
                )
        in_transport = route[:1] == ("transport",)
        for name in compiled.names:
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
        return PAGES.get(str(kind), frozenset().union(*PAGES.values()))

    def _reads(self, route: Route) -> set[str]:
        """Return the names under which the steps at a route keep what they read of answers."""
        return {
            str(name)
            for step in self.get(route) or ()
            if isinstance(step, dict) and isinstance(step.get("read"), dict)
            for name in step["read"]
        }


def _stranger(value: Any, *_arguments: Any) -> Any:
    """Stand for a filter that nobody knows, so that the rest of its template is looked at."""
    return value


def _nothing(source: str) -> Expression:
    return Expression(source, lambda _row, _names: None, frozenset(), frozenset())
