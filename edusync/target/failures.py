"""What can become of a request to Edusign, other than its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenacity import wait_random_exponential

from edusync.errors import TargetError
from edusync.words import LOOKED_AT, redacted

if TYPE_CHECKING:
    from collections.abc import Container

    from tenacity import RetryCallState

_GROWING = wait_random_exponential(multiplier=0.5, max=20)


class Rejected(Exception):
    """Edusign understood and refused: `status: error` under HTTP 200.

    The message may be kept: it is cut and without people. `words` are Edusign's own, which decide
    what the refusal means and are never kept. `is_list` tells a list of messages, which is how
    Edusign says that the fields of a request are not valid.
    """

    def __init__(
        self, words: str, *, is_list: bool = False, hidden: Container[str] | None = None
    ) -> None:
        super().__init__(redacted(words, hidden))
        self.words = words[:LOOKED_AT]
        self.is_list = is_list


class InDoubt(Exception):
    """A write was sent, and nobody knows whether it landed."""


class Technical(Exception):
    """No usable answer: cut, timed out, 5xx, plain text, or a refusal that passes.

    `sent` is false when the request cannot have been carried out, `wait` are the seconds that the
    answer asks for. Tried again some times; when it stays so, `final` says what that means.
    """

    def __init__(self, message: str, *, sent: bool, wait: float | None = None) -> None:
        super().__init__(message)
        self.sent, self.wait = sent, wait

    def final(self) -> TargetError:
        """Return what stops the run when it stays so."""
        return TargetError(
            "EDU_UNREACHABLE", f"Edusign: {self}", "check the base URL and the network"
        )


def wait_time(state: RetryCallState) -> float:
    """Return the seconds that an answer asked for, else a random time up to a growing bound."""
    failed = state.outcome.exception() if state.outcome else None
    seconds = failed.wait if isinstance(failed, Technical) else None
    return _GROWING(state) if seconds is None else seconds
