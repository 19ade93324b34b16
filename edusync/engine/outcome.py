"""What happened to one item, and the report that gathers it.

No outcome holds personal data: ids, codes and names of fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from edusync.codes import get_code

if TYPE_CHECKING:
    from collections.abc import Container

    from edusync.diagnostics import Location, Severity


@dataclass(frozen=True, slots=True)
class Outcome:
    """One event of a run (docs/reference/rules.md#fields-of-an-event).

    `place` is the line of the spec that decided.
    """

    code: str
    kind: str | None = None
    source_id: str | None = None
    edusign_id: str | None = None
    field: str | None = None
    place: Location | None = None
    detail: str | None = None
    account: str | None = None

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return get_code(self.code).severity

    @property
    def remedy(self) -> str:
        """What the reader can do."""
        return get_code(self.code).remedy

    @property
    def spec(self) -> str | None:
        """Return file:line of the deciding rule."""
        return f"{self.place.file}:{self.place.line}" if self.place else None


@dataclass(slots=True)
class Report:
    """Gather outcomes; the first reason of an item wins, so that each has exactly one."""

    account: str | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    reasons: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    said: set[Outcome] = field(default_factory=set)

    def add(self, outcome: Outcome) -> None:
        """Note an event."""
        self.outcomes.append(replace(outcome, account=outcome.account or self.account))

    def once(self, outcome: Outcome) -> None:
        """Note an event that may come up again in the same run, once."""
        if outcome not in self.said:
            self.said.add(outcome)
            self.add(outcome)

    def skip(self, outcome: Outcome) -> None:
        """Note why an item does not come down; a later reason for the same item is dropped."""
        key = (outcome.kind or "", outcome.source_id or "")
        if key not in self.reasons:
            self.reasons[key] = replace(outcome, account=outcome.account or self.account)
            self.add(outcome)

    def reword(self, items: Container[tuple[str, str]], words: str, others: str) -> None:
        """Put other words into the details of items, whose fate turned out otherwise."""
        for index, outcome in enumerate(self.outcomes):
            if (outcome.kind or "", outcome.source_id or "") in items and outcome.detail:
                detail = outcome.detail.replace(words, others)
                self.outcomes[index] = replace(outcome, detail=detail)

    def withdraw(self, codes: Container[str]) -> None:
        """Take back the events with these codes."""
        self.outcomes[:] = [outcome for outcome in self.outcomes if outcome.code not in codes]

    def forget(self, kind: str, source_id: str) -> None:
        """Take back the reason of an item that turned out otherwise.

        Its sheet is completed, or deleted.
        """
        self.reasons.pop((kind, source_id), None)
        self.outcomes[:] = [
            outcome
            for outcome in self.outcomes
            if (outcome.kind, outcome.source_id) != (kind, source_id)
        ]
