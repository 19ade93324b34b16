"""What all verdicts share: the keys of a line of `answers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.diagnostics import Location
from edusync.spec.kinds import Kinds
from edusync.spec.node import Node, key, place
from edusync.spec.payload import Fixed, Text
from edusync.spec.texts import CodeName, Expression

if TYPE_CHECKING:
    from edusync.transport.judging import Judged
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class Verdict(Node):
    """One line: when it is true, what the answer means."""

    defined: ClassVar[str] = "verdict"
    word: ClassVar[str]
    """What a line writes behind `then`."""
    takes: ClassVar[bool] = False
    """Whether it takes an answer for what was asked: one that failed only by words of its own."""

    when: Expression = key("About `answer`: status, headers, body, text, type.")
    code: CodeName | None = key("The code of a failure.", default=None)
    message: Text | Fixed | None = key("What the event says; no personal data.", default=None)
    place: Location = place()

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Return what the call answers, None to make it again; AskAgain to wait before that.

        Raises what the call fails with.
        """
        raise NotImplementedError


VERDICTS = Kinds(
    "verdict",
    Verdict,
    "What the answer means.",
    "edusync.spec.verdicts",
    word="then",
    says_each=True,
)
