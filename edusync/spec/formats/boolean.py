"""`{kind: boolean, yes: [-1], no: [0]}`: a flag.

Anything that is neither is reported, never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import BadFormat, Format, empties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


class BooleanFormat(Format):
    """A flag by the values that mean yes and those that mean no."""

    def __init__(self, yes: list[object], no: list[object], empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.yes, self.no = yes, no

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `yes`, `no` and `empty`."""
        del zone
        yes, no = list(options["yes"]), list(options["no"])
        if any(str(value) in {str(other) for other in no} for value in yes):
            raise BadFormat("yes", "a value means both yes and no", "keep it in one of the two")
        return cls(yes, no, empties(options))

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
