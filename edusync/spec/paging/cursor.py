"""`paging: {kind: cursor, next: meta.next, more: meta.more}`.

The call uses page.cursor, empty on the first page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from edusync.errors import CallFailed
from edusync.spec.node import key
from edusync.spec.paging.base import OPTIONAL, PAGING, Paging
from edusync.spec.texts import Path
from edusync.transport.pages import Fetch, Page, Trail, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class CursorPaging(Paging):
    """Pages by a cursor that each answer gives."""

    page: ClassVar[frozenset[str]] = frozenset({"cursor", "size"})
    required_name: ClassVar[str | None] = "cursor"

    next: Path = key("Where the next cursor stands in the answer.", of_answer=True)
    more: Path | None = key(
        "Where the answer says whether there is more.", of_answer=True, default=None
    )
    size: int | None = key("Rows asked for: page.size.", default=None, minimum=1)
    optional: bool = key(OPTIONAL, default=False)

    @property
    def reads(self) -> tuple[Path, ...]:
        """What it reads of each answer."""
        return (self.next, *((self.more,) if self.more else ()))

    @property
    def at_the_end(self) -> tuple[tuple[Path, Any], ...]:
        """What the answer that ends the list says, and where."""
        return ((self.next, None),)

    @property
    def lead(self) -> Path | None:
        """What an answer says whether there is a next page by."""
        return None if self.optional else self.more or self.next

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._walk(fetch))

    def _walk(self, fetch: Fetch) -> Iterator[Page]:
        trail = Trail()
        waiting = fetch.later({"cursor": None, "size": self.size})
        while True:
            page = waiting()
            cursor = self.next.read(page.answer.body)
            goes_on = self.more is None or self.more.read(page.answer.body)
            if self.more is not None and goes_on and not cursor:
                raise CallFailed(
                    "CONN_UNEXPECTED_SHAPE",
                    f"{page.answer.label} says that there is more, and nothing stands in "
                    f"'{self.next.source}'",
                )
            if not cursor or not goes_on or not trail.goes_on(page, cursor):
                yield page
                return
            waiting = fetch.later({"cursor": cursor, "size": self.size})
            yield page


PAGING.add("cursor", CursorPaging)
