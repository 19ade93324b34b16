"""The functions of JMESPath, which are pure: the library's own, over what rows hold.

Where an argument is missing there is nothing to work with, and nothing comes of it, unless the
function is about what is missing (`not_null`, `type`). What cannot be worked out is Unreadable.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet, Unreadable, is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Node = Mapping[str, Any]

_OF_SOMETHING = frozenset({"to_string", "to_array"})
"""Functions of which nothing is made where nothing is, though the library takes it for a value."""


@cache
def _library() -> Any:
    from jmespath.functions import Functions

    return Functions()


def function_names() -> list[str]:
    """Return the names of all functions."""
    return sorted(_library().FUNCTION_TABLE)


def written(name: str) -> str:
    """Return how a function is called: what each argument may be, `&each` for an expression."""
    parameters = _library().FUNCTION_TABLE[name]["signature"]
    words = [
        "&each" if "expref" in one["types"] else " or ".join(one["types"]) or "anything"
        for one in parameters
    ]
    more = ", …" if parameters and parameters[-1].get("variadic") else ""
    return f"{name}({', '.join(words)}{more})"


def mistake_of(node: object) -> tuple[str, str, str] | None:
    """Return what is wrong with the calls in a parsed path; None when nothing is.

    That is the name of the function, what is wrong, and a hint.
    """
    if isinstance(node, list):
        return next(filter(None, map(mistake_of, node)), None)
    if not isinstance(node, dict):
        return None
    wrong = _of_call(node) if node.get("type") == "function_expression" else None
    return (node["value"], *wrong) if wrong else mistake_of(node.get("children", []))


def _of_call(node: Node) -> tuple[str, str] | None:
    name, arguments = node["value"], node["children"]
    table = _library().FUNCTION_TABLE
    if name not in table:
        return f"no function is called '{name}'", did_you_mean(name, function_names())
    parameters = table[name]["signature"]
    several = bool(parameters) and bool(parameters[-1].get("variadic"))
    if len(arguments) < len(parameters) or (len(arguments) > len(parameters) and not several):
        least = " at least" if several else ""
        many = f"{len(parameters)} argument{'s' if len(parameters) != 1 else ''}"
        what = f"'{name}' takes{least} {many}, and {len(arguments)} stand there"
        return what, "write them apart by commas, as in join(', ', names)"
    for one, wanted in zip(arguments, parameters, strict=False):
        of_each = "expref" in wanted["types"]
        if of_each != (one["type"] == "expref"):
            words = "an expression behind &" if of_each else "no expression behind &"
            return f"'{name}' wants {words}", "write it as in sort_by(lines, &rank)"
        if one["type"] == "literal" and not _takes(name, wanted["types"], one["value"]):
            types = " or ".join(wanted["types"])
            what = f"'{name}' wants {types} there, not {json.dumps(one['value'])}"
            return what, "texts stand in single quotes, names in none: join(', ', names)"
    return None


def _takes(name: str, types: list[str], value: object) -> bool:
    """Whether a function takes a value that is written out; nothing is made of nothing."""
    from jmespath.exceptions import JMESPathTypeError

    if value is None or not types:
        return True
    try:
        _library()._type_check_single(value, types, name)  # noqa: SLF001 - what it does with each argument
    except JMESPathTypeError:
        return False
    return True


def called(name: str, *values: Any) -> Any:
    """Return what a function gives; Unreadable when it cannot be worked out."""
    from jmespath.exceptions import JMESPathTypeError

    if any(map(is_unknown, values)):
        raise UnknownMet
    arguments = [_plain(one) for one in values]
    if _lacks(name, arguments):
        return None
    try:
        return _library().call_function(name, arguments)
    except (UnknownMet, Unreadable):
        raise
    except JMESPathTypeError as error:
        wanted = " or ".join(error.expected_types)
        raise Unreadable(f"the function '{name}' wants {wanted}, not {error.actual_type}") from None
    except Exception:  # noqa: BLE001 - a row may hold anything
        raise Unreadable(f"the function '{name}' cannot work with this") from None


def _lacks(name: str, arguments: list[Any]) -> bool:
    """Whether there is nothing where a function needs something."""
    if name in _OF_SOMETHING:
        return arguments[0] is None
    parameters = _library().FUNCTION_TABLE[name]["signature"]
    wanted = [*parameters, *[parameters[-1]] * (len(arguments) - len(parameters))]
    return any(one is None and what["types"] for one, what in zip(arguments, wanted, strict=False))


def of_each(run: Callable[[Any], Any]) -> Any:
    """Return an expression that a function evaluates for each item."""
    from jmespath.visitor import _Expression

    expression: Any = _Expression
    return expression(run, _EACH)


class _Each:
    """Evaluates what stands behind &."""

    @staticmethod
    def visit(run: Callable[[Any], Any], value: Any) -> Any:
        """Return what comes of one item."""
        return run(value)


_EACH = _Each()


def _plain(value: Any) -> Any:
    """Return a value without what the library does not know: texts of XML are texts."""
    if isinstance(value, Marked):
        return str(value)
    if isinstance(value, list):
        return [one if isinstance(one, dict) else _plain(one) for one in value]
    return value
