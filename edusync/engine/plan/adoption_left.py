"""What is left alone in an adoption.

Sheets that have begun, what a person says is not it, and what they chose that cannot be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from edusync.engine.plan.evidence import Found
    from edusync.model import Window
    from edusync.state.adoptions import Apart
    from edusync.target.records import Sheet


def begun_and_coming(
    sheets: Iterable[Sheet], linked: Collection[str], window: Window
) -> tuple[list[Outcome], list[Sheet]]:
    """Return what is said of sheets that are not touched any more, and the other ones.

    Of those in `linked`, which are somebody's already, nothing is said.
    """
    coming: list[Sheet] = []
    outcomes: list[Outcome] = []

    def left(code: str, sheet: Sheet, words: str) -> None:
        outcomes.append(Outcome(code, "course", None, sheet.edusign_id, detail=words))

    for sheet in sheets:
        if sheet.edusign_id in linked:
            continue
        if sheet.locked is not False:
            if sheet.starts_at > window.now:
                left("MOVE_BEGUN", sheet, "it is archived")
        elif sheet.starts_at <= window.now:
            left("MOVE_BEGUN", sheet, "it has started")
        elif sheet.starts_at >= window.ends_at:
            left("MOVE_BEYOND", sheet, f"it starts on {window.day_of(sheet.starts_at)}")
        else:
            coming.append(sheet)
    return outcomes, coming


def kept_apart(apart: AbstractSet[Apart], kind: str) -> Iterator[Outcome]:
    """Yield each item of the ERP of a kind that is none of some on Edusign, by a person's word."""
    mine = sorted(one for one in apart if one.kind == kind)
    for source_id in dict.fromkeys(one.source_id for one in mine):
        ids = ", ".join(one.edusign_id for one in mine if one.source_id == source_id)
        yield Outcome("MOVE_APART", kind, source_id, detail=f"on Edusign: {ids}")


def hold_refused(found: Found, kind: str, refused: Mapping[tuple[str, str], str]) -> None:
    """Hold what would be taken over of items of which a person said what cannot be, with words."""
    mine = {ref: words for (of, ref), words in refused.items() if of == kind}
    matched = {pair.source_id: pair.record for pair in found.pairs if pair.source_id in mine}
    found.pairs[:] = [pair for pair in found.pairs if pair.source_id not in mine]
    for ref, words in mine.items():
        found.hold("MOVE_CHOICE_REFUSED", kind, ref, matched.get(ref), words)
