"""`{kind: boolean, yes: [-1], no: [0]}`: a flag.

Anything that is neither is reported, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, BadFormat, Format
from edusync.spec.node import key


@dataclass(frozen=True, slots=True)
class BooleanFormat(Format):
    """A flag by the values that mean yes and those that mean no."""

    gives: ClassVar[Any] = "boolean"

    yes: tuple[Any, ...] = key("Values that mean yes.", minItems=1)
    no: tuple[Any, ...] = key("Values that mean no.", minItems=1)

    def check(self) -> None:
        """Refuse a value that means both."""
        if any(str(value) in {str(other) for other in self.no} for value in self.yes):
            raise BadFormat("yes", "a value means both yes and no", "keep it in one of the two")

    def parse(self, value: Any) -> bool:
        """Read a flag; 1 and "1" are the same, 1 and true are not."""
        for meaning, values in ((True, self.yes), (False, self.no)):
            if any(
                isinstance(value, bool) == isinstance(other, bool) and str(value) == str(other)
                for other in values
            ):
                return meaning
        raise Unreadable(f"expected one of {[*self.yes, *self.no]}")

    def format(self, value: Any) -> object:
        """Write the first value that means yes, or no."""
        return self.yes[0] if value else self.no[0]


FORMATS.add("boolean", BooleanFormat)
