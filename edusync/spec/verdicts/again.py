"""`then: again`: the ERP did not take a write because it moved on; it is read and sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.errors import CallFailed
from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Judged, ReadAgain

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Again(Verdict):
    """The ERP did not take a write because it moved on (412, 409).

    It is read and sent again in the same run, twice at most.
    """

    word: ClassVar[str] = "again"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Let the run read and send again, twice at most; anything but a write failed."""
        if judged.is_write:
            raise ReadAgain(judged.code, judged.words, judged.answer)
        raise CallFailed(judged.code, judged.words)


VERDICTS.add("again", Again)
