"""`auth: {login: […], send: …, logout: …}`: calls that sign in, and what is read of their answers.

Without any, what is sent each time is a static key.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

from edusync.errors import CallFailed, SourceError
from edusync.spec.forms import A_WHILE, TEXT
from edusync.spec.node import key
from edusync.spec.texts import Path, Seconds
from edusync.spec.tree.own_call import OwnCall
from edusync.spec.tree.sign_in.base import SIGN_INS, Auth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.spec.tree.call import Call
    from edusync.spec.tree.sign_in.base import Door
    from edusync.transport.message import Answer

_REFUSALS = {"CONN_CALL_FAILED", "CONN_AUTH_FAILED", "CONN_ERP_ACCESS_NOT_OPENED"}
_NAME, _NAMED = re.compile(r"[^\W\d][\w-]{0,40}"), 8
"""What the name of a member looks like, and how many are named."""

STEP: dict[str, Any] = {"$ref": "#/$defs/step"}


@dataclass(frozen=True, slots=True)
class StepsAuth(Auth):
    """Steps that sign in, in order, and a call that leaves."""

    written_first: ClassVar[tuple[str, ...]] = ("login",)

    login: tuple[OwnCall, ...] = key(
        "Steps that sign in, in order.", default=(), schema={"type": "array", "items": STEP}
    )
    expires_in: Path | None = key(
        "Where the last log-in answer says for how many seconds it holds.",
        of_answer=True,
        default=None,
    )
    lasts: Seconds | None = key(
        "How long a log-in holds, when no answer says so.",
        default=None,
        schema={**TEXT, "pattern": A_WHILE},
    )
    logout: OwnCall | None = key(
        "A call that is always made at the end.", default=None, schema=STEP
    )

    @property
    def signs_in(self) -> bool:
        """Whether there are steps; a static key is only sent."""
        return bool(self.login)

    @property
    def answers_read(self) -> tuple[tuple[Call, tuple[Path, ...]], ...]:
        """Its calls whose answers are read, each with what is read of it."""
        lasts = (self.expires_in,) if self.expires_in else ()
        return tuple((step.call, (*step.read.values(), *lasts)) for step in self.login)

    def enter(self, door: Door) -> tuple[Mapping[str, Any], float | None]:
        """Make the steps that count, and read their answers."""
        read = dict[str, Any]()
        answer: Answer | None = None
        for step in self.login:
            try:
                if not door.counts(step.when, read):
                    continue
                answer = door.step(step, read)
            except CallFailed as failed:
                if failed.code in _REFUSALS:
                    raise SourceError(
                        "CONN_AUTH_FAILED",
                        f"the ERP refused to sign us in ({failed.message})",
                        "check user, password and token",
                    ) from None
                raise SourceError(failed.code, failed.message, failed.hint) from None
            for name, path in step.read.items():
                read[name] = _value_read(path, answer)
                if read[name] in (None, ""):
                    raise SourceError(
                        "CONN_AUTH_FAILED",
                        f"the log-in answer has no '{path.source}'",
                        _where(path, answer),
                    )
        lasts: float | None = self.lasts
        if self.expires_in is not None and answer is not None:
            lasts = _seconds(self.expires_in.read(answer.body))
        return read, lasts

    def leave(self, door: Door, values: Mapping[str, Any]) -> None:
        """Make the call that leaves, where there is one."""
        if self.logout is not None:
            door.farewell(self.logout.call, values)


def _value_read(path: Path, answer: Answer) -> Any:
    """Return what a step reads: of the body, or a header."""
    header = path.source.removeprefix("header.")
    return answer.headers.get(header) if header != path.source else path.read(answer.body)


def _where(path: Path, answer: Answer) -> str:
    """Return where a path is written, and the names that an answer has: never what they hold."""
    at = f"{path.place}: " if path.place is not None else ""
    if path.source.startswith("header."):
        return f"{at}the answer has the headers {', '.join(sorted(answer.headers))}"
    here, inside = answer.body, ""
    for step in path.steps:
        if not isinstance(here, dict) or not isinstance(here.get(step), dict):
            break
        here, inside = here[step], f"'{step}' of "
    names = [one for one in here if _NAME.fullmatch(one)] if isinstance(here, dict) else []
    if names:
        return f"{at}{inside}the answer has {', '.join(names[:_NAMED])}"
    return f"{at}check the URL: something else may answer in its place ({answer.type})"


def _seconds(value: object) -> float | None:
    """Return how long a sign-in holds, None when the answer does not say so in seconds."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
        with suppress(OverflowError):
            seconds = float(value)
            return seconds if isfinite(seconds) else None
    return None


SIGN_INS.add("steps", StepsAuth)
