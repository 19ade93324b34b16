"""`paging: {kind: cursor}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"next": "next"}
KEYS: dict[str, tuple[Any, Any]] = {
    "next": ("next", "none"),
    "more": ("more", "always"),
    "size": (2, 3),
    "optional": (True, False),
}
WAYS: dict[str, dict[str, Any]] = {"": {"next": "next"}, "more": {"next": "next", "more": "more"}}
