"""`{kind: duration}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"unit": "minutes"}
VALUE = 90
KEYS: dict[str, tuple[Any, Any]] = {"unit": ("minutes", "hours")}
MORE: dict[str, tuple[Any, ...]] = {"round": ({"unit": "minutes"}, 1.51, "1min")}
