"""`{kind: boolean}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"yes": ["Y"], "no": ["N"]}
VALUE = "Y"
KEYS: dict[str, tuple[Any, Any]] = {"yes": (["Y"], ["Z"]), "no": (["N"], ["N", "-"])}
