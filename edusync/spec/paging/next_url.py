"""`paging: {kind: next_url, path: next}` or `{kind: next_url, header: Link}`.

The host must not change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from urllib.parse import urljoin

from edusync.errors import CallFailed
from edusync.spec.node import key
from edusync.spec.paging.base import OPTIONAL, PAGING, Paging
from edusync.spec.texts import Path
from edusync.transport.pages import Fetch, Page, Trail, guarded, links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.transport.message import Answer


_LINK = Path("header.Link")


@dataclass(frozen=True, slots=True)
class NextUrlPaging(Paging):
    """Pages by a URL that each answer gives, in its body or in a header."""

    one_of: ClassVar[tuple[str, ...]] = ("path", "header")

    path: Path | None = key(
        "Where the next URL stands in the answer.", of_answer=True, default=None
    )
    header: Literal["Link"] | None = key("The header that holds it.", default=None)
    size: int | None = key("Rows asked for: page.size.", default=None, minimum=1)
    optional: bool = key(OPTIONAL, default=False)

    @property
    def reads(self) -> tuple[Path, ...]:
        """What it reads of each answer."""
        return (self.path,) if self.path else ()

    @property
    def at_the_end(self) -> tuple[tuple[Path, Any], ...]:
        """What the answer that ends the list says, and where."""
        return tuple((path, None) for path in self.reads)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of an answer that it reads, in small letters."""
        return () if self.path else ("link",)

    @property
    def lead(self) -> Path | None:
        """What an answer says whether there is a next page by."""
        return None if self.optional else self.path or _LINK

    def leads(self, answer: Answer) -> bool:
        """Whether an answer has it; a header that leads elsewhere is none."""
        by_header = self.lead is _LINK
        return self._next(answer) is not None if by_header else Paging.leads(self, answer)

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
            url = self.path.read(answer.body)
            return str(url) if url else None
        return next(
            (link["url"] for link in links(answer) if "next" in link["rel"].lower().split()), None
        )


PAGING.add("next_url", NextUrlPaging)
