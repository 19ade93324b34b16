"""Faults that can be switched on.

What an unkind network, or an unkind day at Edusign, does to a request.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Response

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = (
    "text500",
    "502",
    "504",
    "truncated",
    "array_message",
    "refused",
    "refused_after",
    "null",
    "402",
    "403",
    "drop_before",
    "drop_after",
    "late",
    "429",
    "refused_items",
    "cut_batch",
)


@dataclass
class Fault:
    """One fault: `kind` for the next `times` requests whose verb and path match, after `skip`.

    `refused` answers `{"status": "error"}` under HTTP 200 with `message`, without doing the work;
    `refused_after` does the work first. `null` answers a success without a result. Of a batch,
    `refused_items` refuses every second item with the code `message`, and `cut_batch` does the
    first half of the work and gives no answer.
    """

    kind: str
    times: int = 1
    skip: int = 0
    verb: str = ""
    path: str = ""
    seconds: float = 0.0
    message: str = "Too many requests"

    def takes(self, verb: str, path: str) -> bool:
        """Whether this request is hit; counts down."""
        if (
            self.times <= 0
            or (self.verb and self.verb != verb)
            or (self.path and self.path not in path)
        ):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Faults:
    """The faults that are on, and hooks for tests that kill a client at an exact request."""

    active: list[Fault] = field(default_factory=list)
    sleep: Callable[[float], None] = time.sleep
    """How work that lands late waits."""
    before: Callable[[str, str], None] = lambda _verb, _path: None
    after: Callable[[str, str], None] = lambda _verb, _path: None

    def of(self, verb: str, path: str) -> Fault | None:
        """Return the fault that hits a request."""
        return next((fault for fault in self.active if fault.takes(verb, path)), None)

    def listed(self) -> list[dict[str, Any]]:
        """Return what is on."""
        return [asdict(fault) for fault in self.active if fault.times > 0]


def instead(fault: Fault) -> Response | None:
    """Return what a fault answers without doing the work.

    None when the work is done all the same.
    """
    match fault.kind:
        case "text500":
            return Response("Internal Server Error", 500, content_type="text/plain")
        case "502" | "504":
            return Response("<html>Bad gateway</html>", int(fault.kind), content_type="text/html")
        case "402" | "403":
            return Response("Forbidden", int(fault.kind), content_type="text/plain")
        case "array_message":
            return Response(
                '{"status":"error","message":["the request is not valid"]}',
                200,
                content_type="application/json",
            )
        case "refused":
            refusal = {"status": "error", "message": fault.message, "errorCode": "ERROR"}
            return Response(json.dumps(refusal), 200, content_type="application/json")
        case "null":
            empty: dict[str, Any] = {"status": "success", "result": None}
            return Response(json.dumps(empty), 200, content_type="application/json")
        case "429":
            wait = {"Retry-After": f"{fault.seconds:.0f}"}
            return Response("Too Many Requests", 429, wait, content_type="text/plain")
        case "drop_before":
            return Response("Gateway Timeout", 504, content_type="text/plain")
    return None


def afterwards(fault: Fault, answer: Response) -> Response:
    """Return what a fault makes of the answer to work that was done."""
    if fault.kind == "refused_after":
        answer.set_data(json.dumps({"status": "error", "message": fault.message}))
    if fault.kind == "truncated":
        answer.set_data(answer.get_data()[: max(len(answer.get_data()) // 2, 1)])
    if fault.kind in {"drop_after", "late", "cut_batch"}:
        time.sleep(fault.seconds)
        return Response("Gateway Timeout", 504, content_type="text/plain")
    return answer
