"""What the answer to a write shows: the item that was written, or another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.target.failures import InDoubt
from edusync.target.wire import parse_instant, record_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID = re.compile(r"(?=.*\d)[\w-]{3,}")


def created_id(result: object, body: Mapping[str, Any]) -> str:
    """Return the Edusign id in the answer to a creation; empty when it names none.

    "Created", true or 1 is no id, nor is that of another item: what is told only so has to be
    looked up.
    """
    if isinstance(result, dict):
        return "" if is_of_another(result, body) else record_id(result)
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
            return parse_instant(one) == parse_instant(other)
        except ValueError:
            return False
    return one.casefold().split() == other.casefold().split()


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")


def check_record(result: object, body: Mapping[str, Any]) -> None:
    """Leave a change in doubt whose answer shows the id of another record."""
    shown = record_id(result) if isinstance(result, dict) else ""
    ids = [one.get("ID") for one in body.values() if isinstance(one, dict)]
    if shown and shown not in ids:
        raise InDoubt("Edusign answered with another item")
