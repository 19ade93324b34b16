"""One thing that the test of a connector tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.errors import EdusyncError


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried: `works` is None where nothing can tell yet.

    `place` is file:line of what decided, `error` what was raised.
    """

    account: str
    what: str
    works: bool | None
    words: str
    error: EdusyncError | None = None
    place: str | None = None
