"""Compile the values of a spec into functions of a row, once per reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.spec.compile.value_source import ValueSource
from edusync.spec.language.source import Late, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.spec.compile.make import Make, Tables
    from edusync.spec.tree import Value
    from edusync.spec.watch import Watch


class ValueCompiler:
    """Turn values into functions `(row, names) -> value`.

    A value that cannot be read raises Unreadable.
    """

    def __init__(
        self,
        tables: Tables,
        zone: str,
        functions: Mapping[str, Callable[..., Any]],
        watch: Watch | None = None,
    ) -> None:
        self.tables, self.zone, self.functions = tables, ZoneInfo(zone), functions
        self.watch = watch
        self.saw = watch.saw if watch is not None else None
        """What is told of each part that is used, None when nobody watches."""

    def compile(self, value: Value) -> Make:
        """Compile one value with its format and condition."""
        source = Source(str(value.place))
        with source.function("value", "row", "names"):
            source.line(f"return {ValueSource(self, source).value(value)}")
        return Late(source, "value")
