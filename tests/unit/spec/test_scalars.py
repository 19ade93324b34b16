"""Each character of a text is found in the YAML that it was read from, however it is written."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    PlainScalarString,
    SingleQuotedScalarString,
)

from edusync.spec import load_spec
from edusync.spec.document import read_document
from edusync.spec.scalars import places_in
from tests.little import SPEC

FORMS = (
    'a: "x {{ one }} \\"q\\" {{ two }} \\u00e9"\n',
    "a: 'it''s {{ one }}'\n",
    "a: plain {{ one }} and\n  more {{ two }}\n",
    'a: |\n  {\n    "b": {{ one }},\n  }\n',
    "a: >-\n  {{ one }}\n  two {{ two }}\n\n  four\n    indented {{ three }}\n  six\n",
    'a: "b\n  c \\\n  d {{ one }}"\n',
    "b: 1\na: |+\n\n  {{ one }}\n\n",
)


def assert_each_is_found(text: str) -> int:
    """Assert that each character but white space stands at its place; return how many there are."""
    document = read_document(text, "a.yaml")
    value = document.data["a"]
    places = places_in(document.text.split("\n"), document.values["a",], value)
    assert places is not None
    assert len(places) == len(value)
    lines = document.text.split("\n")
    shown = [lines[line - 1][column - 1 :][:1] for line, column in places]
    escaped = {'"': "\\", "é": "\\", "'": "'"}
    wrong = [
        (sign, there)
        for sign, there in zip(value, shown, strict=True)
        if sign not in {there, escaped.get(sign), " ", "\n"} and there != "\\"
    ]
    assert wrong == []
    return len(value)


@pytest.mark.parametrize("text", FORMS)
def test_each_character_is_found(text: str) -> None:
    assert assert_each_is_found(text) > 5


KINDS = (
    PlainScalarString,
    SingleQuotedScalarString,
    DoubleQuotedScalarString,
    LiteralScalarString,
    FoldedScalarString,
)
WORDS = st.lists(
    st.text("ab{}|. '\"éx", min_size=1, max_size=12).map(str.strip).filter(bool),
    min_size=1,
    max_size=6,
)


@given(words=WORDS, kind=st.sampled_from(KINDS), apart=st.sampled_from([" ", "\n", "\n\n"]))
def test_whatever_is_written_is_found_or_nothing_is_said(
    words: list[str], kind: type[PlainScalarString], apart: str
) -> None:
    """What ruamel writes, lines folded at 20 columns; where the place is unsure there is none."""
    yaml, out = YAML(), StringIO()
    yaml.width = 20
    yaml.dump({"a": kind(apart.join(words))}, out)
    document = read_document(out.getvalue(), "a.yaml")
    value = document.data["a"] if document.data else None
    if not isinstance(value, str):
        return
    lines = document.text.split("\n")
    places = places_in(lines, document.values["a",], value) or ()
    shown = [lines[line - 1][column - 1 :][:1] for line, column in places]
    assert [
        (sign, there)
        for sign, there in zip(value, shown, strict=bool(places))
        if sign != there and sign not in " \n" and there not in {"\\", "'"}
    ][: len(places)] == []


def test_mistake_in_a_text_of_several_lines_stands_at_its_own_character() -> None:
    text = json.dumps(SPEC, indent=1).replace(
        '"get": "/lessons"', '"post": "/lessons", "text": HERE'
    )
    for form in ('"a {{ windoww.first }}"', '"a\n b {{ window.firstt }} c"'):
        found = load_spec(text.replace("HERE", form), "little.yaml")[1].findings
        word = "windoww" if "windoww" in form else "firstt"
        whole = text.replace("HERE", form)
        at = whole.index(word)
        place = (whole.count("\n", 0, at) + 1, at - (whole.rfind("\n", 0, at) + 1) + 1)
        assert place in {(one.location.line, one.location.column) for one in found}
