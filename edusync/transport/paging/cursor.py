"""`paging: {kind: cursor, next: meta.next, more: meta.more}`.

The call uses page.cursor, empty on the first page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import jmespath

from edusync.transport.paging.base import Trail, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.transport.paging.base import Fetch, Page


class CursorPager:
    """Pages by a cursor that each answer gives."""

    def __init__(self, following: str, more: str | None, size: int | None) -> None:
        self.following = jmespath.compile(following)
        self.more = jmespath.compile(more) if more else None
        self.size = size

    @classmethod
    def from_spec(cls, options: Mapping[str, Any]) -> Self:
        """Build from `next`, `more` and `size`."""
        return cls(options["next"], options.get("more"), options.get("size"))

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._walk(fetch))

    def _walk(self, fetch: Fetch) -> Iterator[Page]:
        trail = Trail()
        waiting = fetch.later({"cursor": None, "size": self.size})
        while True:
            page = waiting()
            cursor = self.following.search(page.answer.body)
            said = self.more is None or self.more.search(page.answer.body)
            if not cursor or not said or not trail.goes_on(page, cursor):
                yield page
                return
            waiting = fetch.later({"cursor": cursor, "size": self.size})
            yield page
