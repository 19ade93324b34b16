"""What happened to one item, and the report that gathers it.

No outcome holds personal data: ids, codes and names of fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from edusync.codes import get_code
from edusync.locale.details import in_words

if TYPE_CHECKING:
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
    def key(self) -> tuple[str, str]:
        """The kind and the id of the item that it is about; empty for none."""
        return (self.kind or "", self.source_id or "")

    @property
    def is_of_session(self) -> bool:
        """Whether it is the reason of a session that names somebody, and not one of their own."""
        return self.kind != "course" and self.code.split("_")[:2] == ["DOWN", "COURSE"]

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return get_code(self.code).severity

    @property
    def remedy(self) -> str:
        """What the reader can do."""
        return get_code(self.code).remedy

    @property
    def words(self) -> str | None:
        """The detail in the reader's language; the store keeps the English one."""
        return in_words(self.detail)

    @property
    def spec(self) -> str | None:
        """Return file:line of the deciding rule."""
        return f"{self.place.file}:{self.place.line}" if self.place else None


def keep_own(reasons: dict[str, Outcome], source_id: str, outcome: Outcome) -> None:
    """Keep the first reason of an item; one of its own counts more than one of its sessions."""
    known = reasons.get(source_id)
    if known is None or (known.is_of_session and not outcome.is_of_session):
        reasons[source_id] = outcome


@dataclass(slots=True)
class Report:
    """Gather what is noted, in its order; nothing is taken back.

    The first reason of an item wins, so that each has exactly one.
    """

    account: str | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    reasons: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    noted_once: set[Outcome] = field(default_factory=set)

    def add(self, outcome: Outcome) -> None:
        """Note an event."""
        self.outcomes.append(replace(outcome, account=outcome.account or self.account))

    def once(self, outcome: Outcome) -> None:
        """Note an event that may come up again in the same run, once."""
        if outcome not in self.noted_once:
            self.noted_once.add(outcome)
            self.add(outcome)

    def skip(self, outcome: Outcome) -> None:
        """Note why an item does not come down; a later reason for the same item is dropped."""
        if outcome.key not in self.reasons:
            self.add(outcome)
            self.reasons[outcome.key] = self.outcomes[-1]
