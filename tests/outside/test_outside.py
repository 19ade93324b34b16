"""A kind of paging, format, sign-in and verdict each is one module, be it outside of the package.

Nothing else knows of it: schema, reference, findings, what is read of answers, and the run follow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest

from edusync.app.authoring.reference import spec_schema_file
from edusync.errors import SourceError
from edusync.spec import load_spec
from edusync.spec.formats import FORMATS
from edusync.spec.names_read import names_read
from edusync.spec.paging import PAGING
from edusync.spec.tree.sign_in import SIGN_INS
from edusync.spec.verdicts import VERDICTS
from edusync.testing.without_rows import last_page
from tests.outside.derived_auth import DerivedAuth
from tests.outside.flagged_paging import FlaggedPaging
from tests.outside.roman_format import RomanFormat
from tests.outside.warming_up import WarmingUp
from tests.unit.spec.test_strangers import HEAD, TAIL, read

KINDS = (
    (PAGING, "flagged", FlaggedPaging),
    (FORMATS, "roman", RomanFormat),
    (SIGN_INS, "derived", DerivedAuth),
    (VERDICTS, "warming_up", WarmingUp),
)
MIDDLE = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  auth:
    kind: derived
    secret: "{{ connection.user }}-{{ connection.password }}"
    send: {headers: {X-Key: "{{ auth.key }}"}}
  answers:
    - {when: answer.body.state == 'cold', then: warming_up, code: CONN_CALL_FAILED, message: cold}
formats:
  numeral: {kind: roman, largest: X}
resources:
  rows:
    get: /rows
    query: {page: "{{ page.number }}"}
    paging: {kind: flagged, last: done}
    items: found
    as: {id: numeral}
    key: id
"""


@pytest.fixture(autouse=True)
def added() -> Iterator[None]:
    """Add the kinds for the time of a test."""
    for kinds, name, made in KINDS:
        kinds.add(name, made)  # type: ignore[arg-type]  # each belongs to its part
    yield
    for kinds, name, _ in KINDS:
        kinds.remove(name)


def page(number: int) -> dict[str, object]:
    return {"path": "/rows", "query": {"page": number}}


def test_kinds_from_outside_read_an_erp() -> None:
    rows, codes, replay = read(
        MIDDLE,
        {"request": page(1), "answer": {"json": {"state": "cold"}}},
        {
            "request": page(1),
            "answer": {"json": {"found": [{"id": "IX"}, {"id": "L"}], "done": False}},
        },
        {"request": page(2), "answer": {"json": {"found": [{"id": "IV"}], "done": True}}},
    )
    assert [row["id"] for row in rows if isinstance(row["id"], int)] == [9, 4]
    assert codes == ["DOWN_VALUE_UNREADABLE"]
    assert replay.headers["X-Key"] == hashlib.sha256(b"me-canary").hexdigest()[:8]


def test_answer_that_paging_from_outside_cannot_follow_makes_the_list_unknown() -> None:
    _, codes, _ = read(MIDDLE, {"request": page(1), "answer": {"json": {"found": [{"id": "IX"}]}}})
    assert codes == ["CONN_UNEXPECTED_SHAPE"]


def test_recorded_answer_is_made_the_last_one_as_paging_from_outside_says() -> None:
    spec, document = load_spec(HEAD + MIDDLE + TAIL, "other.yaml")
    assert spec is not None, document.findings
    body = {"found": [{"id": "IX"}], "done": False}
    last_page(body, spec.resources["rows"], 2, 1)
    assert body == {"found": [{"id": "IX"}], "done": True}


def test_verdict_from_outside_fails_when_the_erp_stays_as_it_is() -> None:
    _, codes, _ = read(MIDDLE, {"request": page(1), "answer": {"json": {"state": "cold"}}})
    assert codes == ["CONN_CALL_FAILED"]


def test_schema_and_reading_know_kinds_from_outside() -> None:
    definitions = json.loads(spec_schema_file())["$defs"]
    assert "flagged" in definitions["paging"]["properties"]["kind"]["enum"]
    then = definitions["verdict"]["properties"]["then"]
    assert "warming_up" in then["enum"]
    assert f"`warming_up`: {WarmingUp.__doc__}" in then["description"]
    branches = {
        one["if"]["properties"]["kind"]["const"]: one["then"]
        for one in definitions["auth"]["allOf"]
    }
    assert list(branches["derived"]["properties"]) == ["kind", "send", "sign", "secret", "seconds"]
    spec, document = load_spec(HEAD + MIDDLE + TAIL, "other.yaml")
    assert spec is not None, document.findings
    assert {"done", "found"} <= names_read(spec)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("last: done", "lsat: done", "SPEC_UNKNOWN_KEY", "did you mean 'last'?"),
        ("last: done", "last: 'a['", "SPEC_BAD_PATH", "write names"),
        ("kind: flagged", "kind: flaged", "SPEC_WRONG_VALUE", "did you mean 'flagged'?"),
        ('{page: "{{ page.number }}"}', "{size: 5}", "SPEC_PAGE_UNUSED", "page.number"),
        ("page.number", "page.size", "SPEC_UNKNOWN_VARIABLE", "known here: number"),
        ("largest: X", "largest: M", "SPEC_WRONG_VALUE", "known here: C, L, V, X"),
        ("largest: X", "empty: [I]", "SPEC_BAD_FORMAT", "leave it out"),
        ("{{ auth.key }}", "{{ auth.kye }}", "SPEC_UNKNOWN_VARIABLE", "did you mean 'key'?"),
        ("connection.password", "connection.passwort", "SPEC_UNKNOWN_VARIABLE", "password"),
        ("secret:", "secrte:", "SPEC_UNKNOWN_KEY", "did you mean 'secret'?"),
        ("then: warming_up", "then: warmingup", "SPEC_WRONG_VALUE", "did you mean 'warming_up'?"),
    ],
)
def test_mistakes_in_kinds_from_outside_are_found_at_their_line(
    old: str, new: str, code: str, words: str
) -> None:
    assert old in MIDDLE
    text = HEAD + MIDDLE.replace(old, new) + TAIL
    _, document = load_spec(text, "other.yaml")
    line = next(n for n, one in enumerate(text.splitlines(), start=1) if new in one)
    found = [one for one in document.findings if one.code == code]
    assert any(words in (one.hint or "") for one in found), document.findings
    assert line in {one.location.line for one in found} or code == "SPEC_PAGE_UNUSED"


def test_kind_is_unknown_once_it_is_taken_away() -> None:
    PAGING.remove("flagged")
    spec, document = load_spec(HEAD + MIDDLE + TAIL, "other.yaml")
    PAGING.add("flagged", FlaggedPaging)
    assert spec is None
    assert {one.code for one in document.findings} == {"SPEC_WRONG_VALUE"}


def test_two_kinds_never_have_one_name() -> None:
    with pytest.raises(ValueError, match="two kinds of paging are called 'number'"):
        PAGING.add("number", FlaggedPaging)


def test_sign_in_without_calls_is_refused_by_the_erp_as_any_other() -> None:
    with pytest.raises(SourceError) as refused:
        read(MIDDLE, {"request": page(1), "answer": {"status": 401, "json": {}}})
    assert refused.value.code == "CONN_AUTH_FAILED"
