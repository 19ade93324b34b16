"""`{kind: person_name}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"part": "last", "by": "capitals"}
VALUE = "Anne DUPONT"
KEYS: dict[str, tuple[Any, Any]] = {"part": ("last", "first"), "by": ("capitals", "first_word")}
