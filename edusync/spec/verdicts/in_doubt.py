"""`then: in_doubt`: the answer does not say whether a write landed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.errors import CallFailed
from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Judged, WriteInDoubt

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class InDoubtWrite(Verdict):
    """The answer does not say whether a write landed."""

    word: ClassVar[str] = "in_doubt"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Leave a write in doubt; anything else failed."""
        words = f"{judged.answer.label} does not say whether it landed"
        if judged.is_write:
            raise WriteInDoubt(judged.code, judged.message or words)
        raise CallFailed(judged.code, judged.words)


VERDICTS.add("in_doubt", InDoubtWrite)
