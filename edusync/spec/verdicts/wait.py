"""`then: wait`: the ERP is busy, and is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.errors import CallFailed
from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import AskAgain, Judged, retry_after

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Wait(Verdict):
    """The ERP is busy, and is asked again."""

    word: ClassVar[str] = "wait"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Wait as long as the answer asks for, or else a little longer each time."""
        answer = judged.answer
        words = f"{answer.label} answered {answer.status} again and again"
        raise AskAgain(
            CallFailed(judged.code, judged.message or words), retry_after(answer.headers)
        )


VERDICTS.add("wait", Wait)
