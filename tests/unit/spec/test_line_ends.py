"""Places are those of an editor, whatever ends the lines of a file."""

from __future__ import annotations

import pytest

from edusync.lsp.source import Source
from edusync.spec.document import read_document

ENDS = ["\n", "\r\n", "\r"]
ODD = ["", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_keys_stand_where_an_editor_shows_them(end: str, odd: str, quote: str) -> None:
    label = f"label: {quote}A{odd}b{quote}"
    text = end.join(["edusync: 1", label, "connector: x", "resourcez:", "  a: b"])
    document = read_document(text, "a.yaml")
    assert document.findings == []
    assert document.keys["resourcez",] == (4, 1)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_language_server_finds_every_key_in_its_text(end: str, odd: str) -> None:
    text = end.join([f'label: "A{odd}b"', "resourcez:", "  lessons: {get: /a}", ""])
    source = Source(text)
    key = source.of(("resourcez", "lessons"), key=True)
    assert key is not None
    assert (source.written(key), source.line_of(key.start)) == ("lessons", 3)


def test_only_a_carriage_return_alone_is_changed() -> None:
    assert read_document("a: 1\rb: 2\r\nc: 3\n", "a.yaml").data == {"a": 1, "b": 2, "c": 3}
