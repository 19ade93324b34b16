"""What edusync takes for granted of Edusign: facts that no document proves, and how to try them.

A fact is named once here; what a real account answers is held against what is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.errors import EdusyncError, LookUpRefused, TargetError
from edusync.target.answers import LOOK_UPS
from edusync.target.failures import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, timedelta

    from edusync.target.client import EdusignClient

Value = bool | int | str | None
"""What a fact is; None when it could not be seen."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `is_written` says that something has to be written to try it."""

    name: str
    sentence: str
    assumed: Value
    is_written: bool = False


class Observation(NamedTuple):
    """What was found of a fact, and why nothing was, where nothing was."""

    fact: Fact
    value: Value
    why: str | None = None

    @property
    def is_different(self) -> bool:
        """Whether it was seen, and is not what is assumed."""
        return self.value is not None and self.value != self.fact.assumed


NOT_FOUND = {
    route: Fact(f"not_found.{route}", "What it says of what is not there.", look_up.absent)
    for route, look_up in LOOK_UPS.items()
}
"""What each look-up says of what is not there, by route."""
PAGES = {
    "course": Fact("page_size.course", "How many sheets a page has.", 40),
    "justified-absence": Fact("page_size.justified-absence", "How many absences a page has.", 40),
    "student": Fact("page_size.student", "How many students a page has.", 100),
    "professor": Fact("page_size.professor", "How many professors a page has.", 100),
}
"""How long a page of each list is; every size is read right, and asks more or less often."""
ZONE = Fact("time_zone", "Instants are answered in UTC, with a Z.", assumed=True)
SPAN = Fact("longest_span", "A list of sheets over more than 90 days is refused.", assumed=True)
ARCHIVED_LISTED = Fact("archived.listed", "Archived people stand in lists.", assumed=False)

READ = (*NOT_FOUND.values(), *PAGES.values(), ZONE, SPAN, ARCHIVED_LISTED)
"""What is tried by reading alone."""


def read_facts(client: EdusignClient, today: date, longest: timedelta) -> Iterator[Observation]:
    """Yield what a real account answers, by reading alone.

    Args:
        client: The account.
        today: The day around which sheets are looked for.
        longest: How many days a list of sheets may span, as documented.

    Raises:
        TargetError: Edusign cannot be reached, or refuses the key.

    """
    client.school()
    for route, fact in NOT_FOUND.items():
        yield _tried(fact, partial(client.words_for_nobody, route))
    days = {
        "start": (today - longest / 2).isoformat(),
        "end": (today + longest / 2).isoformat(),
    }
    for path, fact in PAGES.items():
        query = days if path == "course" else {}
        yield _tried(fact, partial(client.page_size, path, query))
    yield _tried(ZONE, partial(client.answers_in_utc, days))
    wide = {"start": (today - longest).isoformat(), "end": (today + longest).isoformat()}
    yield _tried(SPAN, partial(client.refuses, "course", wide))
    yield _tried(ARCHIVED_LISTED, client.lists_archived)


def _tried(fact: Fact, ask: Callable[[], Any]) -> Observation:
    """Return what came of one try; what fails says why, and stops no other."""
    try:
        value = ask()
    except (LookUpRefused, Rejected) as error:
        return Observation(fact, None, str(error))
    except TargetError as error:
        if error.code != "EDU_UNREADABLE":
            raise
        return Observation(fact, None, error.message)
    except EdusyncError as error:
        return Observation(fact, None, error.message)
    return Observation(fact, value, None if value is not None else "there is too little to see it")
