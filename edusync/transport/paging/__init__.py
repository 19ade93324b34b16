"""Ways to walk the pages of a list; each kind is one module.

The call itself shows where the page goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.transport.paging import cursor, keyset, next_url, number, offset
from edusync.transport.paging.base import Fetch, Page, Pager, Single

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["KINDS", "Fetch", "Page", "Pager", "build_pager"]

KINDS: Mapping[str, Callable[[Mapping[str, Any]], Pager]] = {
    "cursor": cursor.CursorPager.from_spec,
    "keyset": keyset.KeysetPager.from_spec,
    "next_url": next_url.NextUrlPager.from_spec,
    "number": number.NumberPager.from_spec,
    "offset": offset.OffsetPager.from_spec,
}


def build_pager(options: Mapping[str, Any] | None) -> Pager:
    """Build the pager of a list; without `paging` there is one page."""
    return Single() if options is None else KINDS[options["kind"]](options)
