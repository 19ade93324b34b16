"""Find what somebody asks about in the store: an id, a day, words of a name, an e-mail."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from edusync.app.console.days import split_day
from edusync.state.clues import Digester, brought_down, clues_of, words_of
from edusync.state.event_search import Wanted, codes_named, named_items
from edusync.state.latest import last_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from edusync.state.store import Store

MOST = 30
KINDS = ("course", "student", "professor", "group", "external")


class Item(NamedTuple):
    """Something that was found. `edusign_id` is None for what did not come down."""

    kind: str
    account: str
    source_id: str
    edusign_id: str | None
    starts_at: datetime | None


def find_items(
    store: Store, connector: str, asked: str, zone: ZoneInfo, now: datetime
) -> list[Item]:
    """Return what may be meant, sessions in the order of their starts and then people.

    An id is one in the ERP, the part of it after a slash, or one on Edusign. Words are found in any
    order, without case and accents; all of them have to be there.
    """
    known = _everything(store, connector)
    said = asked.strip()
    by_id = [one for one in known if _is_called(one, said)]
    if by_id:
        return _in_order(by_id)
    words, day = split_day(said, now.astimezone(zone).date())
    wanted = Digester(store, connector)(words_of(*words.split() if "@" in words else (words,)))
    if not wanted and day is None:
        return []
    clues = {
        (kind, account, source_id): clue.words
        for (account, kind), items in clues_of(store, connector).items()
        for source_id, clue in items.items()
    }
    return _in_order(
        one
        for one in known
        if wanted <= clues.get((one.kind, one.account, one.source_id), frozenset())
        and (day is None or (one.starts_at is not None and _day_of(one, zone) == day))
    )


def reasons_of(
    store: Store, connector: str, found: Iterable[Item]
) -> dict[tuple[str, str, str], str]:
    """Return the code that the last runs gave for some items, by kind, account and source id.

    Of one that they do not name, because the ERP has it no more, that of earlier ones.
    """
    runs = [run.id for run in last_runs(store, [connector]).values()]

    def named(one: Item, of: Sequence[str] | None) -> Iterable[str]:
        return codes_named(store, Wanted(connector, of, kind=one.kind, source_id=one.source_id))

    return {
        one[:3]: code
        for one in found
        if one.edusign_id is None
        for code in islice(chain(named(one, runs), named(one, None)), 1)
    }


def item_of(store: Store, connector: str, kind: str, account: str, source_id: str) -> Item | None:
    """Return one item, None when the store knows nothing of it."""
    key = (kind, account, source_id)
    return next((one for one in _everything(store, connector) if one[:3] == key), None)


def _everything(store: Store, connector: str) -> list[Item]:
    """Return every item that is linked, that a clue is kept of, or that the last runs named."""
    found: dict[tuple[str, str, str], Item] = {}
    for kind, account, source_id in named_items(
        store, [run.id for run in last_runs(store, [connector]).values()]
    ):
        found[kind, account, source_id] = Item(kind, account, source_id, None, None)
    for (account, kind), items in clues_of(store, connector).items():
        for source_id, clue in items.items():
            found[kind, account, source_id] = Item(kind, account, source_id, None, clue.starts_at)
    for row in brought_down(store, connector):
        known = found.get((row.kind, row.account, row.source_id))
        starts_at = row.starts_at or (known.starts_at if known is not None else None)
        found[row.kind, row.account, row.source_id] = Item(
            row.kind, row.account, row.source_id, row.edusign_id, starts_at
        )
    return [one for one in found.values() if one.kind in KINDS]


def _is_called(one: Item, said: str) -> bool:
    return said in {one.source_id, one.edusign_id} or (
        bool(said) and one.source_id.endswith(f"/{said}")
    )


def _day_of(one: Item, zone: ZoneInfo) -> date | None:
    return None if one.starts_at is None else one.starts_at.astimezone(zone).date()


def _in_order(found: Iterable[Item]) -> list[Item]:
    never = datetime.combine(date.max, time(), UTC) - timedelta(days=1)
    return sorted(
        found, key=lambda one: (KINDS.index(one.kind), one.starts_at or never, one.source_id)
    )[:MOST]
