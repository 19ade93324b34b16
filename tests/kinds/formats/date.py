"""`{kind: date}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"pattern": "%d/%m/%Y"}
VALUE = "18/03/2026"
KEYS: dict[str, tuple[Any, Any]] = {"pattern": ("%d/%m/%Y", "%m/%d/%Y")}
