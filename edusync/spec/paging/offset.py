"""`paging: {kind: offset, size: 200, until: short_page}`.

The call uses page.offset, which counts the rows received.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from edusync.spec.node import key
from edusync.spec.paging.base import PAGING, Until
from edusync.spec.paging.counted import CountedPaging

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class OffsetPaging(CountedPaging):
    """Pages by offset."""

    page: ClassVar[frozenset[str]] = frozenset({"offset", "size"})
    required_name: ClassVar[str | None] = "offset"

    size: int = key("Rows asked for: page.size.", minimum=1)
    until: Until = key("")

    def page_at(self, rows_before: int, index: int) -> Mapping[str, Any]:
        """Return the offset of the page."""
        del index
        return {"offset": rows_before, "size": self.size}


PAGING.add("offset", OffsetPaging)
