"""The pages of one list, fetched in the background when no other fetch is waiting for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.read.flaws import note_flaws, note_more, rows_by_file
from edusync.engine.read.names import span_of
from edusync.engine.read.shape import rows_of, rows_within
from edusync.errors import CallFailed
from edusync.spec.tree import Statement
from edusync.transport.decode import decode, decode_file
from edusync.transport.pages import Page, walk_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.engine.read.leads import Leads
    from edusync.engine.read.reading import Reading
    from edusync.engine.read.source import AnySource
    from edusync.spec.tree import Resource
    from edusync.transport.message import Answer

_FEWEST = 2
_WAITING = 1024 * 1024
"""So many bytes of answers may wait to be looked at; in memory they take several times as much."""


def fetched(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list that is fetched by one call, page after page."""
    resource, names = reading.resource, reading.names
    try:
        if isinstance(resource.call, Statement):
            source: Any = reading.source  # statements have sources that stream
            for some in source.rows(resource.call, names):
                yield from some
            return
        fetch = Fetch(
            reading.source,
            resource,
            names,
            reading.spec.zone,
            in_background=True,
            leads=reading.leads,
        )
        for number, page in enumerate(walk_pages(resource.paging, fetch)):
            reading.leads.look(page, number)
            note_pages(reading, number)
            note_more(reading, page)
            note_flaws(reading.report, resource, reading.status, page.answer.flaws)
            yield from rows_by_file(page, reading.status)
    except CallFailed as failed:
        reading.failed(failed)


def note_pages(reading: Reading, number: int) -> None:
    """Note a page, of so many before it, of a list whose rows may shift from one to another."""
    paging = reading.resource.paging
    if number > 0 and paging is not None and paging.may_shift:
        reading.status.may_have_shifted = True


class Fetch:
    """Fetch the pages of one list, in the background when no other fetch is waiting for it."""

    def __init__(
        self,
        source: AnySource,
        resource: Resource,
        names: Mapping[str, Any],
        zone: str,
        *,
        in_background: bool,
        leads: Leads,
    ) -> None:
        self.zone, self.leads = zone, leads
        self.source, self.resource, self.names, self.in_background = (
            source,
            resource,
            names,
            in_background,
        )
        self.most = source.at_once if in_background else 0
        self.heaviest = 1

    @property
    def ahead(self) -> int:
        """How many pages may be on their way: fewer of heavy ones, which wait in memory."""
        return min(self.most, max(_FEWEST, _WAITING // self.heaviest))

    def now(self, page: Mapping[str, Any], url: str | None = None) -> Page:
        """Fetch one page."""
        assert self.resource.call is not None  # noqa: S101 - only lists with a call have pages
        answer: Answer = self.source.call(
            self.resource.call, {**self.names, "page": dict(page)}, url=url
        )
        self.heaviest = max(self.heaviest, len(answer.raw))
        zone = self.zone
        try:
            found = rows_within(
                answer,
                self.resource,
                lambda raw, kind: decode_file(raw, kind, span_of(self.names, zone)),
            )
        except CallFailed as failed:
            failed.saw(answer.outline)
            raise
        if found.flaws or found.files:
            answer = replace(answer, flaws=found.flaws, files=found.files)
        return Page(found.rows, answer, _again(answer, self.resource))

    def behind(self, page: Mapping[str, Any], rows: int) -> Page | None:
        """Fetch the page behind the only one, a few times for a list of which nothing is known."""
        if not self.source.is_live or not self.leads.doubts(rows):
            return None
        try:
            return self.now(page)
        except CallFailed:
            return None

    def later(self, page: Mapping[str, Any]) -> Callable[[], Page]:
        """Start to fetch one page, as far as the list may."""
        if not self.in_background:
            return lambda: self.now(page)
        future = self.source.start(lambda: self.now(page))
        result: Callable[[], Page] = future.result
        return result


def _again(answer: Answer, resource: Resource) -> Callable[[], list[dict[str, Any]]] | None:
    """Return what reads the rows of an answer once more; None when that takes more than JSON."""
    if answer.type != "json" or resource.inner is not None or resource.call is None:
        return None
    promised, bare = resource.call.answer, replace(answer, body=None)

    def again() -> list[dict[str, Any]]:
        body = decode(bare.raw, bare.headers, promised).body
        return rows_of(replace(bare, body=body), resource)

    return again
