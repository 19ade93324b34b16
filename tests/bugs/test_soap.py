"""SOAP: every element is read, ids stay what they are, the sign-in goes along, strangers get
nothing (B09, B11, B12, B26, B28, B29).
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response
from zeep import xsd as untyped

from edusync.transport.soap_declared import declares
from tests.bugs.wire import LESSON_TYPE, Soap, Wire, answers, assert_held, elements, envelope
from tests.little import UPWARD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PAGE = "<!doctype html><html><body>Maintenance en cours</body></html>"
MTOM = (
    '--b\r\nContent-Type: application/xop+xml; type="text/xml"\r\nContent-ID: <r@x>\r\n\r\n'
    + envelope("")
    + "\r\n--b--\r\n"
)
ODD: dict[str, tuple[str | bytes, str]] = {
    "page": (PAGE, "text/html"),
    "page-as-xml": (PAGE, "text/xml"),
    "page-in-xhtml": ('<?xml version="1.0"?><html><body/></html>', "text/xml"),
    "text": ("Service indisponible", "text/plain"),
    "nothing": ("", "text/xml"),
    "blanks": ("  \n", "text/xml"),
    "json": ('{"error": "expired"}', "application/json"),
    "another-document": ("<error>closed</error>", "text/xml"),
    "half": (envelope("")[:120], "text/xml"),
    "packed": (MTOM, 'multipart/related; type="application/xop+xml"; boundary="b"'),
    "typed": ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + envelope("")[38:], "text/xml"),
}


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.fixture
def soap(wire: Wire) -> Soap:
    return Soap(wire)


def goes_up(wire: Wire, in_doubt: str = "repeat") -> None:
    """Let the attendance go up by an operation."""
    step = {"soap": "Planning.Save", "arguments": "{{ line }}", "in_doubt": in_doubt}
    wire.spec["writeback"] = {
        "line": {"student": {"state": "{{ person.source_id }}"}},
        "states": {
            name: {key: {} if key == "set" else value for key, value in rule.items()}
            for name, rule in UPWARD["states"].items()
        },
        "for_person": [step],
    }


def test_two_lessons_come_down_and_go_up(wire: Wire, soap: Soap) -> None:
    goes_up(wire)
    ended = wire.down()
    assert (ended.code, ended.students) == (0, {"1": ["1", "2"], "2": ["1", "2"]}), ended.said
    up = wire.attended()
    assert (up.code, [name for name, _ in soap.asked].count("Save")) == (0, 2), up.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("odd", ODD)
def test_b26_what_is_no_soap_is_held_on_the_way_down(wire: Wire, soap: Soap, odd: str) -> None:
    """B26, soap-html, soap-text, soap-empty, soap-mtom: a KeyError before."""
    before = wire.down()
    soap.told = lambda operation, _body: (
        Response(ODD[odd][0], content_type=ODD[odd][1]) if operation == "GetLessons" else None
    )
    assert_held(before, wire.down())


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("odd", ODD)
def test_b26_what_is_no_soap_leaves_a_write_in_doubt(wire: Wire, soap: Soap, odd: str) -> None:
    """B26, soap-upward-html: nobody knows what became of it, so that it is not refused."""
    goes_up(wire, "person")
    wire.down()
    soap.told = lambda operation, _body: (
        Response(ODD[odd][0], content_type=ODD[odd][1]) if operation == "Save" else None
    )
    up = wire.attended()
    assert up.code != 0
    assert "UP_IN_DOUBT" in up.said, up.said


NO_WSDL: dict[str, tuple[str | bytes, str]] = {
    **{odd: ODD[odd] for odd in ("page", "text", "nothing", "json", "half")},
    **{text: (text.encode(), "text/xml") for text in ("[]", "{}", "0", "\x00", "<", "<a", "<a/>")},
    "a comment": (b"<!-- -->", "text/xml"),
    "a declaration": (b'<?xml version="1.0"?>', "text/xml"),
    "no services": (b'<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>', "text/xml"),
}


@pytest.mark.parametrize("odd", NO_WSDL)
def test_b26_what_is_no_wsdl_is_held(wire: Wire, soap: Soap, odd: str) -> None:
    """B26: the description itself may be a page for people, or nothing like XML."""
    del soap
    before = wire.down()
    wire.rows["/planning.wsdl"] = answers(*NO_WSDL[odd])
    ended = wire.down()
    assert (ended.code != 0, ended.sheets) == (True, before.sheets), ended.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<learner>2</learner>", "<present>true</present><learner>2</learner>"),
        ("<title>", "<colour>red</colour><title>"),
        ("<id>1</id><title>Lesson 1</title>", "<title>Lesson 1</title><id>1</id>"),
        ("<teacher>70</teacher><learner>1</learner>", "<learner>1</learner><teacher>70</teacher>"),
        ("<learner>2</learner>", "<learner>2</learner><colour>red</colour>"),
        ("<teacher>", "<more><learner>9</learner></more><teacher>"),
    ],
)
def test_b11_elements_that_the_wsdl_does_not_expect_lose_nobody(
    wire: Wire, soap: Soap, old: str, new: str
) -> None:
    """B11, soap-interleaved, soap-extra-middle: zeep loses those behind an unknown element."""
    before = wire.down()
    soap.lessons = [row.replace(old, new) for row in soap.lessons]
    after = wire.down()
    assert (after.code, after.sheets) == (0, before.sheets), after.said


def test_b11_an_unknown_element_between_rows_loses_no_row(wire: Wire, soap: Soap) -> None:
    """B11: rows are elements, too."""
    before = wire.down()
    soap.told = lambda operation, body: (
        Response(body.replace("</lesson><lesson>", "</lesson><break/><lesson>"))
        if operation == "GetLessons"
        else None
    )
    after = wire.down()
    assert (after.code, after.sheets) == (0, before.sheets), after.said


def test_b11_more_than_a_choice_allows_loses_nobody(wire: Wire, soap: Soap) -> None:
    """B11: a choice has no order to put elements into; both are read, each by its name."""
    choice = elements({"learner": "decimal", "guest": "string"})
    plain = {name: kind for name, kind in LESSON_TYPE.items() if name != "learner"}
    soap.declared = f"{elements(plain)}<xsd:choice>{choice}</xsd:choice>"
    soap.lessons = [row.replace("<learner>2</learner>", "") for row in soap.lessons]
    before = wire.down()
    assert before.code == 0, before.said
    soap.lessons = [f"{row}<guest>x</guest>" for row in soap.lessons]
    after = wire.down()
    assert (after.code, after.sheets) == (0, before.sheets), after.said


@pytest.mark.parametrize("told", ["answer.body.done == false", "answer.body == false"])
def test_the_only_element_of_an_answer_is_found_by_its_name_and_without(
    wire: Wire, soap: Soap, told: str
) -> None:
    """A line of `answers` for all calls judges what each of them answers."""
    goes_up(wire)
    wire.spec["transport"]["answers"] = [{"when": told, "then": "refused"}]
    before = wire.down()
    assert (before.code, "SPEC_PATH_NEVER_SEEN" in before.said) == (0, False), before.said
    soap.told = lambda operation, body: (
        Response(body.replace("true", "false"), content_type="text/xml")
        if operation == "Save"
        else None
    )
    up = wire.attended()
    assert (up.code, up.said.count("UP_ERP_REJECTED") > 0) == (1, True), up.said


def test_the_only_element_of_an_answer_is_read_by_its_name(wire: Wire, soap: Soap) -> None:
    goes_up(wire)
    step = wire.spec["writeback"]["for_person"][0]
    wire.spec["writeback"]["for_person"] = [
        step | {"read": {"kept": "done"}},
        step | {"arguments": {"state": "{{ got.kept }}"}, "when": "got.kept"},
    ]
    assert wire.down().code == 0
    up = wire.attended()
    assert (up.code, [name for name, _ in soap.asked].count("Save")) == (0, 4), up.said


LONG = (100000000000000001, 100000000000000002)


def test_b12_decimals_beyond_floats_stay_two_ids(wire: Wire, soap: Soap) -> None:
    """B12, soap-decimal: two students became one."""
    for number, long in zip((1, 2), LONG, strict=True):
        soap.people = [row.replace(f"<id>{number}</id>", f"<id>{long}</id>") for row in soap.people]
        soap.lessons = [
            row.replace(f"<learner>{number}</learner>", f"<learner>{long}</learner>")
            for row in soap.lessons
        ]
    ended = wire.down()
    assert (ended.code, ended.students["1"]) == (0, sorted(map(str, LONG))), ended.said


@pytest.mark.parametrize(
    ("sent", "test", "gone"),
    [
        ("2", "row.state == '2'", True),
        ("2.00", "row.state == '2'", True),
        ("2", "row.state == 2", True),
        ("1", "row.state == '2'", False),
        ("2.5", "row.state == 2.5", True),
    ],
)
def test_b12_a_flag_is_a_number_and_a_text(
    wire: Wire, soap: Soap, sent: str, test: str, gone: bool
) -> None:
    """B12, soap-stateflag."""
    soap.declared += elements({"state": "decimal"})
    soap.lessons[1] += f"<state>{sent}</state>"
    wire.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": test}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 1 if gone else 2), ended.said


def test_b09_a_text_with_an_attribute_is_the_text(wire: Wire, soap: Soap) -> None:
    """B09, soap-attr: its name was empty."""
    soap.declared = soap.declared.replace(
        '<xsd:element name="title" type="xsd:string" minOccurs="0" maxOccurs="1" nillable="true"/>',
        '<xsd:element name="title"><xsd:complexType><xsd:simpleContent>'
        '<xsd:extension base="xsd:string"><xsd:attribute name="lang" type="xsd:string"/>'
        "</xsd:extension></xsd:simpleContent></xsd:complexType></xsd:element>",
    )
    soap.lessons[0] = soap.lessons[0].replace("<title>", '<title lang="fr">')
    wire.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.title.lang == 'de'"}
    ended = wire.down()
    assert [sheet[1] for sheet in ended.sheets] == ["Lesson 1", "Lesson 2"], ended.said


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"<!--" + b"x" * 9000 + b"-->"])
def test_b27_a_byte_order_mark_or_a_long_comment_comes_before_an_envelope(
    wire: Wire, soap: Soap, before: bytes
) -> None:
    """B27, soap-bom, soap-longhead."""
    soap.told = lambda _operation, body: Response(before + body.encode()[38:])
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said


LOGIN: dict[str, Any] = {
    "login": [
        {
            "soap": "Planning.Login",
            "arguments": {"user": "u", "password": "p"},
            "read": {"token": "token"},
        }
    ]
}


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    ("place", "sent", "seen"),
    [
        ("headers", {"X-Token": "Bearer {{ auth.token }}"}, ("X-Token", "Bearer tok-1")),
        ("query", {"key": "{{ auth.token }}"}, ("?", "key=tok-1")),
        ("cookies", {"sid": "{{ auth.token }}"}, ("Cookie", "sid=tok-1")),
    ],
)
def test_b29_a_sign_in_by_soap_is_read_and_goes_with_every_call(
    wire: Wire, soap: Soap, place: str, sent: dict[str, str], seen: tuple[str, str]
) -> None:
    """B29, soap-login, soap-sendheader: impossible, or not sent and silent, before."""
    wire.spec["transport"]["auth"] = {**LOGIN, "send": {place: sent}}
    wire.spec["transport"]["auth"]["logout"] = {"soap": "Planning.Logout"}
    name, value = seen
    soap.told = lambda operation, _body: (
        Response("", 401) if operation != "Login" and soap.asked[-1][1].get(name) != value else None
    )
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said
    assert [operation for operation, _ in soap.asked].count("Login") == 1
    assert soap.asked[-1][0] == "Logout"


def test_b29_a_cookie_of_a_sign_in_by_soap_goes_along(wire: Wire, soap: Soap) -> None:
    """B29, soap-logincookie: nothing is read, the ERP sets a cookie."""
    wire.spec["transport"]["auth"] = {"login": [{**LOGIN["login"][0], "read": {}}]}
    del wire.spec["transport"]["auth"]["login"][0]["read"]

    def told(operation: str, body: str) -> Response | None:
        if operation == "Login":
            return Response(body, headers={"Set-Cookie": "sid=7"}, content_type="text/xml")
        return None if "sid=7" in soap.asked[-1][1].get("Cookie", "") else Response("", 401)

    soap.told = told
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said


def test_a_refused_sign_in_by_soap_says_so(wire: Wire, soap: Soap) -> None:
    wire.spec["transport"]["auth"] = LOGIN
    fault = envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>"
    )
    soap.told = lambda operation, _body: (
        Response(fault, 500, content_type="text/xml") if operation == "Login" else None
    )
    ended = wire.down()
    assert (ended.code, "CONN_AUTH_FAILED" in ended.said) == (5, True), ended.said


@pytest.mark.promise("P19")
@pytest.mark.fault("F21", "F32")
@pytest.mark.parametrize("named", ["http://erp.intern:8080/svc", "http://elsewhere.example/svc"])
def test_credentials_never_go_to_whatever_host_the_wsdl_names(
    wire: Wire, soap: Soap, named: str
) -> None:
    """Issue 13.10, soap-host: without `address` they did."""
    wire.spec["transport"]["auth"] = {"send": {"basic": {"username": "u", "password": "p"}}}
    before = wire.down()
    soap.location = lambda _host: named
    after = wire.down()
    assert_held(before, after)
    assert "CONN_REDIRECTED" in after.said


@pytest.mark.parametrize(
    "words",
    [{"inner_hosts": ["erp.intern:8080"]}, {"address": "{{ connection.url }}"}],
    ids=["inner_hosts", "address"],
)
def test_a_name_that_is_known_inside_the_school_is_asked_at_ours(
    wire: Wire, soap: Soap, words: dict[str, Any]
) -> None:
    soap.location = lambda _host: "http://erp.intern:8080/svc"
    wire.spec["transport"] |= words
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said


@pytest.mark.parametrize("there", [True, False], ids=["rows", "no rows"])
@pytest.mark.parametrize("items", ["@", "lesson", "lesson[]"])
def test_rows_are_found_by_the_only_element_and_without(
    wire: Wire, soap: Soap, items: str, there: bool
) -> None:
    wire.spec["resources"]["lessons"]["items"] = items
    soap.lessons = soap.lessons if there else []
    said = wire.command("check").said
    assert f"ok main: lessons: {'has rows' if there else 'is empty'}" in said, said


@pytest.mark.parametrize("there", [True, False], ids=["rows", "no rows"])
@pytest.mark.parametrize("items", ["rooms", "rooms[]", "lesson.rows", "a.b", "rooms || lessons"])
def test_path_that_the_wsdl_does_not_declare_is_no_empty_list(
    wire: Wire, soap: Soap, items: str, there: bool
) -> None:
    before = wire.down()
    wire.spec["resources"]["lessons"]["items"] = items
    soap.lessons = soap.lessons if there else []
    found = wire.command("check")
    words = f"bad main: lessons: CONN_UNEXPECTED_SHAPE: Planning.GetLessons has no '{items}'"
    assert (found.code, words in found.said) == (1, True), found.said
    assert_held(before, wire.down())
    assert before.sheets


xsd: Any = untyped
STRING = xsd.String()
PERSON = xsd.ComplexType(xsd.Sequence([xsd.Element("id", STRING), xsd.Element("nom", STRING)]))
WRAP = xsd.ComplexType(
    xsd.Sequence([xsd.Element("eleve", PERSON, min_occurs=0, max_occurs="unbounded")])
)
GROUPS = xsd.ComplexType(
    xsd.Sequence([xsd.Element("groupe", WRAP), xsd.Element("suite", xsd.Boolean())]),
    attributes=[xsd.Attribute("total", xsd.Integer())],
)
LOOSE = xsd.ComplexType(xsd.Sequence([xsd.Element("groupe", xsd.AnyType()), xsd.Any()]))


@pytest.mark.parametrize(
    ("kind", "path", "is_declared"),
    [
        (GROUPS, "groupe", True),
        (GROUPS, "total", True),
        (GROUPS, "groupes", False),
        (GROUPS, "groupe.eleve", False),  # what only wraps a list is the list
        (GROUPS, "suite.x", False),
        (WRAP, "eleve", True),
        (WRAP, "eleve.nom", False),
        (WRAP, "nom", False),
        (xsd.ComplexType(xsd.Sequence([xsd.Element("r", GROUPS)])), "r.groupe", True),
        (xsd.ComplexType(xsd.Sequence([xsd.Element("r", GROUPS)])), "groupe", True),
        (xsd.ComplexType(xsd.Sequence([xsd.Element("r", GROUPS)])), "autre", False),
        (xsd.ComplexType(xsd.Sequence([xsd.Element("r", WRAP)])), "eleve", False),
        (LOOSE, "whatever.stands.there", True),
        (xsd.AnyType(), "a.b", True),
        (STRING, "a", False),
        (None, "a", True),
    ],
)
def test_types_say_which_paths_an_answer_can_have(kind: Any, path: str, is_declared: bool) -> None:
    assert declares(kind, tuple(path.split("."))) == is_declared
