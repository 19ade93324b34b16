"""Bodies of a whole mapping: forms, XML and arguments of SOAP take one as JSON does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree
from werkzeug.wrappers import Request, Response

from edusync.spec.evaluate import Unreadable
from edusync.spec.language.written import as_xml
from tests.bugs.wire import Soap, Wire

LINE = {"who": "{{ person.source_id }}", "note": "a&b <c>", "none": None, "tags": ["x", "y"]}


def _goes_up(wire: Wire, step: dict[str, Any]) -> None:
    wire.goes_up(line={"student": LINE}, for_person=[{**step, "in_doubt": "repeat"}])
    del wire.spec["writeback"]["for_sheet"]


def _noting(wire: Wire, path: str) -> list[Request]:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        request.get_data()
        seen.append(request)
        return Response("{}", content_type="application/json")

    wire.rows[path] = answer
    return seen


EMPTY: dict[str, Any] = {"none": None, "text": "", "list": [], "inner": {"deep": {"er": None}}}
HELD: dict[str, Any] = {"zero": 0, "no": False, "blank": " ", "items": [None, {"a": ""}], **EMPTY}


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"json": HELD}, b'{"zero":0,"no":false,"blank":" ","items":[null,{}]}'),
        ({"form": {"none": None, "list": [], "zero": 0, "no": False}}, b"zero=0&no=false"),
        ({"form": {"d": {"xml": "<a><b/><c>{{ line.who }}</c></a>"}}}, b"d=%3Ca%3E%3Cc%3E1%3C"),
        ({"xml": "<a>\n  <b>{{ line.none }}</b>\n  <c>0</c>\n</a>"}, b"<a>\n  <c>0</c>\n</a>"),
        ({"xml": "<a><b n='1'/><c><d> </d></c></a>"}, b"<a><b n='1'/></a>"),
        ({"xml": "<a><b/></a>"}, b"<a></a>"),
        (
            {"xml": {"inner": "<i><j/>k</i>", "xml": "<a>{{ inner | cdata }}</a>"}},
            b"<a><![CDATA[<i>k</i>]]></a>",
        ),
    ],
)
def test_empty_members_are_left_out(wire: Wire, body: dict[str, Any], sent: bytes) -> None:
    _goes_up(wire, {"post": "/presences", **body, "omit_empty": True})
    seen = _noting(wire, "/presences")
    assert wire.down().code == 0
    assert wire.attended().code == 0
    assert seen[0].get_data().startswith(sent)


def test_empty_members_of_a_list_and_of_the_call_that_it_names_are_left_out(wire: Wire) -> None:
    spec = wire.spec
    spec["transport"]["calls"] = {"ask": {"json": {"a": 1, "b": None}, "omit_empty": True}}
    lessons = spec["resources"]["lessons"]
    lessons |= {"call": "ask", "post": lessons.pop("get"), "json": {"c": "", "d": 0}}
    lessons["query"] = {"e": {}, "f": 0}
    rows = wire.rows["/lessons"]
    seen: list[tuple[bytes, str]] = []

    def answer(request: Request) -> Any:
        seen.append((request.get_data(), request.query_string.decode()))
        return rows

    wire.rows["/lessons"] = answer
    assert wire.down().code == 0
    assert seen[0] == (b'{"d":0,"a":1}', "f=0")


def test_form_is_a_whole_line(wire: Wire) -> None:
    _goes_up(wire, {"post": "/presences", "form": "{{ line }}"})
    seen = _noting(wire, "/presences")
    assert wire.down().code == 0
    assert wire.attended().code == 0
    assert [dict(one.form) for one in seen] == [
        {"who": who, "note": "a&b <c>", "tags": "x,y", "state": state}
        for who, state in (("1", "P"), ("2", "A"))
    ]


def test_text_has_a_piece_for_each_line(wire: Wire) -> None:
    _goes_up(wire, {})
    text = {"text": "BEGIN {{ course.source_id }}\n{{ each }}END", "each": "{{ line.who }};<b>\n"}
    steps = [{"post": "/presences", "text": text, "in_doubt": "repeat"}]
    wire.spec["writeback"]["for_sheet"] = steps
    del wire.spec["writeback"]["for_person"]
    seen = _noting(wire, "/presences")
    assert wire.down().code == 0
    assert wire.attended().code == 0
    assert [one.get_data() for one in seen] == [b"BEGIN 1\n1;<b>\n2;<b>\nEND"]


def test_text_has_a_piece_for_each_item_however_many(wire: Wire) -> None:
    lessons, rows = wire.spec["resources"]["lessons"], wire.rows["/lessons"]
    seen: list[bytes] = []
    each = "{{ item }}" + "." * 9000
    pieces = {"text": "[{{ each }}]", "each": each, "of": "window.days"}
    lessons |= {"post": lessons.pop("get"), "text": pieces}

    def answer(request: Request) -> Any:
        seen.append(request.get_data())
        return Response(json.dumps(rows), content_type="application/json")

    wire.rows["/lessons"] = answer
    ended = wire.down()
    assert ended.code == 0, ended.said
    assert seen[0].startswith(b"[2026-03-09...")
    assert len(seen[0]) > 64 * 1024


def test_xml_is_a_whole_line(wire: Wire) -> None:
    _goes_up(wire, {"post": "/presences", "xml": "<absence>{{ line }}</absence>"})
    seen = _noting(wire, "/presences")
    assert wire.down().code == 0
    assert wire.attended().code == 0
    root = etree.fromstring(seen[0].get_data())
    assert [(one.tag, one.text) for one in root] == [
        ("who", "1"),
        ("note", "a&b <c>"),
        ("none", None),
        ("tags", "x"),
        ("tags", "y"),
        ("state", "P"),
    ]


def test_arguments_of_a_list_are_a_whole_mapping(wire: Wire, soap: Soap) -> None:
    bodies: list[bytes] = []
    serve = wire.rows["/svc"]

    def answer(request: Request) -> Response:
        bodies.append(request.get_data())
        answered: Response = serve(request)
        return answered

    wire.rows["/svc"] = answer
    wire.spec["resources"]["people"]["arguments"] = "{{ {'x': window.first, 'ids': ['1', '2']} }}"
    ended = wire.down()
    assert ended.code == 0, ended.said
    asked = next(body for body in bodies if b"GetPeople" in body)
    assert b"x>2026-03-09<" in asked
    assert asked.count(b":ids>") == 4
    assert soap.asked


def test_mapping_without_a_name_for_each_is_refused() -> None:
    assert as_xml({"a": {"b": True, "c": [1, 2]}}) == "<a><b>true</b><c>1</c><c>2</c></a>"
    with pytest.raises(Unreadable, match="an element each"):
        as_xml([{"a": 1}])
    with pytest.raises(Unreadable, match="no name of an element"):
        as_xml({"a b": 1})


def test_hole_that_gives_no_names_sends_nothing(wire: Wire) -> None:
    lessons = wire.spec["resources"]["lessons"]
    lessons |= {"post": lessons.pop("get"), "form": "{{ window.first }}"}
    ended = wire.down()
    assert "needs names and their values" in ended.said
    assert "POST /lessons" not in wire.seen.asked
