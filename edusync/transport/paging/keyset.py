"""`paging: {kind: keyset, after: id, size: 200}`.

The call uses page.last, the column of the last row received.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import jmespath

from edusync.errors import CallFailed
from edusync.transport.paging.base import Trail, guarded, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.transport.paging.base import Fetch, Page


class KeysetPager:
    """Pages that start after the last row received."""

    def __init__(self, after: str, size: int) -> None:
        self.after = jmespath.compile(after)
        self.size = size

    @classmethod
    def from_spec(cls, options: Mapping[str, Any]) -> Self:
        """Build from `after` and `size`."""
        return cls(options["after"], options["size"])

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._walk(fetch))

    def _walk(self, fetch: Fetch) -> Iterator[Page]:
        """Ask until a page is empty: one that is shorter than what was asked for proves nothing."""
        trail, before = Trail(), b""
        waiting = fetch.later({"last": None, "size": self.size})
        while True:
            page = waiting()
            if not page.rows:
                yield page
                return
            now = likeness(page)
            if len(page.rows) < self.size and now == before:
                return
            last = self.after.search(page.rows[-1])
            if last is None:
                raise CallFailed(
                    "CONN_UNEXPECTED_SHAPE",
                    f"the last row of {page.answer.label} does not say where the list goes on",
                )
            if not trail.goes_on(page, last):
                return
            waiting, before = fetch.later({"last": last, "size": self.size}), now
            yield page
