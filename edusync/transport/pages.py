"""Pages of a list: how they are fetched, and how far a walk through them is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from requests.utils import parse_header_links

from edusync.errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.transport.message import Answer

MOST_PAGES = 10_000
MOST_EMPTY = 5
"""Pages without rows, one after the other, that still name a next one."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows, and the answer that they came in."""

    rows: Sequence[Any]
    answer: Answer
    again: Callable[[], Sequence[Any]] | None = None
    """Reads the rows once more, as they came, without keeping them; None where nothing can."""


class Fetch(Protocol):
    """Fetch pages.

    `now` waits; `later` starts a fetch, as far as the limits allow, and gives something to wait
    for.
    """

    def now(self, page: Mapping[str, Any], url: str | None = None) -> Page:
        """Fetch one page: `page` is what the call sees; `url` replaces the call's own."""

    def later(self, page: Mapping[str, Any]) -> Callable[[], Page]:
        """Start to fetch one page; calling what comes back waits for it."""

    @property
    def ahead(self) -> int:
        """How many pages may be on their way at once."""

    def behind(self, page: Mapping[str, Any], rows: int) -> Page | None:
        """Fetch the page behind the only one, of so many rows, to see whether it was the last.

        None where it does not look full, where answers are known to say so, or where the ERP
        answers nothing.
        """


class Walks(Protocol):
    """What walks a list to its end."""

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page in order; CallFailed when the list cannot be trusted to be whole."""


def walk_pages(paging: Walks | None, fetch: Fetch) -> Iterator[Page]:
    """Yield every page of a list; without paging there is one."""
    return iter([fetch.now({})]) if paging is None else paging.pages(fetch)


def guarded(pages: Iterator[Page]) -> Iterator[Page]:
    """Stop at a page with the rows of the one before, after a few without rows, or after too many.

    The rows are compared, not the bytes: an answer may carry the time at which it was made.
    """
    glance: tuple[int, bytes] | None = None
    whole: Callable[[], bytes] = bytes
    empty = 0
    for count, page in enumerate(pages, start=1):
        before, glance = glance, is_like(page)
        if page.rows and before == glance and whole() == likeness(page.rows):
            raise CallFailed("CONN_PAGE_REPEATED", f"{page.answer.label} sent the same page twice")
        if count > MOST_PAGES:
            raise CallFailed(
                "CONN_PAGE_REPEATED", f"{page.answer.label} does not end after {MOST_PAGES} pages"
            )
        whole, empty = _as_it_came(page), 0 if page.rows else empty + 1
        yield page
        if empty == MOST_EMPTY:
            raise CallFailed(
                "CONN_PAGE_REPEATED",
                f"{page.answer.label} sent {MOST_EMPTY} pages without rows, and names a next one",
            )


def is_like(page: Page) -> tuple[int, bytes]:
    """Return what is equal for pages that most likely hold the same rows."""
    return len(page.rows), likeness([*page.rows[:1], *page.rows[-1:]])


def likeness(rows: Sequence[Any]) -> bytes:
    """Return what is equal for equal rows, whatever becomes of them later."""
    try:
        return orjson.dumps(rows, default=str)
    except TypeError:  # a number beyond 64 bits
        return repr(rows).encode()


def _as_it_came(page: Page) -> Callable[[], bytes]:
    """Return what gives the likeness of a page even when its rows were changed."""
    again = page.again
    if again is not None:
        return lambda: likeness(again())
    now = likeness(page.rows)
    return lambda: now


class Trail:
    """The places of a list that were asked for: none of them is asked for twice."""

    def __init__(self, first: object = None) -> None:
        self.last = str(first)
        self.requested = {self.last}

    def goes_on(self, page: Page, following: object) -> bool:
        """Whether the list goes on at the place that a page names.

        A page without rows that names itself is the end. CallFailed when the place was asked for
        before, since the rest of the list cannot be reached.
        """
        place = str(following)
        if place == self.last and not page.rows:
            return False
        if place in self.requested:
            raise CallFailed(
                "CONN_PAGE_REPEATED", f"{page.answer.label} names a page that it sent before"
            )
        self.requested.add(place)
        self.last = place
        return True


def in_order(waiting: Iterator[Callable[[], Page]], fetch: Fetch) -> Iterator[Page]:
    """Yield pages in order while a few more are on their way."""
    from collections import deque

    started: deque[Callable[[], Page]] = deque()
    for wait in waiting:
        started.append(wait)
        while len(started) > fetch.ahead:
            yield started.popleft()()
    while started:
        yield started.popleft()()


def looks_full(rows: int, size: int | None) -> bool:
    """Whether a page may be as long as pages are: as was asked, or a count that ERPs end pages at.

    They send fewer rows than they are asked for, where that is more than they allow.
    """
    is_round = rows % 10 == 0 or rows % 25 == 0 or rows & (rows - 1) == 0 or rows == _ODD_SIZE
    return (size is not None and rows >= size) or (rows >= _LEAST_SIZE and is_round)


_LEAST_SIZE, _ODD_SIZE = 10, 15


def checked_total(value: object, label: str) -> int:
    """Return the total of an answer as a number."""
    if not _is_count(value):
        raise CallFailed("CONN_UNEXPECTED_SHAPE", f"{label} does not say how many rows there are")
    return int(str(value))


def checked_pages(value: object, label: str) -> int:
    """Return the count of pages of an answer as a number."""
    if not _is_count(value):
        raise CallFailed("CONN_UNEXPECTED_SHAPE", f"{label} does not say how many pages there are")
    return int(str(value))


def _is_count(value: object) -> bool:
    return not isinstance(value, bool) and str(value).isdecimal()


_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def flag(value: object, label: str) -> bool:
    """Return what an answer says by true or false; a text may stand for either."""
    is_set = _FLAGS.get(str(value).strip().lower())
    if is_set is None:
        raise CallFailed(
            "CONN_UNEXPECTED_SHAPE", f"{label} does not say by true or false where its list ends"
        )
    return is_set


def links(answer: Answer) -> Iterator[dict[str, str]]:
    """Yield the links of an answer; the names of their parameters are in any case (RFC 8288)."""
    for link in parse_header_links(answer.headers.get("Link", "")):
        yield {"rel": "", **{name.lower(): value for name, value in link.items()}}
