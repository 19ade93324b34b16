"""Templates and expressions: Jinja2's syntax, compiled once into plain functions (ruling L8).

Jinja2 parses; a small allow-list of its nodes is turned into closures. A dot looks into a mapping
and never reaches a Python attribute, there are no calls and no loops, and text has an upper length:
nothing can be reached but the names that are handed in. Empty is None; what is unknown makes the
whole expression unknown.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from inspect import signature
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet, Unreadable, is_unknown, settled
from edusync.spec.language.operators import ARITHMETIC, COMPARE, negative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import nodes

    Run = Callable[[Any, Mapping[str, Any]], Any]

MOST_TEXT = 64 * 1024
MOST_XML = 4 * 1024 * 1024  # documents hold many lines


class BadExpression(ValueError):
    """A template or expression that cannot be compiled; `code` says which kind of mistake it is.

    `stranger` is the name of a filter that nobody knows.
    """

    def __init__(self, code: str, message: str, hint: str, *, stranger: str | None = None) -> None:
        super().__init__(message)
        self.code, self.hint, self.stranger = code, hint, stranger


@dataclass(frozen=True, slots=True)
class Code:
    """What an expression or a template is compiled to: `run(row, names)` gives its value.

    It is UNKNOWN when something unknown was met; Unreadable is all that is ever raised.
    """

    compiled: Run
    names: frozenset[tuple[str, ...]] = frozenset()
    """The names that it reads, part by part."""
    filters: frozenset[str] = frozenset()
    constant: bool = False
    """Whether it is the same whatever the names hold: a text without holes, true, false."""
    mistake: BadExpression | None = None
    """Why there is nothing to run."""

    def run(self, row: object, names: Mapping[str, Any]) -> Any:
        """Evaluate over a row and the names in scope."""
        try:
            return self.compiled(row, names)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this row
            return settled(error)


def compile_expression(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a bare expression, such as `row.status != 'open'`."""
    from jinja2.parser import Parser

    compiler = _Compiler(filters)
    with _mistakes("SPEC_BAD_EXPRESSION", "an expression", "write it as in row.status != 'open'"):
        parser = Parser(_environment(), source, state="variable")
        node = parser.parse_expression()
        if not parser.stream.eos:
            raise BadExpression(
                "SPEC_BAD_EXPRESSION",
                f"the expression goes on after '{parser.stream.current.value}'",
                "one expression stands here; put parts together with 'and', 'or' or a comparison",
            )
        run = compiler.value(node)
    is_fact = type(node).__name__ == "Const" and isinstance(getattr(node, "value", None), bool)
    return Code(run, frozenset(compiler.names), frozenset(compiler.filters), constant=is_fact)


@contextmanager
def _mistakes(code: str, what: str, hint: str) -> Iterator[None]:
    """Turn what the parser and the compiler stumble over into BadExpression."""
    from jinja2.exceptions import TemplateError

    try:
        yield
    except TemplateError as error:
        message = f"not {what}: {str(error.message or error).lower().rstrip('.')}"
        raise BadExpression(code, message, hint) from error
    except RecursionError:
        raise BadExpression(
            "SPEC_BAD_EXPRESSION",
            "it is nested too deeply, or too long",
            "put parts of it into columns of their own with `add`",
        ) from None
    except ValueError as error:
        if isinstance(error, BadExpression):
            raise
        raise BadExpression(code, f"not {what}: a number is too long", hint) from error


def compile_template(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a template.

    One that is exactly `{{ … }}` keeps the type of what is inside, any other is text.
    """
    return _template(source, _Compiler(filters), always_text=False)


def compile_xml(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a template of XML.

    Every value that is put in is escaped, except a finished document (`| cdata`).
    """
    return _template(source, _Compiler(filters, as_xml), always_text=True)


def compile_url_path(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile the path of a URL: what fills a hole is percent-encoded, after its filters.

    It is never empty. Texts that the spec itself writes into a hole (`'a/b' if …`), and answers of
    the connection, stay as they are.
    """
    return _template(source, _PathCompiler(filters), always_text=True)


def _template(source: str, compiler: _Compiler, *, always_text: bool) -> Code:
    if "{{" not in source and "{%" not in source and "{#" not in source:
        return Code(lambda _row, _names: source, constant=True)
    from jinja2 import nodes

    hint = "write what varies as in {{ row.name }}"
    with _mistakes("SPEC_BAD_TEMPLATE", "a template", hint):
        body = _environment().parse(source).body
        only = (
            body[0].nodes[0]
            if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1
            else None
        )
        if always_text or only is None:
            run = compiler.text(body)
        elif isinstance(only, nodes.TemplateData):
            run = compiler.text_part(only)
        else:
            run = compiler.value(only)
    return Code(run, frozenset(compiler.names), frozenset(compiler.filters))


def as_text(value: object) -> str:
    """Write a value into text.

    Empty as nothing, flags as true and false, anything else as it prints.
    """
    if value is None:
        return ""
    if value is UNKNOWN:
        raise UnknownMet
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict) and is_unknown(value):
        raise UnknownMet
    return str(value)


def as_segment(value: object) -> str:
    """Write a value into the path of a URL, percent-encoded.

    Raises Unreadable when it is empty or leads elsewhere.
    """
    text = as_text(value)
    if not text:
        raise Unreadable("a hole of the path is empty")
    if text in {".", ".."}:
        raise Unreadable("a hole of the path would lead elsewhere")
    return quote(text, safe="")


def as_xml(value: object) -> str:
    """Write a value into XML, escaped; a finished document (`Markup`) as it stands."""
    return value if isinstance(value, Markup) else escape(as_text(value))


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
                raise Unreadable(f"it makes more than {most} characters")
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
        return lambda row, names: negative(inner(row, names))

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
                stranger=node.name,
            )
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise BadExpression(
                "SPEC_FORBIDDEN_EXPRESSION",
                f"the filter '{node.name}' takes plain arguments only",
                "write the arguments out, as in value | replace('-', '')",
            )
        try:
            signature(function).bind(None, *node.args)
        except TypeError as error:
            raise BadExpression(
                "SPEC_BAD_EXPRESSION",
                f"the filter '{node.name}' cannot be used like this: {error}",
                "write the arguments that it takes, as in value | replace('-', '')",
            ) from None
        self.filters.add(node.name)
        inner = self.value(node.node)
        arguments = tuple(self.value(argument) for argument in node.args)

        def plain(row: Any, names: Mapping[str, Any]) -> Any:
            found = function(inner(row, names))
            if found is UNKNOWN:
                raise UnknownMet
            return found

        def run(row: Any, names: Mapping[str, Any]) -> Any:
            found = function(inner(row, names), *[argument(row, names) for argument in arguments])
            if found is UNKNOWN:
                raise UnknownMet
            return found

        return run if arguments else plain

    def arithmetic(self, node: Any, kind: str) -> Run:
        left, right, compute = self.value(node.left), self.value(node.right), ARITHMETIC[kind]
        return lambda row, names: compute(left(row, names), right(row, names))


class _PathCompiler(_Compiler):
    """Write the path of a URL."""

    def text_part(self, node: nodes.Node) -> Run:
        match type(node).__name__:
            case "TemplateData" | "If":
                return super().text_part(node)
            case "Const":
                text = as_text(node.value)  # type: ignore[attr-defined]  # Const has a value
                return lambda _row, _names: text
            case "CondExpr":
                return self.either(node)
            case "Concat":
                parts = tuple(self.text_part(part) for part in node.nodes)  # type: ignore[attr-defined]  # Concat has nodes
                return lambda row, names: "".join([part(row, names) for part in parts])
        before, self.names = self.names, set()
        value = self.value(node)
        mine, self.names = self.names, self.names | before
        write = as_text if mine and all(name[0] == "connection" for name in mine) else as_segment
        return lambda row, names: write(value(row, names))

    def either(self, node: Any) -> Run:
        test, then = self.value(node.test), self.text_part(node.expr1)
        other: Run = self.text_part(node.expr2) if node.expr2 else lambda _row, _names: ""
        return lambda row, names: then(row, names) if test(row, names) else other(row, names)


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
