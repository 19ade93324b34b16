"""What the wires beyond REST promise: statements of SQL that are bound, XML that is escaped and
read safely, lists followed to their end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from markupsafe import Markup

from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import Answers, names_in_scope
from edusync.engine.read.source import Source, Tools
from edusync.model import UNKNOWN, Window
from edusync.model.marked import Marked
from edusync.spec import load_spec
from edusync.spec.language.expressions import compile_xml
from edusync.spec.language.filters import BUILT_IN
from edusync.testing import Replay
from edusync.transport.decode import decode
from edusync.transport.message import AnswerKind
from tests.contract.key_places import with_steps


def codes(document: Any) -> list[str]:
    return [found.code for found in document.findings]


SQL = """\
edusync: 1
connector: base
label: Base
connection:
  url: {type: secret, label: URL}
transport: {kind: sql, url: "{{ connection.url }}"}
resources:
  seances:
    sql: select ID, NOM, DEBUT, FIN from V where JOUR >= :premier
    values: {premier: "{{ window.first }}"}
    key: ID
entities:
  student: {from: seances, source_id: ID, last_name: NOM, first_name: NOM, email: NOM}
  professor: {from: seances, source_id: ID, last_name: NOM, first_name: NOM, email: NOM}
  course: {from: seances, source_id: ID, name: NOM, starts_at: DEBUT, ends_at: FIN, professors: ID,
      students: ID}
"""


def test_statement_with_bound_values_is_fine() -> None:
    assert codes(load_spec(SQL, "base.yaml")[1]) == []


@pytest.mark.fault("F34")
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (">= :premier", ">= '{{ window.first }}'", "no holes"),
        ("select ID, NOM, DEBUT, FIN from V", "delete from V", "begins with select"),
        ("JOUR >= :premier", "JOUR >= :debut", "nothing is bound"),
        ("JOUR >= :premier", "JOUR is not null", "has no ':premier'"),
    ],
)
def test_statement_that_is_not_bound_is_found(old: str, new: str, words: str) -> None:
    findings = load_spec(SQL.replace(old, new), "base.yaml")[1].findings
    assert "SPEC_BAD_STATEMENT" in {found.code for found in findings}
    assert any(words in found.message for found in findings)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('kind: sql, url: "{{ connection.url }}"', "kind: sql", "SPEC_MISSING_KEY"),
        ("kind: sql, url:", "kind: http, url:", "SPEC_MISSING_KEY"),
        ("kind: sql, url:", 'kind: sql, base_url: "x", url:', "SPEC_UNKNOWN_KEY"),
        (
            'kind: sql, url: "{{ connection.url }}"',
            'kind: http, base_url: "{{ connection.url }}"',
            "SPEC_WRONG_VALUE",
        ),
        ("kind: sql, url:", "kind: sql, lists: pipe, url:", "SPEC_UNKNOWN_KEY"),
        ("kind: sql, url:", 'kind: sql, host_key: "ssh-rsa x", url:', "SPEC_UNKNOWN_KEY"),
        ("    sql: select", "    soap: Port.Op\n    sql: select", "SPEC_WRONG_VALUE"),
        ("    key: ID", "    zip: {a: Port.Op}\n    key: ID", "SPEC_WRONG_VALUE"),
        (
            "    key: ID",
            "    for_each: {values: seances.ID, again: ID}\n    key: ID",
            "SPEC_WRONG_VALUE",
        ),
    ],
)
def test_transport_that_does_not_fit_is_found(old: str, new: str, code: str) -> None:
    assert code in codes(load_spec(SQL.replace(old, new, 1), "base.yaml")[1])


_VERBS = ("get", "post", "put", "patch", "delete", "method")
_OVER_SOAP: Mapping[str, Callable[[Any, Any], None]] = {
    "resources": lambda spec, call: spec["resources"].update(things={**call, "key": "id"}),
    "probe": lambda spec, call: spec["transport"].update(probe=call),
    "login": lambda spec, call: spec["transport"].update(
        auth={"login": [{**call, "read": {"token": "token"}}], "send": {"headers": {"X": "1"}}}
    ),
    "logout": lambda spec, call: spec["transport"].update(
        auth={
            "login": [{"soap": "Port.Login", "read": {"token": "token"}}],
            "send": {"headers": {"X": "{{ auth.token }}"}},
            "logout": call,
        }
    ),
    "calls": lambda spec, call: (
        spec["transport"].update(calls={"one": call}),
        spec["resources"].update(things={"call": "one", "key": "id"}),
    )[-1],
    "writeback": lambda spec, call: spec["writeback"]["for_sheet"][0].update(call),
}
"""Puts a call into each place of a spec that makes calls."""


@pytest.mark.parametrize("place", _OVER_SOAP)
@pytest.mark.parametrize("verb", _VERBS)
def test_path_over_soap_is_a_whole_address(place: str, verb: str) -> None:
    found = {}
    for path in ("/things", "{{ connection.url }}/things"):
        spec = with_steps("soap")
        if place == "writeback":
            spec["writeback"]["for_sheet"][0].pop("soap")
        call = {"method": "REPORT", "path": path} if verb == "method" else {verb: path}
        _OVER_SOAP[place](spec, call)
        lines = json.dumps(spec, indent=1).splitlines()
        document = load_spec("\n".join(lines), "little.yaml")[1]
        found[path] = [
            (lines[one.location.line - 1][one.location.column - 1 :], one.hint)
            for one in document.findings
            if "over SOAP needs a whole address" in one.message
        ]
    ((at, hint),) = found["/things"]
    assert at.startswith('"path"' if verb == "method" else f'"{verb}"')
    assert str(hint).startswith("say soap: PORT.OPERATION here")
    assert found["{{ connection.url }}/things"] == []


XML = AnswerKind("xml", listed=frozenset({"row", "member"}))


@pytest.mark.parametrize(
    ("document", "body"),
    [
        (b"<r/>", {"text": None}),
        (b"<r a='1'><b>x</b><b>y</b><c/></r>", {"a": "1", "b": ["x", "y"], "c": None}),
        (b"<r><row/></r>", {"row": [None]}),
        (b"<r><row>1</row></r>", {"row": ["1"]}),
        (b"<r xmlns:n='u'><n:b n:k='v'>t</n:b></r>", {"b": Marked("t", {"k": "v"})}),
        (
            "<?xml version='1.0' "
            "encoding='iso-8859-1'?><r><Début.Evenement>é</Début.Evenement></r>".encode("latin-1"),
            {"Début.Evenement": "é"},
        ),
        (b"<r><![CDATA[<a>&amp;</a>]]></r>", {"text": "<a>&amp;</a>"}),
    ],
)
def test_xml_is_names_and_values(document: bytes, body: Any) -> None:
    assert decode(document, {}, XML)[:3] == (body, "xml", "r")


@pytest.mark.fault("F31")
@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (b"<r><row>", "broken"),
        (b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>", "broken"),
        (b"<r>&unknown;</r>", "broken"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"<html><body>Erreur</body></html>", "html"),
        (b"{}", "text"),
        (b"  ", "empty"),
    ],
)
def test_what_is_no_xml_is_never_read_as_less(document: bytes, kind: str) -> None:
    assert decode(document, {}, XML)[:2] == (None, kind)


def test_attribute_and_child_of_one_name_are_told_apart() -> None:
    assert decode(b"<r id='1'><id>2</id></r>", {}, AnswerKind("xml", attributes="at_"))[0] == {
        "at_id": "1",
        "id": "2",
    }


def test_forced_charset_wins() -> None:
    assert decode("<r>é</r>".encode("cp1252"), {}, AnswerKind("xml", charset="windows-1252"))[
        0
    ] == {"text": "é"}


def test_values_in_xml_are_escaped_and_a_finished_document_is_not() -> None:
    nasty = {"connection": {"password": "<&\"'>]]>"}}
    inner = compile_xml(
        '<a b="{{ connection.password }}">{{ connection.password }}</a>', BUILT_IN
    ).run(None, nasty)
    assert inner == '<a b="&lt;&amp;&#34;&#39;&gt;]]&gt;">&lt;&amp;&#34;&#39;&gt;]]&gt;</a>'
    outer = compile_xml("<x>{{ inner | cdata }}</x>", BUILT_IN).run(None, {"inner": "<a>]]></a>"})
    assert outer == "<x><![CDATA[<a>]]]]><![CDATA[></a>]]></x>"
    assert (
        compile_xml("{{ inner }}", BUILT_IN).run(None, {"inner": None}),
        isinstance(BUILT_IN["cdata"]("a"), Markup),
    ) == ("", True)


TREE = """\
edusync: 1
connector: tree
label: Tree
connection:
  url: {type: url, label: URL}
transport: {kind: http, base_url: "{{ connection.url }}"}
resources:
  roots: {get: /roots, key: id}
  groups:
    for_each: {values: roots.group, batch: 1, again: "members[?kind == 'group'].id", depth: DEPTH}
    get: /groups
    query: {id: "{{ batch }}"}
    failing_call: skip
    add: {below: "members[?kind == 'group'].id", people: "members[?kind == 'person'].id"}
    key: id
  classes:
    for_each: roots
    get: /classes/{{ roots.id }}
    failing_call: skip
  all:
    from: roots
    add:
      everybody: {look_up_all: groups, by: group, again: below, take: people}
      classes: {look_up_all: classes, by: id, on: roots.id, take: name}
    key: id
entities:
  student: {from: all, source_id: id, last_name: id, first_name: id, email: id}
  professor: {from: all, source_id: id, last_name: id, first_name: id, email: id}
  course: {from: all, source_id: id, name: id, starts_at: id, ends_at: id, professors: id,
      students: everybody}
"""


def group(number: int, *members: tuple[str, int]) -> dict[str, Any]:
    return {
        "request": {"path": "/groups", "query": {"id": str(number)}},
        "answer": {
            "json": [
                {"id": number, "members": [{"kind": kind, "id": who} for kind, who in members]}
            ]
        },
    }


def read(depth: int, *more: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    return read_text(TREE.replace("DEPTH", str(depth)), *more)


def read_text(text: str, *more: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    spec, document = load_spec(text, "tree.yaml")
    assert spec is not None, document.findings
    replay = Replay(
        [
            {
                "request": {"path": "/roots"},
                "answer": {"json": [{"id": 1, "group": 10}, {"id": 2, "group": 20}]},
            },
            {"request": {"path": "/classes/1"}, "answer": {"json": [{"name": "a"}]}},
            *more,
        ]
    )
    from datetime import UTC, datetime

    names = names_in_scope(
        Answers("main", {"url": "https://tree.example"}, {}, {}),
        Window.around(datetime(2026, 3, 16, tzinfo=UTC), days=7, days_back=0),
    )
    source, report = (
        Source(spec, names, Tools(lambda: 0.0, lambda _seconds: None, replay)),
        Report(),
    )
    rows = Lists(spec, source, names, report, {}).table("all").rows
    source.close()
    return rows, [outcome.code for outcome in report.outcomes]


CLASS = {"request": {"path": "/classes/2"}, "answer": {"json": [{"name": "b"}]}}
GROUPS = (
    group(10, ("person", 1), ("group", 11)),
    group(11, ("person", 2), ("group", 10), ("group", 11), ("group", 12)),
    group(12, ("person", 3)),
    group(20, ("person", 4)),
)


def test_groups_in_groups_are_followed_once_each() -> None:
    rows, found = read(20, CLASS, *GROUPS)
    assert ([row["everybody"] for row in rows], found) == ([[1, 2, 3], [4]], [])


def test_groups_that_go_too_deep_are_unknown() -> None:
    rows, found = read(2, CLASS, *GROUPS)
    assert ([row["everybody"] for row in rows], found) == ([UNKNOWN, UNKNOWN], ["CONN_TOO_DEEP"])


def test_call_that_fails_and_is_skipped_freezes_its_own_rows_only() -> None:
    rows, found = read(
        20, {"request": {"path": "/classes/2"}, "answer": {"status": 500, "json": {}}}, *GROUPS
    )
    assert ([row["classes"] for row in rows], found) == ([["a"], UNKNOWN], ["CONN_CALL_FAILED"])


@pytest.mark.parametrize(
    "on", ["id", "{first_of: [own, roots.id]}", "{path: roots.id, when: row.name}"]
)
def test_rows_that_are_told_apart_by_themselves_are_all_unknown_when_some_are_missing(
    on: str,
) -> None:
    """What a missing row would have held itself is not known, so it might have been any."""
    text = TREE.replace("DEPTH", "20").replace(
        "by: id, on: roots.id, take: name", f"by: id, on: {on}, take: name"
    )
    rows, _ = read_text(
        text, {"request": {"path": "/classes/2"}, "answer": {"status": 500, "json": {}}}, *GROUPS
    )
    assert [row["classes"] for row in rows] == [UNKNOWN, UNKNOWN]


def test_piece_that_is_left_out_takes_its_value_along() -> None:
    """`:id` is no part of `:ids`."""
    from edusync.engine.read.sql_source import SqlSource

    text = SQL.replace(
        "    sql: select ID, NOM, DEBUT, FIN from V where JOUR >= :premier\n    values: {premier: "
        '"{{ window.first }}"}',
        "    sql:\n      - select 1 as ID, 'a' as NOM where '1' in :ids\n      - {when: "
        'account.name == \'x\', sql: and 1 = :id}\n    values: {ids: ["1"], id: "2"}',
    )
    spec, document = load_spec(text, "base.yaml")
    assert spec is not None, document.findings
    from datetime import UTC, datetime

    names = names_in_scope(
        Answers("main", {"url": "sqlite://"}, {}, {}),
        Window.around(datetime(2026, 3, 16, tzinfo=UTC), days=7, days_back=0),
    )
    source = SqlSource(spec, names)
    call = spec.resources["seances"].call
    assert call is not None
    assert source.call(call, names).body == [{"ID": 1, "NOM": "a"}]
    source.close()
