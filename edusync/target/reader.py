"""Read what Edusign holds, item by item and list by list; what is there and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from edusync.errors import LookUpRefused, TargetError
from edusync.target import wire
from edusync.target.answers import LOOK_UPS, Absences, is_passing
from edusync.target.exchange import Exchange
from edusync.target.failures import Rejected, Technical

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping


_MOST_PAGES = 10_000
_FROM_ZERO = {"course", "student", "professor"}
"""Lists whose first page is documented to be 0; of another one, page 1 may be the same."""
_MOST_PROBES = 3
_MOST_UNCLEAR = 10
_UNREADABLE = "run again; when it stays so, ask Edusign whether their interface has changed"

Parsed = TypeVar("Parsed")


class Unclear(Technical):
    """A look-up was answered with what is not known to mean "not there"."""

    def __init__(self, route: str, message: str) -> None:
        super().__init__(message, sent=False)
        self.route = route

    def final(self) -> TargetError:
        """Return what holds the item, and stops the run where nothing can be held."""
        return LookUpRefused(
            "EDU_LOOKUP_REFUSED",
            f"Edusign does not say whether it has what was looked up ({self.route}): {self}",
            "run again later, for Edusign may be out of order; if the words stay, and mean 'not "
            "there', write them into the connector file: `edusign: {not_found: [WORDS]}`",
        )


class Reader:
    """One account of Edusign, as it is read."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        per_minute: int,
        sleep: Callable[[float], None],
        not_found: Collection[str] = (),
        at_once: int = 1,
    ) -> None:
        self.exchange = Exchange(
            base_url, api_key, per_minute=per_minute, sleep=sleep, at_once=at_once
        )
        self.absences = Absences(not_found)
        self.probes: dict[str, int] = {}
        self.unclear = 0
        """How many look-ups in a row were not answered clearly."""

    def _by_id(
        self, route: str, edusign_id: str, make: Callable[[Any], Parsed], what: str
    ) -> Parsed | None:
        """Return one item by Edusign id; an empty id would list every item (client rule 9)."""
        if not edusign_id:
            return None

        def read(data: Any) -> Parsed:
            if isinstance(data, dict) and wire.record_id(data) != edusign_id:
                raise Unclear(route, "an answer with another id")
            try:
                return parsed(make, data, what)
            except TargetError as error:  # of one item: the others go on
                raise LookUpRefused(error.code, error.message, error.hint) from None

        return self._find(route, edusign_id, read)

    def _find(self, route: str, key: str, read: Callable[[Any], Parsed]) -> Parsed | None:
        """Look one item up; None when it is known not to be there (D8)."""

        def once() -> Parsed | None:
            try:
                data = self.exchange.once("GET", f"{route}/{quote(key, safe='')}")
            except Rejected as rejected:
                words, shown = rejected.words, str(rejected)
            else:
                if data:
                    return read(data)
                words = shown = ""
            if self._means_absent(route, key, words):
                return None
            raise Unclear(route, shown or "an empty answer")

        try:
            data = self.exchange.tried_again(once)
        except LookUpRefused as refused:
            self.unclear += 1
            if self.unclear >= _MOST_UNCLEAR:
                raise TargetError("EDU_UNREADABLE", refused.message, refused.hint) from None
            raise
        self.unclear = 0
        return data

    def _means_absent(self, route: str, key: str, message: str) -> bool:
        """Whether an answer means that an item is not there.

        Where its words are not known, the route is asked for what cannot exist.
        """
        if self.absences.are_meant(route, key, message):
            return True
        if (
            is_passing(message, [key])
            or route in self.absences.heard
            or self.probes.get(route, 0) >= _MOST_PROBES
        ):
            return False
        self.probes[route] = self.probes.get(route, 0) + 1
        try:
            found = self.exchange.once("GET", f"{route}/{quote(LOOK_UPS[route].nobody)}")
        except Rejected as rejected:
            self.absences.learn(route, rejected.words)
        else:
            if found:
                raise Unclear(route, "it finds what cannot exist")
        return self.absences.are_meant(route, key, message)

    def _read(self, path: str, query: Mapping[str, str] | None) -> Any:
        """Read what has to be there."""
        try:
            return self.exchange.read(path, query)
        except Rejected as rejected:
            raise TargetError(
                "EDU_UNREADABLE", f"Edusign does not show '{path}': {rejected}", _UNREADABLE
            ) from None

    def _rows(self, path: str, query: Mapping[str, str]) -> list[Any]:
        rows = self._read(path, query or None)
        if not isinstance(rows, list):
            raise TargetError(
                "EDU_UNREADABLE", f"Edusign did not answer '{path}' with a list", _UNREADABLE
            )
        return rows

    def _pages(self, path: str, query: Mapping[str, str], what: str) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a list, each once.

        The size of a page is not promised: one that is empty, or two that bring nothing new, are
        the end. TargetError when Edusign answers one page with another and knows further ones: what
        stands on it is not shown.
        """
        met: set[str] = set()
        pages: set[tuple[str, ...]] = set()
        is_stale = is_copy = False  # whether the page before brought nothing new, or was another
        for page in range(_MOST_PAGES):
            rows = self._rows(path, {**query, "page": str(page)})
            ids = tuple(parsed(wire.needed_id, row, what) for row in rows)
            fresh = [row for row, row_id in zip(rows, ids, strict=True) if row_id not in met]
            if is_copy and (fresh or not rows):
                message = f"Edusign answered page {page - 1} of its list '{path}' with another one"
                raise TargetError("EDU_UNREADABLE", message, _UNREADABLE)
            if not rows or (is_stale and not fresh):
                return
            yield from fresh
            is_stale = not fresh
            is_copy = is_stale and path in _FROM_ZERO and ids in pages
            met.update(ids)
            pages.add(ids)
        raise TargetError("EDU_UNREADABLE", f"Edusign's list '{path}' does not end", _UNREADABLE)


def parsed(make: Callable[[Any], Parsed], data: Any, what: str) -> Parsed:
    """Return what an answer says; TargetError when it says nothing of the kind."""
    try:
        return make(data)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise TargetError(
            "EDU_UNREADABLE", f"Edusign answered with what is no {what}", _UNREADABLE
        ) from None
