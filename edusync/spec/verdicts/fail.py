"""`then: fail`: the call failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.errors import CallFailed
from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Judged, RefusedWrite, WriteInDoubt, says_nothing

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Fail(Verdict):
    """The call failed."""

    word: ClassVar[str] = "fail"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Fail; a write is refused, or in doubt when the answer does not tell what became of it."""
        answer, code, words = judged.answer, judged.code, judged.words
        if judged.is_write and answer.status < 500 and not says_nothing(answer):  # noqa: PLR2004 - HTTP
            raise RefusedWrite(code, words, answer)
        if judged.is_write and answer.type != "fault":
            raise WriteInDoubt(code, words)
        raise CallFailed(code, words)


VERDICTS.add("fail", Fail)
