"""`paging: {kind: number, first: 1, size: 100, until: {total: total}}`.

The call uses page.number and page.size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from edusync.transport.paging.counted import CountedPager

if TYPE_CHECKING:
    from collections.abc import Mapping


class NumberPager(CountedPager):
    """Pages by number."""

    first = 1

    @classmethod
    def from_spec(cls, options: Mapping[str, Any]) -> Self:
        """Build from `first`, `size` and `until`."""
        pager = cls(options["until"], options.get("size"))
        pager.first = options.get("first", 1)
        return pager

    def page_at(self, rows_before: int, index: int) -> Mapping[str, Any]:
        """Return the number of the page."""
        del rows_before
        return {"number": self.first + index, "size": self.size}
