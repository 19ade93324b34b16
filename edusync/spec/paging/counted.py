"""What page numbers and offsets share.

When the list ends, and fetching ahead once a total is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.errors import CallFailed
from edusync.spec.paging.base import Paging, Total
from edusync.transport.pages import checked_total, guarded, in_order, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.spec.paging.base import Until
    from edusync.spec.texts import Path
    from edusync.transport.pages import Fetch, Page


class CountedPaging(Paging):
    """Pages that are counted."""

    __slots__ = ()

    if TYPE_CHECKING:
        size: int | None
        until: Until

    def page_at(self, rows_before: int, index: int) -> Mapping[str, Any]:
        """Return what the call sees as `page` for the page after so many rows and pages."""
        raise NotImplementedError

    @property
    def total(self) -> Path | None:
        """Where an answer says how many rows there are on all pages."""
        return self.until.total if isinstance(self.until, Total) else None

    @property
    def reads(self) -> tuple[Path, ...]:
        """What it reads of each answer."""
        return () if self.total is None else (self.total,)

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._to_the_end(fetch) if self.total is None else self._by_total(fetch))

    def _to_the_end(self, fetch: Fetch) -> Iterator[Page]:
        """Ask until a page is empty.

        A page that is shorter than what was asked for proves nothing, since a vendor may lower the
        largest page at any time. After one, a page that comes again is the end as well: some
        ERPs answer with the last page when they are asked for one behind it.
        """
        rows, index, before = 0, 0, b""
        short = self.size if self.until == "short_page" and self.size is not None else 0
        waiting = fetch.later(self.page_at(0, 0))
        while True:
            page = waiting()
            if not page.rows:
                yield page
                return
            if short:
                now = likeness(page.rows)
                if now == before:
                    return
                before = now if len(page.rows) < short else b""
            rows += len(page.rows)
            index += 1
            waiting = fetch.later(self.page_at(rows, index))
            yield page

    def _by_total(self, fetch: Fetch) -> Iterator[Page]:
        first = fetch.now(self.page_at(0, 0))
        if first.answer.type == "empty":
            yield first
            return
        assert self.total is not None  # noqa: S101 - only called with a total
        total = checked_total(self.total.read(first.answer.body), first.answer.label)
        got, size = len(first.rows), len(first.rows)
        yield first
        if size and got < total:
            count = -(-total // size)
            waiting: Iterator[Callable[[], Page]] = (
                fetch.later(self.page_at(index * size, index)) for index in range(1, count)
            )
            for page in in_order(waiting, fetch):
                got += len(page.rows)
                yield page
        if got != total:
            raise CallFailed(
                "CONN_TOTAL_MISSED", f"{first.answer.label} announced {total} rows and sent {got}"
            )
