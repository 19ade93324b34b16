"""Findings about files that somebody wrote: where, how bad, which code, one sentence, a hint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Route = tuple[str | int, ...]
_SHOWN = 10


class Severity(StrEnum):
    """How bad a finding or an outcome is.

    `info` is expected, `warning` is data to fix, `error` blocks.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    The message names the thing and what was expected; the hint says what to type.
    """

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str | None = None

    @property
    def order(self) -> tuple[Location, str, str]:
        """Sort findings by place, then code."""
        return (self.location, self.code, self.message)

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the finding as `schemas/validate.v1.schema.json` describes it."""
        return {
            "file": self.location.file,
            "line": self.location.line,
            "column": self.location.column,
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }


def _nearest(word: str, near: list[str]) -> str:
    """Return the first of some near words; of those as near, the one that begins more alike."""
    from difflib import SequenceMatcher

    def likeness(one: str) -> float:
        return SequenceMatcher(None, one, word).ratio()

    best = likeness(near[0])
    alike = [one for one in near if likeness(one) == best]
    return max(alike, key=lambda one: _beginning(one, word))


def _beginning(one: str, other: str) -> int:
    """Return how many characters two words begin with alike."""
    differing = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def did_you_mean(word: str, known: list[str]) -> str:
    """Return a hint for a misspelt word: the nearest name, else the names that are legal there."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=3, cutoff=0.6)
    if near:
        return f"did you mean '{_nearest(word, near)}'?"
    if not known:
        return "nothing is declared there"
    shown = ", ".join(sorted(known)[:_SHOWN])
    more = len(known) - _SHOWN
    return f"known here: {shown}" + (f" and {more} more" if more > 0 else "")
