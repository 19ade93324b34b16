"""What an answer means: the lines of `answers`, those of the call first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.verdicts import Undecided, holds
from edusync.spec.compile.payloads import render
from edusync.spec.evaluate import Unreadable
from edusync.spec.failures import is_failure, needs_no_words
from edusync.transport.judging import Judgement
from edusync.transport.query import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.spec.tree import Call, Spec, Verdict
    from edusync.transport.message import Answer


def judge_by(
    call: Call, spec: Spec, names: Mapping[str, Any], promised: str | None = None
) -> Callable[[Answer], Judgement | None]:
    """Return what judges an answer to a call; it says None where no line holds.

    A line takes an answer that failed, by its status or its kind, only by words of the answer.
    """
    kind = promised or call.answer.kind
    lines: tuple[Verdict, ...] = (*call.answers, *spec.transport.answers)

    def judge(answer: Answer) -> Judgement | None:
        if not lines:
            return None
        for line in lines:
            if answer.status in _SAID_BY_STATUS and _STATUS not in line.when.names:
                continue
            parts = (line.when, *(line.message.parts if line.message else ()))
            reads = {name for part in parts for name in part.names}
            scope = {**names, "answer": answer.scope(reads)}
            try:
                if holds(line.when, scope):
                    failed = is_failure(answer.status, answer.type, kind)
                    if failed and needs_no_words(line, scope["answer"], names):
                        continue
                    words = _message(line, scope)
                    return Judgement(line.word, line.code, words, line.when.source)
            except Undecided as undecided:
                words = f"nobody can say whether `{line.when.source}` holds of it: {undecided}"
                return Judgement("undecided", None, words)
        return None

    return judge


_STATUS = ("answer", "status")
_SAID_BY_STATUS = frozenset({401, 403, 429, 503})
"""Statuses that say by themselves what is to be done.

A line about the body has no say in them, so that "try again later" never ends a run: only a line
that names the status has.
"""


def _message(line: Verdict, scope: Mapping[str, Any]) -> str | None:
    """Return the words of a line of `answers`, None when it has none of its own."""
    try:
        found = render(line.message, None, scope) if line.message else None
    except Unreadable:
        return None
    return text(found or "") if line.message else None
