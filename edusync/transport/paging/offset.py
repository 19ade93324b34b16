"""`paging: {kind: offset, size: 200, until: short_page}`.

The call uses page.offset, which counts the rows received.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from edusync.transport.paging.counted import CountedPager

if TYPE_CHECKING:
    from collections.abc import Mapping


class OffsetPager(CountedPager):
    """Pages by offset."""

    @classmethod
    def from_spec(cls, options: Mapping[str, Any]) -> Self:
        """Build from `size` and `until`."""
        return cls(options["until"], options["size"])

    def page_at(self, rows_before: int, index: int) -> Mapping[str, Any]:
        """Return the offset of the page."""
        del index
        return {"offset": rows_before, "size": self.size}
