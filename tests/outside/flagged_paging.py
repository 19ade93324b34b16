"""`paging: {kind: flagged, last: done}`: numbered pages, until the answer says that it is the last.

The call uses page.number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from edusync.errors import CallFailed
from edusync.spec.node import key
from edusync.spec.paging import Paging
from edusync.spec.texts import Path
from edusync.transport.pages import Fetch, Page, guarded


@dataclass(frozen=True, slots=True)
class FlaggedPaging(Paging):
    """Pages by number, the last of which says so."""

    page: ClassVar[frozenset[str]] = frozenset({"number"})
    required_name: ClassVar[str | None] = "number"

    last: Path = key("Where the answer says that it is the last one.", of_answer=True)
    first: int = key("The number of the first page.", default=1)

    @property
    def reads(self) -> tuple[Path, ...]:
        """What it reads of each answer."""
        return (self.last,)

    @property
    def at_the_end(self) -> tuple[tuple[Path, Any], ...]:
        """What the answer that ends the list says, and where."""
        return ((self.last, True),)

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._walk(fetch))

    def _walk(self, fetch: Fetch) -> Iterator[Page]:
        number, is_last = self.first, False
        while not is_last:
            page = fetch.now({"number": number})
            is_last, number = self.last.read(page.answer.body), number + 1
            if not isinstance(is_last, bool):
                raise CallFailed(
                    "CONN_UNEXPECTED_SHAPE", f"{page.answer.label} does not say whether it is last"
                )
            yield page
