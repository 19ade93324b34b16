"""Who is on a sheet that goes up: each of them once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.engine.upward.sheet import line_key

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from edusync.engine.upward.links import Links
    from edusync.engine.upward.sheet import UpSheet
    from edusync.target.records import Attendance

    Placed = tuple[Attendance, str]
    """An attendance, and whose it is by their id in the ERP."""


TORN = "it is on the sheet twice, and not with the same attendance"
"""What is said of somebody who is on a sheet twice, with different attendance."""


@dataclass(slots=True)
class PeopleOn:
    """Who is on a sheet; Edusign may name somebody twice."""

    once: list[Placed] = field(default_factory=list)
    torn: list[Placed] = field(default_factory=list)
    """People who are there twice, with different attendance."""
    strangers: list[Attendance] = field(default_factory=list)
    """People whom the ERP does not know."""


def people_on(
    sheet: UpSheet, roles: Container[str], links: Links, digest: Callable[[Attendance], str]
) -> PeopleOn:
    """Return who of some roles is on a sheet; `digest` tells different attendance apart."""
    people = PeopleOn()
    places: dict[str, list[Placed]] = {}
    for attendance in sheet.archived.attendance:
        if attendance.role not in roles:
            continue
        person = links.person(attendance)
        if person is None:
            people.strangers.append(attendance)
        else:
            key = line_key(attendance.role, person)
            places.setdefault(key, []).append((attendance, person))
    for found in places.values():
        digests = {digest(attendance) for attendance, _ in found}
        (people.once if len(digests) == 1 else people.torn).append(found[0])
    return people
