"""Why is this item, or why is it not, on Edusign? Asked of the ERP's answers of the moment.

The order of the questions: docs/reference/rules.md#order-of-the-reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.app.runs.downward import Downward, Moment
from edusync.app.runs.lateness import missed_slot
from edusync.codes import get_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.downward import AccountRun
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.outcome import Outcome
    from edusync.engine.plan.plan import Change
    from edusync.registry import Registry
    from edusync.state.store import Store

KINDS = ("course", "student", "professor", "group")


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of an explanation.

    A code where there is one, words, and the deciding line of the spec.
    """

    words: str
    code: str | None = None
    spec: str | None = None

    @property
    def remedy(self) -> str | None:
        """What the reader can do."""
        return get_code(self.code).remedy if self.code else None


def explain_item(
    instance: Instance, store: Store, registry: Registry, moment: Moment, kind: str, source_id: str
) -> Iterator[tuple[str | None, Answer]]:
    """Yield (account, answer) pairs; the first with a code is the reason.

    Nothing is written (P23).
    """
    runs = store.runs(instance.name, direction="down")
    finished = next((run for run in runs if run["finished_at"] is not None), None)
    if finished is None:
        yield None, Answer("this connector has not run yet")
    else:
        yield (
            None,
            Answer(
                f"the last run was on {finished['started_at']:%Y-%m-%d at %H:%M} UTC: "
                f"{finished['status']}"
            ),
        )
    late = missed_slot(instance.schedule.down, runs, moment.now)
    if late is not None:
        yield None, Answer(f"no run succeeded in the slot {late}", "RUN_LATE")
    with Downward(instance, store, registry, moment, trace=True) as downward:
        downward.plan()
        for run in downward.accounts:
            for answer in _account(instance, store, run, kind, source_id):
                yield run.account.name, answer


def _account(
    instance: Instance, store: Store, run: AccountRun, kind: str, source_id: str
) -> Iterator[Answer]:
    link = store.links(instance.name, run.account.name).get((kind, source_id))
    change = next(
        (found for found in (*run.plan.held, *run.plan.changes) if found.key == (kind, source_id)),
        None,
    )
    if link is not None:
        origin = "was created by edusync" if link.created else "was taken over"
        if link.manual:
            origin = "was made by hand and completed"
        yield Answer(f"it is on Edusign as {link.edusign_id}; it {origin}")
    reason = run.plan.reasons.get((kind, source_id))
    if reason is not None:
        yield as_answer(reason)
    for outcome in run.outcomes:
        if (outcome.kind, outcome.source_id) == (kind, source_id) and outcome != reason:
            yield as_answer(outcome)
    if change is not None and change.code is not None:
        yield _held(change)
    elif change is not None:
        yield _planned(change.action, change.fields, new=link is None)
    elif reason is None and link is None:
        yield _absent(instance, run, kind, source_id)
    elif reason is None:
        yield Answer("it is in step with the ERP")


def _held(change: Change) -> Answer:
    if change.leaves:
        words = f"a guard holds back that students leave it: {len(change.leaves)}"
    elif change.action == "create":
        words = "a guard holds it back, for the same people have a sheet whose deletion waits"
    else:
        why = f"; changed: {', '.join(change.because)}" if change.because else ""
        words = f"a guard holds its deletion back{why}"
    return Answer(words, change.code)


def _planned(action: str, fields: tuple[str, ...], *, new: bool) -> Answer:
    if new:
        return Answer(f"the next run will {action} it", "DOWN_COURSE_NOT_RUN_YET")
    return Answer(f"the next run will {action} it" + (f" ({', '.join(fields)})" if fields else ""))


def _absent(instance: Instance, run: AccountRun, kind: str, source_id: str) -> Answer:
    """Say why something that has no reason of its own is not there."""
    verdicts = run.verdicts
    sessions = verdicts.references.get((kind, source_id), ())
    entity = instance.spec.entities.get(kind)
    if entity is not None and sessions and _is_absent(verdicts, kind, source_id):
        return Answer(
            f"{len(sessions)} session(s), {', '.join(sessions[:5])}, name it, and the list"
            f" '{entity.source}' does not hold it",
            "DOWN_REFERENCE_MISSING",
        )
    if kind != "course" and sessions:
        blocked = sorted(
            {
                found.code
                for session in sessions
                if (found := run.plan.reasons.get(("course", session)))
            }
        )
        return Answer(
            f"it is on {len(sessions)} session(s), {', '.join(sessions[:5])}, and all are blocked: "
            f"{', '.join(blocked) or 'none comes down'}",
            "DOWN_PERSON_COURSES_BLOCKED",
        )
    left_out = {
        "student": verdicts.people.students.reasons,
        "professor": verdicts.people.professors.reasons,
        "external": verdicts.people.externals.reasons,
        "group": verdicts.groups.dropped,
    }
    if source_id in left_out.get(kind, ()):
        return as_answer(left_out[kind][source_id])
    known: dict[str, Any] = {
        "student": verdicts.people.students.valid,
        "professor": verdicts.people.professors.valid,
        "group": verdicts.groups.all,
    }
    if source_id in known.get(kind, ()):
        return Answer(
            f"no session from {verdicts.window.first} to {verdicts.window.last} refers to it",
            "DOWN_PERSON_NO_SESSION",
        )
    if entity is None:
        return Answer(f"the spec of {instance.spec.label} brings no {kind} down")
    listed = instance.spec.resources[entity.source]
    window = f"from {verdicts.window.first} to {verdicts.window.last}"
    return Answer(
        f"the ERP did not send it in the list '{entity.source}' {window}: check the id, its day, "
        "and the filters of the account",
        spec=f"{listed.place.file}:{listed.place.line}",
    )


def _is_absent(verdicts: Verdicts, kind: str, source_id: str) -> bool:
    """Whether no list holds a person or group that sessions name."""
    if kind == "student":
        return verdicts.people.students.is_absent(source_id)
    if kind == "professor":
        return verdicts.people.professors.is_absent(source_id)
    return kind == "group" and verdicts.groups.is_absent(source_id)


def as_answer(outcome: Outcome) -> Answer:
    """Return an event as an answer."""
    words = (
        ", ".join(filter(None, (outcome.field, outcome.detail))) or get_code(outcome.code).meaning
    )
    return Answer(words, outcome.code, outcome.spec)
