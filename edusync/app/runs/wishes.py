"""What a run up is asked to look at, and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.upward.sheet import UpSheet
    from edusync.state.uploads import Upload
    from edusync.target.records import ArchivedSheet


@dataclass(frozen=True, slots=True)
class Wishes:
    """Sheets that somebody named, by their id here or in the ERP."""

    resend: frozenset[str] = frozenset()
    """To be sent again, whatever was sent before (U3)."""
    entered: frozenset[str] = frozenset()
    """Of which nothing more goes: somebody entered in the ERP what was left of them."""
    only: frozenset[str] | None = None
    """No others are looked at; None for all of them."""

    @property
    def named(self) -> frozenset[str]:
        """Every sheet that was named."""
        return self.resend | self.entered | (self.only or frozenset())


@dataclass(slots=True)
class SheetsUp:
    """The sheets of one account that go up, and what has to be noted of others before."""

    sheets: list[UpSheet] = field(default_factory=list)
    waiting: list[Upload] = field(default_factory=list)
    """Sheets of which Edusign did not say who is on them; the next run looks again."""
    settled: Sequence[Upload] = ()
    """What has to be kept of sheets that do not go."""
    orphans: dict[str, ArchivedSheet] = field(default_factory=dict)
    """Sheets that carry an id of ours and that nobody is known to have brought, by Edusign id."""
    tied: list[str] = field(default_factory=list)
    """The Edusign ids of those that were tied to a session of the ERP."""
    untied: list[str] = field(default_factory=list)
    """Sessions of sheets that waited, and that are none of this ERP."""
    known: set[str] = field(default_factory=set)
    """The ids that a person named and that stand for a sheet here."""
    looked_up_to: str = ""
    """The last sheet that was looked up, when there was no time for all; the next run goes on."""
