"""How Edusign says no: business errors inside HTTP 200, technical ones in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Refusal(Exception):
    """A business error.

    Its text is Edusign's own message, or a list of them for a validation error.
    """

    def __init__(self, message: str | list[str]) -> None:
        super().__init__(message)
        self.message = message


class Absent(Refusal):
    """What was asked for by its id, API_ID or e-mail is not there."""


def needed(record: Mapping[str, Any], *names: str) -> None:
    """Refuse a record that lacks a field.

    The field may be empty only where `names` does not list it.
    """
    missing = [name for name in names if record.get(name) in (None, "")]
    if missing:
        raise Refusal([f"{name} is required" for name in missing])
