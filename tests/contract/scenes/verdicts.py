"""Lines of `answers`: what an answer means, on the way down and on the way up."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Response

from edusync.diagnostics import Route
from edusync.spec.verdicts import VERDICTS
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, sync, up
from tests.contract.scenes.wires import goes_up, laid, over_http, rows, says, things

_DOWN: Route = ("resources", "things", "answers", 0)
_UP: Route = ("writeback", "for_sheet", 0, "answers", 0)
_ROWS = json.dumps([{"id": 1, "name": "A"}])


def _answering(path: str, status: int) -> Act:
    def answer(_request: Any) -> Response:
        return Response(_ROWS, status, content_type="application/json")

    return rows(**{path: answer})


def _both() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for then, _ in VERDICTS.pairs():
        status = 418 if then == "ok" else 200
        line = {"when": f"answer.status == {status}", "then": then}
        other = "fail" if then == "ok" else "ok"
        reading = laid(over_http, _answering("things", status), things({"get": "/things"}))
        writing = laid(over_http, _answering("presences", status), goes_up())
        for act, where, lay, do in (
            ("reads", _DOWN, laid(reading, says([line], *_DOWN[:-1])), sync),
            ("writes", _UP, laid(writing, says([line], *_UP[:-1])), up),
        ):
            place = f"verdict({then}, {act})"
            code = "CONN_NOT_JSON" if act == "reads" else "UP_COURSE_ENTERED"
            found |= {
                (place, "then"): Scene(lay, (*where, "then"), then, other, do),
                (place, "when"): Scene(
                    lay, (*where, "when"), line["when"], "answer.status == 299", do
                ),
            }
            if then not in {"ok", "sign_in_again"} and (then, act) != ("empty", "reads"):
                found[place, "message"] = Scene(lay, (*where, "message"), "words", act=do)
                if act == "reads" or then not in {"in_doubt", "forbidden"}:
                    found[place, "code"] = Scene(lay, (*where, "code"), code, act=do)
    return found


SCENES = _both()
