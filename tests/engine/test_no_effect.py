"""Edusign answers success and does nothing: no run after it is a success until it is so."""

from __future__ import annotations

from contextlib import ExitStack
from copy import deepcopy
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Request, Response

from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from tests.bugs.wire import Ended, Wire, answers
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JSON = "application/json"


class Lying(Wire):
    """A school on an Edusign that takes writes of one kind, and does nothing."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__(folder, stack)
        self.verb, self.route = "", "course"
        self.refuses = ""
        app = create_app(self.book)

        @Request.application
        def lie(request: Request) -> Response:
            if self.refuses and f"/{self.refuses}/" in request.path and request.method == "GET":
                return answers('{"status": "success", "result": {"ID": "else"}}', JSON)(request)
            if request.method != self.verb or f"/{self.route}" not in request.path:
                return Response.from_app(app, request.environ)
            before = deepcopy(self.book.tables)
            answer = Response.from_app(app, request.environ)
            for name, rows in before.items():
                self.book.tables[name].clear()
                self.book.tables[name].update(rows)
            return answer

        self.edusign = stack.enter_context(serving(lie))

    def later(self) -> Ended:
        """Bring the planning down an hour later."""
        self.now += timedelta(hours=1)
        return self.command("sync", at=self.now.strftime("%Y-%m-%dT%H:%M"))


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Lying]:
    with ExitStack() as stack:
        yield Lying(tmp_path, stack)


CHANGES = {
    "PATCH": "it took a change of name, and shows none",
    "DELETE": "it took the deletion, and the sheet stands",
    "POST": "it took the sheet, and has none",
}


@pytest.mark.parametrize(
    ("verb", "far"),
    [("PATCH", False), ("PATCH", True), ("DELETE", False), ("DELETE", True), ("POST", False)],
)
def test_what_had_no_effect_is_named_until_it_has(school: Lying, verb: str, far: bool) -> None:
    """Also of sheets that are further away than those that each run looks at.

    One that was never made is missed there the day before its class.
    """
    rows = school.rows["/lessons"]
    for row in rows[1:] if far else []:
        row["on"] = "2026-03-24"
    one = rows[1]
    assert school.down().code == 0
    school.verb = verb
    if verb == "PATCH":
        one["title"] = "New"
    elif verb == "DELETE":
        rows.remove(one)
    else:
        rows.append(lesson(9, on=one["on"]))
    first = school.later()
    assert first.code == 0, first.said  # Edusign said that it was done
    told = [school.later() for _ in range(3)]
    assert all(ended.code == 1 for ended in told[1:]), told[1].said
    assert all(f"EDU_NO_EFFECT course {9 if verb == 'POST' else 2}" in t.said for t in told[1:])
    assert CHANGES[verb] in told[-1].said
    school.verb = ""
    if verb == "DELETE":
        school.book.tables["courses"] = {
            key: row for key, row in school.book.tables["courses"].items() if row["API_ID"] != "2"
        }
    school.later()
    last = school.later()
    assert last.code == 0, last.said
    assert sorted((sheet[0], sheet[1]) for sheet in last.sheets) == sorted(
        (str(row["id"]), row["title"]) for row in rows
    )


def test_what_had_its_effect_is_no_alarm(school: Lying) -> None:
    """Also where Edusign dates a change before the run that made it."""
    school.down()
    school.rows["/lessons"][0]["title"] = "New"
    school.rows["/lessons"].pop(1)
    school.rows["/lessons"].append(lesson(9))
    for _ in range(3):
        ended = school.later()
        assert (ended.code, "NO_EFFECT" in ended.said) == (0, False), ended.said


PEOPLE = {"student": "/learners", "professor": "/teachers", "external": "/tutors"}
KINDS = [*PEOPLE, "group"]


def _school(school: Lying) -> None:
    school.has_classes()
    for row in school.rows["/lessons"]:
        row["classes"] = [5]
    school.spec["resources"]["tutors"] = {"get": "/tutors", "key": "id"}
    school.rows["/tutors"] = [person(90, apprentices=[1])]
    school.spec["entities"]["external"] = {
        **school.spec["entities"]["professor"],
        "from": "tutors",
        "students": "apprentices",
    }


def _rewritten(school: Lying, kind: str) -> None:
    """Let the ERP rewrite one item of a kind."""
    if kind == "group":
        school.rows["/classes"][0]["title"] = "New"
    else:
        school.rows[PEOPLE[kind]][0]["last"] = "New"


def _names(school: Lying, kind: str) -> set[str]:
    rows = school.book.all(f"{kind}s")
    return {row["NAME"] if kind == "group" else row["LASTNAME"] for row in rows}


@pytest.mark.parametrize("kind", KINDS)
def test_people_and_groups_are_named_until_it_has_an_effect(school: Lying, kind: str) -> None:
    _school(school)
    assert school.down().code == 0
    school.verb, school.route = "PATCH", kind
    _rewritten(school, kind)
    first = school.later()
    assert (first.code, "DOWN_UPDATED" in first.said) == (0, True), first.said
    field = "name" if kind == "group" else "last_name"
    for _ in range(2):
        told = school.later()
        assert told.code == 1, told.said
        assert f"it took a change of {field}, and shows none" in told.said
        assert "OVERWRITTEN" not in told.said
        assert "New" not in _names(school, kind)
    school.verb = ""
    assert school.later().code == 1  # it is sent once more
    last = school.later()
    assert (last.code, "New" in _names(school, kind)) == (0, True), last.said


@pytest.mark.parametrize("kind", KINDS)
def test_people_and_groups_that_changed_are_no_alarm(school: Lying, kind: str) -> None:
    _school(school)
    school.down()
    _rewritten(school, kind)
    for _ in range(3):
        ended = school.later()
        assert (ended.code, "NO_EFFECT" in ended.said) == (0, False), ended.said


@pytest.mark.parametrize("kind", ["student", "external", "group"])
def test_an_item_that_edusign_does_not_show_is_looked_at_by_a_later_run(
    school: Lying, kind: str
) -> None:
    _school(school)
    school.down()
    school.verb, school.route = "PATCH", kind
    _rewritten(school, kind)
    school.later()
    school.refuses = "externals" if kind == "external" else kind
    ended = school.later()
    assert "EDU_PEOPLE_NOT_LISTED" in ended.said, ended.said
    school.refuses, school.verb = "", ""
    assert "EDU_NO_EFFECT" in school.later().said
    assert "New" in _names(school, kind)


@pytest.mark.parametrize("kind", ["student", "professor", "group"])
def test_it_is_looked_at_until_then_also_when_no_sheet_names_it(school: Lying, kind: str) -> None:
    """Holidays, right after a change that had no effect."""
    _school(school)
    school.down()
    school.verb, school.route = "PATCH", kind
    _rewritten(school, kind)
    school.later()
    kept = school.rows["/lessons"]
    other = {"classes": [6], "learners": [2], "teacher": 71}
    school.rows["/lessons"] = [lesson(20, on="2026-03-20", **other)]
    school.rows["/classes"].append({"id": 6, "title": "BTS 2", "learners": [2]})
    ended = school.later()
    assert f"EDU_NO_EFFECT {kind}" in ended.said, ended.said
    school.verb, school.rows["/lessons"] = "", kept
    for _ in range(3):
        last = school.later()
    assert (last.code, "New" in _names(school, kind)) == (0, True), last.said


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_who_was_never_made_is_made_by_a_later_run(school: Lying, kind: str) -> None:
    """Edusign answers a creation with an id that leads to nobody.

    It refuses sheets that name them; who is on no sheet is seen by the look.
    """
    _school(school)
    school.down()
    new = {"student": 3, "professor": 75, "external": 91, "group": 6}[kind]
    if kind == "group":
        school.rows["/classes"].append({"id": new, "title": "Made", "learners": [1]})
        school.rows["/lessons"][0]["classes"] = [5, new]
    else:
        school.rows[PEOPLE[kind]].append(person(new, last="Made", apprentices=[1]))
    if kind == "student":
        school.rows["/lessons"][0]["learners"] = [1, 2, new]
    if kind == "professor":
        school.rows["/lessons"][0]["teacher"] = new
    school.verb, school.route = "POST", kind
    said = [school.later() for _ in range(4)]
    assert "DOWN_PERSON_DELETED_BY_HAND" in said[1].said  # it may have been
    for one in said[2:]:
        words = (
            "it took the external, and has none"
            if kind == "external"
            else f"deleted on Edusign: {kind}"
        )
        assert (one.code, words in one.said) == (1, True), one.said
    school.verb = ""
    for _ in range(3):
        last = school.later()
    assert (last.code, "Made" in _names(school, kind)) == (0, True), last.said
