"""`then: forbidden`: our key may not ask for this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Forbidden, Judged

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class ForbiddenCall(Verdict):
    """Our key may not ask for this."""

    word: ClassVar[str] = "forbidden"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Fail: a list that may be left out is left out."""
        code = judged.code if judged.is_own else "CONN_ERP_ACCESS_NOT_OPENED"
        words = f"{judged.answer.label} is forbidden for our key"
        raise Forbidden(code, judged.message or words)


VERDICTS.add("forbidden", ForbiddenCall)
