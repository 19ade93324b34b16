"""SOAP as others speak it: values as they were written, elements that the WSDL does not declare,
attributes, `nil`, choices, and log-ins of any shape.
"""

from __future__ import annotations

from typing import Any

import pytest

from edusync.transport.soap import Service
from tests.bugs.wire import LESSON_TYPE, NS, Soap, Wire, elements, envelope

ASIDE = {
    "count": "decimal",
    "price": "decimal",
    "number": "long",
    "on": "date",
    "at": "time",
    "long": "duration",
    "open": "boolean",
}
WRITTEN = (
    "<count>007</count><price>1.50</price><number>0012</number><on>2026-03-16+01:00</on>"
    "<at>24:00:00</at><long>PT90M</long><open>true</open>"
)


def _read(wire: Wire, soap: Soap, inner: str, *, lexical: bool = False, **more: Any) -> Any:
    """Return what an answer of lessons holds, by the WSDL that the service serves over HTTP."""
    import requests

    del soap
    service = Service(
        f"{wire.url}/planning.wsdl",
        lambda url: requests.get(url, timeout=10).content,
        None,
        lexical=lexical,
    )
    operation = more.pop("operation", "GetLessons")
    header = more.pop("header", "")
    body = envelope(f'<{operation}Response xmlns="{NS}">{inner}</{operation}Response>')
    body = body.replace("<s:Body>", f"<s:Header>{header}</s:Header><s:Body>")
    return service.read(f"Planning.{operation}", body.encode(), 200, **more)


def test_values_are_numbers_by_their_types(wire: Wire, soap: Soap) -> None:
    soap.declared = elements(ASIDE)
    (row,) = _read(wire, soap, f"<lesson>{WRITTEN}</lesson>").body
    assert row == {
        "count": 7,
        "price": 1.5,
        "number": 12,
        "on": "2026-03-16",
        "at": "24:00:00",  # which the type cannot read: it was lost
        "long": "PT1H30M",
        "open": True,
    }


def test_values_are_what_was_written(wire: Wire, soap: Soap) -> None:
    soap.declared = elements(ASIDE)
    (row,) = _read(wire, soap, f"<lesson>{WRITTEN}</lesson>", lexical=True).body
    assert row == {
        "count": "007",
        "price": "1.50",
        "number": "0012",
        "on": "2026-03-16+01:00",
        "at": "24:00:00",
        "long": "PT90M",
        "open": True,
    }


@pytest.mark.parametrize("lexical", [True, False])
@pytest.mark.parametrize(
    ("inner", "rows"),
    [
        ("", None),
        ("<lesson/>", [None]),
        ("<lesson><id>1</id></lesson>", [{"id": "1"}]),
        ("<lesson><id>1</id><id>2</id></lesson>", [{"id": ["1", "2"]}]),
        (
            '<lesson><id>1</id><room kind="lab">B2</room><who><name>A</name></who></lesson>',
            [{"id": "1", "room": "B2", "who": {"name": "A"}}],
        ),
        ("<total>1</total><lesson><id>1</id></lesson>", [{"id": "1"}]),
        ('<lesson><title xsi:nil="true"/><id>1</id></lesson>', [{"id": "1", "title": None}]),
        (
            '<Lesson kind="x"><id>1</id></Lesson>',
            {"lesson": [], "Lesson": {"kind": "x", "id": "1"}},
        ),
    ],
)
def test_shape_of_rows(wire: Wire, soap: Soap, inner: str, rows: Any, *, lexical: bool) -> None:
    """What the reference says of rows: wrappers, attributes, nil, and what is not declared."""
    soap.declared = elements({"id": "string", "title": "string?"})
    found = _read(wire, soap, inner, lexical=lexical).body
    if isinstance(rows, list) and rows and rows[0]:
        rows = [{"id": None, "title": None, **row} for row in rows]
    assert found == rows


def test_attributes_stand_among_elements_and_change_no_text(wire: Wire, soap: Soap) -> None:
    """An element is the same with an attribute and without."""
    soap.declared = elements({"id": "string", "room": "string"})
    plain, marked = _read(
        wire,
        soap,
        '<lesson><id>1</id><code>7</code></lesson><lesson><id>1</id><code of="x">7</code></lesson>',
    ).body
    assert plain["code"] == marked["code"] == "7"
    assert marked["code"].get("of") == "x"


@pytest.mark.parametrize(
    ("inner", "header", "paths"),
    [
        ("<token>t-1</token>", "", {"token": "t-1"}),
        (
            "",
            '<n:Session xmlns:n="urn:x"><n:id>t-2</n:id></n:Session>',
            {"soap_header.Session.id": "t-2"},
        ),
        (
            "<token>t-3</token><expires>60</expires>",
            "<Lang>fr</Lang>",
            {"token": "t-3", "soap_header.Lang": "fr"},
        ),
    ],
)
def test_log_in_is_read_whatever_its_shape(
    wire: Wire, soap: Soap, inner: str, header: str, paths: dict[str, str]
) -> None:
    from edusync.spec.texts import Path

    found = _read(wire, soap, inner, header=header, operation="Login", whole=True).body
    assert {path: Path(path).read(found) for path in paths} == paths


def test_answer_with_elements_that_the_wsdl_does_not_declare_is_read(
    wire: Wire, soap: Soap
) -> None:
    soap.lessons = [row + "<room>B2</room>" for row in soap.lessons]
    wire.spec["entities"]["course"]["classroom_name"] = "room"
    ended = wire.down()
    assert ended.code == 0, ended.said
    assert [sheet[4] for sheet in ended.sheets] == ["B2", "B2"]


def test_times_as_they_were_written_make_sheets(wire: Wire, soap: Soap) -> None:
    """A class until midnight: 24:00:00 is no time of any library, and was nothing."""
    soap.declared = elements({**LESSON_TYPE, "on": "date", "from": "time", "to": "time"})
    soap.lessons = [
        (
            "<id>1</id><title>Law</title><teacher>70</teacher><learner>1</learner>"
            "<on>2026-03-18</on><from>22:00:00</from><to>24:00:00</to>"
        )
    ]
    wire.spec["transport"]["values"] = "lexical"
    wire.spec["formats"] |= {
        "jour": {"kind": "date", "pattern": "iso"},
        "clock": {"kind": "time", "pattern": "%H:%M:%S"},
    }
    wire.spec["resources"]["lessons"]["as"] = {"on": "jour", "from": "clock", "to": "clock"}
    wire.spec["entities"]["course"] |= {
        "starts_at": {"day": "on", "time": "from"},
        "ends_at": {"day": "on", "time": "to"},
    }
    ended = wire.down()
    assert ended.code == 0, ended.said
    assert [sheet[2:4] for sheet in ended.sheets] == [
        ("2026-03-18T21:00:00.000Z", "2026-03-18T23:00:00.000Z")
    ]
