"""`then: empty`: there is nothing, and that is no failure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Judged, RefusedWrite, fault_text

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Empty(Verdict):
    """There is nothing, and that is no failure."""

    word: ClassVar[str] = "empty"
    takes: ClassVar[bool] = True

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Return an answer without rows, whatever it says; a write was refused."""
        answer = judged.answer
        if judged.is_write and judged.by_line:  # what reads as "no rows" is no place to write to
            fault = fault_text(answer) if answer.type == "fault" else None
            raise RefusedWrite(judged.code, judged.message or fault or judged.words, answer)
        return replace(answer, body=None, type="empty")


VERDICTS.add("empty", Empty)
