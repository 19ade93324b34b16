"""Regular expressions of specs, on an engine that takes linear time (ruling L8)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

from edusync.spec.formats.base import BadFormat


class Pattern(Protocol):
    """What we use of a compiled pattern."""

    def sub(self, repl: str, text: str) -> str:
        """Replace every match."""

    def search(self, text: str) -> Any:
        """Find the first match."""


class BadPattern(ValueError):
    """A text that is no regular expression; it says why."""


@lru_cache(maxsize=1024)
def pattern_of(source: str) -> Pattern:
    """Compile a regular expression; BadPattern when it is none."""
    import re2

    quiet = re2.Options()
    quiet.log_errors = False
    try:
        compiled: Pattern = re2.compile(source, quiet)
    except re2.error as error:
        reason = error.args[0] if error.args else str(error)
        raise BadPattern(reason.decode() if isinstance(reason, bytes) else str(error)) from None
    return compiled


def check_regular(key: str, source: str | None) -> None:
    """Raise BadFormat when what stands under a key is no regular expression."""
    try:
        if source is not None:
            pattern_of(source)
    except BadPattern as error:
        raise BadFormat(
            key,
            f"not a regular expression: {error}",
            "put a backslash before a character that means itself",
        ) from None
