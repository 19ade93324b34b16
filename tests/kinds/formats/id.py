"""`{kind: id}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"strip": "^X-"}
VALUE = "X-1"
KEYS: dict[str, tuple[Any, Any]] = {"strip": ("^X-", "^X")}
