"""Replace parts of a text in one pass.

The longest first, and of what lies across another nothing is left beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """What stands in the place of a part of a text.

    `size` is the length of the whole that was found, of which this is a part.
    """

    start: int
    end: int
    text: str
    size: int
    is_secret: bool = False


def replaced(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with parts of it replaced; what was put in is not looked at again."""
    for edit in sorted(settled(edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def settled(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits that do not touch each other.

    Of those that do, the one of the longest whole counts, a secret before a name of the same
    length. What lies inside of it is gone with it; what lies across its border makes it wider, so
    that no piece stays. Where a secret lies across, only what stands for the secret stays.
    """
    chosen: list[Edit] = []
    for edit in sorted(
        edits, key=lambda edit: (-edit.size, not edit.is_secret, edit.start - edit.end, edit.start)
    ):
        across = [other for other in chosen if other.start < edit.end and edit.start < other.end]
        if not across:
            chosen.append(edit)
        elif not (across[0].start <= edit.start and edit.end <= across[0].end):
            together = [*across, edit]
            best = next(
                (one for one in together if one.is_secret),
                max(together, key=lambda one: one.end - one.start),
            )
            chosen = [other for other in chosen if other not in across]
            chosen.append(
                best._replace(
                    start=min(one.start for one in together), end=max(one.end for one in together)
                )
            )
    return chosen
