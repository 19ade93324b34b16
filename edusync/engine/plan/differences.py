"""Compare what stands on Edusign with what is wanted, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.plan.sheets import differing
from edusync.target.records import GroupRecord, Sheet

if TYPE_CHECKING:
    from edusync.engine.digest import Facts
    from edusync.engine.edusign_ids import EdusignIds
    from edusync.target.records import Person


def differing_fields(
    wanted: Facts, found: Person | GroupRecord | Sheet, ids: EdusignIds
) -> tuple[str, ...]:
    """Return the fields in which what stands on Edusign differs from what is wanted."""
    if isinstance(found, Sheet):
        return differing(wanted, found, ids)
    if isinstance(found, GroupRecord):
        return _differing_group(wanted, found, ids)
    return _differing_person(wanted, found, _known("external", found.externals, ids))


def _known(kind: str, edusign_ids: tuple[str, ...], ids: EdusignIds) -> tuple[str, ...]:
    """Return the source ids of those that this connector brought down."""
    return tuple(
        ids.refs[key] for edusign_id in edusign_ids if (key := (kind, edusign_id)) in ids.refs
    )


def _differing_person(wanted: Facts, found: Person, followers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields in which a person on Edusign differs.

    `followers` are source ids of the tutors found there.
    """
    there = {
        "last_name": found.last_name,
        "first_name": found.first_name,
        "email": found.email,
        "phone": found.phone,
        "tags": tuple(sorted(found.tags)),
        "badge": found.badge,
        "externals": tuple(sorted(followers)),
    }
    return tuple(
        sorted(
            name for name, value in wanted.values.items() if _different(name, value, there[name])
        )
    )


def _differing_group(wanted: Facts, found: GroupRecord, ids: EdusignIds) -> tuple[str, ...]:
    """Return the fields in which a group on Edusign differs."""
    members = _known("student", found.students, ids)
    leavers = [one for one in found.students if (found.edusign_id, one) in ids.leavers]
    there = {"name": found.name, "students": (*sorted(members), *leavers)}
    return tuple(sorted(name for name, value in wanted.values.items() if value != there[name]))


def _different(name: str, wanted: Any, there: Any) -> bool:
    if name == "email":
        return str(wanted).lower() != str(there).lower()
    if name == "tags":  # further ones are the school's own
        return not frozenset(wanted) <= frozenset(there)
    return bool(wanted != there)
