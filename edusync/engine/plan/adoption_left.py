"""What is left alone in an adoption: sheets that have begun, and what a person says is not it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Set as AbstractSet

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
    said: list[Outcome] = []

    def left(code: str, sheet: Sheet, words: str) -> None:
        said.append(Outcome(code, "course", None, sheet.edusign_id, detail=words))

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
    return said, coming


def kept_apart(apart: AbstractSet[Apart], kind: str) -> Iterator[Outcome]:
    """Yield each item of the ERP of a kind that is none of some on Edusign, by a person's word."""
    mine = sorted(one for one in apart if one.kind == kind)
    for source_id in dict.fromkeys(one.source_id for one in mine):
        ids = ", ".join(one.edusign_id for one in mine if one.source_id == source_id)
        yield Outcome("MOVE_APART", kind, source_id, detail=f"on Edusign: {ids}")
