"""`{kind: number, decimal: ","}`: a number."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any, ClassVar

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, Format
from edusync.spec.node import key


@dataclass(frozen=True, slots=True)
class NumberFormat(Format):
    """A number; `decimal` is the sign between whole and part."""

    gives: ClassVar[Any] = "number"

    decimal: str = key("The sign between whole and part.", default=".")

    def parse(self, value: Any) -> float | int:
        """Read a number."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        text = str(value).replace(" ", "").replace("\u202f", "").replace(self.decimal, ".")
        try:
            number = int(text) if text.removeprefix("-").isdecimal() else float(text)
        except ValueError:
            raise Unreadable("expected a number") from None
        if not isfinite(number):
            raise Unreadable("expected a number")
        return number

    def format(self, value: Any) -> str:
        """Write a number with the decimal sign."""
        return str(value).replace(".", self.decimal)


FORMATS.add("number", NumberFormat)
