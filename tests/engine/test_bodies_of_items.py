"""Bodies with one thing for each item of a list: JSON, forms and XML, down and up, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request

from edusync.registry import Registry
from tests.contract.scenes.scene import School
from tests.little import lesson, person


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[School]:
    with ExitStack() as stack:
        found = School(tmp_path, registry, stack)
        found.rows["/lessons"] = [lesson(1, learners=[1, 2])]
        yield found


def asked(school: School, **body: Any) -> str:
    """Return the body with which people are asked for, in a batch."""
    bodies: list[str] = []

    def people(request: Request) -> Any:
        bodies.append(request.get_data(as_text=True))
        return [person(1), person(2)]

    school.rows["/learners"] = people
    learners = school.spec["resources"]["learners"]
    del learners["get"]
    learners |= {"post": "/learners", **body}
    learners["for_each"] = {"values": "lessons.learners", "batch": 10}
    school.sync()
    assert school.seen.findings == []
    (found,) = bodies
    return found


def test_json_has_an_object_for_each_item(school: School) -> None:
    body = {
        "people": {"each": {"id": "{{ item | number }}", "of": "{{ account.name }}"}, "of": "batch"}
    }
    assert json.loads(asked(school, json=body)) == {
        "people": [{"id": 1, "of": "main"}, {"id": 2, "of": "main"}]
    }


def test_lists_of_items_stand_in_each_other(school: School) -> None:
    body = {
        "each": {"n": "{{ item }}", "again": {"each": "{{ item }}!", "of": "batch"}},
        "of": "batch",
    }
    assert json.loads(asked(school, json={"all": body}))["all"][1] == {
        "n": "2",
        "again": ["1!", "2!"],
    }


def test_xml_has_a_piece_for_each_item_and_escapes_it(school: School) -> None:
    xml = {"xml": "<ids>{{ each }}</ids>", "each": "<id>{{ item }}&amp;</id>", "of": "batch"}
    school.rows["/lessons"] = [lesson(1, learners=["1", "<2>"])]
    assert asked(school, xml=xml) == "<ids><id>1&amp;</id><id>&lt;2&gt;&amp;</id></ids>"


def test_nothing_makes_an_empty_list(school: School) -> None:
    body = {"a": {"each": "x", "of": "filters.none"}, "b": "{{ batch }}"}
    school.spec["filters"] = {"none": {"label": "None"}}
    assert json.loads(asked(school, json=body)) == {"a": [], "b": ["1", "2"]}


def test_lines_of_a_sheet_are_items_too(school: School) -> None:
    school.goes_up()
    body = {"marks": {"each": {"of": "{{ item.who }}", "is": "{{ item.state }}"}, "of": "lines"}}
    school.spec["writeback"]["for_sheet"][0]["json"] = body
    school.sync()
    school.play("1", "present", "absent")
    school.write_back()
    assert school.seen.written == [{"marks": [{"of": "1", "is": "P"}, {"of": "2", "is": "A"}]}]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ({"xml": "<a>{{ each }}</a>", "each": "<b/>"}, "SPEC_MISSING_KEY"),
        ({"xml": "<a/>", "of": "window.days"}, "SPEC_MISSING_KEY"),
        ({"xml": "<a/>", "each": "{{ line }}", "of": "window.days"}, "SPEC_UNKNOWN_VARIABLE"),
    ],
)
def test_pieces_need_items_and_items_pieces(school: School, xml: dict[str, str], code: str) -> None:
    school.spec["resources"]["learners"] |= {"xml": xml}
    school.sync()
    assert code in {one.split()[0] for one in school.seen.findings}
