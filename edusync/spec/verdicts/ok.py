"""`then: ok`: the answer is what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.spec.verdicts.base import VERDICTS, Verdict

if TYPE_CHECKING:
    from edusync.transport.judging import Judged
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Ok(Verdict):
    """The answer is what was asked for."""

    word: ClassVar[str] = "ok"
    takes: ClassVar[bool] = True

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Return the answer."""
        return judged.answer


VERDICTS.add("ok", Ok)
