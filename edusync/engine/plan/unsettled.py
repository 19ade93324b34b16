"""What people changed on Edusign and this run does not put right: the next run sees it once more.

An item is settled only when this run compared it, wholly, with what the ERP says of it, or when
nothing of it is to be put right any more (R33).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.judge.desired import Desired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from edusync.engine.judge.companions import Companions
    from edusync.engine.judge.groups import Groups
    from edusync.engine.judge.people import People
    from edusync.engine.judge.verdicts import WantedSheet
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.look import Look
    from edusync.engine.plan.plan import Key
    from edusync.spec.tree import Spec

_OF_EVERY_SHEET = frozenset({"professors", "students", "classroom"})


def unsettled(draft: Draft, people: Companions, look: Look) -> frozenset[Key]:
    """Return the sheets and people whom somebody changed and this run does not settle.

    `people` are those whom the run compared. What is held or fails is not counted here.
    """
    sheets = {("course", ref) for ref in look.touched if not _is_settled_sheet(draft, ref)}
    return frozenset(sheets | {*_others(draft, people, look)})


def _is_settled_sheet(draft: Draft, source_id: str) -> bool:
    verdicts, key = draft.verdicts, ("course", source_id)
    wanted = verdicts.sheets.get(source_id)
    if draft.view.links[key].manual or source_id in verdicts.left_alone:
        return True
    if wanted is not None:
        return _is_compared(draft, source_id, wanted)
    if source_id in draft.sent_before:
        return any(change.replaces == source_id for change in draft.changes)
    if source_id in verdicts.dropped:
        return True
    unknown = draft.view.on_days(verdicts.unknown_days, verdicts.window.zone)
    return verdicts.whole and source_id not in unknown and not draft.is_sent(source_id)


def _is_compared(draft: Draft, source_id: str, wanted: WantedSheet) -> bool:
    """Whether a sheet was compared with everything that the ERP says of its session."""
    reason = draft.report.reasons.get(("course", source_id))
    if reason is not None and reason.code != "DOWN_COURSE_STARTED":
        return False  # one that is signed, archived or elsewhere is named until its class begins
    if any(("student", ref) in draft.blocked for ref in wanted.students):
        return False
    values = wanted.facts.values
    if any(("professor", ref) in draft.blocked for ref in values["professors"]):
        return False
    return _is_whole(draft, ("course", source_id), values)


def changed_there(spec: Spec, look: Look) -> tuple[Key, ...]:
    """Return the people and groups to be compared because of how they stand on Edusign.

    A group that is made of its sheets is compared when it is on one, and otherwise has nobody.
    """
    group = spec.entities.get("group")
    every = {**dict.fromkeys(look.people), **{("group", ref): None for ref in look.groups}}
    every |= dict.fromkeys(sorted(look.unmade))
    stays_away = group is None or group.of_sheets
    return tuple(key for key in every if not (key[0] == "group" and stays_away))


def _others(draft: Draft, people: Companions, look: Look) -> Iterator[Key]:
    """Yield the people and groups that were not compared with everything that the ERP says."""
    everybody, desired = draft.verdicts.people, Desired(draft.setting.spec)
    compared: dict[str, tuple[Mapping[str, Any], People[Any] | Groups]] = {
        "student": (people.students, everybody.students),
        "professor": (people.professors, everybody.professors),
        "external": (people.externals, everybody.externals),
        "group": (people.groups, draft.verdicts.groups),
    }
    for key in changed_there(draft.setting.spec, look):
        kind, source_id = key
        coming, judged = compared[kind]
        one = coming.get(source_id)
        if one is None:
            if not judged.is_absent(source_id):
                yield key
        elif (
            key in draft.blocked
            or key in draft.report.reasons
            or (kind == "group" and not one.whole)
            or (kind != "group" and not _is_whole(draft, key, desired.person(kind, one).keys()))
        ):
            yield key


def _is_whole(draft: Draft, key: Key, fields: Collection[str]) -> bool:
    """Whether all was known of an item that was known when it was written last."""
    mapped: AbstractSet[str] = Desired(draft.setting.spec).mapped[key[0]]
    before = draft.view.details(*key)[0].keys() & (mapped | _OF_EVERY_SHEET)
    return before <= set(fields)
