"""Note by what the items of a run are found again by somebody who asks where they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from edusync.state.clues import Clue, Digester, clues_of, save_clues, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.runs.account_run import AccountRun
    from edusync.app.runs.downward import Downward


_GONE = timedelta(days=28)


def remember_clues(downward: Downward) -> None:
    """Write digests of the names of people, groups and sessions that were read; only what changed.

    Of a kind that was not read wholly nothing is forgotten. A session whose sheet is in step keeps
    what was noted when the sheet was written, and one that the ERP has no more is found for four
    weeks after its day: why it is gone is what a school asks.
    """
    store, connector = downward.store, downward.instance.name
    digest, known = Digester(store, connector), clues_of(store, connector)
    for run in downward.accounts:
        for kind, items, is_whole in (*_people(run, digest), _sessions(run, digest)):
            before = known.get((run.account.name, kind), {})
            stays = before if not is_whole else _still_there(run, kind, before, items)
            after = {**stays, **items}
            if after != before:
                save_clues(store, connector, run.account.name, kind, after)


def _people(run: AccountRun, digest: Digester) -> Iterator[tuple[str, dict[str, Clue], bool]]:
    everybody = run.verdicts.people
    for kind, people in (
        ("professor", everybody.professors),
        ("student", everybody.students),
        ("external", everybody.externals),
    ):
        yield (
            kind,
            {
                one.source_id: Clue(
                    digest(words_of(one.last_name, one.first_name, one.email)), None
                )
                for one in (*people.others, *people.valid.values())
                if not run.view.is_forgotten(kind, one.source_id)
            },
            people.whole,
        )
    groups = run.verdicts.groups
    named = {one.source_id: Clue(digest(words_of(one.name)), None) for one in groups.all.values()}
    yield "group", named, groups.whole


def _sessions(run: AccountRun, digest: Digester) -> tuple[str, dict[str, Clue], bool]:
    verdicts = run.verdicts
    found: dict[str, Clue] = {
        source_id: Clue(digest(words_of(dropped.name)), _utc(dropped.starts_at))
        for source_id, dropped in verdicts.dropped.items()
    }
    for source_id, facts in verdicts.blocked.items():
        found[source_id] = Clue(
            digest(words_of(facts.values["name"])), _utc(facts.values["starts_at"])
        )
    for sheet in (*verdicts.begun, *verdicts.today.values(), *verdicts.sheets.values()):
        course = sheet.course
        found[course.source_id] = Clue(digest(words_of(course.name)), _utc(course.starts_at))
    return "course", found, verdicts.whole


def _still_there(
    run: AccountRun, kind: str, before: dict[str, Clue], items: dict[str, Clue]
) -> dict[str, Clue]:
    """Return what is kept of before although it was not read anew.

    Sessions that are in step, and those that are gone; not one that has another id by now.
    """
    if kind != "course":
        return {}
    linked = {source_id for what, source_id in run.view.links if what == kind}
    seen, oldest = run.verdicts.seen, run.verdicts.window.now - _GONE
    same = {*items.values(), *(one for ref, one in before.items() if ref in seen)}
    return {
        ref: one
        for ref, one in before.items()
        if ref in linked
        or ref in seen
        or (one.starts_at is not None and one.starts_at > oldest and one not in same)
    }


def _utc(moment: object) -> datetime | None:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else None
