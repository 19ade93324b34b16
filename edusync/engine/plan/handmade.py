"""Match hand-made sheets of classes that have begun with sessions of the ERP (D3, R41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.judge.verdicts import WantedSheet
from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from edusync.engine.outcome import Report
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
        by_content.setdefault(_content(session, rule), []).append(session)
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
        matches = by_content.get(_content(sheet, rule), [])
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


def _content(item: WantedSheet | Sheet, rule: Adopt) -> tuple[object, ...]:
    found: Mapping[str, Any] = (
        item.facts.values
        if isinstance(item, WantedSheet)
        else {"starts_at": item.starts_at, "ends_at": item.ends_at, "name": item.name}
    )
    return tuple(
        found[name].casefold().strip() if name == "name" else found[name] for name in rule.match
    )
