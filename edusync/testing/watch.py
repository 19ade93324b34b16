"""Watch the engine while cases run, and note what each line of the spec was seen to do."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from edusync.engine.read.source import Source
from edusync.engine.read.stages import Stages
from edusync.engine.read.values import ValueCompiler
from edusync.engine.upward.lines import LineMaker
from edusync.engine.upward.steps import StepSender
from edusync.model import UNKNOWN
from edusync.spec.tree import Expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.diagnostics import Location

    Seen = dict[tuple[int, int, str], set[str]]

EMPTY: tuple[object, ...] = (None, "", [], ())
"""What says nothing."""


def note(seen: Seen, place: Location | None, what: str, word: str) -> None:
    """Note a word about a thing on a line."""
    if place is not None:
        seen[place.line, place.column, what].add(word)


@contextmanager
def watched(seen: Seen) -> Iterator[None]:
    """Note into `seen` what a spec's parts do, until the end of the block.

    Expressions, values, lists, calls and lines of the way up.
    """
    with ExitStack() as stack:
        for owner, name, watch in (
            (Expression, "run", _expression),
            (ValueCompiler, "compile", _value),
            (Stages, "run", _rows),
            (Stages, "_shaped", _formats),
            (Stages, "_filtered", _filters),
            (Source, "_request", _call),
            (Source, "_bare", _call),
            (StepSender, "run", _step),
            (LineMaker, "_state", _state),
        ):
            stack.enter_context(patch.object(owner, name, watch(getattr(owner, name), seen)))
        yield


def _expression(run: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: Expression, *given: Any) -> Any:
        found = run(self, *given)
        for word in ("used",) if found is UNKNOWN else ("used", "true" if found else "false"):
            note(seen, self.place, "text", word)
        return found

    return watching


def _value(compiled: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: ValueCompiler, value: Any) -> Any:
        make = compiled(self, value)

        def made(*given: Any) -> Any:
            found = make(*given)
            if found is not UNKNOWN and found not in EMPTY:
                note(seen, value.place, "value", "filled")
            return found

        return made

    return watching


def _rows(run: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: Stages, raw: Any) -> Iterator[Any]:
        for row in run(self, raw):
            note(seen, self.resource.place, "list", "read")
            yield row

    return watching


def _formats(shaped: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: Stages, row: Any) -> Any:
        found = shaped(self, row)
        for column in self.resource.formats:
            if column.path.read(found) not in EMPTY:
                note(seen, column.place, "as", "filled")
        return found

    return watching


def _filters(filtered: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: Stages, row: Any) -> Any:
        gone = filtered(self, row)
        for name, _, place in self.filters:
            if self.names["filters"].get(name):
                note(
                    seen,
                    place,
                    "filter_by",
                    "dropped" if gone is not None and gone.place == place else "kept",
                )
        return gone

    return watching


def _call(asked: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: Source, call: Any, *more: Any) -> Any:
        note(seen, call.place, "call", "called")
        return asked(self, call, *more)

    return watching


def _step(sent: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: StepSender, step: Any, *more: Any) -> Any:
        note(seen, step.call.place, "call", "called")
        return sent(self, step, *more)

    return watching


def _state(decided: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def watching(self: LineMaker, sheet: Any, attendance: Any, *more: Any) -> Any:
        found = decided(self, sheet, attendance, *more)
        for state in (*attendance.states, found):
            note(seen, self.writeback.states[state].place, "state", "met")
        return found

    return watching
