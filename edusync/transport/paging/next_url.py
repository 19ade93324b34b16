"""`paging: {kind: next_url, path: next}` or `{kind: next_url, header: Link}`.

The host must not change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

import jmespath
from requests.utils import parse_header_links

from edusync.errors import CallFailed
from edusync.transport.paging.base import Trail, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.transport.message import Answer
    from edusync.transport.paging.base import Fetch, Page


class NextUrlPager:
    """Pages by a URL that each answer gives, in its body or in a header."""

    def __init__(self, path: str | None, size: int | None) -> None:
        self.path = jmespath.compile(path) if path else None
        self.size = size

    @classmethod
    def from_spec(cls, options: Mapping[str, Any]) -> Self:
        """Build from `path` or `header`, and `size`."""
        return cls(options.get("path"), options.get("size"))

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._walk(fetch))

    def _walk(self, fetch: Fetch) -> Iterator[Page]:
        page = fetch.now({"size": self.size})
        trail = Trail(page.answer.url)
        while True:
            yield page
            url = self._next(page.answer)
            if not url:
                return
            try:
                url = urljoin(page.answer.url, url)
            except ValueError:
                raise CallFailed(
                    "CONN_REDIRECTED", "what should lead to the next page is no URL"
                ) from None
            if not trail.goes_on(page, url):
                return
            page = fetch.now({"size": self.size}, url)

    def _next(self, answer: Answer) -> str | None:
        if self.path is not None:
            found = self.path.search(answer.body)
            return str(found) if found else None
        return next(
            (link["url"] for link in _links(answer) if "next" in link["rel"].lower().split()), None
        )


def _links(answer: Answer) -> Iterator[dict[str, str]]:
    """Yield the links of an answer; the names of their parameters are in any case (RFC 8288)."""
    for link in parse_header_links(answer.headers.get("Link", "")):
        yield {"rel": "", **{name.lower(): value for name, value in link.items()}}
