"""Lines of several sheets go up at the same time: never two of one person or of one sheet; killed
with all of them under way, the next run neither loses nor doubles a line.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from threading import Condition, Event
from typing import Any

import pytest
from werkzeug.wrappers import Response

from tests.conftest import NOW, World
from tests.reliability.test_kill_upward import held, start

pytestmark = pytest.mark.slow
SHEETS = ("7712001", "7712003", "7712004")
"""Three classes, nobody in two of them."""
WRITES = 7
"""Of nine people, those who were not simply there."""


@pytest.fixture
def evening(
    make_world: Callable[..., World], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], World]:
    """Return what makes a school in the evening of a day, with a store of its own."""

    def made() -> World:
        world = make_world("ypareo")
        world.state = tmp_path_factory.mktemp("fresh") / "state.db"
        world.write(grace="50ms")
        world.sync()
        world.play(*SHEETS)
        world.now = NOW + timedelta(days=3, hours=9)
        return world

    return made


@pytest.fixture
def wanted(evening: Callable[[], World]) -> list[str]:
    world = evening()
    assert world.write_back().status == "success"
    assert len(held(world)) == WRITES
    return held(world)


class Gathered:
    """Keeps each write until three are under way, or no other one comes."""

    def __init__(self) -> None:
        self.changed, self.under_way, self.most = Condition(), 0, 0

    def before(self, _verb: str, path: str) -> None:
        """Note that a write has come."""
        if "absences" in path:
            with self.changed:
                self.under_way += 1
                self.most = max(self.most, self.under_way)
                self.changed.notify_all()
                self.changed.wait_for(lambda: self.under_way == len(SHEETS), timeout=0.1)

    def after(self, _verb: str, path: str) -> None:
        """Note that a write is over."""
        if "absences" in path:
            with self.changed:
                self.under_way -= 1


def test_lines_of_several_sheets_are_under_way_together(
    evening: Callable[[], World], wanted: list[str]
) -> None:
    world, gathered = evening(), Gathered()
    world.erp.before, world.erp.after = gathered.before, gathered.after
    result = world.write_back()
    assert (result.status, held(world), gathered.most) == ("success", wanted, 3)
    told = [str(one.source_id) for one in result.outcomes if one.code == "UP_SENT"]
    assert told == sorted(told)  # in their order, whichever was through first


def test_a_person_on_two_sheets_has_one_line_under_way(evening: Callable[[], World]) -> None:
    world, gathered = evening(), Gathered()
    world.play("7712002")  # with the people of the first and of the second class
    erp, under_way, together = world.erp.application, list[int](), list[tuple[int, ...]]()

    def watched(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "POST" or "absences" not in environ["PATH_INFO"]:
            return erp(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        under_way.append(json.loads(body)["codeApprenant"])
        gathered.before("POST", environ["PATH_INFO"])
        together.append(tuple(under_way))
        answer = list(erp(environ, start_response))
        gathered.after("POST", environ["PATH_INFO"])
        under_way.remove(json.loads(body)["codeApprenant"])
        return answer

    world.erp.application = watched
    assert world.write_back().status == "success"
    assert len(together) > WRITES
    assert [people for people in together if len(set(people)) < len(people)] == []
    assert gathered.most > 1


@pytest.mark.promise("P1")
@pytest.mark.walk(every=3)
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number", range(1, WRITES + 1))
def test_killed_with_several_lines_under_way(
    evening: Callable[[], World], wanted: list[str], number: int, moment: str
) -> None:
    world = evening()
    process: dict[str, subprocess.Popen[bytes]] = {}
    dead, seen = Event(), 0

    def hook(_verb: str, path: str) -> None:
        nonlocal seen
        seen += "absences" in path
        if "absences" in path and seen == number:
            world.sides[1].gather(len(SHEETS))
            os.kill(process["it"].pid, signal.SIGKILL)
            process["it"].wait()
            dead.set()
        elif seen > number:
            assert dead.wait(timeout=60)

    setattr(world.erp, moment, hook)
    process["it"] = start(world)
    process["it"].communicate(timeout=60)
    world.erp.before = world.erp.after = lambda _verb, _path: None
    assert process["it"].returncode == -signal.SIGKILL
    world.settle()
    assert (world.write_back(real_sleep=True).status, held(world)) == ("success", wanted)
    assert {outcome.code for outcome in world.write_back().outcomes} <= {"UP_COURSE_ALREADY_SENT"}
    assert held(world) == wanted


@pytest.mark.promise("P2")
@pytest.mark.walk(every=2)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("skip", range(WRITES))
def test_answers_of_several_lines_are_lost(
    evening: Callable[[], World], wanted: list[str], skip: int, when: str
) -> None:
    world, seen = evening(), 0

    def lost(_verb: str, path: str) -> Response | None:
        nonlocal seen
        seen += "absences" in path
        is_lost = "absences" in path and skip < seen <= min(skip + 3, WRITES)
        return Response("Gateway Timeout", 504) if is_lost else None

    setattr(world.erp, when, lost)
    result = world.write_back(real_sleep=True)
    assert (result.status, held(world)) == ("success", wanted)
