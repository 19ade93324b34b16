"""`{kind: roman}`: a number in Roman numerals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats import BadFormat, Format
from edusync.spec.node import key

_SIGNS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class RomanFormat(Format):
    """A number in Roman numerals, up to the sign that is the largest."""

    gives: ClassVar[Any] = "number"

    largest: Literal["V", "X", "L", "C"] = key("The largest sign that occurs.", default="C")

    def check(self) -> None:
        """Refuse an empty value that is a numeral."""
        if "I" in self.empty:
            raise BadFormat("empty", "'I' is a numeral", "leave it out")

    def parse(self, value: Any) -> int:
        """Read a numeral."""
        signs = [_SIGNS.get(sign, 0) for sign in str(value)]
        if not signs or 0 in signs or max(signs) > _SIGNS[self.largest]:
            raise Unreadable("expected a Roman numeral")
        following = (*signs[1:], 0)
        return sum(
            -one if one < other else one for one, other in zip(signs, following, strict=True)
        )
