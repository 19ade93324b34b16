"""`{kind: number, decimal: ","}` and `{kind: id, strip: "^X-"}`.

Numbers, and ids, which are text.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Self

from edusync.model import as_id
from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import Format, empties
from edusync.spec.formats.patterns import Pattern, optional_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


class NumberFormat(Format):
    """A number; `decimal` is the sign between whole and part."""

    def __init__(self, decimal: str, empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.decimal = decimal

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `decimal` and `empty`."""
        del zone
        return cls(str(options.get("decimal", ".")), empties(options))

    def parse(self, value: Any) -> float | int:
        """Read a number."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        text = str(value).replace(" ", "").replace("\u202f", "").replace(self.decimal, ".")
        try:
            found = int(text) if text.removeprefix("-").isdecimal() else float(text)
        except ValueError:
            raise Unreadable("expected a number") from None
        if not isfinite(found):
            raise Unreadable("expected a number")
        return found

    def format(self, value: Any) -> str:
        """Write a number with the decimal sign."""
        return str(value).replace(".", self.decimal)


class IdFormat(Format):
    """An id as text, with a part cut off by `strip`."""

    def __init__(self, strip: Pattern | None, empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.strip = strip

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `strip` and `empty`."""
        del zone
        return cls(optional_pattern(options, "strip"), empties(options))

    def parse(self, value: Any) -> str | None:
        """Read an id."""
        text = as_id(value)
        if text is None:
            raise Unreadable("expected an id")
        return (self.strip.sub("", text) or None) if self.strip else text

    def format(self, value: Any) -> str:
        """Write an id as it is."""
        return str(value)
