"""One entry of the registry of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A stable name, its severity, what it means, what the reader can do, and a situation.

    A code of specs has no situation: a bad and a good example stand beside its rule.
    """

    name: str
    severity: Severity
    meaning: str
    remedy: str
    example: str = ""
    school: str = ""
    """What a school can do, where the remedy is a command, a file or a spec of an operator."""

    def remedy_for(self, *, operator: bool) -> str:
        """Return what the reader can do: an operator with commands and files, a school without."""
        return self.remedy if operator or not self.school else self.school
