"""An ERP to which several lanes write: each waits for its answer apart from the others.

Lines of different sheets go up at the same time where the ERP takes one person a call, within the
`at_once` of its limits; a sheet waits for those before it that have one of its people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from edusync.engine.lanes import Lanes
    from edusync.engine.read.source import AnySource, Tools
    from edusync.engine.upward.sheet import UpSheet
    from edusync.spec.tree import Call, Writeback
    from edusync.transport.message import Answer


def at_once(writeback: Writeback, target: AnySource, tools: Tools) -> int:
    """Return how many sheets are sent at once: one where a call is about a sheet or several.

    What stands in for the network (`Tools.adapter`) answers without delay, and in a known order.
    """
    goes_by_person = bool(writeback.for_person) and not writeback.for_sheet
    is_of_network = isinstance(target, Source) and tools.adapter is None
    return target.at_once if goes_by_person and is_of_network else 1


def people_on(sheets: Sequence[UpSheet]) -> set[str]:
    """Return the people on some sheets, by the keys of their lines."""
    return {line.key for sheet in sheets for line in sheet.lines}


class ApartSource:
    """A source whose calls give the turn of a lane away; making a request changes nothing of ours.

    Signing in is inside: who signs in keeps others from it, and must not need the turn for it.
    """

    def __init__(self, source: AnySource, lanes: Lanes) -> None:
        self.source, self.lanes, self.at_once = source, lanes, source.at_once
        self.is_live = source.is_live

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call that reads."""
        with self.lanes.apart():
            return self.source.call(call, names, url=url)

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Make a call that changes the ERP."""
        with self.lanes.apart():
            return self.source.write(call, names)

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        """Do something in the background."""
        return self.source.start(work)

    def close(self) -> None:
        """Let go of everything."""
        self.source.close()
