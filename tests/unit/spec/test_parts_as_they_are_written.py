"""Parts that may be written in more than one form are one class in the tree, whatever the form."""

from __future__ import annotations

import json

import pytest

from edusync.spec import Spec, load_spec
from edusync.spec.tree import AskSomebody, FilesTransport, ForEach, Piece, Repeat, SqlTransport
from tests.little import SPEC as LITTLE

SPEC = """\
edusync: 1
connector: base
label: Base
connection:
  url: {type: secret, label: URL}
options:
  old: {type: boolean, label: Old}
transport: {kind: sql, url: "{{ connection.url }}", trim: true}
resources:
  rooms: {sql: select ID from R, key: ID}
  classes:
    sql: select ID, NAME, BEGIN, END from C where ROOM = :room
    values: {room: "{{ parent.ID }}"}
    for_each: rooms
    key: ID
entities:
  student: {from: classes, source_id: ID, last_name: NAME, first_name: NAME, email: NAME}
  professor: {from: classes, source_id: ID, last_name: NAME, first_name: NAME, email: NAME}
  course: {from: classes, source_id: ID, name: NAME, starts_at: BEGIN, ends_at: END,
      professors: ID, students: ID}
writeback:
  line: {student: {who: "{{ person.source_id }}", state: "{{ state }}"}}
  states:
    present: {set: {code: P}}
    absent: {set: {code: A}}
    absent_justified: {else: absent}
    late: {else: present}
    excluded: {else: absent}
    early_departure: {else: present}
  for_sheet:
    - {sql: "insert into A (WHO, CODE) values (:who, :code)", values: [who, code],
       in_doubt: repeat}
"""


def spec_with(old: str = "", new: str = "") -> Spec:
    assert old in SPEC
    spec, document = load_spec(SPEC.replace(old, new, 1), "base.yaml")
    assert spec is not None, [found.message for found in document.findings]
    return spec


def test_a_statement_is_pieces_however_it_is_written() -> None:
    text = "select ID, NAME, BEGIN, END from C where ROOM = :room"
    pieces = f'["{text}", {{when: options.old, sql: "and OLD = 1"}}]'
    alone, several = (
        one.resources["classes"].call for one in (spec_with(), spec_with(text, pieces))
    )
    assert alone.pieces == (Piece(text),)  # type: ignore[union-attr]  # it is a statement
    assert [piece.text for piece in several.pieces] == [text, "and OLD = 1"]  # type: ignore[union-attr]
    assert [piece.when is None for piece in several.pieces] == [True, False]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "written", ["rooms", "{rows: rooms}", "{rows: [rooms]}"], ids=["name", "key", "list"]
)
def test_a_list_to_ask_with_is_the_same_however_it_is_written(written: str) -> None:
    spec = spec_with("for_each: rooms", f"for_each: {written}")
    assert spec.resources["classes"].for_each == ForEach(("rooms",))


@pytest.mark.parametrize(("word", "kind"), [("repeat", Repeat), ("person", AskSomebody)])
def test_a_word_for_a_write_in_doubt_is_a_class(word: str, kind: type) -> None:
    spec = spec_with("in_doubt: repeat", f"in_doubt: {word}")
    assert spec.writeback is not None
    assert [type(step.in_doubt) for step in spec.writeback.steps] == [kind]


def test_members_of_the_line_are_bound_under_their_own_names() -> None:
    spelt = '{who: "{{ line.who }}", code: "{{ line.code }}"}'
    named, written = spec_with(), spec_with("[who, code]", spelt)
    assert named.writeback is not None
    assert written.writeback is not None
    assert named.writeback.for_sheet == written.writeback.for_sheet


def test_lengths_of_time_and_sizes_are_numbers() -> None:
    transport = LITTLE["transport"] | {"limits": {"read": "3min", "body": "2MB"}}
    text = json.dumps(LITTLE | {"transport": transport})
    spec, document = load_spec(text, "little.yaml")
    assert spec is not None, document.findings
    limits = spec.transport.limits
    assert [*map(float, (limits.read, limits.body, limits.connect))] == [180, 2 * 1024**2, 10]


def test_each_wire_is_a_class_of_its_own() -> None:
    transport = spec_with().transport
    assert isinstance(transport, SqlTransport)
    assert (transport.trim, transport.where) == (True, transport.url)


def test_a_way_up_over_files_is_a_wire_of_files() -> None:
    own = "writeback:\n  transport: {kind: files, url: attendance}\n"
    text = SPEC.replace("writeback:\n", own)
    text = text.replace('sql: "insert into A (WHO, CODE) values (:who, :code)"', "file: a.csv")
    spec, document = load_spec(text.replace("values: [who", "csv: [who"), "base.yaml")
    assert spec is not None, document.findings
    assert spec.writeback is not None
    assert isinstance(spec.writeback.transport, FilesTransport)
