"""`{kind: number}`."""

from typing import Any

WRITTEN: dict[str, Any] = {}
VALUE = "01.50"
KEYS: dict[str, tuple[Any, Any]] = {}
MORE: dict[str, tuple[Any, ...]] = {"decimal": ({}, "1,5", ",")}
