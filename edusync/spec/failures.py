"""Answers that failed by their status or their kind, and lines of `answers` that take them.

A refused sign-in, a rate limit, a redirect, a failing server and a page for people are never read
as an empty list, or as done, because of their status alone (P7). A line that asks for words of the
answer as well is a fact of that ERP.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.spec.texts import Expression
    from edusync.spec.verdicts import Verdict

_OF_CLIENT = {401, 403, 407, 408, 429}
_FIRST_REDIRECT, _FIRST_OF_CLIENT, _FIRST_OF_SERVER = 300, 400, 500
STRANGE = frozenset({"html", "broken", "fault"})
"""Kinds of answers that are no data, whatever their status."""
_KINDS = ("json", "xml", "soap", "csv", "text", *sorted(STRANGE))
_STATUSES = (302, *sorted(_OF_CLIENT), 500, 502, 503, 504)
_WRITTEN = re.compile(r"\b[345]\d\d\b")


def is_failure(status: int, kind: str, promised: str) -> bool:
    """Whether an answer failed by its status, or by being of no kind that was promised."""
    return _failed(status) or (kind in STRANGE and promised not in {kind, "any"})


def _failed(status: int) -> bool:
    is_redirect = _FIRST_REDIRECT <= status < _FIRST_OF_CLIENT
    return is_redirect or status >= _FIRST_OF_SERVER or status in _OF_CLIENT


def needs_no_words(line: Verdict, answer: Mapping[str, Any], names: Mapping[str, Any]) -> bool:
    """Whether a line takes an answer that would hold no words at all."""
    bare = {**answer, "headers": {}, "body": None, "text": "", "root": None}
    return line.takes and _holds(line.when, {**names, "answer": bare})


def taken_failure(line: Verdict) -> tuple[int, str] | None:
    """Return the status and kind of a failed answer that a line takes whatever it says.

    A line that takes data under the same status is not about the kind, and is heard of data alone.
    """
    if not line.takes:
        return None
    about_status = ("answer", "status") in line.when.names
    written = map(int, _WRITTEN.findall(line.when.source))
    for status in (*filter(_failed, written), *_STATUSES):
        for kind in _KINDS:
            if _takes(line.when, status, kind, UNKNOWN):
                return status, kind
        if about_status and _takes(line.when, status, "empty", None):
            return status, "empty"
    if not _takes(line.when, 200, "json", UNKNOWN):
        for kind in sorted(STRANGE):
            if _takes(line.when, 200, kind, UNKNOWN):
                return 200, kind
    return None


def _takes(when: Expression, status: int, kind: str, body: object) -> bool:
    text = "" if body is None else UNKNOWN
    answer = {"status": status, "type": kind, "body": body, "text": text}
    names = dict.fromkeys(when.roots, UNKNOWN)
    return _holds(when, {**names, "answer": {**answer, "headers": UNKNOWN, "root": UNKNOWN}})


def _holds(when: Expression, names: Mapping[str, Any]) -> bool:
    try:
        verdict = when.run(None, names)
    except Unreadable:
        return False
    return verdict is not UNKNOWN and bool(verdict)
