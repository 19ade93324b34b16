"""What every part of the build shares.

The document, the names in scope, and how texts are compiled.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from edusync.diagnostics import did_you_mean
from edusync.spec.build.declared import Reference, check_names, line_members
from edusync.spec.build.inside import place_in
from edusync.spec.formats.filtered import FilterFormat, needs_arguments
from edusync.spec.language.code import BadExpression
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.paths import BadPath, compile_path
from edusync.spec.payload import Document, Each, Field, Fixed, Items, Members, Pieces, Text
from edusync.spec.texts import (
    AnswerPath,
    BodyText,
    Expression,
    Language,
    Path,
    Template,
    UrlPath,
    XmlText,
)
from edusync.spec.tree import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location, Route
    from edusync.spec.document import Document as Source
    from edusync.spec.formats import Format
    from edusync.spec.payload import Payload

    Kind = TypeVar("Kind", bound=Expression)


@dataclass(slots=True)
class Builder:
    """Build the texts of one document."""

    document: Source
    language: Language = field(default_factory=Language)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    used_formats: set[str] = field(default_factory=set)
    paths: list[tuple[Route, Path]] = field(default_factory=list)
    """Every path of the spec, with where it stands."""
    texts: list[tuple[Route, Expression]] = field(default_factory=list)
    """Every expression and template of the spec, with where it stands."""
    naming: list[Route] = field(default_factory=list)
    """Every mapping that gives names of its own, such as the columns of a list."""
    used_calls: set[str] = field(default_factory=set)
    references: list[Reference] = field(default_factory=list)
    """Every place that names a list, a call, a format, a filter, a code or a function by itself;
    what texts name stands in `texts`."""
    unknown: set[tuple[str, str]] = field(default_factory=set)
    """Names that are used and not declared, such as ("options", "latte")."""

    def at(self, route: Route) -> Location:
        """Return the place of a route."""
        return self.document.at(route, key=True)

    def get(self, route: Route) -> Any:
        """Return the data at a route."""
        return self.document.get(route)

    def refer(self, kind: str, name: str, route: Route, *, key: bool = False) -> None:
        """Note that something is named at a route, as its key or as its value."""
        self.references.append(Reference(kind, name, route, key))

    def path(self, route: Route, source: str | None = None, *, key: bool = False) -> Path:
        """Build the path at a route, or one that is its key, or a part of what stands there."""
        source = str(self.get(route)) if source is None else source
        path = Path(source, self.document.at(route, key=key))
        try:
            compile_path(source)
        except BadPath as error:
            inside = error.at is not None and not key
            place = self.document.inside(route, source, error.at or 0) if inside else None
            message = f"not a path: {error}"
            self.document.report("SPEC_BAD_PATH", route, message, error.hint, key=key, place=place)
        else:
            self.paths.append((route, path))
        return path

    def answer_path(self, route: Route) -> AnswerPath:
        """Build the path into an answer at a route, or the name of a header."""
        source = str(self.get(route))
        if source.startswith("header."):
            return AnswerPath(source, self.document.at(route))
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
        if isinstance(data, dict) and data.keys() == {"each", "of"}:
            of = self.expression((*route, "of"), scope)
            return Each(self.payload((*route, "each"), scope | {"item"}), of)
        if isinstance(data, dict):
            return Members({str(key): self.payload((*route, key), scope) for key in data})
        if isinstance(data, list):
            return Items(tuple(self.payload((*route, at), scope) for at in range(len(data))))
        return Fixed(data)

    def url_path(self, route: Route, scope: frozenset[str]) -> Payload:
        """Build the path of a URL, whose holes are encoded and mandatory."""
        return Text(self._text(UrlPath, route, scope, str(self.get(route))))

    def text(self, route: Route, scope: frozenset[str]) -> Payload:
        """Build a body of text: a text, or one that holds a piece for each line or item."""
        data = self.get(route)
        if not isinstance(data, dict):
            return self.payload(route, scope)
        each, of = self._pieces(BodyText, route, data, scope)
        outer = self._text(BodyText, (*route, "text"), scope | {"each"}, str(data["text"]))
        return Text(outer) if each is None else Pieces(outer, each, of)

    def xml(self, route: Route, scope: frozenset[str]) -> Document:
        """Build a body of XML: a text, or an inner document and the outer one that holds it."""
        data = self.get(route)
        if isinstance(data, str):
            return Document(self._text(XmlText, route, scope, data))
        each, of = self._pieces(XmlText, route, data, scope)
        inner = None
        if each is not None:
            scope |= {"each"}
        if "inner" in data:
            inner = self._text(XmlText, (*route, "inner"), scope, str(data["inner"]))
        outer = self._text(XmlText, (*route, "xml"), scope | {"inner"}, str(data["xml"]))
        return Document(outer, inner, each, of)

    def _pieces(
        self, kind: type[Kind], route: Route, data: dict[str, Any], scope: frozenset[str]
    ) -> tuple[Kind | None, Expression | None]:
        """Build the piece for one line or item, and what gives the items."""
        each, of = None, None
        if "of" in data:
            of = self.expression((*route, "of"), scope)
        if "each" in data:
            item = scope | {"line" if of is None else "item"}
            each = self._text(kind, (*route, "each"), item, str(data["each"]))
        self._check_each(route, data, scope)
        return each, of

    def _check_each(self, route: Route, data: dict[str, Any], scope: frozenset[str]) -> None:
        """Report pieces of a document of nothing, and items of which nothing is made."""
        missing = (
            "of"
            if "each" in data and "of" not in data and "lines" not in scope
            else "each"
            if "of" in data and "each" not in data
            else None
        )
        if missing is not None:
            present = "each" if missing == "of" else "of"
            hint = "say 'each: …' for one piece, and 'of: batch' or another list of items"
            message = f"'{present}' needs '{missing}' here"
            self.document.report("SPEC_MISSING_KEY", (*route, present), message, hint, key=True)

    def optional_payload(self, route: Route, scope: frozenset[str]) -> Payload | None:
        """Build what is sent at a route, None when there is nothing."""
        return None if self.get(route) is None else self.payload(route, scope)

    def members(self, route: Route, scope: frozenset[str]) -> dict[str, Payload]:
        """Build what is sent under names: a mapping, or a list that names members of the line."""
        data = self.get(route)
        if not isinstance(data, list):
            return {name: self.payload((*route, name), scope) for name in data}
        payloads: dict[str, Payload] = {}
        known = line_members(self)
        for index, name in enumerate(data):
            if name not in known:
                self.document.report(
                    "SPEC_UNKNOWN_VARIABLE",
                    (*route, index),
                    f"no line holds '{name}'",
                    did_you_mean(name, sorted(known)),
                )
                continue
            template = self._text(Template, (*route, index), scope, f"{{{{ line.{name} }}}}")
            payloads[str(name)] = Text(template)
        return payloads

    def format(self, route: Route) -> Format | None:
        """Return the format that is named at a route."""
        name = str(self.get(route))
        self.used_formats.add(name)
        self.refer("format", name, route)
        declared = self.language.formats.get(name)
        if declared is None and name in BUILT_IN and not needs_arguments(name):
            return FilterFormat(name=name)
        if declared is None and name in BUILT_IN:
            self.document.report(
                "SPEC_UNKNOWN_FORMAT",
                route,
                f"the filter '{name}' needs arguments, and a format has none",
                f'write a template, such as {{template: "{{{{ row.… | {name}(…) }}}}"}}',
            )
        elif declared is None:
            self.document.report(
                "SPEC_UNKNOWN_FORMAT",
                route,
                f"no format is called '{name}'",
                did_you_mean(name, [*self.language.formats, *BUILT_IN]),
            )
        return declared

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
                place=place_in(self.document, route, text, (root,)),
            )
        if looked_at is not text:
            return text
        self.texts.append((route, text))
        check_names(self, route, text)
        return text

    def _looked_at(self, text: Kind, route: Route) -> Kind | None:
        """Return a text as if filters that nobody knows were known: what else is wrong with it.

        None when it cannot be compiled at all. What is wrong is reported.
        """
        while True:
            try:
                text.compiled()
            except BadExpression as error:
                place = place_in(self.document, route, text, error)
                self.document.report(error.code, route, str(error), error.hint, place=place)
                if error.stranger is None:
                    return None
                formats: dict[str, Any] = {**text.language.formats, error.stranger: _Stranger}
                text = replace(text, language=Language(formats, text.language.zone))
            else:
                return text


class _Stranger:
    """Stands for a filter that nobody knows."""

    @staticmethod
    def write(value: Any, *_arguments: Any) -> Any:
        """Leave a value as it is."""
        return value
