"""`{kind: map, values: {P: planned}, other: report}`: codes into words, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from edusync.model import as_id
from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import Format, empties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


class MapFormat(Format):
    """A table of values; `other` says what happens to the rest: report (default), keep or empty."""

    def __init__(self, values: Mapping[str, object], other: str, empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.values, self.other = values, other

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `values`, `other` and `empty`."""
        del zone
        return cls(dict(options["values"]), str(options.get("other", "report")), empties(options))

    def parse(self, value: Any) -> object:
        """Read a code."""
        key = str(value).lower() if isinstance(value, bool) else as_id(value)
        if key is not None and key in self.values:
            return self.values[key]
        if self.other == "report":
            raise Unreadable(f"expected one of {', '.join(self.values)}")
        return value if self.other == "keep" else None

    def format(self, value: Any) -> str:
        """Write the code of a word."""
        for code, word in self.values.items():
            if word == value:
                return code
        raise Unreadable("this word has no code")
