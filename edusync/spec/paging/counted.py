"""What page numbers and offsets share.

When the list ends, and fetching ahead once a total is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.errors import CallFailed
from edusync.spec.paging.base import Announced, Paging
from edusync.transport.pages import (
    checked_pages,
    checked_total,
    flag,
    guarded,
    in_order,
    is_like,
    likeness,
)

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
    def announced(self) -> Announced | None:
        """What the answers say of the end; None where the rows show it."""
        return self.until if isinstance(self.until, Announced) else None

    @property
    def total(self) -> Path | None:
        """Where an answer says how many rows there are on all pages."""
        return self.announced.total if self.announced else None

    @property
    def turn(self) -> Path | None:
        """What says that the list goes on."""
        return self.announced.path if self.announced else None

    @property
    def reads(self) -> tuple[Path, ...]:
        """What it reads of each answer."""
        return (self.announced.path,) if self.announced else ()

    @property
    def at_the_end(self) -> tuple[tuple[Path, Any], ...]:
        """What the answer that ends the list says, and where."""
        announced = self.announced
        ends = (
            ((announced.pages, 1), (announced.more, False), (announced.last, True))
            if announced
            else ()
        )
        return tuple((path, value) for path, value in ends if path is not None)

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        announced = self.announced
        if announced is None:
            return guarded(self._to_the_end(fetch))
        if announced.total is not None:
            pages = self._by_total(fetch, announced.total)
        elif announced.pages is not None:
            pages = self._by_pages(fetch, announced.pages)
        else:
            pages = self._by_flag(fetch, announced)
        return guarded(self._seen_behind(pages, fetch))

    def _seen_behind(self, pages: Iterator[Page], fetch: Fetch) -> Iterator[Page]:
        """Look behind the only page of a list: the count that is read may be that of the page."""
        count, rows, likely = 0, 0, (0, b"")
        for page in pages:
            count, rows, likely = count + 1, rows + len(page.rows), is_like(page)
            label = page.answer.label
            yield page
        further = fetch.behind(self.page_at(rows, count), rows) if count == 1 else None
        if further is not None and further.rows and is_like(further) != likely:
            raise CallFailed(
                "SPEC_NOT_THE_LAST_PAGE",
                f"{label} says that it is the last page, and the next one has rows",
            )

    def _by_flag(self, fetch: Fetch, announced: Announced) -> Iterator[Page]:
        """Ask until an answer says that there is no more; the offset counts the rows that came."""
        rows, index = 0, 0
        while True:
            page = fetch.now(self.page_at(rows, index))
            goes_on = page.answer.type != "empty" and (
                flag(announced.more.read(page.answer.body), page.answer.label)
                if announced.more is not None
                else not flag(announced.path.read(page.answer.body), page.answer.label)
            )
            yield page
            if not goes_on:
                return
            rows += len(page.rows)
            index += 1

    def _by_pages(self, fetch: Fetch, path: Path) -> Iterator[Page]:
        """Ask for as many pages as the first answer says; by offset, as long as the first one."""
        first = fetch.now(self.page_at(0, 0))
        yield first
        if first.answer.type == "empty":
            return
        count = checked_pages(path.read(first.answer.body), first.answer.label)
        size = len(first.rows)
        waiting: Iterator[Callable[[], Page]] = (
            fetch.later(self.page_at(index * size, index)) for index in range(1, count)
        )
        for page in in_order(waiting, fetch):
            now = checked_pages(path.read(page.answer.body), page.answer.label)
            if now != count or not page.rows:
                raise CallFailed(
                    "CONN_TOTAL_MISSED",
                    f"{first.answer.label} announced {count} pages, which is not what came",
                )
            yield page

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

    def _by_total(self, fetch: Fetch, path: Path) -> Iterator[Page]:
        first = fetch.now(self.page_at(0, 0))
        if first.answer.type == "empty":
            yield first
            return
        total = checked_total(path.read(first.answer.body), first.answer.label)
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
