"""A refusal of the ERP is of one line that was sent; of any other the lines are in doubt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from edusync.app.runs.writeback import write_back
from edusync.registry import Registry
from tests.engine.test_undecided import Ran, run
from tests.little import Little

REFUSED = {
    "items": "results",
    "when": "row.ok == 0",
    "who": "who",
    "is": "who",
    "message": "msg",
    "rest": "stored",
}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.goes_up()
        yield little


def answering(results: Any) -> Callable[[Request], Response]:
    return lambda _request: Response(
        json.dumps({"results": results}), content_type="application/json"
    )


def went_up(little: Little, **refused: Any) -> Ran:
    little.spec["writeback"]["for_sheet"][0]["refused"] = REFUSED | refused
    run(little)
    little.play("1", "present", "absent")
    return run(little, write_back)


def said(ran: Ran, code: str) -> list[str | None]:
    return [one.source_id for one in ran.outcomes if one.code == code]


NO = {"who": "2", "ok": 0, "msg": "unknown"}


def test_refusal_of_one_line_is_of_that_line(little: Little) -> None:
    little.rows["/presences"] = answering([{"who": "1", "ok": 1}, NO])
    ran = went_up(little)
    assert (said(ran, "UP_ERP_REJECTED"), said(ran, "UP_IN_DOUBT")) == (["2"], [])


@pytest.mark.parametrize(
    ("refused", "results"),
    [
        ({"who": "msg"}, [NO]),
        ({"who": "whom"}, [NO]),
        ({"is": "state"}, [NO]),
        ({}, [NO | {"who": "77"}]),
        ({}, [NO | {"who": None}]),
        ({}, [NO, NO | {"who": "77"}]),
        ({"when": "true"}, ["learner 2 unknown"]),
    ],
    ids=str,
)
def test_refusal_that_is_of_no_line_leaves_the_sheet_in_doubt(
    little: Little, refused: dict[str, Any], results: Any
) -> None:
    little.rows["/presences"] = answering(results)
    ran = went_up(little, **refused)
    assert (said(ran, "UP_IN_DOUBT"), said(ran, "UP_SENT")) == (["1", "2"], [])


@pytest.mark.parametrize("person", ["1", "2"])
@pytest.mark.parametrize("course", ["1", "2"])
def test_refusal_of_somebody_on_two_sheets_is_of_the_sheet_it_answers(
    little: Little, course: str, person: str
) -> None:
    def answer(request: Request) -> Response:
        results = [
            {"who": line["who"], "ok": int((line["course"], line["who"]) != (course, person))}
            for line in request.get_json()["lines"]
        ]
        return answering(results)(request)

    up = little.spec["writeback"]
    up["at_once"] = 10
    up["line"]["student"]["course"] = "{{ course.source_id }}"
    up["for_sheet"][0]["refused"] = REFUSED
    run(little)
    for number in ("1", "2"):
        little.play(number, "present", "absent")
    little.rows["/presences"] = answer
    ran = run(little, write_back)
    rejected = [(one.field, one.source_id) for one in ran.outcomes if one.code == "UP_ERP_REJECTED"]
    assert (rejected, len(said(ran, "UP_SENT"))) == ([(course, person)], 1)


def test_lines_that_a_refusal_tells_apart_still_go_in_one_call(little: Little) -> None:
    up = little.spec["writeback"]
    up["at_once"] = 10
    up["line"]["student"]["line"] = "{{ course.source_id }}-{{ person.source_id }}"
    up["for_sheet"][0]["refused"] = REFUSED | {"is": "line"}
    run(little)
    for number in ("1", "2"):
        little.play(number, "present", "absent")
    run(little, write_back)
    assert [len(sent["lines"]) for sent in little.seen.written] == [4]


def in_doubt(little: Little, call: dict[str, Any], done: str) -> Ran:
    """Send lines of which nobody knows whether they landed, and look for them."""
    little.rows["/marks"] = [{"id": 1, "lesson": 9, "learner": 9}]
    little.rows["/presences"] = lambda _request: Response("x", 500)
    little.spec["resources"]["marks"] = {"get": "/marks", "key": "id"}
    up = little.spec["writeback"]
    del up["for_sheet"]
    look = {
        "look_up": "marks",
        "by": ["course.source_id", "person.source_id"],
        "on": ["lesson", "learner"],
        "missing": "ok",
    }
    up["for_person"] = [{**call, "in_doubt": {"look": look, "done": done}}]
    run(little)
    little.play("1", "present", "absent")
    return run(little, write_back)


@pytest.mark.parametrize("done", ["not found", "true", "found != 7", "not found or found.id"])
def test_write_of_which_nothing_is_found_did_not_land(little: Little, done: str) -> None:
    ran = in_doubt(little, {"post": "/presences", "json": "{{ line }}"}, done)
    assert (said(ran, "UP_IN_DOUBT"), said(ran, "UP_SENT")) == (["1", "2"], [])


def test_deletion_landed_where_nothing_is_found(little: Little) -> None:
    ran = in_doubt(little, {"delete": "/presences", "json": "{{ line }}"}, "not found")
    assert (said(ran, "UP_IN_DOUBT"), said(ran, "UP_SENT")) == ([], ["1"])
