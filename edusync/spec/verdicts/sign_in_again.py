"""`then: sign_in_again`: the sign-in is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from edusync.spec.verdicts.base import VERDICTS, Verdict
from edusync.transport.judging import Forbidden, Judged

if TYPE_CHECKING:
    from edusync.transport.message import Answer


@dataclass(frozen=True, slots=True)
class SignInAgain(Verdict):
    """The sign-in is over: it is made anew, and the call again."""

    word: ClassVar[str] = "sign_in_again"

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Sign in again, once, and make the call again."""
        if judged.renew():
            return None
        answer = judged.answer
        raise Forbidden("CONN_AUTH_FAILED", f"{answer.label} refused our sign-in ({answer.status})")


VERDICTS.add("sign_in_again", SignInAgain)
