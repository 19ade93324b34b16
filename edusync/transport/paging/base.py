"""What a pager gets and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from edusync.errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.transport.message import Answer

MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows, and the answer that they came in."""

    rows: Sequence[Any]
    answer: Answer


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


class Pager(Protocol):
    """Walk a list to its end."""

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page in order; CallFailed when the list cannot be trusted to be whole."""


class Single:
    """No paging: one page."""

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield the only page."""
        yield fetch.now({})


def guarded(pages: Iterator[Page]) -> Iterator[Page]:
    """Stop at a page that is the same as the one before, or after too many pages."""
    before: tuple[bytes, bytes] | None = None
    for count, page in enumerate(pages, start=1):
        same = (page.answer.raw, page.answer.digest)
        if page.rows and same == before:
            raise CallFailed("CONN_PAGE_REPEATED", f"{page.answer.label} sent the same page twice")
        if count > MOST_PAGES:
            raise CallFailed(
                "CONN_PAGE_REPEATED", f"{page.answer.label} does not end after {MOST_PAGES} pages"
            )
        before = same
        yield page


def in_order(waiting: Iterator[Callable[[], Page]], ahead: int) -> Iterator[Page]:
    """Yield pages in order while a few more are on their way."""
    from collections import deque

    started: deque[Callable[[], Page]] = deque()
    for wait in waiting:
        started.append(wait)
        if len(started) > ahead:
            yield started.popleft()()
    while started:
        yield started.popleft()()


def checked_total(value: object, label: str) -> int:
    """Return the total of an answer as a number."""
    if isinstance(value, bool) or not str(value).isdecimal():
        raise CallFailed("CONN_UNEXPECTED_SHAPE", f"{label} does not say how many rows there are")
    return int(str(value))
