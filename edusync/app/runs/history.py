"""What earlier runs left for the next one: rows of each list, the last look at Edusign."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.engine.plan.look import OVERLAP, DoneLast
from edusync.engine.plan.plan import APPROVED_WITHIN
from edusync.engine.read.files_seen import Files, FileSeen
from edusync.spec.needs import needs
from edusync.state.runs import ENDED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.model import Window
    from edusync.spec import Spec
    from edusync.state.store import Store

_REMEMBERED = timedelta(days=14)


def rows_before(runs: Sequence[Mapping[str, Any]], account: str, now: datetime) -> dict[str, int]:
    """Return how many rows each list of an account had in the last run that counted them."""
    for run in runs:
        if (
            run["finished_at"] is not None
            and run["finished_at"] > now - _REMEMBERED
            and account in run["counts"].get("lists", {})
        ):
            return dict(run["counts"]["lists"][account])
    return {}


def days_with_rows(runs: Sequence[Mapping[str, Any]], account: str) -> dict[str, set[date]]:
    """Return the last days of which each list of an account is known to have rows."""
    for run in runs:
        if account in run["counts"].get("rows_on", {}):
            days_of = run["counts"]["rows_on"][account].items()
            return {name: {*map(date.fromisoformat, days)} for name, days in days_of}
    return {}


def is_compared(runs: Sequence[Mapping[str, Any]], account: str, window: Window) -> bool:
    """Whether the last run in shadow that read an account wholly saw sheets of days to come."""
    for run in runs:
        days = run["counts"].get("days", {}).get(account, {})
        if any(count is not None for count in days.values()):
            return any(
                count and window.today < date.fromisoformat(day) <= window.last
                for day, count in days.items()
            )
    return False


def acted_at(run: Mapping[str, Any]) -> datetime:
    """Return the moment at which a run acted: when it began, or the one that `--at` named."""
    at = run.get("counts", {}).get("at")
    began: datetime = run["started_at"]
    return began if at is None else datetime.fromisoformat(at)


def files_before(runs: Sequence[Mapping[str, Any]], account: str) -> dict[str, Files]:
    """Return the files that the lists of an account came in, as the last run knew them."""
    for run in runs:
        if run["finished_at"] is not None and account in run["counts"].get("files", {}):
            return {
                name: {file: FileSeen.from_json(as_json) for file, as_json in files.items()}
                for name, files in run["counts"]["files"][account].items()
            }
    return {}


def without_course_lists(rows: Mapping[str, int], spec: Spec) -> dict[str, int]:
    """Return the counts of the lists that no session comes from."""
    course = spec.entities.get("course")
    of_courses, waiting = set[str](), [course.source] if course else []
    while waiting:
        name = waiting.pop()
        if name not in of_courses:
            of_courses.add(name)
            above = needs(spec.resources[name]).items()
            waiting.extend(other for other, how in above if how == "from")
    return {name: count for name, count in rows.items() if name not in of_courses}


def was_whole(runs: Sequence[Mapping[str, Any]], account: str) -> bool:
    """Whether one of the last runs brought all of an account down, as far as it could be."""
    return any(run["status"] in ENDED and account in run["counts"].get("whole", ()) for run in runs)


def done_last(store: Store, runs: Sequence[Mapping[str, Any]], account: str) -> DoneLast:
    """Return what the last run did that is to be seen on Edusign by now."""
    last = next((run for run in runs if run["status"] in ENDED), None)

    def of(code: str) -> list[Mapping[str, Any]]:
        found = store.events(last["id"], code=code, kind=None, source_id=None) if last else []
        return [one for one in found if one["account"] == account and one["edusign_id"]]

    before = of("EDU_NO_EFFECT")
    anew = [*of("DOWN_COURSE_MADE_ANEW"), *of("DOWN_PERSON_DELETED_BY_HAND"), *before]
    deleted = [one for one in (*of("DOWN_DELETED"), *before) if one["kind"] == "course"]
    return DoneLast(
        {one["edusign_id"]: one["source_id"] for one in deleted},
        frozenset((one["kind"], one["source_id"]) for one in anew),
    )


def last_looked(runs: Sequence[Mapping[str, Any]], account: str) -> datetime | None:
    """Return when the last run looked at Edusign, by Edusign's clock, before it read the ERP.

    A run of an older edusync kept no such moment; then it is when the run began, by our clock.
    """
    for run in runs:
        if run["finished_at"] is not None and run["status"] in ENDED:
            looks = run["counts"].get("looked_at")
            if looks is None:
                last: datetime = run["started_at"]
                return last - OVERLAP
            if account in looks:  # else the account was stopped, and nobody looked
                return datetime.fromisoformat(looks[account]) - OVERLAP
    return None


def last_approved(runs: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the last run in which a person let something through, None when nobody did."""
    return next((run for run in runs if "approved" in run["counts"]), None)


def may_approve(
    plan_id: str, held_id: str | None, runs: Sequence[Mapping[str, Any]], now: datetime
) -> bool:
    """Whether an id is that of a run, not long ago, that held the very same.

    What was approved since then is over, whatever looks like it now.
    """
    for run in runs:
        if run["started_at"] <= now - APPROVED_WITHIN or "approved" in run["counts"]:
            return False
        if run["plan_id"] == plan_id and run["counts"].get("held") == held_id is not None:
            return True
    return False
