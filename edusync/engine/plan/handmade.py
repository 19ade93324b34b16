"""Match hand-made sheets with sessions of the ERP.

Those of classes that have begun get their people (D3, R41), those to come are taken over (D13).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.sheets import barred, differing

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from edusync.engine.judge.verdicts import WantedSheet
    from edusync.engine.outcome import Report
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change
    from edusync.model import Window
    from edusync.spec.tree import Adopt
    from edusync.target.client import EdusignClient
    from edusync.target.records import Sheet


def match_handmade(
    client: EdusignClient,
    sessions: Iterable[WantedSheet],
    rule: Adopt,
    window: Window,
    known: Container[str],
    report: Report,
) -> list[tuple[WantedSheet, Sheet]]:
    """Return each hand-made sheet that matches one session, with it; any other is an event."""
    by_content: dict[tuple[object, ...], list[WantedSheet]] = {}
    for session in sessions:
        by_content.setdefault(_content(session.facts.values, rule), []).append(session)
    if not by_content:
        return []
    found = []
    taken: set[str] = set()
    for sheet in client.sheets(window.first, window.today):
        handmade = not sheet.source_id and sheet.edusign_id not in known
        if (
            not handmade
            or sheet.students
            or sheet.starts_at > window.now
            or sheet.locked is not False
            or sheet.signed
        ):
            continue
        matches = by_content.get(_content(_shown(sheet), rule), [])
        if len(matches) == 1 and matches[0].course.source_id not in taken:
            taken.add(matches[0].course.source_id)
            found.append((matches[0], sheet))
        else:
            code = "DOWN_COURSE_MANUAL_AMBIGUOUS" if matches else "DOWN_COURSE_MANUAL_UNMATCHED"
            sources = ", ".join(match.course.source_id for match in matches)
            report.add(
                Outcome(
                    code,
                    "course",
                    edusign_id=sheet.edusign_id,
                    detail=f"it matches the sessions {sources}" if sources else None,
                )
            )
    return found


def take_over_coming(draft: Draft) -> None:
    """Take over hand-made sheets that are still to come instead of making them again (D13).

    A session that several of them match, or that may not be changed, waits: so does each of several
    sessions that match one.
    """
    rule, client = draft.setting.adopt, draft.setting.client
    created = [one for one in draft.changes if (one.kind, one.action) == ("course", "create")]
    if rule is None or not created:
        return
    days = [draft.setting.window.day_of(facts_of(change)["starts_at"]) for change in created]
    sheets, sessions = _Found(), _Found()
    for sheet in client.sheets(min(days), max(days)):
        if not sheet.source_id and sheet.starts_at > draft.setting.now():
            sheets[_content(_shown(sheet), rule)].append(sheet)
    for change in created if sheets else ():
        sessions[_content(facts_of(change), rule)].append(change)
    for content in sheets.keys() & sessions.keys():
        _take_over(draft, sessions[content], sheets[content])


def _take_over(draft: Draft, sessions: list[Change], sheets: list[Sheet]) -> None:
    """Plan to take over the sheet of a session, or note that nobody knows which one it is."""
    sheet, change = sheets[0], sessions[0]
    place = draft.changes.index(change)
    if len(sessions) == len(sheets) == 1:
        facts = Facts(facts_of(change))
        code = barred(sheet, ("identity",), draft.setting.now())
        if code is None:
            fields = (*differing(facts, sheet, draft.ids), "identity")
            draft.ids[change.key] = sheet.edusign_id
            draft.changes[place] = replace(
                change, action="adopt", edusign_id=sheet.edusign_id, fields=fields, created=False
            )
            code = "DOWN_COURSE_MANUAL_LINKED"
            draft.report.add(Outcome(code, *change.key, sheet.edusign_id))
            return
        detail = f"the sheet {sheet.edusign_id} was made for it by hand: {code}"
    else:
        names = ", ".join(sorted(one.edusign_id for one in sheets))
        detail = f"made by hand, with the same name and times: {names}"
        for one in sheets:
            others = ", ".join(session.source_id for session in sessions)
            code, words = "DOWN_COURSE_MANUAL_AMBIGUOUS", f"it matches the sessions {others}"
            draft.report.add(Outcome(code, "course", edusign_id=one.edusign_id, detail=words))
    for session in sessions:
        draft.changes.remove(session)
        draft.note(Outcome("DOWN_COURSE_HELD_DEPENDENCY", *session.key, detail=detail))


class _Found(defaultdict[tuple[object, ...], list[Any]]):
    """Sheets or sessions by what they are matched by."""

    def __init__(self) -> None:
        super().__init__(list)


def facts_of(change: Change) -> Mapping[str, Any]:
    """Return what a change that makes something says of it."""
    return change.facts.values if change.facts is not None else {}


def _shown(sheet: Sheet) -> Mapping[str, Any]:
    return {"starts_at": sheet.starts_at, "ends_at": sheet.ends_at, "name": sheet.name}


def _content(values: Mapping[str, Any], rule: Adopt) -> tuple[object, ...]:
    return tuple(
        values[name].casefold().strip() if name == "name" else values[name] for name in rule.match
    )
