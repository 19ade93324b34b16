"""What look-ups did not find, or found several of: each is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from edusync.diagnostics import Location
    from edusync.engine.outcome import Report

Miss = tuple["Location", str, str]
"""Where the look-up stands, the list, and the key that it does not hold."""


class Misses:
    """What the look-ups of one account's run did not find."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.dangling: set[tuple[str, str]] = set()
        self.ambiguous: set[Location] = set()
        """Look-ups of which it was said that several rows fit."""
        self.waiting: list[Miss] | None = None
        """What a row of the moment lacks that may yet be ignored: then nobody is told."""

    def missing(self, place: Location, name: str, key: str) -> None:
        """Note, once, that a list does not hold a key."""
        if self.waiting is not None:
            self.waiting.append((place, name, key))
        elif (name, key) not in self.dangling:
            self.dangling.add((name, key))
            self.report.add(
                Outcome(
                    "DOWN_REFERENCE_MISSING",
                    source_id=key,
                    field=name,
                    place=place,
                    detail=f"the list '{name}' does not hold it",
                )
            )

    def several(self, place: Location, name: str, key: str) -> None:
        """Note, once for a look-up, that several rows of a list fit and do not say the same."""
        if place not in self.ambiguous:
            self.ambiguous.add(place)
            self.report.add(
                Outcome(
                    "DOWN_LOOK_UP_SEVERAL",
                    source_id=key,
                    field=name,
                    place=place,
                    detail=f"several rows of the list '{name}' fit and do not say the same",
                )
            )

    def blurred(self, place: Location, name: str, reason: str) -> None:
        """Note, once, that a row of a list cannot be found."""
        detail = f"what a row of the list '{name}' is found by: {reason}"
        self.report.once(Outcome("DOWN_VALUE_UNREADABLE", field=name, place=place, detail=detail))
