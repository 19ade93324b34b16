"""Paths: the library of JMESPath follows them, and says UNKNOWN where it meets that on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jmespath
from jmespath.visitor import TreeInterpreter

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet
from edusync.spec.language.path_functions import called

if TYPE_CHECKING:
    from collections.abc import Callable


class Interpreter(TreeInterpreter):
    """The interpreter of the library; a name of something unknown is unknown.

    A text and a number have no order: nothing comes of comparing them, as JMESPath says, where the
    library raises TypeError.
    """

    def visit_field(self, node: Any, value: Any) -> Any:
        """Look a name up."""
        found = value.get(node["value"]) if isinstance(value, dict | Marked) else None
        if found is UNKNOWN or value is UNKNOWN:
            raise UnknownMet
        return found

    def visit_function_expression(self, node: Any, value: Any) -> Any:
        """Call a function; nothing comes of nothing, and what it cannot take is Unreadable."""
        given = [self.visit(child, value) for child in node["children"]]
        return called(node["value"], *given)

    def visit_comparator(self, node: Any, value: Any) -> Any:
        """Compare two values."""
        try:
            return super().visit_comparator(node, value)
        except TypeError:
            return None


def interpreted(source: str) -> Callable[[Any], Any]:
    """Return what follows a path."""
    parsed = jmespath.compile(source).parsed

    def read(row: Any) -> Any:
        try:
            return Interpreter().visit(parsed, row)
        except UnknownMet:
            return UNKNOWN

    return read
