"""What a reading gives on Edusign, in numbers.

To tell whether a case gives what the real answers gave.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.runs.downward import Downward
from edusync.app.runs.moment import Moment
from edusync.app.runs.writeback import write_back
from edusync.errors import EdusyncError
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.app import API_KEY
from edusync.sandbox.serve import serving
from edusync.state.lock import locked
from edusync.state.open import open_store
from edusync.testing.golden_lines import event_line, held_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.files.connector_file import Instance
    from edusync.engine.read.source import Tools
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.testing.recorded_up import WayUp

KINDS = ("sheets", "students", "professors", "groups", "externals")
_OF_THE_RUN = ("RUN_LATE", "RUN_PARTIAL", "RUN_FAILED")


@dataclass(frozen=True, slots=True)
class Came:
    """How much came of a run on Edusign, the seats of each sheet, and its events by code.

    `stopped` says why a run did not end.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    seats: tuple[int, ...] = ()
    events: Mapping[str, int] = field(default_factory=dict)
    stopped: str | None = None

    @classmethod
    def of(cls, run: Mapping[str, Any]) -> Came:
        """Return what came of the run of a case."""
        if "stopped" in run:
            return cls(dict.fromkeys(KINDS, 0), stopped=str(run["stopped"]))
        rows = run.get("edusign") or {}
        sheets = rows.get("courses", [])
        counts = {
            kind: len(rows.get("courses" if kind == "sheets" else kind, [])) for kind in KINDS
        }
        lines = [*run.get("events", ()), *run.get("attendance", {}).get("events", ())]
        codes = Counter(code for line in lines if (code := _code(line)))
        seats = tuple(sorted(len(sheet.get("STUDENTS", ())) for sheet in sheets))
        return cls(counts, seats, codes)

    def unlike(self, other: Came) -> list[str]:
        """Return in what another run differs, in words."""
        differences = [
            f"{kind}: {count} where the real answers gave {self.counts.get(kind, 0)}"
            for kind, count in other.counts.items()
            if count != self.counts.get(kind, 0)
        ]
        if not differences and self.seats != other.seats:
            differences.append("other numbers of students on the sheets")
        for code in sorted(self.events.keys() | other.events.keys()):
            real, here = self.events.get(code, 0), other.events.get(code, 0)
            if real != here:
                differences.append(
                    f"{code}: {here} times where the real answers gave it {real} times"
                )
        if other.stopped is not None:
            differences.append(f"it stops: {other.stopped}")
        elif self.stopped is not None:
            differences.append(f"the real answers stop: {self.stopped}")
        return differences


def came_of(
    instance: Instance,
    registry: Registry,
    moment: Moment,
    up: WayUp | None = None,
    live: Tools | None = None,
) -> Came:
    """Bring the planning of the first account down to an empty sandbox.

    With `up` every class takes place then, and the attendance goes up with the `live` tools.
    """
    book = Book(clock=lambda: moment.now)
    app = create_app(book, per_minute=1_000_000)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        edusign = stack.enter_context(serving(app))
        store = open_store(str(folder / "state.db"))
        stack.callback(store.close)
        account = replace(
            instance.accounts[0],
            name="main",
            base_url=edusign,
            api_key=API_KEY,
            requests_per_minute=100_000,
            at_once=1,
        )
        alone = replace(instance, accounts=(account,), grace=0.0)
        try:
            events = _down(alone, store, registry, moment)
            on_edusign = held_by(book)
            over = up.play(app, book) if up is not None else None
            if over is not None and live is not None:
                sent = write_back(alone, store, registry, Moment(over, live))
                events += [event_line(outcome) for outcome in sent.outcomes]
        except (EdusyncError, AssertionError) as error:
            return Came(dict.fromkeys(KINDS, 0), stopped=str(error))
        return Came.of({"events": events, "edusign": on_edusign})


def _down(instance: Instance, store: Store, registry: Registry, moment: Moment) -> list[str]:
    """Bring a planning down; return the events."""
    with (
        locked(store, instance.name) as fence,
        Downward(instance, store, registry, moment) as downward,
    ):
        run_id = store.start_run(instance.name, "down", store.now())
        downward.plan()
        downward.apply(run_id, fence, lambda _change: None)
        return [event_line(outcome) for outcome in downward.outcomes()]


def _code(line: str) -> str | None:
    """Return the code of an event as a golden file has it.

    Those about the run as a whole say nothing of its own.
    """
    code = line.split()[1]
    return None if code in _OF_THE_RUN else code
