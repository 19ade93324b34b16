"""What stops one account of a connector stops no other (issue 13, part 6)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.errors import ConfigurationProblem, EdusyncError, SourceError, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Instance

_OF_ACCOUNTS = (SourceError, TargetError, ConfigurationProblem)
"""What concerns one account: a side of it is out of reach, or one of its answers does not fit."""


class Stopped:
    """The accounts of a run that were stopped, and by what."""

    def __init__(self, instance: Instance) -> None:
        self.accounts = len(instance.accounts)
        self.errors: dict[str, EdusyncError] = {}

    @contextmanager
    def guarding(self, account: str) -> Iterator[None]:
        """Keep what stops an account from stopping the others; when all are, it is raised."""
        try:
            yield
        except _OF_ACCOUNTS as error:
            self.errors[account] = error
            if len(self.errors) == self.accounts:
                raise next(iter(self.errors.values())) from None

    def outcomes(self) -> list[Outcome]:
        """Return an event for each account that was stopped."""
        return [
            Outcome(error.code, detail=error.message, account=account)
            for account, error in self.errors.items()
        ]

    @property
    def first(self) -> EdusyncError | None:
        """What stopped the first of them, None when all went through."""
        return next(iter(self.errors.values()), None)
