"""Filters that make something else than they seem to, and those that do not."""

from __future__ import annotations

import pytest

from edusync.spec import load_spec
from edusync.spec.language.bindings import parts_filtered
from edusync.spec.language.filters import OF_WHOLE
from tests.rules.test_examples import BASE

OF_TEXT = ("hmac(connection.key)", "digest", "base64", "shorten(9)", "length")
assert {one.partition("(")[0] for one in OF_TEXT} == {*OF_WHOLE, "length"}
BEFORE = ("row.a ~ row.b", "row.a ~ '/' ~ row.b", "'x' ~ row.a ~ row.b", "(row.a) ~ row.b[0]")


@pytest.mark.parametrize("name", OF_TEXT)
@pytest.mark.parametrize("before", BEFORE)
def test_filter_of_the_last_part_is_found_and_parentheses_settle_it(name: str, before: str) -> None:
    source = f"{before} | {name}"
    (found,) = parts_filtered(source, bare=True)
    assert (source[found.at :].startswith(found.name), found.sign) == (True, "~")
    (found,) = parts_filtered(f"a {{{{ {source} }}}}", bare=False)
    head, _, last = before.rpartition(" ~ ")
    for settled in (f"({before}) | {name}", f"{head} ~ ({last} | {name})"):
        assert parts_filtered(settled, bare=True) == []


@pytest.mark.parametrize(
    "source",
    [
        "'Basic ' ~ connection.key | base64",
        "[row.a ~ row.b, row.c | digest] | join(':')",
        "row.a ~ row.b | upper",
        "row.id ~ window.first | iso_day",
        "row.n + row.people | length",
        "row.a == row.b | digest",
        "row.a ~ row.b if row.c else row.d | digest",
        "row.a ~ row.people | join(',')",
    ],
)
def test_what_may_be_meant_is_left_alone(source: str) -> None:
    assert parts_filtered(source, bare=True) == []


def test_plus_is_found_as_well() -> None:
    assert [one.sign for one in parts_filtered("row.a + row.b | digest", bare=True)] == ["+"]


@pytest.mark.parametrize(("column", "wrong"), [("on", True), ("from", True), ("title", False)])
def test_length_of_what_is_no_text_is_found(column: str, *, wrong: bool) -> None:
    text = BASE.replace(
        "    key: id\n  teachers", f"    ignore: row.{column} | length > 3\n    key: id\n  teachers"
    )
    _, document = load_spec(text, "demo.yaml")
    codes = [found.code for found in document.findings if found.code == "SPEC_FILTER_MEANS_ELSE"]
    assert bool(codes) is wrong, document.findings
