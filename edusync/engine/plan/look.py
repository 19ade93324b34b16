"""Look at Edusign before the ERP is read: which of our sheets people changed there (R33)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.judge.verdicts import KnownSheets
from edusync.engine.outcome import Outcome
from edusync.engine.plan.no_effect import Unheard, standing
from edusync.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from typing import Self

    from edusync.engine.plan.plan import AccountPlan, Key
    from edusync.model import Window
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient
    from edusync.target.records import GroupRecord, Person, Sheet

OVERLAP = timedelta(minutes=1)
"""How much earlier than the last look the next one begins."""
_AHEAD = timedelta(minutes=1)
"""How much later than by our clock Edusign may say that it is."""


def on_edusign(answered_at: datetime, now: datetime) -> datetime:
    """Return when something happened, so that later changes are seen (R33).

    It is `answered_at`, by Edusign's clock, but hardly later than `now`, by ours: what is dated too
    late hides changes by hand, what is dated too early is compared once more.
    """
    return min(answered_at, now + _AHEAD)


class DoneLast(NamedTuple):
    """What the last run did to sheets."""

    deleted: Mapping[str, str] = {}
    """The sheets that it deleted, or found standing after that, with their sessions."""
    anew: AbstractSet[Key] = frozenset()
    """What it made anew, by kind and source id."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen on Edusign before the ERP was read."""

    at: datetime
    """When, by the clock of Edusign."""
    since: datetime | None
    """From when on changes were looked at; None in a first run, which looks at none."""
    touched: Mapping[str, Sheet]
    """Our sheets that somebody changed there, or that lack one of our students, by source id."""
    missing: AbstractSet[str] = frozenset()
    """Our sheets of the next day with any that Edusign does not list."""
    people: Mapping[Key, Person] = field(default_factory=dict)
    """Our students and professors whom somebody changed there, and people who did not change when
    we wrote them, by kind and source id."""
    groups: Mapping[str, GroupRecord] = field(default_factory=dict)
    """Our groups that did not change when we wrote them, by source id."""
    others: Sequence[Sheet] = ()
    """Sheets that changed there and are not linked."""
    outcomes: Sequence[Outcome] = ()
    """What could not be looked at."""
    standing: Sequence[Outcome] = ()
    """Sheets that stand there although Edusign took their deletion."""
    unheard: AbstractSet[Key] = frozenset()
    """What we wrote, and Edusign does not show as changed since, by kind and source id."""
    anew: AbstractSet[Key] = frozenset()
    """What the last run made anew, by kind and source id."""
    unmade: AbstractSet[Key] = frozenset()
    """The people and groups that we wrote, and that are nowhere on Edusign."""

    def known_sheets(self, view: StoreView) -> KnownSheets:
        """Return what was brought down before, and which of it has to be looked at again."""
        doubts = {doubt.source_id for doubt in view.in_doubt if doubt.kind == "course"}
        unsettled = doubts | self.touched.keys() | self.missing
        return KnownSheets(view.fingerprints["course"], unsettled, view.key, view.formers)

    def after(self, plan: AccountPlan, failed: frozenset[Key]) -> Self:
        """Return the look from which the next run goes on.

        When an edit by hand was not looked at, or not put right, the next run sees it once more
        (R33).
        """
        seen = {("course", source_id) for source_id in self.touched} | self.people.keys()
        seen |= {("group", source_id) for source_id in self.groups} | self.unmade
        held = {change.key for change in plan.held}
        open_still = failed | plan.unclear | plan.unsettled | held
        if self.since is None or (seen.isdisjoint(open_still) and not self.outcomes):
            return self
        return replace(self, at=self.since + OVERLAP)


def look(
    client: EdusignClient,
    view: StoreView,
    window: Window,
    at: datetime,
    since: datetime | None,
    done: DoneLast,
) -> Look:
    """Return what people changed on our sheets since the last look."""
    if since is None:
        return Look(at, since, {})
    changed = list(client.sheets(window.today, window.last, updated_since=since))
    ours = view.sheets() if changed else {}
    touched = dict(_touched(changed, ours))
    others = [sheet for sheet in changed if sheet.edusign_id not in ours]
    same = Unheard(client, view, since)
    people, unheard = _people(client, view, since, same)
    missing, short = _near(client, view, window)
    sheets = same.sheets(window, {sheet.edusign_id for sheet in changed})
    groups = same.groups()
    unheard |= {("course", ref) for ref in sheets} | {("group", ref) for ref in groups}
    return Look(
        at,
        since,
        sheets | short | touched,
        missing,
        people,
        groups,
        others,
        same.outcomes,
        [*standing(client, view, done.deleted)],
        unheard,
        done.anew,
        same.unmade,
    )


def _people(
    client: EdusignClient, view: StoreView, since: datetime, same: Unheard
) -> tuple[dict[Key, Person], set[Key]]:
    """Return our people who stand otherwise than we wrote them, and those who never changed."""
    touched: dict[Key, Person] = {}
    unheard: dict[Key, Person] = {}
    for kind in ("student", "professor", "external"):
        try:
            listed = _listed_people(client, view, kind, since)
        except TargetError as error:
            if error.code != "EDU_UNREADABLE":
                raise
            same.outcomes.append(Outcome("EDU_PEOPLE_NOT_LISTED", kind, detail=error.message))
            continue
        touched |= _touched_people(view, kind, since, listed)
        unheard |= {(kind, ref): one for ref, one in same.people(kind, listed).items()}
    return unheard | touched, unheard.keys() - touched.keys()


def _listed_people(
    client: EdusignClient, view: StoreView, kind: str, since: datetime
) -> dict[str, Person]:
    """Return the students who changed since the last look, or all professors, by Edusign id.

    Edusign has no list of tutors.
    """
    if kind == "external" or not view.fingerprints[kind]:
        return {}
    return {one.edusign_id: one for one in client.people(kind, updated_since=since)}


def _touched_people(
    view: StoreView, kind: str, since: datetime, listed: Mapping[str, Person]
) -> dict[Key, Person]:
    """Return our people of a kind whom somebody changed; what people do counts, not our writes."""
    found: dict[Key, Person] = {}
    ours = view.written(kind) if listed else {}
    for person in listed.values():
        if person.edusign_id in ours and not person.archived:
            source_id, written_at = ours[person.edusign_id]
            changed_at = person.changed_at
            if changed_at is None or (changed_at > written_at and changed_at >= since):
                found[kind, source_id] = person
    return found


def _near(
    client: EdusignClient, view: StoreView, window: Window
) -> tuple[set[str], dict[str, Sheet]]:
    """Look at our sheets of today and of the next day with any.

    A list of changes does not show what was deleted, nor that somebody who was deleted went from
    the sheets, and all sheets are too many to be read. Returned are those that Edusign does not
    list, and those that lack one of our students or have no professor.
    """
    day, zone = window.today, window.zone
    coming: set[str] = set()
    while day < window.last and not coming:
        day += timedelta(days=1)
        coming = view.on_days([(day, day)], zone)
    coming = (coming | view.on_days([(window.today, window.today)], zone)) & view.coming(window)
    coming -= {ref for (kind, _), refs in view.shared.items() if kind == "course" for ref in refs}
    if not coming:
        return set(), {}
    listed = {sheet.edusign_id: sheet for sheet in client.sheets(window.today, day)}
    ours = {source_id: edusign_id for edusign_id, (source_id, _) in view.sheets().items()}
    missing = {source_id for source_id in coming if ours[source_id] not in listed}
    students = {
        source_id: edusign_id for edusign_id, (source_id, _) in view.written("student").items()
    }
    short = {
        source_id: sheet
        for source_id, members in view.rosters(window, day).items()
        if source_id in coming - missing
        and _lacks_somebody(
            sheet := listed[ours[source_id]], {students[one] for one in members if one in students}
        )
    }
    return missing, short


def _lacks_somebody(sheet: Sheet, ours: AbstractSet[str]) -> bool:
    """Whether a sheet lacks one of our students, or has no professor, as none of ours was made."""
    return not sheet.professors or not ours <= set(sheet.students)


def _touched(
    changed: Sequence[Sheet], ours: Mapping[str, tuple[str, datetime]]
) -> Iterator[tuple[str, Sheet]]:
    """Yield our sheets that people changed, with their source ids."""
    for sheet in changed:
        if sheet.edusign_id in ours:
            source_id, written_at = ours[sheet.edusign_id]
            by_people = sheet.changed_at is None or sheet.changed_at > written_at
            if by_people:  # else the last change was ours
                yield source_id, sheet
