"""Regular expressions of specs, on an engine that takes linear time (ruling L8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from edusync.spec.formats.base import BadFormat

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pattern(Protocol):
    """What we use of a compiled pattern."""

    def sub(self, repl: str, text: str) -> str:
        """Replace every match."""

    def search(self, text: str) -> Any:
        """Find the first match."""


def optional_pattern(options: Mapping[str, Any], key: str) -> Pattern | None:
    """Compile the pattern under a key, None when there is none."""
    source = options.get(key)
    if source is None:
        return None
    import re2

    quiet = re2.Options()
    quiet.log_errors = False
    try:
        compiled: Pattern = re2.compile(str(source), quiet)
    except re2.error as error:
        reason = (
            error.args[0].decode()
            if error.args and isinstance(error.args[0], bytes)
            else str(error)
        )
        raise BadFormat(
            key,
            f"not a regular expression: {reason}",
            "put a backslash before a character that means itself",
        ) from None
    return compiled
