"""What each filter makes of a value: in a text of a spec it stands behind `|`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from edusync.spec.evaluate import Unreadable
from edusync.spec.language.expressions import compile_template
from edusync.spec.language.filters import BUILT_IN

LINES: list[tuple[object, str, object]] = [
    ("ÉCOLE", "lower", "école"),
    ("école", "upper", "ÉCOLE"),
    (["a ", " b"], "trim", ["a", "b"]),
    ("ÉTUDIANTS ", "plain", "etudiants"),
    ("é", "base64", "w6k="),
    ("", "digest('md5')", "d41d8cd98f00b204e9800998ecf8427e"),
    (None, "digest", None),
    ("a", "hmac('k', 'sha1', 'base64')", "QOfUQcrbF7B/BQNBqiOmgg7YHIs="),
    (["a b", "é"], "percent", ["a%20b", "%C3%A9"]),
    ("<a>", "cdata", "<![CDATA[<a>]]>"),
    ("a-b-c", "replace('-', '+')", "a+b+c"),
    ("x/y", "shorten(1)", "x"),
    (["1/2", "3/4"], "shorten(2)", ["1/", "3/"]),
    (None, "shorten(2)", None),
    (["a", "b"], "join(';')", "a;b"),
    ([1, 1, 2], "unique", [1, 2]),
    ([1, 2], "first", 1),
    ([1, 2], "last", 2),
    ([1, 2], "length", 2),
    ("x/y", "part(0)", "x"),
    ("x/y", "part(9)", None),
    (["1/2", "3/4"], "part(1)", ["2", "4"]),
    (date(2026, 3, 24), "days_since(row.first)", 8),
    (None, "days_since(row.first)", None),
    ("-42", "number", -42),
    ("4a", "number", "4a"),
    ({"a": 1, "b": 2}, "merge({'b': 3})", {"a": 1, "b": 3}),
]
"""A value, the filter with its arguments, and what comes out."""


@pytest.mark.parametrize(("value", "filter_", "result"), LINES)
def test_filter_gives(value: object, filter_: str, result: object) -> None:
    row = {"value": value, "first": date(2026, 3, 16)}
    text = f"{{{{ row.value | {filter_} }}}}"
    assert compile_template(text, BUILT_IN).run(row, {}) == result


@pytest.mark.parametrize("filter_", ["part(row.it)", "shorten(row.it)", "replace(row.no, '')"])
def test_filter_refuses_an_argument_that_it_cannot_take(filter_: str) -> None:
    row = {"value": "a", "it": "a", "no": ""}
    with pytest.raises(Unreadable):
        compile_template(f"{{{{ row.value | {filter_} }}}}", BUILT_IN).run(row, {})


def test_every_filter_has_its_lines() -> None:
    assert {filter_.partition("(")[0] for _, filter_, _ in LINES} == {*BUILT_IN}


@pytest.mark.promise("P19")
@pytest.mark.parametrize("many", [range(200_000), [f"g{n}" for n in range(200_000)]])
def test_long_list_is_made_unique_in_time(many: Any) -> None:
    assert len(BUILT_IN["unique"]([*many, *many])) == 200_000


@pytest.mark.promise("P19")
@pytest.mark.parametrize(
    ("name", "value", "argument"),
    [
        ("unique", [{"id": n} for n in range(5000)], None),
        ("join", ["x" * 1000] * 5000, ","),
        ("join", [""] * 5000, "x" * 1000),
        ("replace", "x" * 1000, "y" * 1000),
    ],
)
def test_what_would_take_much_time_or_memory_is_refused(
    name: str, value: Any, argument: str | None
) -> None:
    more = {"unique": (), "join": (argument,), "replace": ("x", argument)}[name]
    with pytest.raises(Unreadable):
        BUILT_IN[name](value, *more)
