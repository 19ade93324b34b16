"""What a runner says: one line for each thing, for people or as JSON for machines.

Ids and codes only, no personal data (P18).
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.runner.endings import Ended
    from edusync.errors import EdusyncError
    from edusync.state.slots import SlotRow

LOG = logging.getLogger("edusync.runner")
_FIELDS = ("connector", "direction", "slot", "run", "code", "status", "seconds")


def log_to_stderr(form: Literal["text", "json"]) -> None:
    """Write what a runner says on the error stream."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    LOG.handlers = [handler]
    LOG.propagate = False
    LOG.setLevel(logging.INFO)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        head = {"at": _at(record), "level": record.levelname.lower(), "words": record.getMessage()}
        return json.dumps({**head, **fields}, ensure_ascii=False)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        words = [
            str(getattr(record, name))
            for name in ("connector", "direction", "slot")
            if hasattr(record, name)
        ]
        code = getattr(record, "code", None)
        about, end = f"{' '.join(words)}: " if words else "", f" {code}" if code else ""
        return f"{_at(record)} {about}{record.getMessage()}{end}"


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")


def tell_slot(row: SlotRow, ended: Ended, seconds: float) -> None:
    """Say how a slot ended."""
    more: dict[str, Any] = {
        "connector": row.connector,
        "direction": row.direction,
        "slot": f"{row.day} {row.slot}",
        "run": ended.run,
        "code": ended.code,
        "status": ended.status,
        "seconds": round(seconds, 3),
    }
    words = {
        "done": ended.status,
        "data": "failed: every item was refused or held",
        "busy": "another run is under way",
        "cut": "stopped, goes on later",
    }.get(ended.kind, f"failed: {ended.message}" if ended.message else "failed")
    good = ended.kind in {"done", "busy", "cut"}
    LOG.log(logging.INFO if good else logging.WARNING, words, extra=more)


def tell_taken_over(rows: Sequence[SlotRow]) -> None:
    """Say which slots go on that a runner left: it died, or could not use the store."""
    for row in rows:
        more = {"connector": row.connector, "direction": row.direction}
        LOG.warning("taken over from a runner that left it", extra=more | {"slot": row.slot})


def tell_trouble(error: EdusyncError) -> None:
    """Say what keeps the runner from running."""
    LOG.error(error.message, extra={"code": error.code})
