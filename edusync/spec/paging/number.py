"""`paging: {kind: number, first: 1, size: 100, until: {total: total}}`.

The call uses page.number and page.size.
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
class NumberPaging(CountedPaging):
    """Pages by number."""

    page: ClassVar[frozenset[str]] = frozenset({"number", "size"})
    required_name: ClassVar[str | None] = "number"

    first: int = key("The number of the first page.", default=1)
    size: int | None = key("Rows a page: page.size.", default=None, minimum=1)
    until: Until = key("")

    def page_at(self, rows_before: int, index: int) -> Mapping[str, Any]:
        """Return the number of the page."""
        del rows_before
        return {"number": self.first + index, "size": self.size}


PAGING.add("number", NumberPaging)
