"""`{kind: map}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"values": {"a": "b"}}
VALUE = "a"
KEYS: dict[str, tuple[Any, Any]] = {"values": ({"a": "b"}, {"a": "c"}), "other": ("keep", "empty")}
