"""The way up of a case: classes are played, and what comes of it is sent to the ERP."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from edusync.app.runs.moment import Moment
from edusync.app.runs.writeback import write_back
from edusync.errors import EdusyncError
from edusync.sandbox.edusign.errors import Refusal
from edusync.sandbox.edusign.play import play_sheet
from edusync.testing.case_erp import tables
from edusync.testing.case_world import instant
from edusync.testing.golden_lines import event_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.app.files.connector_file import Instance
    from edusync.spec.tree import Spec
    from edusync.testing.case_world import World


class CannotPlay(AssertionError):
    """A class of `attendance` that cannot take place as the case tells it."""


def upward(world: World, instance: Instance) -> dict[str, Any] | None:
    """Play the classes of `attendance` and send what comes of it up.

    Return what was sent and said; None when there are none.
    """
    told = world.case.get("attendance")
    if told is None:
        return None
    moment = instant(told["at"])
    _play(world, told["sheets"], moment)
    replay, database = world.replay, world.folder / "erp.db"
    stood = _files(world)
    before, asked, sent, ran = (
        tables(database),
        len(replay.asked),
        len(replay.sent),
        len(world.statements),
    )
    ended = _ended(world, instance, moment)
    changed = {name: rows for name, rows in tables(database).items() if rows != before.get(name)}
    found = {
        "calls": sorted([*replay.asked[asked:], *world.statements[ran:]]),
        "sent": replay.sent[sent:],
        "tables": changed,
        "files": {
            name: _text(raw, instance.spec).splitlines()
            for name, raw in _files(world).items()
            if raw != stood.get(name)
        },
        **ended,
    }
    return {"attendance": {name: value for name, value in found.items() if value not in ([], {})}}


def _play(world: World, sheets: list[Mapping[str, Any]], moment: datetime) -> None:
    """Let the classes take place; CannotPlay when one cannot."""
    world.book.clock = lambda: moment
    for sheet in sheets:
        try:
            play_sheet(world.app.extensions["edusync"]["courses"], sheet)
        except Refusal as refusal:
            raise CannotPlay(
                f"the class {sheet['course']} of `attendance` cannot be played: {refusal}"
            ) from None


def _ended(world: World, instance: Instance, moment: datetime) -> dict[str, Any]:
    """Return how the run up ended."""
    try:
        result = write_back(instance, world.store, world.registry, Moment(moment, world.tools))
    except EdusyncError as error:
        words = f"{error.code}: {error.message}"
        return {"stopped": words.replace(str(world.folder / "exports"), "CASE_FOLDER")}
    return {
        "exit": 0 if result.status == "success" else 1,
        "events": [event_line(outcome) for outcome in result.outcomes],
    }


def _files(world: World) -> dict[str, bytes]:
    """Return the files that stand in the folder of the ERP, by their names."""
    return {
        file.name: file.read_bytes() for file in sorted((world.folder / "exports").glob("**/*.csv"))
    }


def _text(raw: bytes, spec: Spec) -> str:
    """Return what a file says that was written, in the charset that the spec writes it in."""
    steps = spec.writeback.steps if spec.writeback else ()
    for charset in dict.fromkeys(step.csv_as.charset for step in steps if step.csv is not None):
        with suppress(UnicodeDecodeError):
            return raw.decode(charset)
    return raw.decode("utf-8", "replace")
