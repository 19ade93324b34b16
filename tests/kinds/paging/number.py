"""`paging: {kind: number}`."""

from typing import Any

from tests.kinds import SIZE

WRITTEN: dict[str, Any] = {"until": "empty_page"}
KEYS: dict[str, tuple[Any, Any]] = {
    "first": (0, 1),
    "size": (2, 3),
    "until": ("empty_page", {"total": "total"}),
}
WAYS: dict[str, dict[str, Any]] = {
    "short": {"size": SIZE, "until": "short_page"},
    "empty": {"size": SIZE, "until": "empty_page"},
    "total": {"size": SIZE, "until": {"total": "total"}},
    "pages": {"size": SIZE, "until": {"pages": "pages"}},
    "more": {"size": SIZE, "until": {"more": "more"}},
    "last": {"size": SIZE, "until": {"last": "last"}},
}
