"""JMESPath as Python: what its library parsed becomes lines, with the meaning that it specifies.

The library follows a path node by node; here a projection is a loop and a condition an `if`. Where
a name is looked up in something unknown, or gives that, `UnknownMet` is raised.
"""

from __future__ import annotations

from numbers import Number
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet
from edusync.spec.language.path_functions import called, of_each

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.spec.language.source import Source

    Node = dict[str, Any]


class PathSource:
    """Write what follows a parsed path into a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.field = source.bind(look, "look")

    def write(self, node: Node, here: str) -> str:
        """Write what follows a node from the value of a name; return the name of what it gives."""
        source = self.source
        if not source.is_deep or node["type"] in {"current", "identity", "literal"}:
            written: str = getattr(self, "_" + node["type"])(node, here)
            return written
        name, parameter = source.fresh("path"), source.fresh("here")
        with source.function(name, parameter):
            source.line(f"return {getattr(self, '_' + node['type'])(node, parameter)}")
        return source.keep(f"{name}({here})")

    def _current(self, _node: Node, here: str) -> str:
        return here

    _identity = _current

    def _literal(self, node: Node, _here: str) -> str:
        return self.source.keep(self.source.constant(node["value"]))

    def _field(self, node: Node, here: str) -> str:
        source, name = self.source, self.source.constant(node["value"])
        result = source.look_up(here, name, self.field)
        with source.block(f"if {result} is {source.bind(UNKNOWN, 'UNKNOWN')}:"):
            source.line(f"raise {source.bind(UnknownMet, 'UnknownMet')}")
        return result

    def _one_after_the_other(self, node: Node, here: str) -> str:
        for child in node["children"]:
            here = self.write(child, here)
        return here

    _subexpression = _index_expression = _pipe = _one_after_the_other

    def _index(self, node: Node, here: str) -> str:
        at = node["value"]
        inside = f"-len({here}) <= {at}" if at < 0 else f"{at} < len({here})"
        return self.source.keep(f"{here}[{at}] if isinstance({here}, list) and {inside} else None")

    def _slice(self, node: Node, here: str) -> str:
        start, stop, step = ("" if at is None else str(at) for at in node["children"])
        return self.source.keep(
            f"{here}[{start}:{stop}:{step}] if isinstance({here}, list) else None"
        )

    # functions

    def _function_expression(self, node: Node, here: str) -> str:
        """Write a call of a function; an expression behind & is a function of an item."""
        arguments = [self.write(child, here) for child in node["children"]]
        call = self.source.bind(called, "called")
        name = self.source.constant(node["value"])
        return self.source.keep(f"{call}({', '.join([name, *arguments])})")

    def _expref(self, node: Node, _here: str) -> str:
        source = self.source
        name, item = source.fresh("each"), source.fresh("item")
        with source.function(name, item):
            source.line(f"return {self.write(node['children'][0], item)}")
        return source.keep(f"{source.bind(of_each, 'of_each')}({name})")

    # projections: a loop each

    def _projection(self, node: Node, here: str) -> str:
        return self._loop(self.write(node["children"][0], here), node["children"][1])

    def _filter_projection(self, node: Node, here: str) -> str:
        base, each, test = node["children"]
        return self._loop(self.write(base, here), each, test)

    def _value_projection(self, node: Node, here: str) -> str:
        base = self.write(node["children"][0], here)
        values = self.source.keep(f"list({base}.values()) if isinstance({base}, dict) else None")
        return self._loop(values, node["children"][1])

    def _loop(self, base: str, each: Node, test: Node | None = None) -> str:
        source = self.source
        result, item = source.keep("None", "found"), source.fresh("item")
        with source.block(f"if isinstance({base}, list):"):
            source.line(f"{result} = []")
            with source.block(f"for {item} in {base}:"):
                if test is not None:
                    with source.block(f"if not ({self._true(test, item)}):"):
                        source.line("continue")
                taken = self.write(each, item)
                with source.block(f"if {taken} is not None:"):
                    source.line(f"{result}.append({taken})")
        return result

    def _flatten(self, node: Node, here: str) -> str:
        base = self.write(node["children"][0], here)
        return self.source.keep(f"{self.source.bind(flat, 'flat')}({base})")

    # truth

    def _true(self, node: Node, here: str) -> str:
        """Write a condition; return the expression of its truth."""
        if node["type"] == "comparator" and node["value"] in {"eq", "ne"}:
            return self._equality(node, here)
        return self._truth(self.write(node, here))

    def _truth(self, value: str) -> str:
        empty = self.source.bind(is_empty, "is_empty")
        return f"{value} is True or not ({value} is False or {value} is None or {empty}({value}))"

    def _equality(self, node: Node, here: str) -> str:
        """Return the expression of an equality; texts need no look at flags and numbers."""
        left, right = (self._operand(child, here) for child in node["children"])
        sign, no = ("==", "") if node["value"] == "eq" else ("!=", "not ")
        if any(_is_text(child) for child in node["children"]):
            return f"{left} {sign} {right}"
        return f"{no}{self.source.bind(equal, 'equal')}({left}, {right})"

    def _operand(self, node: Node, here: str) -> str:
        return self.source.constant(node["value"]) if _is_text(node) else self.write(node, here)

    def _comparator(self, node: Node, here: str) -> str:
        if node["value"] in {"eq", "ne"}:
            return self.source.keep(self._equality(node, here))
        left, right = (self.write(child, here) for child in node["children"])
        return self.source.keep(
            f"{self.source.bind(ORDERED[node['value']], node['value'])}({left}, {right})"
        )

    def _or_expression(self, node: Node, here: str) -> str:
        return self._either(node, here, "not ({})")

    def _and_expression(self, node: Node, here: str) -> str:
        return self._either(node, here, "{}")

    def _either(self, node: Node, here: str, condition: str) -> str:
        source, (first, second) = self.source, node["children"]
        result = source.keep(self.write(first, here))
        with source.block(f"if {condition.format(self._truth(result))}:"):
            source.line(f"{result} = {self.write(second, here)}")
        return result

    def _not_expression(self, node: Node, here: str) -> str:
        result = self.write(node["children"][0], here)
        return self.source.keep(f"{self.source.bind(negated, 'negated')}({result})")

    # several values

    def _multi_select_list(self, node: Node, here: str) -> str:
        return self._several(here, lambda: [self.write(child, here) for child in node["children"]])

    def _multi_select_dict(self, node: Node, here: str) -> str:
        return self._several(
            here,
            lambda: [
                f"{self.source.constant(child['value'])}: {self.write(child['children'][0], here)}"
                for child in node["children"]
            ],
            "{}",
        )

    def _several(self, here: str, parts: Callable[[], list[str]], brackets: str = "[]") -> str:
        source = self.source
        result = source.keep("None", "found")
        with source.block(f"if {here} is not None:"):
            written = ", ".join(parts())
            source.line(f"{result} = {brackets[0]}{written}{brackets[1]}")
        return result


def _is_text(node: Node) -> bool:
    return node["type"] == "literal" and isinstance(node["value"], str)


def look(value: object, name: str) -> Any:
    """Return what a name gives in something that need not be a plain mapping.

    Beyond something unknown all is unknown; beyond a plain value there is nothing.
    """
    if isinstance(value, dict | Marked):
        return value.get(name)
    return UNKNOWN if value is UNKNOWN else None


def is_empty(value: object) -> bool:
    """Whether a value that is no flag counts as false: empty texts, lists and objects do."""
    return value in ("", [], {})


def flat(value: object) -> list[Any] | None:
    """Return a list with the items of the lists in it; None for what is no list."""
    if not isinstance(value, list):
        return None
    items: list[Any] = []
    for item in value:
        if isinstance(item, list):
            items.extend(item)
        else:
            items.append(item)
    return items


def negated(value: object) -> bool:
    """Return whether a value counts as false; 0 counts as true."""
    return False if _is_number(value) and value == 0 else not value


def equal(left: object, right: object) -> bool:
    """Whether two values equal; a flag is no number."""
    if (_is_number(left) and left in (0, 1) and isinstance(right, bool)) or (
        _is_number(right) and right in (0, 1) and isinstance(left, bool)
    ):
        return False
    return left == right


def _is_number(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], bool | None]:
    def ordered(left: object, right: object) -> bool | None:
        """Compare two numbers, or two texts; nothing comes of anything else."""
        both = (_is_number(left) and _is_number(right)) or (
            isinstance(left, str) and isinstance(right, str)
        )
        return compare(left, right) if both else None

    return ordered


ORDERED: dict[str, Callable[[object, object], bool | None]] = {
    "lt": _ordered(lambda left, right: left < right),
    "lte": _ordered(lambda left, right: left <= right),
    "gt": _ordered(lambda left, right: left > right),
    "gte": _ordered(lambda left, right: left >= right),
}
