"""A line of `answers` that reads a failed answer as no rows, or as done, by its status alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.failures import STRANGE, taken_failure
from edusync.spec.node import walk
from edusync.spec.verdicts import Verdict

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_FAILURE_TAKEN"
BAD = """
resources: {lessons: {answers: [{when: "answer.status >= 400", then: empty}]}}
"""
OK = """
resources:
  lessons:
    answers: [{when: "answer.status == 500 and answer.body.code == 'NO_ROWS'", then: empty}]
"""
_OK_STATUS = 200


def check(spec: Spec, builder: Builder) -> None:
    """Report each line that takes a refused sign-in, a rate limit or a failing server."""
    for met in walk(spec):
        line = met.node
        failure = taken_failure(line) if isinstance(line, Verdict) else None
        if failure is None or not isinstance(line, Verdict):
            continue
        status, kind = failure
        read_as = "no rows" if line.word == "empty" else "done"
        what = f"an answer {status}" if status != _OK_STATUS else f"an answer of type {kind}"
        if kind in STRANGE and status != _OK_STATUS and _by_kind(line):
            what += f" of type {kind}"
        builder.document.report(
            CODE,
            (),
            f"the line reads {what} as {read_as}, whatever it says",
            "leave this status out, or ask for words of the answer as well, such as "
            "`and answer.body.code == '…'`",
            place=line.when.place or line.place,
        )


def _by_kind(line: Verdict) -> bool:
    return ("answer", "type") in line.when.names
