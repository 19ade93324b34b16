"""Build the schedule of a spec or of a connector file.

Every slot is read once, here, and stays two times of day.
"""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Any, Literal

from edusync.spec.tree import Schedule, Slot

if TYPE_CHECKING:
    from edusync.spec.document import Document

WITH_DOWN: Literal["with_down"] = "with_down"
AT_ONCE = "at_once"
_SLOT = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](-([01][0-9]|2[0-3]):[0-5][0-9])?")


def build_schedule(document: Document, code: str, base: Schedule | None = None) -> Schedule:
    """Build the schedule of a document that passed its schema.

    What it does not say is that of `base`, and so are the slots of a way up at once.

    A slot that ends before it begins, and two that share a moment, are findings under `code`.
    """
    base = base or Schedule()
    data = document.get(("schedule",)) or {}
    up = data.get("up")
    return Schedule(
        _slots(document, code, "down") if "down" in data else base.down,
        _up(document, code, up, base),
        data.get("window_days", base.window_days),
        data.get("shadow", base.shadow),
        base.at_once if up is None else up == AT_ONCE,
    )


def _up(
    document: Document, code: str, up: Any, base: Schedule
) -> tuple[Slot, ...] | Literal["with_down"]:
    if up is None or up == AT_ONCE:
        return base.up
    return WITH_DOWN if up == WITH_DOWN else _slots(document, code, "up")


def read_slot(text: str) -> Slot | None:
    """Return the slot that a text says, None when it says none."""
    if _SLOT.fullmatch(text) is None:
        return None
    slot = _slot(text)
    return None if slot.end < slot.begin or (slot.end == slot.begin and "-" in text) else slot


def _slots(document: Document, code: str, direction: str) -> tuple[Slot, ...]:
    texts: list[str] = document.get(("schedule", direction))
    slots = tuple(_slot(text) for text in texts)
    for index, slot in enumerate(slots):
        route = ("schedule", direction, index)
        if slot.end < slot.begin or (slot.end == slot.begin and "-" in texts[index]):
            document.report(
                code,
                route,
                f"the slot {texts[index]} does not end after it begins",
                "write the earlier time first; what goes over midnight is two slots, the first"
                " one until 23:59",
            )
            continue
        other = next((earlier for earlier in slots[:index] if slot.overlaps(earlier)), None)
        if other is not None:
            document.report(
                code,
                route,
                f"the slot {slot} stands there twice"
                if slot == other
                else f"the slots {other} and {slot} overlap",
                "leave one out" if slot == other else "make them one, or move one of them",
            )
    return slots


def _slot(text: str) -> Slot:
    begin, _, end = text.partition("-")
    return Slot(time.fromisoformat(begin), time.fromisoformat(end or begin))
