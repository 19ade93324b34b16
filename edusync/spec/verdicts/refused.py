"""`then: refused`: the ERP understood a write and does not want it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Judged, RefusedWrite

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Refusal(Verdict):
    """The ERP understood a write and does not want it."""

    word: ClassVar[str] = "refused"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Fail with what the ERP says."""
        raise RefusedWrite(judged.code, judged.words, judged.answer)


VERDICTS.add("refused", Refusal)
