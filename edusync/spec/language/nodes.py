"""The nodes of Jinja2 that the language takes, written as Python; any other is refused."""

from __future__ import annotations

import re
from inspect import signature
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.spec.evaluate import UnknownMet
from edusync.spec.language.arguments import check_arguments
from edusync.spec.language.code import BadExpression
from edusync.spec.language.operators import ARITHMETIC, COMPARE, into, negative
from edusync.spec.language.path_source import look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.spec.language.source import Source

    Filters = Mapping[str, Callable[..., Any]]

_WORDS = {
    "Call": "a call",
    "Mul": "a multiplication",
    "Pow": "a power",
    "For": "a loop",
    "Slice": "a slice",
}
_NUMBER = re.compile(r"-?\d+\Z")


class NodeSource:
    """Write checked nodes into a source, noting the names and filters that they use.

    `row` and `names` are what the row and the names in scope are called there. What is unknown
    raises `UnknownMet`.
    """

    def __init__(self, filters: Filters, source: Source, row: str, names: str) -> None:
        self.known_filters, self.source, self.row, self.scope = filters, source, row, names
        self.names: set[tuple[str, ...]] = set()
        self.filters: set[str] = set()
        self.look = source.bind(look, "look")
        self.unknown = source.bind(UNKNOWN, "UNKNOWN")
        self.met = source.bind(UnknownMet, "UnknownMet")

    def value(self, node: Any) -> str:
        """Write what makes the value of a node; return its name."""
        kind = type(node).__name__
        if kind in ARITHMETIC:
            return self._arithmetic(node, kind)
        method = getattr(self, "_node_" + kind.lower(), None)
        if method is None:
            raise BadExpression(
                "SPEC_FORBIDDEN_EXPRESSION",
                f"{_WORDS.get(kind, kind)} is not part of the language",
                "use a filter, as in value | lower",
            )
        return self.apart(lambda: method(node))

    def apart(self, write: Callable[[], str]) -> str:
        """Write something here, or as a function of its own where it would stand too deep."""
        source = self.source
        if not source.is_deep:
            return write()
        name, outer = source.fresh("part"), (self.row, self.scope)
        self.row, self.scope = "row", "names"
        with source.function(name, "row", "names"):
            source.line(f"return {write()}")
        self.row, self.scope = outer
        return source.keep(f"{name}({self.row}, {self.scope})")

    def _known(self, value: str) -> str:
        """Write that a value which is unknown ends the evaluation."""
        with self.source.block(f"if {value} is {self.unknown}:"):
            self.source.line(f"raise {self.met}")
        return value

    def _node_name(self, node: Any) -> str:
        return self._reach((node.name,))

    def _node_getattr(self, node: Any) -> str:
        route = _dotted(node)
        if route is not None:
            return self._reach(route)
        return self._into(self.value(node.node), self.source.constant(node.attr))

    def _node_getitem(self, node: Any) -> str:
        return self._into(self.value(node.node), self.value(node.arg))

    def _into(self, box: str, step: str) -> str:
        return self._known(self.source.keep(f"{self.source.bind(into, 'into')}({box}, {step})"))

    def _reach(self, route: tuple[str, ...]) -> str:
        if any(step.startswith("_") for step in route):
            raise BadExpression(
                "SPEC_FORBIDDEN_EXPRESSION",
                f"'{'.'.join(route)}': no name begins with an underscore",
                "read such a column as row['_name']",
                name=route,
            )
        self.names.add(route)
        source, (first, *rest) = self.source, route
        if first == "row":
            here = self.row
        else:
            here = source.keep(f"{self.scope}.get({source.constant(first)})")
        for step in rest:
            here = source.look_up(here, source.constant(step), self.look)
        return self._known(here)

    def _node_const(self, node: Any) -> str:
        return self.source.constant(node.value)

    def _node_list(self, node: Any) -> str:
        return self.source.keep(f"[{', '.join([self.value(item) for item in node.items])}]")

    _node_tuple = _node_list

    def _node_dict(self, node: Any) -> str:
        items = [f"{self.value(pair.key)}: {self.value(pair.value)}" for pair in node.items]
        return self.source.keep(f"{{{', '.join(items)}}}")

    def _node_not(self, node: Any) -> str:
        return self.source.keep(f"not {self.value(node.node)}")

    def _node_and(self, node: Any) -> str:
        return self._either(node, "")

    def _node_or(self, node: Any) -> str:
        return self._either(node, "not ")

    def _either(self, node: Any, sign: str) -> str:
        result = self.source.keep(self.value(node.left))
        with self.source.block(f"if {sign}{result}:"):
            self.source.line(f"{result} = {self.value(node.right)}")
        return result

    def _node_neg(self, node: Any) -> str:
        return self.source.keep(
            f"{self.source.bind(negative, 'negative')}({self.value(node.node)})"
        )

    def _node_concat(self, node: Any) -> str:
        return self.joined([self.written(self.value(part)) for part in node.nodes])

    def joined(self, parts: list[str]) -> str:
        """Write what puts texts together."""
        if not parts:
            return "''"
        if len(parts) == 1:
            return parts[0]
        return self.source.keep(f"''.join(({', '.join(parts)}))")

    def written(self, value: str) -> str:
        """Write a value as text."""
        raise NotImplementedError

    def _node_condexpr(self, node: Any) -> str:
        return self.chosen(
            self.value(node.test),
            lambda: self.value(node.expr1),
            lambda: self.value(node.expr2) if node.expr2 is not None else "None",
        )

    def chosen(self, test: str, then: Callable[[], str], other: Callable[[], str]) -> str:
        """Write one of two things."""
        result = self.source.fresh()
        with self.source.block(f"if {test}:"):
            self.source.line(f"{result} = {then()}")
        with self.source.block("else:"):
            self.source.line(f"{result} = {other()}")
        return result

    def _node_compare(self, node: Any) -> str:
        first, *more = node.ops
        left = self.value(node.expr)
        right = self._compared(first)
        result = self.source.keep(self._comparison(first, left, right))
        if more:
            self._goes_on(result, right, more)
        return result

    def _goes_on(self, result: str, left: str, more: list[Any]) -> None:
        """Write the comparisons of a chain after its first; each is made when those before hold."""
        source, (operand, *rest) = self.source, more
        with source.block(f"if {result}:"):
            right = self._compared(operand)
            source.line(f"{result} = {self._comparison(operand, left, right)}")
        if rest:
            self._goes_on(result, right, rest)

    def _compared(self, operand: Any) -> str:
        plain = operand.op in {"in", "notin"} and _plain_texts(operand.expr)
        return repr(plain) if plain else self.value(operand.expr)

    def _comparison(self, operand: Any, left: str, right: str) -> str:
        """Return an expression; a text that is no number equals nothing but itself."""
        kind, other = type(operand.expr).__name__, operand.expr
        if operand.op in {"in", "notin"} and _plain_texts(other):
            return f"{left} {'in' if operand.op == 'in' else 'not in'} {right}"
        if operand.op in {"eq", "ne"} and kind == "Const" and _is_plain_text(other.value):
            return f"{left} {'==' if operand.op == 'eq' else '!='} {right}"
        return f"{self.source.bind(COMPARE[operand.op], f'is_{operand.op}')}({left}, {right})"

    def _node_test(self, node: Any) -> str:
        inner = self.source.keep(self.value(node.node))
        match node.name:
            case "none":
                return self.source.keep(f"{inner} is None")
            case "defined":
                return self.source.keep(f"{inner} is not None")
        raise BadExpression(
            "SPEC_FORBIDDEN_EXPRESSION",
            f"'is {node.name}' is not part of the language",
            "use 'is none' or a comparison",
            used=node.name,
        )

    def _node_filter(self, node: Any) -> str:
        function = self._filter(node)
        self.filters.add(node.name)
        arguments = [self.value(part) for part in (node.node, *node.args)]
        name = self.source.bind(function, f"filter_{node.name}")
        return self._known(self.source.keep(f"{name}({', '.join(arguments)})"))

    def _filter(self, node: Any) -> Callable[..., Any]:
        """Return a filter; BadExpression when there is none, or it takes other arguments."""
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
                used=node.name,
            )
        try:
            signature(function).bind(None, *node.args)
        except TypeError as error:
            raise BadExpression(
                "SPEC_BAD_EXPRESSION",
                f"the filter '{node.name}' cannot be used like this: {error}",
                "write the arguments that it takes, as in value | replace('-', '')",
                used=node.name,
            ) from None
        check_arguments(node.name, function, node.args)
        return function

    def _arithmetic(self, node: Any, kind: str) -> str:
        compute = self.source.bind(ARITHMETIC[kind], kind.lower())
        return self.source.keep(f"{compute}({self.value(node.left)}, {self.value(node.right)})")


def _dotted(node: Any) -> tuple[str, ...] | None:
    steps: list[str] = []
    while type(node).__name__ == "Getattr":
        steps.append(node.attr)
        node = node.node
    if type(node).__name__ != "Name":
        return None
    return (node.name, *reversed(steps))


def _plain_texts(node: Any) -> tuple[str, ...] | None:
    """Return the texts of a list that is written out, None when anything else is in it."""
    if type(node).__name__ not in {"List", "Tuple"}:
        return None
    values = [getattr(item, "value", None) for item in node.items]
    texts = tuple(value for value in values if isinstance(value, str) and _is_plain_text(value))
    return texts if texts and len(texts) == len(values) else None


def _is_plain_text(value: object) -> bool:
    """Whether a text is none that a number equals, since ids are text (ruling L4)."""
    return isinstance(value, str) and not _NUMBER.match(value)
