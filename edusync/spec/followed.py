"""Follow paths and expressions over places: what they read on their way, and what they may give."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.spec.places import Place, TracedRow, Why, joined, parts, places, step, use, use_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.spec.places import Origins
    from edusync.spec.tree import Expression, Path

    Scope = Mapping[str, Origins]

_KEEPS_ITS_VALUE = frozenset({"Filter", "CondExpr", "And", "Or"})
"""Nodes that hand a value on; what is made by any other is made of parts."""


class Stray(NamedTuple):
    """A name that is read of a row that cannot have it, and the names that the row has."""

    name: str
    known: frozenset[str]
    why: Why


class Compared(NamedTuple):
    """Words of the spec that what stands at some places is compared with.

    With `is_changed` a filter changes the value first.
    """

    places: tuple[Place, ...]
    words: tuple[str, ...]
    is_changed: bool
    why: Why


class Follower:
    """Follow paths and expressions.

    `literals` collects every text that the spec itself says in them, `strays` every name that is
    read of a row whose names the spec writes out, and is none of them.
    """

    def __init__(self) -> None:
        self.literals: set[str] = set()
        self.strays: list[Stray] = []
        self.compared: list[Compared] = []

    def step(self, origins: Origins, name: str, why: Why) -> Origins:
        """Return what stands under a name, which is noted when a row cannot have it."""
        rows = [origin for origin in origins if isinstance(origin, TracedRow)]
        if rows and len(rows) == len(origins) and all(row.lacks(name) for row in rows):
            known = frozenset(name for row in rows for name in row.members)
            self.strays.append(Stray(name, known, why))
        return step(origins, name)

    # paths

    def path(self, path: Path, origins: Origins, why: Why) -> Origins:
        """Return what a path may give of what is seen."""
        if path.steps:
            for name in path.steps:
                origins = self.step(origins, name, why)
            return origins
        if path.source == "@":
            return origins
        import jmespath

        return self._path_node(jmespath.compile(path.source).parsed, origins, why)

    def _path_node(self, node: Any, origins: Origins, why: Why) -> Origins:  # noqa: PLR0911 - a line for each kind
        kind, children = node["type"], node.get("children", [])
        match kind:
            case "field":
                return self.step(origins, str(node["value"]), why)
            case "subexpression" | "index_expression" | "pipe":
                for child in children:
                    origins = self._path_node(child, origins, why)
                return origins
            case "projection" | "value_projection" | "filter_projection":
                return self._projection(kind, children, origins, why)
            case "multi_select_dict":
                members = {
                    pair["value"]: self._path_node(pair["children"][0], origins, why)
                    for pair in children
                }
                return {TracedRow(members): False}
            case "and_expression" | "or_expression":
                return joined(*(self._tested(child, origins, why) for child in children))
            case "comparator" | "not_expression":
                tested = [self._tested(child, origins, why) for child in children]
                if kind == "comparator" and node["value"] in {"eq", "ne"}:
                    for child, other in zip(children, reversed(tested), strict=True):
                        if child["type"] == "literal" and _is_word(child["value"]):
                            self._note_words(other, (str(child["value"]),), why)
                return {}
            case "literal":
                self._note(node["value"])
                return {}
            case "function_expression":
                return self._function(children, origins, why)
            case "flatten" | "multi_select_list":
                return joined(*(self._path_node(child, origins, why) for child in children))
        return origins  # an index, a slice, the row itself: lists are walked through

    def _function(self, children: list[Any], origins: Origins, why: Why) -> Origins:
        """Return what a function may give: its arguments, or parts of them."""
        plain = [child for child in children if child["type"] != "expref"]
        arguments = joined(*(self._path_node(child, origins, why) for child in plain))
        results = [arguments]
        for child in children:
            if child["type"] == "expref":
                each = self._path_node(child["children"][0], arguments, why)
                use(each, why, "test")
                results.append(each)
        return parts(joined(*results))

    def _projection(self, kind: str, children: list[Any], origins: Origins, why: Why) -> Origins:
        elements = self._path_node(children[0], origins, why)
        if kind == "value_projection":
            elements = joined(
                {place.under_each(): False for place in places(elements)},
                {
                    origin: part
                    for origin, part in elements.items()
                    if not isinstance(origin, Place)
                },
            )
        if kind == "filter_projection":
            self._tested(children[2], elements, why)
            elements = {
                origin.pick(children[2]) if isinstance(origin, Place) else origin: part
                for origin, part in elements.items()
            }
        return self._path_node(children[1], elements, why)

    def _tested(self, node: Any, origins: Origins, why: Why) -> Origins:
        tested = self._path_node(node, origins, why)
        use(tested, why, "test")
        return tested

    # expressions

    def expression(self, expression: Expression, scope: Scope, why: Why) -> Origins:
        """Return what an expression or a template may give.

        What it tests on its way is noted as read.
        """
        source = expression.source
        if expression.constant:
            self._note(source)
            return {}
        holes = _parsed(source)
        if len(holes) == 1:
            return self._node(holes[0], scope, why)
        return parts(joined(*(self._node(hole, scope, why) for hole in holes)))

    def _node(self, node: Any, scope: Scope, why: Why) -> Origins:
        match type(node).__name__:
            case "Name":
                return scope.get(node.name, {})
            case "Getattr":
                return self.step(self._node(node.node, scope, why), node.attr, why)
            case "Getitem":
                return self._item(node, scope, why)
            case "Const":
                self._note(node.value)
                return {}
            case "TemplateData":
                self._note(node.data)
                return {}
            case "Compare" | "Not" | "Test":
                if hasattr(node, "ops"):
                    self._compare(node, scope, why)
                for child in () if hasattr(node, "ops") else node.iter_child_nodes():
                    self._used(child, scope, why)
                return {}
            case "And" | "Or":
                return joined(self._used(node.left, scope, why), self._node(node.right, scope, why))
            case "CondExpr" | "If":
                self._used(node.test, scope, why)
                return self._several(node.iter_child_nodes(exclude=("test",)), scope, why)
            case "Filter":
                for argument in node.args:
                    self._used(argument, scope, why)
        origins = self._several(node.iter_child_nodes(), scope, why)
        return origins if type(node).__name__ in _KEEPS_ITS_VALUE else parts(origins)

    def _compare(self, node: Any, scope: Scope, why: Why) -> None:
        """Follow a comparison, and note the words that a value is compared with."""
        found = self._used(node.expr, scope, why)
        for operand in node.ops:
            other = self._used(operand.expr, scope, why)
            if operand.op in {"eq", "ne", "in", "notin"}:
                self._note_words(
                    found, _words(operand.expr), why, is_changed=_is_changed(node.expr)
                )
            if operand.op in {"eq", "ne"}:
                changed = _is_changed(operand.expr)
                self._note_words(other, _words(node.expr), why, is_changed=changed)

    def _note_words(
        self, found: Origins, words: tuple[str, ...], why: Why, *, is_changed: bool = False
    ) -> None:
        if words and found and all(isinstance(origin, Place) for origin in found):
            self.compared.append(Compared((*places(found),), words, is_changed, why))

    def _several(self, nodes: Iterable[Any], scope: Scope, why: Why) -> Origins:
        return joined(*(self._node(node, scope, why) for node in nodes))

    def _used(self, node: Any, scope: Scope, why: Why) -> Origins:
        used = self._node(node, scope, why)
        use(used, why, "test")
        return used

    def _item(self, node: Any, scope: Scope, why: Why) -> Origins:
        """Return one of several, or the field of a name in brackets.

        Of a name that is computed it may be any.
        """
        origins = self._node(node.node, scope, why)
        if type(node.arg).__name__ == "Const":
            return (
                self.step(origins, node.arg.value, why)
                if isinstance(node.arg.value, str)
                else origins
            )
        self._used(node.arg, scope, why)
        use_whole(origins, why, "text")
        return origins

    def _note(self, literal: object) -> None:
        if isinstance(literal, str) and literal.strip():
            self.literals.add(literal)


def _is_word(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _words(node: Any) -> tuple[str, ...]:
    """Return the words that a node says: one, or those of a list; nothing for any other."""
    nodes = node.items if type(node).__name__ in {"List", "Tuple"} else [node]
    values = [getattr(one, "value", None) for one in nodes]
    return tuple(map(str, values)) if values and all(map(_is_word, values)) else ()


def _is_changed(node: Any) -> bool:
    """Whether a filter changes a value on the way."""
    return type(node).__name__ == "Filter" or any(map(_is_changed, node.iter_child_nodes()))


@lru_cache(maxsize=8192)
def _parsed(source: str) -> tuple[Any, ...]:
    """Return what a text is made of: the expression that it is, or its pieces. Nobody changes them.

    A text is parsed once a process: an editor has the whole spec followed at every key stroke.
    """
    from jinja2 import Environment
    from jinja2.parser import Parser

    environment = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - it only parses
    if not any(mark in source for mark in ("{{", "{%", "{#")):
        return (Parser(environment, source, state="variable").parse_expression(),)
    body = environment.parse(source).body
    return tuple(piece for node in body for piece in getattr(node, "nodes", (node,)))
