"""The tree of a spec: its parts can be compared, walked and printed, and hold nothing compiled."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import time
from pathlib import Path as File
from typing import Any

import pytest

from edusync.diagnostics import Location
from edusync.plugins import load_registry
from edusync.spec import Spec, load_spec
from edusync.spec.fields import keys_of
from edusync.spec.tree import (
    Expression,
    HttpCall,
    Node,
    Path,
    PathValue,
    Template,
    walk,
)
from edusync.spec.tree.transport import WIRES
from tests.unit.spec.test_strangers import HEAD, TAIL

SPECS = sorted((File(__file__).parents[3] / "specs").glob("*.yaml"))
LISTS = """
transport: {kind: http, base_url: "{{ connection.url }}"}
resources:
  rows: {get: /rows, query: {since: "{{ window.first | iso_day }}", size: 5}, key: id}
  others: {query: {size: 5, since: "{{ window.first | iso_day }}"}, get: /rows, key: [id, id]}
  more: {get: /rows, query: {since: "{{ window.last | iso_day }}", size: 5}, key: [id, id]}
"""


def load(text: str) -> Spec:
    spec, document = load_spec(text, "other.yaml", load_registry().functions)
    assert spec is not None, [found.message for found in document.findings]
    return spec


def test_calls_and_values_are_equal_when_they_say_the_same() -> None:
    rows, others, more = (
        load(HEAD + LISTS + TAIL).resources[n] for n in ("rows", "others", "more")
    )
    assert rows.call == others.call
    assert rows.call != more.call
    assert rows.key != others.key
    assert others.key == more.key
    assert others.place != more.place


def test_texts_are_equal_by_what_they_say_and_of_which_kind_they_are() -> None:
    here, there = Location("a", 1, 1), Location("b", 7, 2)
    assert Expression("row.a", place=here) == Expression("row.a", place=there)
    assert Expression("row.a") != Template("row.a")
    assert Path("a.b", place=here) == Path("a.b", place=there)


def test_walk_meets_every_part_with_its_place_from_the_outside_in() -> None:
    spec = load(HEAD + LISTS + TAIL)
    met = [(type(one.node).__name__, one.field) for one in walk(spec.resources["rows"])]
    assert met[:4] == [
        ("Resource", ""),
        ("HttpCall", "call"),
        ("Text", "path"),
        ("UrlPath", "text"),
    ]
    assert ("PathValue", "key") in met
    lines = [one.place.line for one in walk(spec.resources["rows"]) if one.place]
    assert set(lines) == {spec.resources["rows"].place.line}
    outside = [one.node for one in walk(spec, lambda _node, field: field != "resources")]
    assert spec.resources["rows"] not in outside


def test_a_wire_holds_what_belongs_to_it_and_nothing_of_another() -> None:
    keys = {name: {key.name for key in keys_of(wire)} for name, wire in WIRES.items()}
    common = set.intersection(*keys.values())
    assert {name: sorted(own - common) for name, own in keys.items()} == {
        "http": ["base_url", "ca", "headers", "hosts", "inner_hosts", "lists", "proxy"],
        "soap": [
            "address",
            "ca",
            "headers",
            "hosts",
            "inner_hosts",
            "lists",
            "proxy",
            "values",
            "wsdl",
        ],
        "sql": ["charset", "trim", "url"],
        "files": ["host_key", "url"],
    }


def test_a_tree_is_printed_as_what_it_says() -> None:
    call = load(HEAD + LISTS + TAIL).resources["rows"].call
    assert isinstance(call, HttpCall)
    assert "UrlPath(source='/rows')" in repr(call)
    assert "Location" not in repr(call)
    assert repr(PathValue(Path("id"))).endswith("path=Path(source='id'))")


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_nothing_compiled_is_kept_in_the_tree(file: File) -> None:
    spec = load(file.read_text(encoding="utf-8"))
    nodes = [met.node for met in walk(spec)]
    assert len(nodes) > 100
    for node in nodes:
        for one in fields(node):  # type: ignore[arg-type]  # each is a dataclass
            if one.compare:
                assert_plain(getattr(node, one.name))


def assert_plain(value: Any) -> None:
    """Fail for what cannot be written down: functions, compiled patterns, open files."""
    if isinstance(value, dict | list | tuple | set | frozenset):
        for inner in [*value, *(value.values() if isinstance(value, dict) else ())]:
            assert_plain(inner)
        return
    plain = value is None or isinstance(value, str | int | float | bool | Node | Location | time)
    assert plain or is_dataclass(value), value
    assert not callable(value)


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_the_same_text_makes_the_same_tree(file: File) -> None:
    text = file.read_text(encoding="utf-8")
    one, other = load(text), load("# moved down by a line\n" + text)
    for name, resource in one.resources.items():
        assert resource == other.resources[name]
    assert (one.transport, one.entities, one.rules) == (
        other.transport,
        other.entities,
        other.rules,
    )
    assert one.writeback == other.writeback
