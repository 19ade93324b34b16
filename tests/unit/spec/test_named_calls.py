"""A call that is described once, wholly or in part, and what stands beside its name: added, and
nothing said twice.
"""

from __future__ import annotations

from typing import Any

import pytest

from edusync.spec import load_spec
from tests.unit.spec.test_strangers import HEAD, TAIL, read

PARTS = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  calls:
    pages: {query: {page: "{{ page.number }}", size: "{{ page.size }}"},
        headers: {Accept: application/json}, items: found, paging: {kind: number, first: 1, size: 2,
            until: short_page}, answers: [{when: answer.status == 404, then: empty}]}
resources:
  rows:
    call: pages
    get: /rows
    query: {since: "{{ window.first | iso_day }}"}
    headers: {X-User: "{{ connection.user }}"}
    answers:
      - {when: answer.status == 410, then: empty}
    key: id
"""


def page(number: int) -> dict[str, Any]:
    return {
        "verb": "GET",
        "path": "/rows",
        "query": {"page": number, "size": 2, "since": "2026-03-16"},
    }


def test_list_adds_its_own_to_a_call() -> None:
    rows, found, replay = read(
        PARTS,
        {"request": page(1), "answer": {"json": {"found": [{"id": 1}, {"id": 2}]}}},
        {"request": page(2), "answer": {"json": {"found": [{"id": 3}]}}},
        {"request": page(3), "answer": {"json": {"found": []}}},
    )
    assert ([row["id"] for row in rows], found) == ([1, 2, 3], [])
    assert (replay.headers["Accept"], replay.headers["X-User"]) == ("application/json", "me")


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("paging", ["until: short_page", "until: {total: total}"])
def test_lines_of_both_judge_an_answer_and_empty_is_no_row_whatever_it_says(
    status: int, paging: str
) -> None:
    rows, found, _ = read(
        PARTS.replace("until: short_page", paging),
        {"request": page(1), "answer": {"status": status, "json": {"error": "nothing here"}}},
    )
    assert (rows, found) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("    get: /rows\n", "", "SPEC_MISSING_KEY", "says what is asked for"),
        ("pages: {query", "pages: {get: /all, query", "SPEC_WRONG_VALUE", "says 'get' already"),
        ("pages: {query", "pages: {post: /all, query", "SPEC_WRONG_VALUE", "says 'post' already"),
        ("query: {since", "query: {size: 7, since", "SPEC_WRONG_VALUE", "says 'size' already"),
        (
            "    key: id\n",
            "    items: others\n    key: id\n",
            "SPEC_WRONG_VALUE",
            "says 'items' already",
        ),
        (
            "    key: id\n",
            "    paging: {kind: number, until: empty_page}\n    key: id\n",
            "SPEC_WRONG_VALUE",
            "says 'paging' already",
        ),
        ("    get: /rows\n", "    soap: Port.Rows\n", "SPEC_WRONG_VALUE", "a call has one verb"),
        (
            "    get: /rows\n",
            "    get: /rows\n    with: {what: 1}\n",
            "SPEC_UNKNOWN_VARIABLE",
            "has no hole 'what'",
        ),
        (
            '"{{ connection.user }}"',
            '"{{ with.user }}"',
            "SPEC_UNKNOWN_VARIABLE",
            "'with' does not exist here",
        ),
    ],
)
def test_what_both_say_or_neither_is_found(old: str, new: str, code: str, words: str) -> None:
    assert old in PARTS
    findings = load_spec(HEAD + PARTS.replace(old, new, 1) + TAIL, "other.yaml")[1].findings
    assert (code, True) in {(finding.code, words in finding.message) for finding in findings}, (
        findings
    )
    assert all(finding.hint for finding in findings)


LAYERS = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  calls:
    envelope: {post: /, json: {version: 2, ask: "{{ with.what }}"}, items: found}
    numbered: {call: envelope, with: {what: "{{ with.kind }}-{{ with.number }}"}, json: {lang: fr},
        paging: {kind: number, first: 1, until: empty_page}}
resources:
  rows: {call: numbered, with: {kind: row, number: 7}, query: {page: "{{ page.number }}"}, key: id}
"""


def test_call_rests_on_another_and_each_fills_the_holes_below_it() -> None:
    body = {"version": 2, "ask": "row-7", "lang": "fr"}
    rows, found, _ = read(
        LAYERS,
        {
            "request": {"verb": "POST", "path": "/", "query": {"page": 1}, "body": body},
            "answer": {"json": {"found": [{"id": 1}]}},
        },
        {
            "request": {"verb": "POST", "path": "/", "query": {"page": 2}, "body": body},
            "answer": {"json": {"found": []}},
        },
    )
    assert ([row["id"] for row in rows], found) == ([1], [])


SIGNED = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  auth:
    login:
      - {when: connection.user == 'nobody', call: command, with: {what: never},
          read: {token: never}}
      - {call: command, with: {what: "{{ connection.user }}"}, read: {token: token}}
    send: {headers: {X-Token: "{{ auth.token }}"}}
  calls: {command: {post: /, json: {what: "{{ with.what }}"}}}
resources:
  rows: {get: /rows, key: id}
"""


def test_step_of_a_sign_in_that_names_a_call_keeps_its_condition_and_what_it_reads() -> None:
    rows, found, replay = read(
        SIGNED,
        {
            "request": {"verb": "POST", "path": "/", "body": {"what": "me"}},
            "answer": {"json": {"token": "t1"}},
        },
        {"request": {"verb": "GET", "path": "/rows"}, "answer": {"json": [{"id": 1}]}},
    )
    assert ([row["id"] for row in rows], found, replay.headers["X-Token"]) == ([1], [], "t1")


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (
            "rows: {call: numbered, with: {kind: row, number: 7}",
            "rows: {call: numbered, with: {kind: row, what: 7}",
            "SPEC_UNKNOWN_VARIABLE",
            "the call 'numbered' has no hole 'what'",
        ),
        (
            "query: {page",
            "json: {version: 3}, query: {page",
            "SPEC_WRONG_VALUE",
            "the call 'envelope' says 'version' already",
        ),
        (
            "{call: envelope, with",
            "{call: envelope, post: /other, with",
            "SPEC_WRONG_VALUE",
            "says 'post' already",
        ),
        (
            "json: {lang: fr}",
            "json: {lang: fr, version: 1}",
            "SPEC_WRONG_VALUE",
            "says 'version' already",
        ),
        (
            "envelope: {post: /, ",
            "envelope: {call: numbered, ",
            "SPEC_WRONG_VALUE",
            "numbered → envelope → numbered rest on each other in a circle",
        ),
        (
            "{call: envelope, with",
            "{call: envelop, with",
            "SPEC_UNKNOWN_CALL",
            "no call is called 'envelop'",
        ),
        ("envelope: {post: /, ", "envelope: {", "SPEC_MISSING_KEY", "says what is asked for"),
    ],
)
def test_calls_that_do_not_fit_together_are_found(
    old: str, new: str, code: str, words: str
) -> None:
    assert old in LAYERS
    findings = load_spec(HEAD + LAYERS.replace(old, new, 1) + TAIL, "other.yaml")[1].findings
    assert (code, True) in {(finding.code, words in finding.message) for finding in findings}, (
        findings
    )


def test_mistake_in_a_call_is_said_once_however_many_name_it() -> None:
    both = LAYERS.replace(
        "resources:\n",
        'resources:\n  others: {call: numbered, with: {kind: other, number: 8}, query: {page: "{{ '
        'page.number }}"}, key: id}\n',
    ).replace("{{ with.what }}", "{{ with.what | nope }}")
    document = load_spec(HEAD + both + TAIL, "other.yaml")[1]
    assert [finding.code for finding in document.findings if finding.severity == "error"] == [
        "SPEC_UNKNOWN_FORMAT"
    ]


def test_boolean_is_off_unless_the_spec_says_otherwise() -> None:
    options = (
        "\noptions:\n  off: {type: boolean, label: Off}\n  on: {type: boolean, default: true, "
        "label: On}\n  said: {type: text, label: Said}\n"
    )
    spec, document = load_spec(HEAD + options + PARTS + TAIL, "other.yaml")
    assert spec is not None, document.findings
    assert {name: question.default for name, question in spec.options.items()} == {
        "off": False,
        "on": True,
        "said": None,
    }
