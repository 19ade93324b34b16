"""A database that is listened to, and one that answers from what was heard."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any

from edusync.engine.read.sql_source import SqlSource, written
from edusync.testing.cutting import keys, roots, surplus
from edusync.testing.tape import Asked, Heard
from edusync.transport.message import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.spec.tree import Call, Spec
    from edusync.testing.replay import Replay
    from edusync.transport.trace import Trace


class HeldDatabase(SqlSource):
    """A database of which the rows of statements are recorded; what is written goes nowhere."""

    def __init__(self, spec: Spec, replay: Replay) -> None:
        self.trace, self.noted, self.at_once = None, lambda: None, spec.transport.limits.at_once
        self.replay = replay
        self.database = _Held(replay)  # type: ignore[assignment]  # what a step of the way up asks of one
        self.pool = ThreadPoolExecutor(self.at_once, thread_name_prefix="edusync-erp")

    def rows(self, call: Call, names: Mapping[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Yield the recorded rows of a call."""
        statement, bound = written(call, names, empty=False)
        yield [dict(row) for row in self.replay.rows(statement, plain(bound))]


class HeardDatabase(SqlSource):
    """A database that notes the rows of each statement.

    The lists that sheets come from end after some rows, once `cut` said so. Nothing is written.
    """

    def __init__(self, spec: Spec, names: Mapping[str, Any], trace: Trace | None = None) -> None:
        super().__init__(spec, names, trace=trace)
        self.heard: list[Heard] = []
        self.session_keys: set[str] = set()
        """Keys of the sessions that were kept."""
        self.left: dict[str, int] = {}
        self.lock = Lock()
        self.lists = {
            resource.call.place: resource for resource in roots(spec) if resource.call is not None
        }

    def cut(self, limit: int) -> None:
        """Cut the lists that sheets come from to so many rows."""
        self.left = {resource.name: limit for resource in self.lists.values()}

    def rows(self, call: Call, names: Mapping[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a call, and note them."""
        rows = [row for some in super().rows(call, names) for row in some]
        resource = self.lists.get(call.place)
        with self.lock:
            if resource is not None and resource.name in self.left:
                gone, self.left[resource.name] = surplus(
                    resource, rows, names, self.left[resource.name]
                )
                rows = [row for at, row in enumerate(rows) if at not in gone]
                self.session_keys |= keys(resource, rows)
            statement, bound = written(call, names, empty=False)
            request = {"sql": statement, "values": plain(bound)}
            raw = json.dumps(rows, ensure_ascii=False).encode()
            self.heard.append(Heard(request, raw, Asked(call.place, names=names)))
        yield rows

    def write_all(self, work: list[tuple[Call, list[Mapping[str, Any]]]]) -> Answer:
        """Write nothing: what would be written is seen when the case is run."""
        del work
        return Answer(200, {}, b"", None, "rows", "SQL")


class _Held:
    """Stands where a database would be."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay

    def write(
        self, batches: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], _label: str
    ) -> None:
        """Note what would be written."""
        with self.replay.lock:
            for statement, sets in batches:
                text = " ".join(statement.split())
                self.replay.asked.append(text)
                self.replay.sent += [{text: plain(bound)} for bound in sets]

    def rehearse(self, statements: Sequence[str]) -> None:
        """Take every statement."""

    def close(self) -> None:
        """Nothing is open."""


def plain(bound: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is bound in a statement as a case holds it: days and moments are texts."""
    found: dict[str, Any] = json.loads(json.dumps(bound, default=str))
    return found
