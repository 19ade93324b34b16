"""What stops a run: every exception of edusync descends from `EdusyncError`.

A mistake in a file is a `Diagnostic`, the fate of one item is an `Outcome`; an exception means that
the run cannot go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class EdusyncError(Exception):
    """Stop a run with a code, one sentence without personal data, and what to do."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class UsageProblem(EdusyncError):
    """The command was used wrongly: a missing file, an unknown name."""


class FilesInvalid(EdusyncError):
    """Files that somebody wrote have errors; `diagnostics` holds all of them."""

    def __init__(self, diagnostics: Sequence[Any]) -> None:
        count = len(diagnostics)
        super().__init__(
            "SPEC_INVALID",
            f"{count} finding{'s' if count != 1 else ''} in the files of this connector",
        )
        self.diagnostics = tuple(diagnostics)


class ConfigurationProblem(EdusyncError):
    """An answer of the connector file does not fit what the ERP has."""


class PluginBroken(EdusyncError):
    """A plugin could not be loaded, and something of it was asked for."""


class SourceError(EdusyncError):
    """The ERP cannot be read at all: unreachable, or it refuses to sign us in."""


class CallFailed(EdusyncError):
    """One call to the ERP failed; the list it feeds is unknown, the run goes on."""

    def saw(self, words: str) -> None:
        """Say what came of the call, once: for those who look for the cause."""
        if not self.message.endswith("]"):
            self.message = f"{self.message} [{words}]"
            self.args = (self.message,)


class CallNotMade(CallFailed):
    """A call could not be built, so nothing of it was sent."""


class TargetError(EdusyncError):
    """Edusign cannot be reached, or refuses our key."""


class LookUpRefused(TargetError):
    """Edusign did not say whether it has an item: nothing is created or deleted on that (D8)."""


class Guarded(EdusyncError):
    """A guard stopped the run.

    A moved plan, another run of the same connector, a state that is not ours.
    """


class StateError(EdusyncError):
    """The store cannot be used: nothing has been written anywhere."""


class InstallationError(EdusyncError):
    """edusync itself is not whole."""
