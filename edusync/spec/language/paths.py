"""Paths into a row: JMESPath, compiled once.

A path of plain names, by far the most, becomes a few dictionary look-ups; anything else is parsed
by jmespath and written as Python. Values that are compiled take the lines of a path into theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet, Unreadable
from edusync.spec.language.path_functions import mistake_of
from edusync.spec.language.path_source import PathSource, look
from edusync.spec.language.source import Late, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\Z")


_OTHER = re.compile(r"[^\w .°/-]|\.\.|^\.|\.$")
"""What no names joined by dots have."""
_TOO_DEEP = "it is nested too deeply, or has a number that is too long"


HINT = (
    "write names joined by dots, such as adresse.email; paths are JMESPath: other names stand in "
    "double quotes, texts in single ones, numbers in backticks: lines[?\"n°\" == 'A' && rank > `2`]"
)


class BadPath(ValueError):
    """A path that cannot be read; the text says why, `hint` what to write, `at` where it is."""

    def __init__(self, message: str, hint: str = HINT, at: int | None = None) -> None:
        super().__init__(message)
        self.hint, self.at = hint, at


@dataclass(frozen=True, slots=True)
class PathReader:
    """A compiled path.

    `read` gives None for what is not there; `steps` is empty unless the path is plain names.
    """

    source: str
    read: Callable[[Any], Any]
    steps: tuple[str, ...]
    begins: tuple[tuple[str, ...], ...] = ()
    """The plain names that each alternative of any other path begins with."""
    parsed: Mapping[str, Any] | None = None
    """What jmespath made of any other path."""

    def write(self, source: Source, row: str) -> str:
        """Write the lines that follow the path from a row; return the name of what it gives."""
        if self.parsed is not None:
            return _search(source, self.parsed, row)
        for step in self.steps:
            row = source.look_up(row, source.constant(step), source.bind(look, "look"))
        return row

    def is_present(self, row: object) -> bool:
        """Whether the row has this path at all, be it null."""
        if not self.steps:
            return self.read(row) is not None
        return _is_there(row, self.steps)

    def may_be_empty(self, row: object) -> bool:
        """Whether a row in which this path gives nothing has its place.

        Null, or a list that was filtered.
        """
        if self.steps:
            return _is_there(row, self.steps)
        values = [_plain(steps)(row) for steps in self.begins if _is_there(row, steps)]
        return any(value is None or isinstance(value, list) for value in values)

    @property
    def first(self) -> str | None:
        """The first name of the path, None for `@` and for what begins otherwise."""
        if self.steps:
            return self.steps[0]
        match = re.match(r"[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_]*\()", self.source)
        return match.group() if match else None


@lru_cache(maxsize=4096)
def compile_path(source: str) -> PathReader:
    """Compile a path; BadPath when it cannot be read or uses a function."""
    if source == "@":
        return PathReader(source, lambda row: row, ())
    if _PLAIN.match(source):
        steps = tuple(source.split("."))
        return PathReader(source, _plain(steps), steps)
    try:
        return _searched(source)
    except RecursionError:
        raise BadPath(_TOO_DEEP) from None


def _searched(source: str) -> PathReader:
    """Compile a path that is more than names."""
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        parsed = jmespath.compile(source).parsed
    except JMESPathError as error:
        reason = str(error).split("\n")[0].split(": Parse error")[0].rstrip(":")
        raise BadPath(reason, _hint(source), _place(error, source)) from error
    except ValueError:
        raise BadPath(_TOO_DEEP) from None
    if _steps_by_nothing(parsed):
        reason = "a slice has the step 0"
        raise BadPath(reason)
    wrong = mistake_of(parsed)
    if wrong is not None:
        name, message, hint = wrong
        at = source.find(f"{name}(")
        raise BadPath(message, hint, at if at >= 0 else None)
    beginnings = tuple(_beginnings(dict(parsed)))
    code = Source(source)
    with code.function("path", "row"):
        code.line(f"return {_search(code, parsed, 'row')}")
    return PathReader(source, _unknown_at_worst(Late(code, "path")), (), beginnings, parsed)


def _place(error: Any, source: str) -> int | None:
    """Return where the library could not go on: its first character that is out of place."""
    at = getattr(error, "lex_position", None) or getattr(error, "lexer_position", None)
    is_name = not _OTHER.search(source)  # which stands in quotes as a whole
    return at if isinstance(at, int) and at < len(source) and not is_name else None


def _hint(source: str) -> str:
    """Return what to write: where it is names alone, each that has other characters in quotes."""
    if not source.strip() or _OTHER.search(source):
        return HINT
    names = [name if _PLAIN.match(name) else f'"{name}"' for name in source.split(".")]
    return f"write '{'.'.join(names)}': a name with other characters stands in double quotes"


def _unknown_at_worst(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what follows a path where nobody hears why a function fails: that is UNKNOWN."""

    def run(row: Any) -> Any:
        try:
            return read(row)
        except Unreadable:
            return UNKNOWN

    return run


def _search(source: Source, parsed: Any, row: str) -> str:
    """Write what follows any other path; it gives UNKNOWN when it meets that on its way."""
    result = source.fresh("found")
    unknown = source.bind(UNKNOWN, "UNKNOWN")
    with source.block("try:"):
        source.line(f"{result} = {PathSource(source).write(parsed, row)}")
    with source.block(f"except {source.bind(UnknownMet, 'UnknownMet')}:"):
        source.line(f"{result} = {unknown}")
    return result


def _is_there(row: object, steps: tuple[str, ...]) -> bool:
    here = row
    for step in steps:
        here = here.members if isinstance(here, Marked) else here
        if not isinstance(here, dict) or step not in here:
            return False
        here = here[step]
    return True


_APART = frozenset({"or_expression", "and_expression", "multi_select_list"})


def _beginnings(node: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the plain names that the alternatives of a path begin with; `()` is the row itself."""
    kind, children = node["type"], node.get("children") or []
    if kind == "field":
        yield (node["value"],)
    elif kind == "subexpression":
        names: list[str] = []
        for child in children:
            if child["type"] != "field":
                break
            names.append(child["value"])
        if names:
            yield tuple(names)
        else:
            yield from _beginnings(children[0])
    elif kind in _APART:
        for child in children:
            yield from _beginnings(child)
    elif kind == "function_expression":
        for child in children:
            if child["type"] not in {"literal", "expref"}:
                yield from _beginnings(child)
    elif children and isinstance(children[0], dict):
        yield from _beginnings(children[0])
    else:
        yield ()


def _plain(steps: tuple[str, ...]) -> Callable[[Any], Any]:
    if not steps:
        return lambda row: row
    if len(steps) == 1:
        (only,) = steps

        def read_one(row: Any) -> Any:
            return look(row, only)

        return read_one

    def read(row: Any) -> Any:
        for step in steps:
            row = look(row, step)
        return row

    return read


def _steps_by_nothing(node: object) -> bool:
    if not isinstance(node, dict):
        return False
    parts = node.get("children", ())
    if node.get("type") == "slice":
        return list(parts)[2:] == [0]
    return any(map(_steps_by_nothing, parts))
