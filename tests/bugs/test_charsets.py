"""`charset` acts on every kind of answer, and what it cannot act on is refused (B18)."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from edusync.transport.decode import decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import Span
from tests.bugs.school import School

SPAN = Span(
    datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), ZoneInfo("Europe/Paris")
)
CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a\nDTSTART:20260317T080000Z\n"
    "DTEND:20260317T090000Z\nSUMMARY:Hélène à Noël\nEND:VEVENT\nEND:VCALENDAR\n"
)
TEXTS = {
    "csv": "nom\nHélène à Noël\n",
    "json": '[{"nom": "Hélène à Noël"}]',
    "xml": "<r><nom>Hélène à Noël</nom></r>",
    "ics": CALENDAR,
}
CHARSETS = ("windows-1252", "iso-8859-1", "iso-8859-15", "utf-16", "utf-8", "utf-8-sig")


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("kind", TEXTS)
def test_b18_charset_acts_on_every_kind_of_answer(kind: str, charset: str) -> None:
    """Four kinds by six charsets."""
    said = AnswerKind(kind, charset=charset)
    found = decode_file(TEXTS[kind].encode(charset), said, SPAN)
    assert (found.kind, found.cause, found.flaws) == (kind, None, ())
    assert "Hélène à Noël" in str(found.body)


@pytest.mark.parametrize("kind", TEXTS)
def test_b18_without_a_charset_other_bytes_are_refused_and_never_replaced(kind: str) -> None:
    found = decode_file(TEXTS[kind].encode("windows-1252"), AnswerKind(kind), SPAN)
    assert (found.body, found.kind) == (None, "broken")
    assert found.cause is not None
    assert "line " in found.cause


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("kind", TEXTS)
def test_b18_a_byte_order_mark_says_more_than_the_spec(kind: str, mark: str) -> None:
    said = AnswerKind(kind, charset="windows-1252" if kind != "xml" else None)
    assert "Hélène à Noël" in str(decode_file(TEXTS[kind].encode(mark), said, SPAN).body)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"kind": "xlsx", "charset": "utf-8"}, "'charset' means nothing to an answer of kind xlsx"),
        ({"kind": "json", "separator": ";"}, "'separator' means nothing to an answer of kind json"),
        ({"kind": "ics", "attributes": "a"}, "'attributes' means nothing to an answer of kind ics"),
        ({"kind": "csv", "charset": "latin-0"}, "no charset is called 'latin-0'"),
        ({"kind": "csv", "charset": "base64"}, "no charset is called 'base64'"),
    ],
)
@pytest.mark.parametrize("where", ["list", "transport"])
def test_b18_what_has_no_effect_on_an_answer_is_a_mistake(
    school: School, where: str, answer: dict[str, str], told: str
) -> None:
    place = school.spec["transport" if where == "transport" else "resources"]
    (place if where == "transport" else place["people"])["answer"] = answer
    code, said = school.command("validate", "school.yaml", at=None)
    assert code != 0
    assert told in said


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ics"])
@pytest.mark.parametrize(("word", "value"), [("items", "rows"), ("shape", "one")])
def test_rows_are_not_looked_for_in_an_answer_that_is_rows(
    school: School, kind: str, word: str, value: str
) -> None:
    school.spec["resources"]["people"] |= {"answer": kind, word: value}
    code, said = school.command("validate", "school.yaml", at=None)
    assert code != 0
    assert f"'{word}' means nothing to an answer of kind {kind}" in said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"sql": "select 1 as id", "items": "rows"}, "'items' means nothing to the result of a"),
        ({"sql": "select 1 as id", "shape": "one"}, "'shape' means nothing to the result of a"),
        (
            {"get": "/x", "items": [{"id": "a"}]},
            "'items' means nothing to a list that asks the ERP",
        ),
        (
            {"get": "/x", "answer": "xml", "shape": "one"},
            "'shape' means nothing to an answer of kind xml",
        ),
        ({"call": "rows"}, "'items' means nothing to an answer of kind csv"),
        (
            {"get": "/x", "inner": {"at": "a", "answer": {"kind": "csv", "charset": "utf-8"}}},
            "'charset' means nothing to a document inside an answer",
        ),
        (
            {"get": "/x", "inner": {"at": "a", "answer": "csv"}, "items": "rows"},
            "'items' means nothing to an answer of kind csv",
        ),
    ],
    ids=str,
)
def test_what_no_answer_of_the_kind_has_is_refused(
    school: School, more: dict[str, object], told: str
) -> None:
    sql = "sql" in more
    way = (
        {"kind": "sql", "url": "sqlite://"}
        if sql
        else {"kind": "http", "base_url": "http://x.test"}
    )
    calls = {} if sql else {"calls": {"rows": {"get": "/x", "answer": "csv", "items": "rows"}}}
    school.spec["transport"] = {**way, **calls}
    for name in ("lessons", "teachers"):
        school.spec["resources"][name].pop("file")
        school.spec["resources"][name] |= {"sql": "select 2 as id"} if sql else {"get": "/y"}
    school.spec["resources"]["people"].pop("file")
    school.spec["resources"]["people"] |= more
    code, said = school.command("validate", "school.yaml", at=None)
    assert code != 0
    assert told in said
