"""What values are compiled to, and what look-ups need of the lists that were read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from edusync.diagnostics import Location
    from edusync.spec.tree import Value

Row: TypeAlias = dict[str, Any]
Make: TypeAlias = Callable[[Row, Mapping[str, Any]], Any]
"""What makes a value of a row and the names in scope; Unreadable when it cannot."""
Compiled: TypeAlias = "Callable[[Value], Make]"
"""What compiles a value that is a part of another."""


class Table(Protocol):
    """A list that is kept; `identity` tells the ways of looking up apart."""

    blurred: dict[int, str]
    """Ways of looking up by which some row cannot be found, and why."""

    def find(
        self,
        key: str,
        on: Make,
        names: Mapping[str, Any],
        identity: int,
        fold: Callable[[str], str],
    ) -> list[Row]:
        """Return the rows whose `on` is the key."""

    def knows(
        self,
        keys: list[str],
        on: Make,
        names: Mapping[str, Any],
        identity: int,
        fold: Callable[[str], str],
        heads: frozenset[str],
    ) -> bool:
        """Whether nothing with these keys is missing; `heads` are the names `on` begins with."""


class Tables(Protocol):
    """Where look-ups find other lists, and report what is not there."""

    def key_of(self, name: str) -> Make:
        """Return what makes the key of a list."""

    def table(self, name: str) -> Table:
        """Return a list that is kept."""

    def missing(self, place: Location, name: str, key: str) -> None:
        """Note that a list does not hold a key."""

    def several(self, place: Location, name: str, key: str) -> None:
        """Note that several rows of a list have a key, and do not say the same."""

    def blurred(self, place: Location, name: str, reason: str) -> None:
        """Note that a row of a list cannot be found, since what it is found by cannot be read."""
