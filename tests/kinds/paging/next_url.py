"""`paging: {kind: next_url}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"path": "url"}
KEYS: dict[str, tuple[Any, Any]] = {
    "path": ("url", "none"),
    "size": (2, 3),
    "optional": (True, False),
}
WAYS: dict[str, dict[str, Any]] = {"path": {"path": "url"}, "header": {"header": "Link"}}


def headers(url: str | None, _cursor: object) -> dict[str, str]:
    return {"Link": f'<{url}>; rel="next"'} if url else {}
