"""Templates and expressions: Jinja2's syntax, compiled once into plain functions (ruling L8).

Jinja2 parses; a small allow-list of its nodes is turned into closures. A dot looks into a mapping and never reaches a
Python attribute, there are no calls and no loops, and text has an upper length: nothing can be reached but the names
that are handed in. Empty is None; what is unknown makes the whole expression unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.operators import ARITHMETIC, COMPARE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import nodes

    from edusync.diagnostics import Location

    Run = Callable[[Any, Mapping[str, Any]], Any]

MOST_TEXT = 64 * 1024
MOST_XML = 4 * 1024 * 1024  # documents hold many lines


class BadExpression(ValueError):
    """A template or expression that cannot be compiled; `code` says which kind of mistake it is."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


class UnknownMet(Exception):
    """An expression met something that could not be read."""


class TextTooLong(ValueError):
    """A template made more text than any request needs."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression or template: `run(row, names)` gives its value, UNKNOWN when it met something unknown."""

    source: str
    compiled: Run
    names: frozenset[tuple[str, ...]]
    filters: frozenset[str]
    constant: bool = False
    place: Location | None = None

    def run(self, row: object, names: Mapping[str, Any]) -> Any:
        """Evaluate over a row and the names in scope."""
        try:
            return self.compiled(row, names)
        except UnknownMet:
            return UNKNOWN

    @property
    def roots(self) -> frozenset[str]:
        """The first parts of the names that are used."""
        return frozenset(name[0] for name in self.names)


def compile_expression(source: str, filters: Mapping[str, Callable[..., Any]]) -> Expression:
    """Compile a bare expression, such as `row.status != 'open'`."""
    from jinja2.exceptions import TemplateError
    from jinja2.parser import Parser

    try:
        parser = Parser(_environment(), source, state="variable")
        node = parser.parse_expression()
        if not parser.stream.eos:
            raise BadExpression(
                "SPEC_BAD_EXPRESSION",
                f"the expression goes on after '{parser.stream.current.value}'",
                "one expression stands here; put parts together with 'and', 'or' or a comparison",
            )
    except TemplateError as error:
        raise BadExpression(
            "SPEC_BAD_EXPRESSION",
            f"not an expression: {str(error.message or error).lower().rstrip('.')}",
            "write it as in row.status != 'open'",
        ) from error
    compiler = _Compiler(filters)
    run = compiler.value(node)
    return Expression(source, run, frozenset(compiler.names), frozenset(compiler.filters))


def compile_template(source: str, filters: Mapping[str, Callable[..., Any]]) -> Expression:
    """Compile a template; one that is exactly `{{ … }}` keeps the type of what is inside, any other is text."""
    return _template(source, filters, as_text, always_text=False)


def compile_xml(source: str, filters: Mapping[str, Callable[..., Any]]) -> Expression:
    """Compile a template of XML: every value that is put in is escaped, except a finished document (`| cdata`)."""
    return _template(source, filters, as_xml, always_text=True)


def _template(
    source: str,
    filters: Mapping[str, Callable[..., Any]],
    write: Callable[[object], str],
    *,
    always_text: bool,
) -> Expression:
    if "{{" not in source and "{%" not in source and "{#" not in source:
        return Expression(
            source, lambda _row, _names: source, frozenset(), frozenset(), constant=True
        )
    from jinja2 import nodes
    from jinja2.exceptions import TemplateError

    try:
        tree = _environment().parse(source)
    except TemplateError as error:
        raise BadExpression(
            "SPEC_BAD_TEMPLATE",
            f"not a template: {str(error.message or error).lower().rstrip('.')}",
            "write what varies as in {{ row.name }}",
        ) from error
    compiler = _Compiler(filters, write)
    body = tree.body
    if (
        not always_text
        and len(body) == 1
        and isinstance(body[0], nodes.Output)
        and len(body[0].nodes) == 1
    ):
        only = body[0].nodes[0]
        run = (
            compiler.text_part(only)
            if isinstance(only, nodes.TemplateData)
            else compiler.value(only)
        )
    else:
        run = compiler.text(body)
    return Expression(source, run, frozenset(compiler.names), frozenset(compiler.filters))


def as_text(value: object) -> str:
    """Write a value into text: empty as nothing, flags as true and false, anything else as it prints."""
    if value is None:
        return ""
    if value is UNKNOWN:
        raise UnknownMet
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


class Markup(str):
    """XML that is finished: it is put into other XML as it stands."""

    __slots__ = ()


_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def as_xml(value: object) -> str:
    """Write a value into XML, escaped."""
    return value if isinstance(value, Markup) else as_text(value).translate(_ESCAPED)


def _environment() -> Any:
    from jinja2 import Environment

    global _ENVIRONMENT  # noqa: PLW0603 - built once, never changed
    if _ENVIRONMENT is None:
        _ENVIRONMENT = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - it only parses
    return _ENVIRONMENT


_ENVIRONMENT: Any = None


class _Compiler:
    """Turn checked nodes into closures, noting the names and filters that they use."""

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        write: Callable[[object], str] | None = None,
    ) -> None:
        self.known_filters = filters
        self.write = write or as_text
        self.names: set[tuple[str, ...]] = set()
        self.filters: set[str] = set()

    def value(self, node: nodes.Node) -> Run:
        kind = type(node).__name__
        if kind in ARITHMETIC:
            return self.arithmetic(node, kind)
        method = getattr(self, "node_" + kind.lower(), None)
        if method is None:
            word = {
                "Call": "a call",
                "Mul": "a multiplication",
                "Pow": "a power",
                "For": "a loop",
                "Slice": "a slice",
            }.get(kind, kind)
            raise BadExpression(
                "SPEC_FORBIDDEN_EXPRESSION",
                f"{word} is not part of the language",
                "use a filter, as in value | lower",
            )
        run: Run = method(node)
        return run

    def text(self, body: list[nodes.Node]) -> Run:
        most = MOST_XML if self.write is as_xml else MOST_TEXT
        parts = tuple(
            self.text_part(node)
            for piece in body
            for node in (piece.nodes if type(piece).__name__ == "Output" else [piece])  # type: ignore[attr-defined]  # Output has nodes
        )

        def run(row: Any, names: Mapping[str, Any]) -> str:
            text = "".join([part(row, names) for part in parts])
            if len(text) > most:
                reason = f"a template made more than {most} characters"
                raise TextTooLong(reason)
            return text

        return run

    def text_part(self, node: nodes.Node) -> Run:
        kind = type(node).__name__
        if kind == "TemplateData":
            data = str(node.data)  # type: ignore[attr-defined]  # TemplateData has data
            return lambda _row, _names: data
        if kind == "If":
            return self.choice(node)
        value, write = self.value(node), self.write
        return lambda row, names: write(value(row, names))

    def choice(self, node: Any) -> Run:
        test, then = self.value(node.test), self.text(node.body)
        other = self.choice(node.elif_[0]) if node.elif_ else self.text(node.else_)
        return lambda row, names: then(row, names) if test(row, names) else other(row, names)

    def node_name(self, node: Any) -> Run:
        return self.reach((node.name,))

    def node_getattr(self, node: Any) -> Run:
        route = _dotted(node)
        if route is not None:
            return self.reach(route)
        inner, name = self.value(node.node), node.attr
        return lambda row, names: _into(inner(row, names), name)

    def node_getitem(self, node: Any) -> Run:
        inner, index = self.value(node.node), self.value(node.arg)
        return lambda row, names: _into(inner(row, names), index(row, names))

    def reach(self, route: tuple[str, ...]) -> Run:
        if any(step.startswith("_") for step in route):
            raise BadExpression(
                "SPEC_FORBIDDEN_EXPRESSION",
                f"'{'.'.join(route)}': no name begins with an underscore",
                "read such a column as row['_name']",
            )
        self.names.add(route)
        first, rest = route[0], route[1:]
        if first == "row":
            if len(rest) == 1:
                (only,) = rest
                return lambda row, _names: _known(row.get(only) if isinstance(row, dict) else None)
            return lambda row, _names: _walk(row, rest)
        return lambda _row, names: _walk(names.get(first), rest)

    def node_const(self, node: Any) -> Run:
        constant = node.value
        return lambda _row, _names: constant

    def node_list(self, node: Any) -> Run:
        items = tuple(self.value(item) for item in node.items)
        return lambda row, names: [item(row, names) for item in items]

    node_tuple = node_list

    def node_dict(self, node: Any) -> Run:
        items = tuple((self.value(pair.key), self.value(pair.value)) for pair in node.items)
        return lambda row, names: {key(row, names): value(row, names) for key, value in items}

    def node_not(self, node: Any) -> Run:
        inner = self.value(node.node)
        return lambda row, names: not inner(row, names)

    def node_and(self, node: Any) -> Run:
        left, right = self.value(node.left), self.value(node.right)
        return lambda row, names: left(row, names) and right(row, names)

    def node_or(self, node: Any) -> Run:
        left, right = self.value(node.left), self.value(node.right)
        return lambda row, names: left(row, names) or right(row, names)

    def node_neg(self, node: Any) -> Run:
        inner = self.value(node.node)
        return lambda row, names: -inner(row, names)

    def node_concat(self, node: Any) -> Run:
        parts = tuple(self.value(part) for part in node.nodes)
        return lambda row, names: "".join(as_text(part(row, names)) for part in parts)

    def node_condexpr(self, node: Any) -> Run:
        test, then = self.value(node.test), self.value(node.expr1)
        other: Run = self.value(node.expr2) if node.expr2 is not None else lambda _row, _names: None
        return lambda row, names: then(row, names) if test(row, names) else other(row, names)

    def node_compare(self, node: Any) -> Run:
        first = self.value(node.expr)
        steps = tuple((COMPARE[operand.op], self.value(operand.expr)) for operand in node.ops)
        if len(steps) == 1:
            ((compare, second),) = steps
            return lambda row, names: compare(first(row, names), second(row, names))

        def run(row: Any, names: Mapping[str, Any]) -> bool:
            left = first(row, names)
            for compare, value in steps:
                right = value(row, names)
                if not compare(left, right):
                    return False
                left = right
            return True

        return run

    def node_test(self, node: Any) -> Run:
        inner = self.value(node.node)
        match node.name:
            case "none":
                return lambda row, names: inner(row, names) is None
            case "defined":
                return lambda row, names: inner(row, names) is not None
        raise BadExpression(
            "SPEC_FORBIDDEN_EXPRESSION",
            f"'is {node.name}' is not part of the language",
            "use 'is none' or a comparison",
        )

    def node_filter(self, node: Any) -> Run:
        function = self.known_filters.get(node.name)
        if function is None:
            from edusync.diagnostics import did_you_mean

            raise BadExpression(
                "SPEC_UNKNOWN_FORMAT",
                f"no format and no filter is called '{node.name}'",
                did_you_mean(node.name, list(self.known_filters)),
            )
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise BadExpression(
                "SPEC_FORBIDDEN_EXPRESSION",
                f"the filter '{node.name}' takes plain arguments only",
                "write the arguments out, as in value | default('-')",
            )
        self.filters.add(node.name)
        inner = self.value(node.node)
        arguments = tuple(self.value(argument) for argument in node.args)
        if not arguments:
            return lambda row, names: function(inner(row, names))
        return lambda row, names: function(
            inner(row, names), *[argument(row, names) for argument in arguments]
        )

    def arithmetic(self, node: Any, kind: str) -> Run:
        left, right, compute = self.value(node.left), self.value(node.right), ARITHMETIC[kind]

        def run(row: Any, names: Mapping[str, Any]) -> Any:
            first, second = left(row, names), right(row, names)
            try:
                return compute(first, second)
            except (TypeError, ZeroDivisionError):
                return None

        return run


def _dotted(node: Any) -> tuple[str, ...] | None:
    steps: list[str] = []
    while type(node).__name__ == "Getattr":
        steps.append(node.attr)
        node = node.node
    if type(node).__name__ != "Name":
        return None
    return (node.name, *reversed(steps))


def _known(value: object) -> object:
    if value is UNKNOWN:
        raise UnknownMet
    return value


def _walk(here: object, steps: tuple[str, ...]) -> object:
    for step in steps:
        here = here.get(step) if isinstance(here, dict | Marked) else None
    return _known(here)


def _into(box: object, step: object) -> object:
    if isinstance(box, dict | Marked):
        return _known(box.get(step))  # type: ignore[arg-type]  # a step into either is a name
    if isinstance(box, list | tuple) and isinstance(step, int) and -len(box) <= step < len(box):
        return _known(box[step])
    return None
