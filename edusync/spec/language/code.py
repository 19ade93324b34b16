"""What a text is compiled to, and what is wrong with one that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.spec.evaluate import settled
from edusync.spec.language.source import Late, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Write = Callable[[Source, str, str], str]
    Run = Callable[[Any, Mapping[str, Any]], Any]


class BadExpression(ValueError):
    """A template or expression that cannot be compiled; `code` says which kind of mistake it is.

    `stranger` is the name of a filter that nobody knows; the mistake stands `at` a character of the
    text, or where a `name`, part by part, or a filter or test, is `used`; or at an `argument` of
    that filter, which has this index and is this value.
    """

    def __init__(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        stranger: str | None = None,
        at: int | None = None,
        name: tuple[str, ...] | None = None,
        used: str | None = None,
        argument: tuple[int, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.hint, self.stranger = code, hint, stranger
        self.at, self.name, self.used = at, name, used or stranger
        self.argument = argument


@dataclass(frozen=True, slots=True)
class Code:
    """What an expression or a template is compiled to: `run(row, names)` gives its value.

    It is UNKNOWN when something unknown was met; Unreadable is all that is ever raised.
    """

    lines: Write
    """Writes the lines that make the value, of what the row and the names in scope are called."""
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

    def write(self, source: Source, row: str, names: str) -> str:
        """Write the lines that do what `run` does; return the name of the value."""
        if self.constant:
            return self.lines(source, row, names)
        result = source.fresh("found")
        with source.block("try:"):
            source.line(f"{result} = {self.lines(source, row, names)}")
        with source.block("except Exception as error:"):
            source.line(f"{result} = {source.bind(settled, 'settled')}(error)")
        return result


def late(lines: Write, title: str) -> Run:
    """Return a function of what writes its lines; it is compiled when it is first called."""
    source = Source(title)
    with source.function("text", "row", "names"):
        source.line(f"return {lines(source, 'row', 'names')}")
    return Late(source, "text")
