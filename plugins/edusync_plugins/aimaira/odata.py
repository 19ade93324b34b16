"""The part of OData 4 that the simulator evaluates.

$filter with eq ne gt ge lt le in and or not, $expand, $select, $top, $skip.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = dict[str, Any]
    Test = Callable[[Row], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<instant>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))|(?P<number>-?\d+)|(?P<name>[A-Za-z_][\w/]*)|(?P<sign>[(),]))"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
}


class BadQuery(ValueError):
    """A query that the server refuses."""


def compile_filter(text: str) -> Test:
    """Compile a $filter; BadQuery when it is not one."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise BadQuery(f"unexpected text at {at}")
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    parser = _Parser(tokens)
    test = parser.either()
    if parser.tokens:
        raise BadQuery(f"unexpected '{parser.tokens[0][1]}'")
    return test


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens

    def take(self, wanted: str | None = None) -> tuple[str, str]:
        if not self.tokens or (wanted is not None and self.tokens[0][1] != wanted):
            raise BadQuery(f"'{wanted or 'a value'}' is missing")
        return self.tokens.pop(0)

    def meets(self, word: str) -> bool:
        if self.tokens and self.tokens[0][1] == word:
            self.tokens.pop(0)
            return True
        return False

    def either(self) -> Test:
        tests = [self.both()]
        while self.meets("or"):
            tests.append(self.both())
        return lambda row: any(test(row) for test in tests)

    def both(self) -> Test:
        tests = [self.one()]
        while self.meets("and"):
            tests.append(self.one())
        return lambda row: all(test(row) for test in tests)

    def one(self) -> Test:
        if self.meets("("):
            test = self.either()
            self.take(")")
            return test
        kind, name = self.take()
        _, word = self.take()
        if kind != "name":
            raise BadQuery(f"'{name}' is no property")
        if word == "in":
            self.take("(")
            values = [self.value()]
            while self.meets(","):
                values.append(self.value())
            self.take(")")
            return lambda row: _of(row, name) in values
        if word not in _COMPARE:
            raise BadQuery(f"'{word}' is no operator")
        compare, value = _COMPARE[word], self.value()
        return lambda row: compare(_of(row, name), value)

    def value(self) -> Any:
        kind, text = self.take()
        match kind:
            case "text":
                return text[1:-1].replace("''", "'")
            case "instant":
                return datetime.fromisoformat(text)
            case "number":
                return int(text)
            case "name" if text in {"true", "false"}:
                return text == "true"
        raise BadQuery(f"'{text}' is no value")


def _of(row: Row, name: str) -> Any:
    here: Any = row
    for step in name.split("/"):
        if not isinstance(here, dict) or step not in here:
            raise BadQuery(f"no property '{name}'")
        here = here[step]
    if isinstance(here, str) and re.match(r"\d{4}-\d\d-\d\dT", here):
        return datetime.fromisoformat(here)
    return here
