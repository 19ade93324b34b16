"""The admin door of each simulator: what is changed there comes down with the next run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from edusync.sandbox.door import Example
from tests.conftest import World
from tests.support.commands import edusync

CLASSES = {
    "adesoft": "/8801/",
    "aimaira": "4100231",
    "ammon": "55120",
    "aurion": "880412",
    "fca": "70115",
    "hyperplanning": "/5045/",
    "scform": "1/30177",
    "ypareo": "7712001",
}


def open_door(world: World, example: Example) -> Any:
    answer = requests.request(
        example.verb,
        f"{world.erp_url}/_sandbox/{example.path}",
        json=example.body or None,
        timeout=5,
    )
    assert answer.ok, answer.text
    return answer.json()


def sheets(world: World, erp: str) -> dict[str, tuple[str, str]]:
    """Return the name and the start of the sheets of the first class."""
    return {
        row["API_ID"]: (row["NAME"], row["START"])
        for row in world.book.all("courses")
        if CLASSES[erp] in row["API_ID"]
    }


@pytest.mark.parametrize("erp", CLASSES)
def test_class_is_moved_renamed_added_and_cancelled(
    make_world: Callable[..., World], erp: str
) -> None:
    world = make_world(erp)
    world.write(options=world.simulation.answers(world.erp_url)["options"])
    world.sync()
    move, rename, *add, cancel = world.door.examples
    for words, example in (("move", move), ("rename", rename), ("cancel", cancel)):
        assert example.what.startswith(words)
    before, count = sheets(world, erp), len(world.book.all("courses"))
    assert before
    for example in (move, rename):
        open_door(world, example)
        world.later(hours=1)
        world.sync()
    after = sheets(world, erp)
    assert {start for _, start in after.values()} != {start for _, start in before.values()}
    assert {name for name, _ in after.values()} != {name for name, _ in before.values()}
    for example in add:
        open_door(world, example)
    world.later(hours=1)
    world.sync()
    assert len(world.book.all("courses")) == count + 1
    open_door(world, cancel)
    world.later(hours=1)
    world.sync()
    assert len(sheets(world, erp)) == len(before) - 1


@pytest.mark.parametrize("erp", CLASSES)
def test_help_of_the_sandbox_shows_the_door(erp: str) -> None:
    told = edusync("sandbox", erp, "--help", "--at", "2026-03-16T11:30")
    assert told.returncode == 0
    for words in ("/_sandbox", "# move", "# rename", "# add", "# cancel", "# break an endpoint"):
        assert words in told.stdout


def test_what_does_not_fit_is_refused(world: World) -> None:
    def status(verb: str, path: str, body: Any = None) -> int:
        address = f"{world.erp_url}/_sandbox/{path}"
        return requests.request(verb, address, json=body, timeout=5).status_code

    assert status("GET", "nothing") == 404
    assert status("PATCH", "cours/1", {"nomMatiere": "X"}) == 404
    assert status("PATCH", "cours/7712001", {"name": "X"}) == 400
    assert status("POST", "break", {"what": 1}) == 400
    assert status("GET", "") == 200


@pytest.mark.parametrize(
    ("more", "code"),
    [({}, "CONN_CALL_FAILED"), ({"status": 404}, "CONN_ERP_ACCESS_NOT_OPENED")],
)
def test_table_of_a_database_is_put_out_of_order_and_mended(
    make_world: Callable[..., World], more: dict[str, Any], code: str
) -> None:
    world = make_world("scform")
    world.sync()
    before = {row["API_ID"] for row in world.book.all("courses")}
    tables = requests.get(f"{world.erp_url}/_sandbox", timeout=5).json()
    open_door(world, Example("break", "POST", "break", {"path": "V_SEANCE", **more}))
    world.later(hours=1)
    result = world.sync()
    assert code in [event.code for event in result.outcomes]
    assert "RUN_READ_INCOMPLETE" in result.plan.guards
    assert {row["API_ID"] for row in world.book.all("courses")} == before
    assert requests.get(f"{world.erp_url}/_sandbox", timeout=5).json() == tables
    open_door(world, Example("rename", "PATCH", "V_SEANCE/1-30177", {"LIBELLE_SEANCE": "Atelier"}))
    open_door(world, Example("mend", "DELETE", "break"))
    world.later(hours=1)
    assert world.sync().status == "success"
    assert world.course("1/30177")["NAME"] == "Atelier"


def test_attendance_does_not_go_into_a_table_that_is_out_of_order(
    make_world: Callable[..., World],
) -> None:
    world = make_world("scform", reasons={"sick leave": "Maladie"})
    world.sync()
    world.to_evening()
    world.play("1/30177")
    open_door(world, Example("break", "POST", "break", {"path": "ABSENCE_IMPORT"}))
    assert world.write_back().status != "success"
    open_door(world, Example("mend", "DELETE", "break"))
    assert world.simulation.attendance() == []
    world.later(hours=1)
    assert world.write_back().status == "success"
    assert world.simulation.attendance() != []


@pytest.mark.parametrize("body", [{"path": "V_NOBODY"}, {"path": "V_SEANCE", "times": 2}])
def test_table_that_is_not_there_or_a_count_is_refused(
    make_world: Callable[..., World], body: dict[str, Any]
) -> None:
    address = f"{make_world('scform').erp_url}/_sandbox/break"
    assert requests.post(address, json=body, timeout=5).status_code == 400
    assert requests.get(address, timeout=5).json() == []


def test_help_of_a_database_says_how_a_table_is_broken() -> None:
    told = edusync("sandbox", "scform", "--help", "--at", "2026-03-16T11:30")
    assert "statements on the tables whose names hold this text fail" in told.stdout
    assert '"path": "V_SEANCE"' in told.stdout


@pytest.mark.source("S033", "S065", "S200")
@pytest.mark.parametrize(
    ("erp", "path", "filters"),
    [
        ("ammon", "/statuts-session", {}),
        ("aimaira", "/Programme", {"brandIds": ["École Nord"]}),
        ("adesoft", "fatherIds=", {"folderId": ["901"]}),
        ("ypareo", "/formation-longue/groupes", {"siteCodes": ["36"]}),
        ("fca", "/actions", {"activityLabels": ["FCA-*"]}),
        ("hyperplanning", "RubriqueDuCoursDeFamille", {"courseFamilies": {"Filière": "Option"}}),
    ],
)
def test_list_that_decides_what_counts_lets_nothing_through_when_it_is_out_of_order(
    make_world: Callable[..., World], erp: str, path: str, filters: dict[str, Any]
) -> None:
    world = make_world(erp)
    options = world.simulation.answers(world.erp_url)["options"]
    world.write(options=options, filters=filters)
    open_door(world, Example("break", "POST", "break", {"path": path}))
    result = world.sync()
    assert world.book.all("courses") == []
    assert result.status == "failed"
    open_door(world, Example("mend", "DELETE", "break"))
    world.later(hours=1)
    world.sync()
    assert world.book.all("courses") != []
