"""A fan-out: a call for each row, value or batch, several at a time, in the ERP's order."""

from __future__ import annotations

from collections import deque
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from edusync.engine.read.ancestors import with_ancestors
from edusync.engine.read.fetch import Fetch, note_pages
from edusync.engine.read.flaws import note_flaws, note_more, rows_by_file
from edusync.engine.read.nested import above_of
from edusync.engine.read.table import UNDECIDED
from edusync.errors import CallFailed
from edusync.model import UNKNOWN
from edusync.model.ids import ids_of
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.id_types import as_it_came, holds_numbers, is_number
from edusync.transport.message import Answer
from edusync.transport.pages import Page, walk_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Future

    from edusync.engine.read.reading import Reading
    from edusync.spec.tree import Expression, ForEach

    Row = dict[str, Any]

_REST_OF_URL = 400
"""Characters kept for host, path and other parameters when a URL may only be so long."""


class FanOut:
    """Fetch one list with a call for each of something."""

    def __init__(self, reading: Reading, each: ForEach) -> None:
        self.reading, self.each = reading, each
        self.resource, self.status, self.names = reading.resource, reading.status, reading.names
        self.numbers: set[str] = set()
        """The ids that are numbers in the ERP, and go there as such."""

    def rows(self) -> Iterator[Row]:
        """Yield the rows; with `again`, go on with what stands in them until nothing new comes."""
        each = self.each
        if each.again is None:
            yield from self._fetched(self._parents())
            return
        asked: set[str] = set()
        following = list(self._values())
        for _ in range(each.depth):
            following = [value for value in dict.fromkeys(following) if value not in asked]
            asked.update(following)
            batches = (
                ({**self.names, "batch": [*map(self._as_it_came, batch)]}, dict[str, Any]())
                for batch in self._batches(following, each.batch or 1)
            )
            following = []
            for row in self._fetched(batches):
                following += self._ids(each.again.read(row))
                yield row
            if not any(value not in asked for value in following):
                return
        detail = f"after {each.depth} levels there is still more"
        self.reading.note_problem("CONN_TOO_DEEP", detail)

    def _fetched(self, parents: Iterator[tuple[dict[str, Any], Row]]) -> Iterator[Row]:
        """Yield the rows of each call, a few calls ahead."""
        source = self.reading.source
        waiting: deque[tuple[Row, Future[list[Page]]]] = deque()
        ahead = source.at_once * 2
        goes_on = True
        while goes_on:
            while len(waiting) < ahead and (following := next(parents, None)) is not None:
                names, above = following
                fetch = lambda names=names: self._all_pages(names)  # noqa: E731
                waiting.append((above, source.start(fetch)))
                self.status.asked = True
            if not waiting:
                return
            above, future = waiting.popleft()
            try:
                pages = future.result()
                for number, page in enumerate(pages):
                    self.reading.leads.look(page, number)
                    note_pages(self.reading, number)
                    note_more(self.reading, page)
                    note_flaws(self.reading.report, self.resource, self.status, page.answer.flaws)
            except CallFailed as failed:
                goes_on = self.reading.failed(failed)
                if goes_on:
                    self.status.gaps.append(above)
                continue
            for page in pages:
                for row in rows_by_file(page, self.status):
                    yield with_ancestors(row, above, self.resource)
        for _, future in waiting:
            future.cancel()

    def _all_pages(self, names: Mapping[str, Any]) -> list[Page]:
        if self.resource.zipped:
            return [Page(self._zipped(names), Answer(200, {}, b"", None, "rows"))]
        reading = self.reading
        fetch = Fetch(
            reading.source,
            self.resource,
            names,
            reading.spec.zone,
            in_background=False,
            leads=reading.leads,
        )
        return list(walk_pages(self.resource.paging, fetch))

    def _zipped(self, names: Mapping[str, Any]) -> list[Row]:
        """Put parallel arrays together, place by place; each has to be as long as the batch."""
        rows: list[Row] = [{"parent": value} for value in names["batch"]]
        for column, call in self.resource.zipped:
            answer = self.reading.source.call(call, names)
            found = answer.body if isinstance(answer.body, list) else [answer.body]
            if answer.body is None:
                found = []
            if len(found) != len(rows):
                raise CallFailed(
                    "CONN_UNEXPECTED_SHAPE",
                    f"{answer.label} answered with {len(found)} values for {len(rows)} keys",
                )
            for row, value in zip(rows, found, strict=True):
                row[column] = value
        return rows

    # what the calls are made for

    def _parents(self) -> Iterator[tuple[dict[str, Any], Row]]:
        """Yield, for each call, the names of its holes and what its rows stand under."""
        each = self.each
        if each.lists:
            yield from self._combined(each.lists)
            return
        values = self._values()
        if each.batch is None:
            for value in values:
                yield {**self.names, "parent": self._as_it_came(value)}, {"parent": value}
            return
        for batch in self._batches(values, each.batch):
            yield {**self.names, "batch": [*map(self._as_it_came, batch)]}, {}

    def _combined(self, lists: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], Row]]:
        """Yield each combination of the rows of lists; the first one flows."""
        tables = [list(self.reading.sure_rows(name)) for name in lists[1:]]
        first = self.reading.sure_rows(lists[0])
        for rows in product(first, *tables) if tables else ((row,) for row in first):
            above: Row = {}
            for name, row in zip(lists, rows, strict=True):
                above = {**above_of(self.reading.spec, name, row), **above}
            yield {**self.names, **above}, above

    def _batches(self, values: Iterable[str], size: int) -> Iterator[list[str]]:
        """Yield values in batches, no larger than the spec says and no longer than a URL may be."""
        longest = self.reading.spec.transport.limits.url_length
        room = None if longest is None else max(longest - _REST_OF_URL, 1)
        batch: list[str] = []
        length = 0
        for value in values:
            wide = len(quote(str(value))) + len("%7C")
            if batch and (len(batch) == size or (room is not None and length + wide > room)):
                yield batch
                batch, length = [], 0
            batch.append(value)
            length += wide
        if batch:
            yield batch

    def _values(self) -> Iterator[str]:
        """Yield the distinct values that the list is fetched with."""
        seen: set[str] = set()
        if self.each.items is not None:
            for value in self._listed(self.each.items):
                text = value.isoformat() if hasattr(value, "isoformat") else str(value)
                if text not in seen:
                    seen.add(text)
                    yield value if hasattr(value, "isoformat") else text
        own = is_number(self.resource.key)
        for name, path in self.each.values:
            numbers = holds_numbers(self.reading.spec, name, path)
            for row in self.reading.sure_rows(name):
                value = path.read(row)
                for text in self._ids(value):
                    if numbers or (own and came_as_number(value, text)):
                        self.numbers.add(text)
                    if text not in seen:
                        seen.add(text)
                        yield text

    def _as_it_came(self, value: Any) -> Any:
        """Return an id as the ERP sent it."""
        return as_it_came(value) if value in self.numbers else value

    def _listed(self, items: Expression) -> list[Any]:
        """Return what an expression gives; the list is unknown when it gives no list."""
        try:
            found = items.run(None, self.names)
        except Unreadable as error:
            self._unknown(f"what it is asked for with: {error}")
            return []
        if found is UNKNOWN or not isinstance(found, list | tuple | None):
            words = "could not be read" if found is UNKNOWN else "is no list"
            self._unknown(f"what it is asked for with {words}")
            return []
        if UNKNOWN in (found or ()):
            self._unknown("what it is asked for with could not be read wholly")
        return [value for value in found or () if value is not UNKNOWN]

    def _ids(self, value: object) -> list[str]:
        """Return the ids that the list is asked for with.

        It is unknown when they cannot be read.
        """
        if is_unknown(value):
            self._unknown("what it is asked for with could not be read")
        try:
            return ids_of(value)
        except Unreadable as error:
            self._unknown(f"what it is asked for with: {error}")
            return []

    def _unknown(self, detail: str) -> None:
        """Note that nobody can say what the list holds."""
        if UNDECIDED not in self.status.problems:
            self.reading.note_problem(UNDECIDED, detail)


def came_as_number(value: object, text: str) -> bool:
    """Whether an id stands as a number in what was read of a row."""
    if isinstance(value, list):
        return any(came_as_number(item, text) for item in value)
    return type(value) is int and str(value) == text
