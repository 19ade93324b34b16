"""What the pages work with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from flask import current_app

from edusync.app.console.actions import Actions
from edusync.app.console.jobs import Jobs
from edusync.app.console.letters import Confirmations
from edusync.app.console.playground import Playground
from edusync.app.console.setups import Setups
from edusync.app.console.workshop import Workshop
from edusync.app.runner.web import is_own_machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edusync.app.console.finding import Item
    from edusync.app.console.mailer import Mailer
    from edusync.app.console.moving import Compared
    from edusync.app.console.reasons import Reasons
    from edusync.app.console.why import Explained
    from edusync.app.files.project_file import OidcSettings
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runs.survey import Survey
    from edusync.state.store import Store
    from edusync.web.provider import Provider

NAME, PROVIDER = "edusync", "edusync provider"


@dataclass(frozen=True)
class Console:
    """The store, the connectors and the clock of a console; `url` is where people reach it.

    Without a `mailer` nobody gets mail, without `oidc` there is no provider to sign in at.
    """

    store: Store
    fleet: Fleet
    now: Callable[[], datetime]
    url: str
    mailer: Mailer | None = None
    oidc: OidcSettings | None = None

    @cached_property
    def jobs(self) -> Jobs:
        """Return what is being done of what was asked for."""
        return Jobs()

    @cached_property
    def actions(self) -> Actions:
        """Return what can be done."""
        return Actions(self.store, self.fleet, self.jobs, self.now)

    @cached_property
    def setups(self) -> Setups:
        """Return what setups ask of both sides."""
        return Setups()

    @cached_property
    def workshop(self) -> Workshop:
        """Return the specs and cases that operators try."""
        return Workshop(self.fleet.project, self.fleet.registry)

    @cached_property
    def playground(self) -> Playground:
        """Return what plays the specs that they type."""
        return Playground()

    @cached_property
    def confirmations(self) -> Confirmations:
        """Return the links that confirm an address."""
        return Confirmations(self.store)

    @cached_property
    def post(self) -> ThreadPoolExecutor:
        """Return who sends mail, so that no page tells by its time whether one was sent."""
        return ThreadPoolExecutor(1, "post")

    @cached_property
    def lookups(self) -> ThreadPoolExecutor:
        """Return who asks Edusign for names, so that a page waits only so long."""
        return ThreadPoolExecutor(4, "names")

    @cached_property
    def explained(self) -> dict[tuple[str, Item, str], Explained]:
        """Return what both sides said of items, by connector and language; ids and words."""
        return {}

    @cached_property
    def reasons(self) -> dict[str, Reasons]:
        """Return the reasons of absences that were read of both sides, by connector."""
        return {}

    @cached_property
    def surveys(self) -> dict[str, Survey]:
        """Return what stood on Edusign when somebody looked, by connector."""
        return {}

    @cached_property
    def compared(self) -> dict[str, Compared]:
        """Return how the attendance of both sides compared when somebody looked, by connector."""
        return {}

    def close(self) -> None:
        """Begin nothing more, and end the process that waits for a spec to play."""
        self.jobs.close()
        self.playground.close()

    @property
    def provider(self) -> Provider | None:
        """Return where people sign in beside names and passwords."""
        return current_app.extensions.get(PROVIDER)

    @property
    def is_plain(self) -> bool:
        """Whether it is reached without encryption, which only this machine may."""
        return self.url.startswith("http:") and is_own_machine(self.url)


def here() -> Console:
    """Return the console of the request."""
    return cast("Console", current_app.extensions[NAME])
