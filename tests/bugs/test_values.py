"""Values arrive as they are, and nobody is lost on their way (B08, B09, B10, B12, B27)."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Wire, answers
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def in_xml(wire: Wire, row: str, others: str = "") -> None:
    """Let one lesson come as XML, and others."""
    body = (
        '<plan xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><lesson><id>1</id>'
        "<on>2026-03-17</on><from>09:00</from><to>12:00</to><teacher>70</teacher>"
        f"{row}</lesson>{others}</plan>"
    )
    wire.rows["/lessons"] = answers(body, "text/xml")
    wire.spec["resources"]["lessons"] |= {"answer": "xml", "items": "lesson[]"}
    wire.spec["entities"]["course"]["students"] = "learners.e[]"


PEOPLE = "<learners><e>1</e><e>2</e></learners>"


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    ("cancelled", "comes"),
    [
        ("", True),
        ("<gone/>", True),
        ('<gone xsi:nil="true"/>', True),
        ('<gone xsi:nil="1" kind="date"/>', True),
        ('<gone xsi:nil="false">2026-03-10</gone>', False),
        ("<gone>2026-03-10</gone>", False),
        ('<gone kind="date">2026-03-10</gone>', False),
    ],
)
def test_b08_nil_is_null(wire: Wire, cancelled: str, comes: bool) -> None:
    """B08, xml-nil: a session that is not cancelled was dropped as cancelled."""
    # another lesson bears the element: a name that no row bears at all is unknown, not empty
    in_xml(
        wire,
        f"<title>Droit</title>{PEOPLE}{cancelled}",
        "<lesson><id>2</id><gone>x</gone></lesson>",
    )
    wire.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.gone"}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, int(comes)), ended.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    "row",
    [
        f"<title>Droit</title>{PEOPLE}",
        f'<title lang="fr">Droit</title>{PEOPLE}',
        f"<title><![CDATA[Droit]]></title>{PEOPLE}",
        f"<title>Droit<!-- bis --></title>{PEOPLE}",
        '<title>Droit</title><learners><e etat="x">1</e><e>2</e></learners>',
        '<title>Droit</title><learners n="2"><e etat="x">1</e><e etat="y">2</e></learners>',
    ],
)
def test_b09_an_attribute_does_not_change_a_value(wire: Wire, row: str) -> None:
    """B09, xml-attr: the value, with or without attribute."""
    in_xml(wire, row)
    ended = wire.down()
    assert (ended.code, ended.sheets[0][1], ended.students["1"]) == (0, "Droit", ["1", "2"])


@pytest.mark.parametrize("path", ["title.lang", "title.text"])
def test_b09_attributes_are_found_by_their_names(wire: Wire, path: str) -> None:
    in_xml(wire, f'<title lang="fr">Droit</title>{PEOPLE}')
    wire.spec["entities"]["course"]["name"] = path
    assert wire.down().sheets[0][1] == {"title.lang": "fr", "title.text": "Droit"}[path]


ODD: tuple[Any, ...] = ({"id": 1}, [{"id": 1}], {"value": {"id": 1}}, [[{"id": 1}]])


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
@pytest.mark.parametrize("place", ["learners", "teacher", "title", "id"])
def test_b09_an_object_where_a_value_is_due_is_reported_and_held(
    wire: Wire, place: str, odd: Any
) -> None:
    """B09: in every place where a plain value is due; it was nothing, without a word."""
    before = wire.down()
    wire.rows["/lessons"][0] = {**wire.rows["/lessons"][0], place: odd}
    after = wire.down()
    assert after.sheets == before.sheets, after.said
    assert "DOWN_VALUE_UNREADABLE" in after.said, after.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("learners", [1, 2, 3, "001"], "the ERP has no student 3, 001"),
        ("teachers", [71, 99], "the ERP has no professor 99"),
        ("group", [5, 6], "the ERP has no group 6"),
        ("room", 9, "the ERP has no classroom 9"),
    ],
)
def test_b10_whom_no_list_holds_is_named_on_the_sheet(
    wire: Wire, place: str, value: object, words: str
) -> None:
    """B10, http-unknown-student: left off without an event."""
    wire.rows["/lessons"] = [lesson(1, teachers=[71], group=[5], room=8) | {place: value}]
    wire.rows["/groups"] = [{"id": 5, "name": "A", "learners": [1]}]
    wire.rows["/rooms"] = [{"id": 8, "name": "B12"}]
    wire.spec["resources"] |= {
        "groups": {"get": "/groups", "key": "id"},
        "rooms": {"get": "/rooms", "key": "id"},
    }
    wire.spec["entities"] |= {
        "group": {"from": "groups", "source_id": "id", "name": "name", "students": "learners"},
        "classroom": {"from": "rooms", "source_id": "id", "name": "name"},
    }
    wire.spec["entities"]["course"] |= {
        "professors": "teachers",
        "groups": "group",
        "classroom": "room",
    }
    ended = wire.down()
    assert ended.students["1"] == ["1", "2"]
    assert "DOWN_REFERENCE_MISSING" in ended.said
    assert words in ended.said, ended.said
    told = wire.command("explain", "course", "1")
    assert words in told.said, told.said


def test_b10_explain_says_of_somebody_that_no_list_holds_them(wire: Wire) -> None:
    """B10: it said that all their sheets are blocked."""
    wire.rows["/lessons"] = [lesson(1, learners=[1, 3])]
    wire.down()
    told = wire.command("explain", "student", "3")
    assert "DOWN_REFERENCE_MISSING" in told.said, told.said


LONG = (20240917000000000001, 20240917000000000002)


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("written", ["{}", "{}.0", "{}e0", '"{}"'])
def test_b12_numbers_of_any_length_stay_what_they_are(wire: Wire, written: str) -> None:
    """B12, http-bigint: ids beyond 64 bits fell together."""
    one, two = (written.format(number) for number in LONG)
    people = json.dumps([person(1), person(2)])
    people = people.replace('"id": 1,', f'"id": {one},').replace('"id": 2,', f'"id": {two},')
    lessons = json.dumps([lesson(1)]).replace("[1, 2]", f"[{one}, {two}]")
    wire.rows["/learners"] = answers(people, "application/json")
    wire.rows["/lessons"] = answers(lessons, "application/json")
    ended = wire.down()
    assert (ended.code, ended.students) == (0, {"1": sorted(map(str, LONG))}), ended.said


def test_b12_a_long_number_goes_up_as_it_came(wire: Wire) -> None:
    """B12: a body of JSON with such a number was a traceback."""
    wire.goes_up()
    wire.spec["writeback"]["line"]["student"]["long"] = "{{ course.carry.long }}"
    wire.spec["entities"]["course"]["carry"] = {"long": "long"}
    wire.rows["/lessons"] = [lesson(1, long=LONG[0])]
    wire.down()
    up = wire.attended()
    assert up.code == 0, up.said
    assert str(LONG[0]) in json.dumps(wire.seen.written), up.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    ("charset", "kind"),
    [
        ("utf-8", "application/json"),
        ("utf-8-sig", "application/json"),
        ("utf-8-sig", "application/json; charset=utf-8"),
        ("utf-16", "application/json"),
        ("utf-32", "application/json; charset=utf-32"),
        ("latin-1", "application/json; charset=iso-8859-1"),
        ("cp1252", 'application/json; charset="windows-1252"'),
        ("utf-8", "application/json; charset=iso-8859-1"),
    ],
)
def test_b27_json_is_read_in_the_charset_that_it_is_in(wire: Wire, charset: str, kind: str) -> None:
    """B27, http-bom; a header that names another charset than UTF-8 counts where it is right."""
    text = json.dumps([lesson(1, title="Algèbre")], ensure_ascii=False)
    wire.rows["/lessons"] = answers(text.encode(charset), kind)
    ended = wire.down()
    assert (ended.code, ended.sheets[0][1]) == (0, "Algèbre"), ended.said


def test_b27_the_charset_of_the_spec_wins(wire: Wire) -> None:
    text = json.dumps([lesson(1, title="Algèbre")], ensure_ascii=False)
    wire.rows["/lessons"] = answers(text.encode("cp1252"), "application/json")
    wire.spec["resources"]["lessons"]["answer"] = {"kind": "json", "charset": "windows-1252"}
    assert wire.down().sheets[0][1] == "Algèbre"
