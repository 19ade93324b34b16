"""Paths are JMESPath, with its functions: what they give, and what becomes of what they refuse."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from edusync.model import UNKNOWN
from edusync.model.composite import composite
from edusync.model.marked import Marked
from edusync.spec.evaluate import UnknownMet, Unreadable
from edusync.spec.language.path_functions import called, function_names
from edusync.spec.language.paths import compile_path
from edusync.spec.language.source import Late, Source

ROW: dict[str, Any] = {
    "by_id": {"a": {"name": "Anne", "rank": 2}, "b": {"name": "Bob", "rank": 1}},
    "names": ["Anne", "Bob"],
    "first": "Anne",
    "middle": None,
    "mails": [{"kind": "pro", "at": "a@ecole.test"}, {"kind": "home", "at": "b@ecole.test"}],
    "n": "12",
    "title": Marked("Droit", {"lang": "fr"}),
    "unknown": UNKNOWN,
    "empty": [],
}
GIVES: list[tuple[str, Any]] = [
    ("values(by_id)[].name", ["Anne", "Bob"]),
    ("keys(by_id)", ["a", "b"]),
    ("join(', ', names)", "Anne, Bob"),
    ("join(' ', [first, middle][?@])", "Anne"),
    ("length(names)", 2),
    ("sort_by(values(by_id), &rank)[0].name", "Bob"),
    ("max_by(values(by_id), &rank).name", "Anne"),
    ("map(&name, values(by_id))", ["Anne", "Bob"]),
    ("mails[?contains(at, 'a@')].kind", ["pro"]),
    ("mails[?starts_with(kind, 'p')] | [0].at", "a@ecole.test"),
    ("not_null(nowhere, middle, first)", "Anne"),
    ("to_number(n)", 12),
    ("length(title)", 5),
    ("reverse(names)[0]", "Bob"),
    ("type(nowhere)", "null"),
    ("contains(names, middle)", False),
    ("length(nowhere)", None),
    ("to_string(nowhere)", None),
    ("to_array(nowhere)", None),
    ("sum(empty)", 0),
    ("length(unknown)", UNKNOWN),
    ("join(', ', [first, unknown])", UNKNOWN),
]


@pytest.mark.parametrize(("source", "gives"), GIVES, ids=[source for source, _ in GIVES])
def test_function_of_a_path(source: str, gives: Any) -> None:
    assert compile_path(source).read(ROW) == gives


@pytest.mark.parametrize("source", ["abs(names)", "join(', ', [first, middle])", "sum(names)"])
def test_what_a_function_cannot_take_is_unreadable_where_a_value_is_made(source: str) -> None:
    written = Source(source)
    with written.function("path", "row"):
        written.line(f"return {compile_path(source).write(written, 'row')}")
    with pytest.raises(Unreadable, match="wants"):
        Late(written, "path")(ROW)
    assert compile_path(source).read(ROW) is UNKNOWN


def test_no_function_ends_a_run_whatever_it_is_given() -> None:
    tried = 0
    things = [None, "a", 1, [], {}, [1, "a"], [None], float("nan"), UNKNOWN, object()]
    for name in function_names():
        for count in (1, 2):
            for thing in things:
                tried += 1
                with suppress(Unreadable, UnknownMet):
                    called(name, *[thing] * count)
    assert tried == len(function_names()) * 20


def test_first_name_of_a_path_that_begins_with_a_function_is_none() -> None:
    assert compile_path("join(', ', names)").first is None
    assert compile_path("names[0]").first == "names"


def test_composite_ids_of_a_list_are_those_of_its_rows() -> None:
    """What the reference says of people within a session whose ids are of two parts."""
    row = {"learners": [{"ref": {"year": 2025, "no": 4}}, {"ref": {"year": 2025, "no": 5}}]}
    path = "learners[].join('/', [to_string(ref.year), to_string(ref.no)])"
    assert compile_path(path).read(row) == [composite(["2025", "4"]), composite(["2025", "5"])]
