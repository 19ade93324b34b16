"""The events of a connector, as somebody who looks for something reads them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

from edusync.codes import get_code, is_code
from edusync.locale.details import in_words
from edusync.locale.labels import label
from edusync.state.event_search import Wanted, codes_named, find_events
from edusync.state.latest import last_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from edusync.state.event_search import EventRow
    from edusync.state.store import Store

A_PAGE = 50
_MOST_EXPORTED = 100_000
TROUBLES = ("warning", "error")
COLUMNS = (
    "run",
    "started_at",
    "direction",
    "account",
    "severity",
    "code",
    "kind",
    "source_id",
    "edusign_id",
    "field",
    "detail",
    "remedy",
    "spec",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to see: `show` is `troubles` or `all`; `run` is `last`, `all`, or an id.

    A day is one of the connector's zone; with it all runs of that day are meant.
    """

    show: str = "troubles"
    run: str = "last"
    code: str = ""
    kind: str = ""
    day: date | None = None

    def wanted(self, store: Store, connector: str, zone: ZoneInfo) -> Wanted:
        """Return what the store is asked."""
        runs: Sequence[str] | None = None
        since = None if self.day is None else datetime.combine(self.day, datetime.min.time(), zone)
        if self.run == "last" and since is None:
            ways = last_runs(store, [connector])
            runs = [one.id for (_, way), one in ways.items() if way in {"down", "up"}]
        elif self.run not in {"last", "all"}:
            runs = [self.run]
        return Wanted(
            connector,
            runs,
            self.code,
            self.kind,
            severities=TROUBLES if self.show == "troubles" else (),
            since=since,
            until=None if since is None else since + timedelta(days=1),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, and how many there are.

    `codes` are those that could be asked for, with how often each is named.
    """

    events: Sequence[EventRow]
    codes: Mapping[str, int]
    found: int
    page: int
    pages: int


def events_page(
    store: Store, connector: str, choice: Choice, zone: ZoneInfo, page: int = 1
) -> Page:
    """Return a page of events."""
    wanted = choice.wanted(store, connector, zone)
    events, found = find_events(store, wanted, A_PAGE, (max(1, page) - 1) * A_PAGE)
    pages = max(1, -(-found // A_PAGE))
    codes = codes_named(store, Wanted(connector, wanted.runs, severities=wanted.severities))
    return Page(events, codes, found, min(max(1, page), pages), pages)


def events_as_csv(
    store: Store, connector: str, choice: Choice, zone: ZoneInfo, *, for_operator: bool
) -> str:
    """Return events as a table: words in the reader's language, moments in the connector's zone.

    An operator also gets the line of the spec, and commands. A cell that a spreadsheet would take
    for a formula begins with an apostrophe.
    """
    columns = [name for name in COLUMNS if for_operator or name != "spec"]
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    events, _ = find_events(store, choice.wanted(store, connector, zone), _MOST_EXPORTED)
    for event in events:
        known = is_code(event.code)
        row = {
            **event._asdict(),
            "started_at": event.started_at.astimezone(zone).isoformat(timespec="seconds"),
            "severity": label("severity", event.severity),
            "kind": label("kind", event.kind or ""),
            "field": label("field", event.field or ""),
            "detail": in_words(event.detail),
            "remedy": get_code(event.code).remedy_for(operator=for_operator) if known else "",
        }
        writer.writerow([_harmless(row[name]) for name in columns])
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
