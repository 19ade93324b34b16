"""Who counts when several people of the ERP share an e-mail (D7).

Who stands on Edusign already, else the smaller id: neither the order of an answer nor which
sessions were read decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.errors import LookUpRefused
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from edusync.model import External, Professor, Student
    from edusync.target.records import Person

    Somebody = Professor | Student | External


def _nobody(_kind: str, _email: str) -> Person | None:
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """Which people stand on Edusign already."""

    linked: Mapping[str, Container[str]] = field(default_factory=dict)
    """By kind, the source ids of those whom the store knows."""
    holder: Callable[[str, str], Person | None] = _nobody
    """Asks Edusign who of a kind has an e-mail. LookUpRefused when it does not say."""

    def is_linked(self, kind: str, source_id: str) -> bool:
        """Whether the store knows somebody."""
        return source_id in self.linked.get(kind, ())


def with_one_email(people: Mapping[str, Somebody]) -> list[list[str]]:
    """Return the source ids of those who share an e-mail, as far as there are several."""
    owners: dict[str, list[str]] = {}
    for source_id, person in people.items():
        if person.email:
            owners.setdefault(str(person.email).casefold(), []).append(source_id)
    return [same for same in owners.values() if len(same) > 1]


def who_counts(
    kind: str, same: Sequence[str], people: Mapping[str, Somebody], standing: Standing, prefix: str
) -> set[str]:
    """Return who of those with one e-mail counts; nobody when Edusign does not say whom it has.

    `prefix` stands before every id of the ERP. Edusign is asked only when the store knows none. It
    is one, except where several have the names of somebody who stands there under another id: that
    is for the plan to hold.
    """
    linked = [source_id for source_id in same if standing.is_linked(kind, source_id)]
    if linked:
        return {smallest(linked, prefix)}
    try:
        found = standing.holder(kind, str(people[same[0]].email))
    except LookUpRefused:
        return set()
    if found is not None:
        if found.source_id in same:
            return {found.source_id}
        names = (folded(found.last_name), folded(found.first_name))
        named = [source_id for source_id in same if names_of(people[source_id]) == names]
        if named:
            return set(named) if found.source_id else {smallest(named, prefix)}
    return {smallest(same, prefix)}


def alike(same: Sequence[str], people: Mapping[str, Somebody]) -> set[str]:
    """Return those of some people with one e-mail who have the same names as another of them."""
    names: dict[tuple[str, str], list[str]] = {}
    for source_id in same:
        names.setdefault(names_of(people[source_id]), []).append(source_id)
    return {source_id for ids in names.values() if len(ids) > 1 for source_id in ids}


def names_of(person: Somebody) -> tuple[str, str]:
    """Return the names of somebody, without case and accents."""
    return folded(str(person.last_name)), folded(str(person.first_name))


def smallest(ids: Sequence[str], prefix: str = "") -> str:
    """Return the smallest id: by number when all are made of digits, else by code point."""
    bare = {source_id: source_id.removeprefix(prefix) for source_id in ids}
    if all(text.isascii() and text.isdecimal() for text in bare.values()):
        return min(ids, key=lambda found: (*_as_number(bare[found]), found))
    return min(ids)


def _as_number(digits: str) -> tuple[int, str]:
    """Return what a number of any length is ordered by."""
    significant = digits.lstrip("0")
    return len(significant), significant
