"""What every kind of paging says of itself, so that nothing else has to know the kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from edusync.spec.kinds import Kinds
from edusync.spec.node import Node, key
from edusync.spec.texts import Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.transport.pages import Fetch, Page


@dataclass(frozen=True, slots=True)
class Paging(Node):
    """How the list goes on. The call itself says where the page goes."""

    page: ClassVar[frozenset[str]] = frozenset({"size"})
    """What stands under `page` while a page is asked for."""
    asked_by: ClassVar[str | None] = None
    """The one of them that the call has to use; None where the answer says all."""

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page in order; CallFailed when the list cannot be trusted to be whole."""
        raise NotImplementedError

    @property
    def reads(self) -> tuple[Path, ...]:
        """What it reads of each answer."""
        return ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of an answer that it reads, in small letters."""
        return ()

    @property
    def of_rows(self) -> tuple[Path, ...]:
        """What it reads of rows."""
        return ()

    @property
    def leads_on(self) -> tuple[Path, ...]:
        """What is empty in the answer that ends the list."""
        return ()

    @property
    def total(self) -> Path | None:
        """Where an answer says how many rows there are on all pages."""
        return None


@dataclass(frozen=True, slots=True)
class Total(Node):
    """When the list ends: at a page that is not full, at an empty page, or when a total is reached.

    A total lets pages be fetched at once.
    """

    defined: ClassVar[str] = "until"

    total: Path = key("Where the answer says how many rows there are.")


Until = Literal["short_page", "empty_page"] | Total

PAGING = Kinds("paging", Paging, "How pages are counted.", "edusync.spec.paging")
