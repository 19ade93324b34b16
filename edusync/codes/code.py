"""One entry of the registry of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A stable name, its severity, what it means and what the reader can do."""

    name: str
    severity: Severity
    meaning: str
    remedy: str
