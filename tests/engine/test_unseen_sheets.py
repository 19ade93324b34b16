"""A sheet that one list of changes missed goes up all the same, and costs next to nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from edusync.app.runs import archived
from edusync.app.runs.writeback import Result
from edusync.errors import EdusyncError
from edusync.sandbox.edusign.faults import Fault
from tests.conftest import NOW, World
from tests.engine.test_edusign_side import TABLES

FIRST, SECOND = "7712001", "7712002"


@pytest.fixture
def evening(world: World) -> World:
    """Return a school in the evening after its classes."""
    options = world.simulation.answers(world.erp_url)["options"]
    world.write(options=dict(options), grace="1ms")
    world.sync()
    world.to_evening()
    world.write_back()
    return world


def sent(result: Result) -> list[str]:
    return [str(outcome.source_id) for outcome in result.outcomes if outcome.code == "UP_SENT"]


def told(result: Result, source_id: str) -> list[str]:
    return [outcome.code for outcome in result.outcomes if outcome.source_id == source_id]


@contextmanager
def showing(world: World, change: Callable[[dict[str, Any]], None]) -> Iterator[None]:
    """Let Edusign show its sheets otherwise than it has them."""
    original: Any = world.app.wsgi_app

    def changed(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or "/course" not in path or "get-id" in path:
            return original(environ, start_response)
        kept: list[Any] = []
        body = json.loads(b"".join(original(environ, lambda *given: kept.append(given))))
        found = body.get("result")
        for row in found if isinstance(found, list) else [found] if found else []:
            change(row)
        data = json.dumps(body).encode()
        headers = [one for one in kept[0][1] if one[0].lower() != "content-length"]
        start_response(kept[0][0], [*headers, ("Content-Length", str(len(data)))])
        return [data]

    world.app.wsgi_app = changed  # type: ignore[method-assign]  # Flask says so
    yield
    world.app.wsgi_app = original  # type: ignore[method-assign]  # Flask says so


def reopened(world: World, api_id: str) -> None:
    """Let a person open a sheet again once the first page of the list was shown."""
    pages = 0

    def hook(verb: str, path: str) -> None:
        nonlocal pages
        pages += verb == "GET" and path == "/v1/course"
        if pages == 1 and verb == "GET" and path == "/v1/course":
            world.course(api_id).update({"LOCKED": 0, "DATE_UPDATED": world.book.now()})

    world.faults.after = hook


def looked_up(world: World, begin: int) -> list[str]:
    """Return the requests for single sheets since a number of requests."""
    ids = {row["ID"] for row in world.book.all("courses")}
    paths = [request["path"].rpartition("/")[2] for request in world.book.requests[begin:]]
    return [path for path in paths if path in ids]


def lists(world: World, begin: int) -> list[str]:
    """Return the requests for the list of open sheets since a number of requests."""
    paths = [request["path"] for request in world.book.requests[begin:]]
    return [path for path in paths if "filters=unlocked" in path]


@pytest.mark.parametrize("broken_off", [False, True])
def test_sheet_that_the_pages_lost_goes_up(evening: World, broken_off: bool) -> None:
    evening.later(hours=1)
    evening.play(FIRST, SECOND)
    evening.book.habits.page = 1
    reopened(evening, FIRST)
    if broken_off:
        path = f"/course/{evening.course(SECOND)['ID']}"
        evening.faults.active.append(Fault("text500", times=10, verb="GET", path=path))
    went: list[str] = []
    with suppress(EdusyncError):
        went += sent(evening.write_back())
    evening.faults.active.clear()
    evening.faults.after = lambda _verb, _path: None
    evening.later(hours=12)
    evening.play(FIRST)
    result = evening.write_back()
    assert result.status == "success"
    assert {*went, *sent(result)} == {FIRST, SECOND}


LOCKS: list[tuple[object, bool]] = [
    (True, True),
    ("true", True),
    (None, False),
    ("gone", False),
    ("yes", False),
    ([], False),
]


@pytest.mark.parametrize(("lock", "is_said"), LOCKS)
def test_sheet_goes_up_once_edusign_says_that_it_is_archived(
    evening: World, lock: object, is_said: bool
) -> None:
    """Shown without its state, it was taken for open, and no later run looked at it."""
    evening.later(hours=1)
    evening.play(FIRST)

    def change(row: dict[str, Any]) -> None:
        if row["ID"] == evening.course(FIRST)["ID"]:
            row["LOCKED"] = lock
            if lock == "gone":
                del row["LOCKED"]

    with showing(evening, change):
        result = evening.write_back()
        if is_said:
            assert (result.status, sent(result)) == ("success", [FIRST])
            return
        assert (result.status, told(result, FIRST)) == ("failed", ["EDU_LOCK_UNKNOWN"])
        evening.later(days=20)
        assert told(evening.write_back(), FIRST) == ["EDU_LOCK_UNKNOWN"]
    assert sent(evening.write_back()) == [FIRST]


@pytest.mark.parametrize(("lock", "change"), [(None, "gone"), (None, "moved"), ("gone", "moved")])
def test_sheet_that_may_be_archived_is_neither_changed_nor_deleted(
    world: World, lock: object, change: str
) -> None:
    world.sync()
    row = world.course(FIRST)
    row["LOCKED"] = lock
    if lock == "gone":
        del row["LOCKED"]
    if change == "gone":
        del world.simulation.seed.courses[int(FIRST)]
    else:
        world.simulation.seed.courses[int(FIRST)]["nomMatiere"] = "Autre"
    world.later(hours=1)
    before = len(world.writes())
    result = world.sync()
    assert result.status != "success"
    assert "EDU_LOCK_UNKNOWN" in [
        outcome.code for outcome in result.outcomes if outcome.source_id == FIRST
    ]
    assert [write for write in world.writes()[before:] if "course" in write] == []
    world.course(FIRST)["LOCKED"] = 0
    assert world.sync().status == "success"
    assert len([write for write in world.writes()[before:] if "course" in write]) == 1


def test_open_sheets_cost_a_list_and_no_look_ups(
    evening: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archived, "FEW", 0)
    evening.later(hours=1)
    begin = len(evening.book.requests)
    result = evening.write_back()
    assert (result.status, result.outcomes, looked_up(evening, begin)) == ("success", [], [])
    assert len(lists(evening, begin)) == 2  # one page, and one that is empty
    evening.now = NOW + timedelta(days=40)
    begin = len(evening.book.requests)
    evening.write_back()
    assert [*looked_up(evening, begin), *lists(evening, begin)] == []


def test_sheet_that_is_gone_costs_no_event(evening: World) -> None:
    evening.later(hours=1)
    evening.book.tables["courses"].pop(evening.course(FIRST)["ID"])
    result = evening.write_back()
    assert (result.status, result.outcomes) == ("success", [])


def test_list_of_open_sheets_that_is_refused_keeps_nothing_back(evening: World) -> None:
    evening.later(hours=1)
    evening.play(FIRST)
    evening.faults.active.append(
        Fault("refused", verb="GET", path="/course", skip=2, times=1, message="No such filter")
    )
    result = evening.write_back()
    assert (result.status, sent(result)) == ("success", [FIRST])


def test_more_sheets_than_a_run_looks_up_are_looked_up_by_turns(
    evening: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edusign lists neither the archived nor the open ones: no run asks for all of them."""
    monkeypatch.setattr(archived, "MOST", 2)
    evening.later(hours=1)
    held = sorted(
        row["API_ID"]
        for row in evening.book.all(TABLES["course"])
        if row["START"] < "2026-03-17T19"
    )
    evening.play(*held)
    evening.later(hours=1)
    for row in evening.book.all("courses"):
        row["DATE_UPDATED"] = "2026-03-01T00:00:00.000Z"
    went: list[str] = []
    for _ in range(len(held)):
        result = evening.write_back()
        went += sent(result)
        left = [one.detail for one in result.outcomes if one.code == "UP_SHEETS_NOT_LOOKED_AT"]
        rest = len(held) - len(went)
        assert left == ([f"{rest} sheets"] if rest > 0 else [])
        if rest == 0:
            break
    assert sorted(went) == held
