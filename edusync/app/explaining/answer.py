"""One line of an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.codes import get_code
from edusync.locale import gettext as _
from edusync.locale.labels import label

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.engine.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of an explanation.

    A code where there is one, words, and the deciding line of the spec.
    """

    words: str
    code: str | None = None
    spec: str | None = None
    last: bool = False
    """Whether nothing further is asked after it."""

    @property
    def remedy(self) -> str | None:
        """What the reader can do."""
        return get_code(self.code).remedy if self.code else None


def as_answer(outcome: Outcome) -> Answer:
    """Return an event as an answer."""
    field = label("field", outcome.field) if outcome.field else None
    words = ", ".join(filter(None, (field, outcome.words))) or get_code(outcome.code).meaning
    return Answer(words, outcome.code, outcome.spec)


def moment_in_words(moment: datetime) -> str:
    """Return a moment as an answer says it."""
    day, hour = f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"
    return _("{day} at {hour} UTC", day=day, hour=hour)
