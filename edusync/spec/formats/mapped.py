"""`{kind: map, values: {P: planned}, other: report}`: codes into words, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from edusync.model import as_id
from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, Format
from edusync.spec.node import key


@dataclass(frozen=True, slots=True)
class MapFormat(Format):
    """A table of values; `other` says what happens to the rest: report (default), keep or empty."""

    values: Mapping[str, Any] = key("Code to word.")
    other: Literal["report", "keep", "empty"] = key(
        "What happens to other values.", default="report"
    )

    def parse(self, value: Any) -> object:
        """Read a code."""
        name = str(value).lower() if isinstance(value, bool) else as_id(value)
        if name is not None and name in self.values:
            return self.values[name]
        if self.other == "report":
            raise Unreadable(f"expected one of {', '.join(self.values)}")
        return value if self.other == "keep" else None

    def format(self, value: Any) -> str:
        """Write the code of a word."""
        for code, word in self.values.items():
            if word == value:
                return code
        raise Unreadable("this word has no code")


FORMATS.add("map", MapFormat)
