"""`then: warming_up`: the ERP wakes up, and is asked again at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from edusync.errors import CallFailed
from edusync.spec.verdicts import Verdict
from edusync.transport.judging import AskAgain, Judged
from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class WarmingUp(Verdict):
    """The ERP wakes up."""

    word: ClassVar[str] = "warming_up"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Ask again at once."""
        raise AskAgain(CallFailed(judged.code, judged.words), 0.0)
