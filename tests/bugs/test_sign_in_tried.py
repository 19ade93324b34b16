"""`check` says that somebody signed in only where that was tried, and never beside a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.bugs.wire import Soap, Wire

HOW = ("nothing", "login", "probe", "login and probe")
"""What of a spec tries the sign-in."""
CALLS = {
    "http": ({"post": "/login"}, {"get": "/me"}),
    "soap": ({"soap": "Planning.Login"}, {"soap": "Planning.GetPeople"}),
}


def _school(folder: Path, stack: ExitStack, wire: str, how: str, refused: str) -> Wire:
    """Return a school; `refused` says what its ERP refuses: nothing, lists, or everything."""
    school = Wire(folder, stack)
    is_refused: Callable[[str], bool] = lambda path: (  # noqa: E731 - one line for both wires
        refused == "everything" or (refused == "lists" and path not in {"/login", "/me", "Login"})
    )
    no = Response("{}", 401, content_type="application/json")
    if wire == "soap":
        service = Soap(school)
        service.told = lambda asked, _body: no if is_refused(asked) else None
    else:
        school.rows |= {"/login": {"token": "one"}, "/me": {"name": "us"}}
        for path, rows in [*school.rows.items()]:
            school.rows[path] = _answer(rows, no if is_refused(path) else None)
    login, probe = CALLS[wire]
    if "login" in how:
        school.spec["transport"]["auth"] = {
            "login": [{**login, "read": {"token": "token"}}],
            "send": {"headers": {"X-Token": "{{ auth.token }}"}},
        }
    if "probe" in how:
        school.spec["transport"]["probe"] = probe
    school.goes_up()
    if wire == "soap":
        del school.spec["resources"]["reasons"], school.spec["writeback"]["reasons"]
        school.spec["writeback"]["states"]["absent_justified"] = {"else": "absent"}
        school.spec["writeback"]["for_sheet"] = [{"soap": "Planning.Save", "in_doubt": "repeat"}]
    return school


def _answer(rows: Any, no: Response | None) -> Callable[[Request], Any]:
    text = json.dumps(rows)
    return lambda _request: no or Response(text, content_type="application/json")


@pytest.mark.parametrize("refused", ["nothing", "lists", "everything"])
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("wire", CALLS)
def test_sign_in_is_said_as_it_was_tried(wire: str, how: str, refused: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        school = _school(tmp_path, stack, wire, how, refused)
        code, said, _ = school.command("check", at="2026-03-16T11:30")
    if refused == "nothing":
        words = "answers; no log-in step" if how == "nothing" else "signed in"
        assert f"ok main: Little: {words}" in said
        assert "ok main: the attendance up: would go up" in said
        assert code == 0, said
        return
    proven = refused == "lists" and "probe" in how and wire == "http"
    assert ("ok main: Little: signed in" in said) == proven, said
    assert ("bad main: Little: CONN_AUTH_FAILED" in said) != proven, said
    assert "the attendance up: would go up" not in said, said
    assert "the planning down: would come down" not in said
    assert code == 5, said
