"""The built-in lines of `answers`, found by answering: what a read and a write make of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.errors import CallFailed, EdusyncError
from edusync.spec.tree.transport import Limits
from edusync.spec.verdicts import VERDICTS
from edusync.transport.exchange import Exchanger
from edusync.transport.judging import (
    LONGEST_WAIT,
    Forbidden,
    ReadAgain,
    RefusedWrite,
    WriteInDoubt,
)
from edusync.transport.message import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

_JSON, _FAULT, _HTML, _EMPTY = "json", "fault", "html", "empty"
LINES: tuple[tuple[str, int, str, Any, dict[str, str]], ...] = (
    ("200 to 299, of the kind that is promised", 200, _JSON, [], {}),
    ("200 to 299, of another kind", 200, _HTML, None, {}),
    ("200 to 299, cut or not well-formed", 200, "broken", None, {}),
    ("200, empty", 200, _EMPTY, None, {}),
    ("204", 204, _EMPTY, None, {}),
    ("200, an error of JSON-RPC or GraphQL", 200, _JSON, {"errors": [{"message": "x"}]}, {}),
    ("200, a fault of SOAP", 200, _FAULT, None, {}),
    ("300 to 399", 302, _HTML, None, {"Location": "https://elsewhere.example/"}),
    ("of these 307, 308", 307, _HTML, None, {"Location": "https://elsewhere.example/"}),
    ("400, 404, 409, 410, 422 and others below 500", 400, _JSON, {}, {}),
    ("401", 401, _JSON, {}, {}),
    ("403", 403, _JSON, {}, {}),
    ("429", 429, _JSON, {}, {}),
    ("500 and others", 500, _JSON, {}, {}),
    ("500, a fault of SOAP", 500, _FAULT, None, {}),
    ("502, 504", 502, _HTML, None, {}),
    ("503", 503, _HTML, None, {}),
    ("503 with `Retry-After`", 503, _HTML, None, {"Retry-After": "1"}),
)
"""What is said of an answer; its status, type, body and headers."""


class _Client:
    """Answers every request with one answer, and counts them."""

    base_url = "https://erp.example"

    def __init__(self, answer: Answer) -> None:
        self.answer, self.requests = answer, 0

    def send(self, _request: Request) -> Answer:
        self.requests += 1
        return self.answer

    def same_host(self, url: str) -> bool:
        return url.startswith(self.base_url)


def becomes(line: tuple[str, int, str, Any, dict[str, str]], *, write: bool) -> tuple[str, str]:
    """Return what becomes of a call that is answered so, and how often it is made."""
    _, status, kind, body, headers = line
    raw = b"" if kind == _EMPTY else b"<Fault/>" if kind == _FAULT else b"{}"
    client: Any = _Client(Answer(status, headers, raw, body, kind, "GET /rows"))
    exchanger = Exchanger(
        client,
        None,
        tries=3,
        per_second=None,
        sleep=lambda _seconds: None,
        verdicts=VERDICTS.__getitem__,
    )
    try:
        answer = exchanger.exchange(
            lambda: Request("GET", "/rows"), lambda _answer: None, write=write
        )
    except EdusyncError as error:
        return _words(error), "tried again" if client.requests > 1 else ""
    return ("no rows" if answer.type == _EMPTY and not write else "ok"), ""


def _words(error: EdusyncError) -> str:
    match error:
        case ReadAgain():
            return f"read and sent again, `{error.code}`"
        case RefusedWrite():
            return f"refused, `{error.code}`"
        case WriteInDoubt():
            return f"in doubt, `{error.code}`"
        case Forbidden():
            return f"forbidden, `{error.code}`"
        case CallFailed():
            return f"failed, `{error.code}`"
    return f"`{error.code}`"


def answers_table() -> Iterator[str]:
    """Yield the table, and what is repeated after how long."""
    yield "| the answer | a list that is read | a write of the way up |"
    yield "| --- | --- | --- |"
    for line in LINES:
        cells = [", ".join(filter(None, becomes(line, write=write))) for write in (False, True)]
        yield f"| {line[0]} | {cells[0]} | {cells[1]} |"
    limits = Limits()
    yield ""
    yield (
        "A sign-in that is refused (401) is made once more where there are calls that sign in, and "
        "the call again; so the table shows a static key."
    )
    yield ""
    yield (
        f"What is tried again is tried {limits.tries} times (`limits.tries`). The wait is what "
        f"`Retry-After` says, {LONGEST_WAIT:.0f} seconds at most; without it a random time up to "
        "0.5, 1, 2 … seconds that doubles each time, 30 at most. A connection that is refused or "
        f"does not come about within {limits.connect:.0f} s is tried again; one that is cut, or an "
        f"answer that is not there within {limits.read:.0f} s a piece, of a read only: a write "
        "that was sent is in doubt then, and `in_doubt` of the step says what becomes of it. "
        "`in_doubt: repeat` sends again in the same run after the grace time, "
        "`{look: …, done: …}` looks first, `person` leaves it to somebody."
    )
    yield ""
