"""Expressions and templates: the nodes of Jinja2 as closures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet, Unreadable, settled
from edusync.spec.language.operators import ARITHMETIC, COMPARE, negative
from edusync.spec.language.written import MOST_TEXT, MOST_XML, as_segment, as_text, as_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import nodes

    Run = Callable[[Any, Mapping[str, Any]], Any]


class Compiler:
    """Turn checked nodes into closures, noting the names and filters that they use."""

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        write: Callable[[object], str] | None = None,
    ) -> None:
        self.known_filters = filters
        self.write = write or as_text
        self.names: set[tuple[str, ...]] = set()

    def value(self, node: nodes.Node) -> Run:
        """Return what gives the value of a node."""
        kind = type(node).__name__
        if kind in ARITHMETIC:
            return self._arithmetic(node, kind)
        method = getattr(self, "_node_" + kind.lower())
        run: Run = method(node)
        return run

    def text(self, body: list[nodes.Node]) -> Run:
        """Return what writes the nodes of a template."""
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
        """Return what writes one node of a template."""
        kind = type(node).__name__
        if kind == "TemplateData":
            data = str(node.data)  # type: ignore[attr-defined]  # TemplateData has data
            return lambda _row, _names: data
        if kind == "If":
            return self._choice(node)
        value, write = self.value(node), self.write
        return lambda row, names: write(value(row, names))

    def _choice(self, node: Any) -> Run:
        test, then = self.value(node.test), self.text(node.body)
        other = self._choice(node.elif_[0]) if node.elif_ else self.text(node.else_)
        return lambda row, names: then(row, names) if test(row, names) else other(row, names)

    def _node_name(self, node: Any) -> Run:
        return self._reach((node.name,))

    def _node_getattr(self, node: Any) -> Run:
        route = _dotted(node)
        if route is not None:
            return self._reach(route)
        inner, name = self.value(node.node), node.attr
        return lambda row, names: _into(inner(row, names), name)

    def _node_getitem(self, node: Any) -> Run:
        inner, index = self.value(node.node), self.value(node.arg)
        return lambda row, names: _into(inner(row, names), index(row, names))

    def _reach(self, route: tuple[str, ...]) -> Run:
        self.names.add(route)
        first, rest = route[0], route[1:]
        if first == "row":
            if len(rest) == 1:
                (only,) = rest
                return lambda row, _names: _known(row.get(only) if isinstance(row, dict) else None)
            return lambda row, _names: _walk(row, rest)
        return lambda _row, names: _walk(names.get(first), rest)

    def _node_const(self, node: Any) -> Run:
        constant = node.value
        return lambda _row, _names: constant

    def _node_list(self, node: Any) -> Run:
        items = tuple(self.value(item) for item in node.items)
        return lambda row, names: [item(row, names) for item in items]

    _node_tuple = _node_list

    def _node_dict(self, node: Any) -> Run:
        items = tuple((self.value(pair.key), self.value(pair.value)) for pair in node.items)
        return lambda row, names: {key(row, names): value(row, names) for key, value in items}

    def _node_not(self, node: Any) -> Run:
        inner = self.value(node.node)
        return lambda row, names: not inner(row, names)

    def _node_and(self, node: Any) -> Run:
        left, right = self.value(node.left), self.value(node.right)
        return lambda row, names: left(row, names) and right(row, names)

    def _node_or(self, node: Any) -> Run:
        left, right = self.value(node.left), self.value(node.right)
        return lambda row, names: left(row, names) or right(row, names)

    def _node_neg(self, node: Any) -> Run:
        inner = self.value(node.node)
        return lambda row, names: negative(inner(row, names))

    def _node_concat(self, node: Any) -> Run:
        parts = tuple(self.value(part) for part in node.nodes)
        return lambda row, names: "".join(as_text(part(row, names)) for part in parts)

    def _node_condexpr(self, node: Any) -> Run:
        test, then = self.value(node.test), self.value(node.expr1)
        other: Run = self.value(node.expr2) if node.expr2 is not None else lambda _row, _names: None
        return lambda row, names: then(row, names) if test(row, names) else other(row, names)

    def _node_compare(self, node: Any) -> Run:
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

    def _node_test(self, node: Any) -> Run:
        inner = self.value(node.node)
        match node.name:
            case "none":
                return lambda row, names: inner(row, names) is None
            case "defined":
                return lambda row, names: inner(row, names) is not None
        raise TypeError(node.name)

    def _node_filter(self, node: Any) -> Run:
        function = self.known_filters[node.name]
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

    def _arithmetic(self, node: Any, kind: str) -> Run:
        left, right, compute = self.value(node.left), self.value(node.right), ARITHMETIC[kind]
        return lambda row, names: compute(left(row, names), right(row, names))


class PathCompiler(Compiler):
    """Write the path of a URL."""

    def text_part(self, node: nodes.Node) -> Run:
        """Return what writes one node of a template."""
        match type(node).__name__:
            case "TemplateData" | "If":
                return super().text_part(node)
            case "Const":
                text = as_text(node.value)  # type: ignore[attr-defined]  # Const has a value
                return lambda _row, _names: text
            case "CondExpr":
                return self._either(node)
            case "Concat":
                parts = tuple(self.text_part(part) for part in node.nodes)  # type: ignore[attr-defined]  # Concat has nodes
                return lambda row, names: "".join([part(row, names) for part in parts])
        before, self.names = self.names, set()
        value = self.value(node)
        mine, self.names = self.names, self.names | before
        write = as_text if mine and all(name[0] == "connection" for name in mine) else as_segment
        return lambda row, names: write(value(row, names))

    def _either(self, node: Any) -> Run:
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
        _known(here)
        here = here.get(step) if isinstance(here, dict | Marked) else None
    return _known(here)


def _into(box: object, step: object) -> object:
    if isinstance(box, dict | Marked):
        return _known(box.get(step))  # type: ignore[arg-type]  # a step into either is a name
    if isinstance(box, list | tuple) and isinstance(step, int) and -len(box) <= step < len(box):
        return _known(box[step])
    return None


def interpreted(kind: str, source: str, filters: Mapping[str, Callable[..., Any]]) -> Run:
    """Return what runs a text: an expression, a template, xml or a url_path."""
    from jinja2 import Environment, nodes
    from jinja2.parser import Parser

    environment = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - it only parses
    if kind == "expression":
        parsed = Parser(environment, source, state="variable").parse_expression()
        return _settling(Compiler(filters).value(parsed))
    compiler = {
        "template": Compiler(filters),
        "xml": Compiler(filters, as_xml),
        "url_path": PathCompiler(filters),
    }[kind]
    body = environment.parse(source).body
    if not body:
        return lambda _row, _names: source
    only = (
        body[0].nodes[0]
        if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1
        else None
    )
    if kind != "template" or only is None:
        return _settling(compiler.text(body))
    if isinstance(only, nodes.TemplateData):
        return _settling(compiler.text_part(only))
    return _settling(compiler.value(only))


def _settling(run: Run) -> Run:
    def settle(row: Any, names: Mapping[str, Any]) -> Any:
        try:
            return run(row, names)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this row
            return settled(error)

    return settle
