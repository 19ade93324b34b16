"""What Edusign's answer to a write shows: the item that was sent, or another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.target import wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_ID = re.compile(r"(?=.*\d)[\w-]{3,}")


def created_id(result: object, body: Mapping[str, Any]) -> str:
    """Return the Edusign id in the answer to a creation; empty when it names none.

    "Created", true or 1 is no id, nor is that of another item: what is told only so has to be
    looked up.
    """
    if isinstance(result, dict):
        return "" if is_of_another(result, body) else wire.record_id(result)
    return result if isinstance(result, str) and _ID.fullmatch(result) else ""


_CONTENT = ("EMAIL", "LASTNAME", "FIRSTNAME", "NAME", "START", "END")


def is_of_another(result: object, body: Mapping[str, Any]) -> bool:
    """Whether the answer to a creation shows another item than was sent.

    Several are under way at once, and what carries answers may exchange them. With another id of
    ours it is another, and where it shows names, an e-mail or times, none of which was sent.
    """
    sent = next((one for one in body.values() if isinstance(one, dict)), {})
    if not isinstance(result, dict):
        return False
    if result.get("API_ID") and str(result["API_ID"]) != sent.get("API_ID"):
        return True
    both = [(result.get(name), sent.get(name)) for name in _CONTENT]
    agree = [same_words(str(one), str(two)) for one, two in both if one and two]
    return bool(agree) and not any(agree)


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same: the same instant, or the same words in any case."""
    if _MOMENT.match(one) and _MOMENT.match(other):
        try:
            return wire.parse_instant(one) == wire.parse_instant(other)
        except ValueError:
            return False
    return one.casefold().split() == other.casefold().split()


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")


def is_change_of_another(result: object, body: Mapping[str, Any]) -> bool:
    """Whether the answer to a change shows the id of another item than was sent."""
    shown = wire.record_id(result) if isinstance(result, dict) else ""
    return bool(shown) and shown not in [
        one.get("ID") for one in body.values() if isinstance(one, dict)
    ]
