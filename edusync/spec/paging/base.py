"""What every kind of paging is: how pages are fetched, and what is read of answers for it.

`edusync/transport/pages.py` has what kinds share: `guarded` ends a list that turns in a circle,
`Trail` one whose answers lead back, `checked_total` reads a total. An answer that does not say
what the kind needs raises CallFailed: the list is unknown then, and nothing is deleted by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from edusync.spec.kinds import Kinds
from edusync.spec.node import Node, key
from edusync.spec.texts import Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.transport.message import Answer
    from edusync.transport.pages import Fetch, Page


OPTIONAL = (
    "Whether answers leave out what leads to the next page: then a list whose answers never had it "
    "counts as whole."
)


@dataclass(frozen=True, slots=True)
class Paging(Node):
    """How the list goes on. The call itself says where the page goes."""

    page: ClassVar[frozenset[str]] = frozenset({"size"})
    """The names under `page` that the texts of the call may use, as `{{ page.size }}`."""
    may_shift: ClassVar[bool] = True
    """Whether a row may go from a page that comes to one that came, when one before it is deleted:
    it is on none of the pages then."""
    required_name: ClassVar[str | None] = None
    """The one of these that the call has to use; None where the answer says which page is next."""

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page in order.

        `fetch.now({"number": 1})` fetches the page whose call sees `page.number` 1, and waits;
        `fetch.later` starts to. Raises CallFailed when the list may not be whole.
        """
        raise NotImplementedError

    @property
    def reads(self) -> tuple[Path, ...]:
        """The paths into an answer that `pages` reads."""
        return ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of an answer that it reads, in small letters."""
        return ()

    @property
    def of_rows(self) -> tuple[Path, ...]:
        """The paths into a row that `pages` reads."""
        return ()

    @property
    def at_the_end(self) -> tuple[tuple[Path, Any], ...]:
        """What the answer that ends the list says, and where: `((self.next, None),)`.

        A recorded answer whose next page is left out is changed by it.
        """
        return ()

    @property
    def total(self) -> Path | None:
        """Where an answer says how many rows there are on all pages."""
        return None

    @property
    def lead(self) -> Path | None:
        """What an answer says whether there is a next page by, where one without it is the last.

        A list whose answers never had it is of one page, or its name is wrong: only answers that
        had it tell. None where an answer without it fails, and where the spec says `optional`.
        """
        return None

    @property
    def turn(self) -> Path | None:
        """What says that a list goes on, be it wrongly: the count of a page, a `next` of null.

        It is known to be right once a list had a second page. None where the end shows in rows.
        """
        return self.lead

    def leads(self, answer: Answer) -> bool:
        """Whether an answer has the `lead`, be it null."""
        return self.lead is None or self.lead.is_borne(answer.body)


@dataclass(frozen=True, slots=True)
class Announced(Node):
    """When the list ends: at a page that is not full, at an empty page, or when an answer says so.

    A total, or a number of pages, lets pages be fetched at once.
    """

    defined: ClassVar[str] = "until"
    demands: ClassVar[Mapping[str, Any]] = {"minProperties": 1, "maxProperties": 1}

    total: Path | None = key(
        "Where the answer says how many rows there are.", of_answer=True, default=None
    )
    pages: Path | None = key(
        "Where the answer says how many pages there are.", of_answer=True, default=None
    )
    more: Path | None = key(
        "Where the answer says whether there is more, such as has_more: true or false, 1 or 0.",
        of_answer=True,
        default=None,
    )
    last: Path | None = key(
        "Where the answer says whether this is the last page: true or false, 1 or 0.",
        of_answer=True,
        default=None,
    )

    @property
    def path(self) -> Path:
        """The one that is said."""
        path = next(one for one in (self.total, self.pages, self.more, self.last) if one)
        return path  # noqa: RET504 - the schema lets none through without one


Until = Literal["short_page", "empty_page"] | Announced

PAGING = Kinds("paging", Paging, "How pages are counted.", "edusync.spec.paging")
