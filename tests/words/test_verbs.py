"""Any verb of HTTP; and whether a call may be repeated belongs to the call, not to its verb."""

from __future__ import annotations

import pytest
from werkzeug.wrappers import Request, Response

from tests.bugs.wire import Wire
from tests.little import UPWARD, lesson


def _asked(wire: Wire, path: str) -> list[str]:
    return [one for one in wire.seen.asked if one.partition(" ")[2].startswith(path)]


def test_list_is_asked_for_by_any_verb(wire: Wire) -> None:
    del wire.spec["resources"]["lessons"]["get"]
    wire.spec["resources"]["lessons"] |= {
        "method": "REPORT",
        "path": "/calendars/{{ account.name }}",
        "xml": "<query from='{{ window.first }}'/>",
    }
    bodies = []

    def answer(request: Request) -> Response:
        bodies.append(request.get_data(as_text=True))
        return Response(
            '[{"id": 1, "title": "Law", "on": "2026-03-18", "from": "09:00", "to": "10:00",'
            ' "teacher": 70, "learners": [1]}]',
            content_type="application/json",
        )

    wire.rows["/calendars/main"] = answer
    ended = wire.down()
    assert (ended.code, ended.students) == (0, {"1": ["1"]}), ended.said
    assert _asked(wire, "/calendars") == ["REPORT /calendars/main"]
    assert bodies == ["<query from='2026-03-09'/>"]


def test_step_goes_up_by_any_verb(wire: Wire) -> None:
    wire.goes_up()
    step = {"method": "LOCK", "path": "/presences", "json": "{{ lines }}", "in_doubt": "repeat"}
    wire.spec["writeback"]["for_sheet"] = [step]
    assert wire.down().code == 0
    assert wire.attended().code == 0
    assert _asked(wire, "/presences") == ["LOCK /presences"]


@pytest.mark.parametrize(
    ("verb", "repeat", "times"),
    [
        ("get", None, 3),
        ("get", "safe", 3),
        ("get", "never", 1),
        ("post", None, 3),
        ("post", "never", 1),
        ("delete", None, 3),
        ("delete", "never", 1),
    ],
)
@pytest.mark.parametrize("gives_up", [502, 504])
def test_call_is_repeated_as_it_says_itself(
    wire: Wire, verb: str, repeat: str | None, times: int, gives_up: int
) -> None:
    lessons = wire.spec["resources"]["lessons"]
    lessons[verb] = lessons.pop("get")
    if repeat:
        lessons["repeat"] = repeat
    wire.rows["/lessons"] = lambda _request: Response("", gives_up)
    wire.sync()
    assert len(_asked(wire, "/lessons")) == times


def test_call_that_is_never_repeated_is_sent_again_when_the_erp_asks_to_wait(wire: Wire) -> None:
    wire.spec["resources"]["lessons"]["repeat"] = "never"
    left = [Response("", 429), Response("", 503, {"Retry-After": "1"})]

    def answer(_request: Request) -> Response | list[object]:
        return left.pop() if left else [lesson(1)]

    wire.rows["/lessons"] = answer
    assert wire.down().code == 0
    assert len(_asked(wire, "/lessons")) == 3


def test_step_that_only_reads_says_so_whatever_its_verb(wire: Wire) -> None:
    wire.goes_up()
    wire.spec["writeback"] |= {
        "for_sheet": [
            {"post": "/search", "json": {}, "repeat": "safe", "read": {"found": "id"}},
            {**UPWARD["for_sheet"][0], "json": {"got": "{{ got.found }}"}},
        ]
    }
    wire.rows["/search"] = {"id": 7}
    assert wire.down().code == 0
    assert wire.attended().code == 0
    assert wire.seen.written[-1] == {"got": 7}


def test_step_says_once_what_becomes_of_it(wire: Wire) -> None:
    wire.goes_up()
    wire.spec["writeback"]["for_sheet"][0]["repeat"] = "never"
    said = wire.validate()
    assert "SPEC_WRONG_VALUE" in said
    assert "keep 'in_doubt'" in said
