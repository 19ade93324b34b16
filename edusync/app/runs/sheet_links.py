"""Whose sheets are on Edusign, as the store and the archived sheets say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from edusync.engine.upward.links import CourseLink, Links
from edusync.spec.id_types import entity_has_numbers
from edusync.state.forget import forgotten, mark_of
from edusync.state.holders import is_of_another
from edusync.state.mixed_up import mixed_up
from edusync.state.runs import ENDED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from edusync.app.runs.owners import Owners
    from edusync.spec.tree import Spec
    from edusync.state.store import Store
    from edusync.state.uploads import Upload
    from edusync.target.client import EdusignClient

FIRST_LOOK = timedelta(days=14)
"""How far the first run of a connector looks back for archived sheets."""
OLDEST = timedelta(days=88)
"""How old a sheet that goes up may be: Edusign lists at most 90 days at once."""
OVERLAP = timedelta(hours=1)
TOMORROW = timedelta(days=1)


def looked_since(runs: Sequence[Mapping[str, Any]]) -> datetime | None:
    """Return since when changes are looked at: the last run that ended (U1), with an overlap.

    None in a first run, which looks back for `FIRST_LOOK`.
    """
    for run in runs:
        if run["status"] in ENDED and "looked_at" in run["counts"]:
            return datetime.fromisoformat(run["counts"]["looked_at"]) - OVERLAP
    return None


def read_links(
    store: Store,
    owners: Owners,
    account: str,
    spec: Spec,
    prefix: str,
    client: EdusignClient,
    uploads: Mapping[str, Upload],
) -> Links:
    """Return what leads from Edusign back to the ERP. `prefix` stands before the ERP's ids.

    A sheet of which something was sent leads to its session also without a link.
    """
    connector, marks = owners.connector, forgotten(store, owners.connector)

    def own_id(role: str, edusign_id: str) -> str | None:
        """Return the ERP's id of somebody without a link, when the record is ours."""
        found = client.person(role, edusign_id)
        ours = found is not None and found.source_id and found.source_type == spec.connector
        if found is None or not ours or is_of_another(store, connector, account, role, edusign_id):
            return None
        is_forgotten = marks and mark_of(store.key, role, str(found.source_id)) in marks
        return None if is_forgotten else found.source_id

    course = spec.entities.get("course")
    carried = store.carried(connector, account) if course and course.carry else {}
    number = entity_has_numbers(spec, "course")
    shared = store.shared(connector, account)
    by_several = {(kind, ref) for (kind, _), refs in shared.items() for ref in refs}
    courses, manual = dict[str, CourseLink](), set[str]()
    people: dict[tuple[str, str], str | None] = {}
    linked = store.links(connector, account)
    for (kind, source_id), link in linked.items():
        if kind != "course":
            people[kind, link.edusign_id] = source_id
        elif link.manual:
            manual.add(link.edusign_id)
        else:
            erp_id = source_id.removeprefix(prefix)
            carry = carried.get(source_id, {})
            courses[link.edusign_id] = CourseLink(source_id, erp_id, carry, is_number=number)
    for upload in uploads.values():
        if upload.is_begun and ("course", upload.source_id) not in linked:
            erp_id = upload.source_id.removeprefix(prefix)
            courses[upload.edusign_id] = CourseLink(upload.source_id, erp_id, {}, is_number=number)
    elsewhere = owners.elsewhere(account, courses.keys() | manual)
    courses = {key: found for key, found in courses.items() if key not in elsewhere}
    return Links(
        courses,
        people,
        prefix,
        manual=manual,
        elsewhere=elsewhere,
        ask=own_id,
        mixed_up=mixed_up(store, connector, account)
        | {key for key in by_several if key[0] != "course"},
        shared={there: refs for (kind, there), refs in shared.items() if kind == "course"},
    )


def _too_long_ago(since: datetime, now: datetime) -> list[tuple[date, date, datetime]]:
    """Return the days that no run looked at since a moment, none further apart than allowed."""
    spans, first, end = [], since.date(), (now - OLDEST).date()
    while first < end:
        last = min(first + OLDEST, end - TOMORROW)
        spans.append((first, last, since))
        first = last + TOMORROW
    return spans
