"""What Edusign refused for its data is not sent again until the data change, and counts as refused.

A refusal is about the data when Edusign lists what is not valid, or names a field. What stands
there already, is locked, archived or unknown may be accepted next time with the same data.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.engine.digest import sent_digest
from edusync.target.answers import is_conflict, is_passing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.engine.digest import Facts
    from edusync.state.refusals import Refusal
    from edusync.target.exchange import Rejected

REMEMBERED = timedelta(days=7)
"""After this long it is sent once more: a setting on Edusign may have changed."""

_FIELD = re.compile(
    r"\b(?:required|invalid|not valid|missing|mandatory|must be|too long|format"
    r"|e-?mail|first.?name|last.?name|phone|obligatoire|requise?|manquante?|invalide)\b"
)
_STATE = re.compile(r"\b(?:locked|deleted|archived|not found|no \w+ with|permission|rights?)\b")


def is_about_data(rejected: Rejected) -> bool:
    """Whether the same data will be refused again."""
    words = str(rejected).casefold()
    if is_conflict(words) or is_passing(words) or _STATE.search(words):
        return False
    return rejected.is_list or _FIELD.search(words) is not None


class Refusals:
    """What was refused on one account, by kind and source id."""

    def __init__(self, known: Mapping[tuple[str, str], Refusal], key: bytes, now: datetime) -> None:
        self.known = {
            item: refusal for item, refusal in known.items() if refusal.at > now - REMEMBERED
        }
        self.key = key

    def of(
        self, kind: str, source_id: str, facts: Facts, ids: Mapping[tuple[str, str], str]
    ) -> str | None:
        """Return what Edusign said of these very data; None when they were not refused."""
        refusal = self.known.get((kind, source_id))
        if refusal is None or refusal.content != sent_digest(facts.values, ids, self.key):
            return None
        return refusal.message
