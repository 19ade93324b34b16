"""`paging: {kind: keyset, after: id, size: 200}`.

The call uses page.last, the column of the last row received.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.errors import CallFailed
from edusync.spec.node import key
from edusync.spec.paging.base import PAGING, Paging
from edusync.spec.texts import Path
from edusync.transport.pages import Fetch, Page, Trail, guarded, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class KeysetPaging(Paging):
    """Pages that start after the last row received."""

    page: ClassVar[frozenset[str]] = frozenset({"last", "size"})
    may_shift: ClassVar[bool] = False
    required_name: ClassVar[str | None] = "last"

    after: Path = key("The column that the next page starts after: page.last.")
    size: int = key("Rows asked for: page.size.", minimum=1)

    @property
    def of_rows(self) -> tuple[Path, ...]:
        """What it reads of rows."""
        return (self.after,)

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """Yield every page."""
        return guarded(self._walk(fetch))

    def _walk(self, fetch: Fetch) -> Iterator[Page]:
        """Ask until a page is empty: one that is shorter than what was asked for proves nothing."""
        trail, before = Trail(), b""
        waiting = fetch.later({"last": None, "size": self.size})
        while True:
            page = waiting()
            if not page.rows:
                yield page
                return
            now = likeness(page.rows)
            if len(page.rows) < self.size and now == before:
                return
            last = self.after.read(page.rows[-1])
            if last is None:
                raise CallFailed(
                    "CONN_UNEXPECTED_SHAPE",
                    f"the last row of {page.answer.label} does not say where the list goes on",
                )
            if not trail.goes_on(page, last):
                return
            waiting, before = fetch.later({"last": last, "size": self.size}), now
            yield page


PAGING.add("keyset", KeysetPaging)
