"""Templates and expressions: what they can say, and what they can not reach."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable
from edusync.spec.language.code import BadExpression
from edusync.spec.language.expressions import (
    compile_expression,
    compile_template,
)
from edusync.spec.language.filters import BUILT_IN

ROW: dict[str, Any] = {
    "a": 7,
    "b": "7",
    "c": None,
    "d": {"e": "x"},
    "list": [1, 2],
    "u": UNKNOWN,
    "day": date(2026, 3, 16),
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("row.a == row.b", True),
        ("row.a in ['7', '8']", True),
        ("row.a not in ['8']", True),
        ("row.c is none", True),
        ("row.missing is none", True),
        ("not row.c", True),
        ("row.d.e == 'x'", True),
        ("row.d.e.f", None),
        ("row.list[0]", 1),
        ("row.list[9]", None),
        ("row.list | length", 2),
        ("row.list | join('-')", "1-2"),
        ("row.c < row.a", False),
        ("row.a > 'x'", False),
        ("1 < row.a <= 7", True),
        ("row.a + 1", 8),
        ("row.a // 2", 3),
        ("row.c + 1", None),
        ("row.a / 0", None),
        ("'yes' if row.a else 'no'", "yes"),
        ("'yes' if row.c", None),
        ("row.a and row.c", None),
        ("row.c or row.b", "7"),
        ("row.b ~ row.a", "77"),
        ("row.u == 1", UNKNOWN),
        ("not row.u", UNKNOWN),
        ("row.d.e | upper", "X"),
        ("row.list | first", 1),
        ("row.list | last", 2),
        ("[1, 1, 2] | unique", [1, 2]),
        ("{'k': row.a}", {"k": 7}),
        ("-row.a", -7),
        ("row.d['e']", "x"),
        ("row.d.e | base64", "eA=="),
        ("row.b | replace('7', '8')", "8"),
    ],
)
def test_expression_gives(source: str, value: object) -> None:
    assert compile_expression(source, BUILT_IN).run(ROW, {}) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{{ row.a }}", 7),
        ("{{ row.list }}", [1, 2]),
        ("n {{ row.a }}", "n 7"),
        ("{{ row.c }}", None),
        ("<{{ row.c }}>", "<>"),
        ("plain", "plain"),
        ("{% if row.a %}yes{% else %}no{% endif %}!", "yes!"),
        ("{{ row.u }}x", UNKNOWN),
        ("{{ true }}x", "truex"),
    ],
)
def test_template_gives(source: str, value: object) -> None:
    assert compile_template(source, BUILT_IN).run(ROW, {}) == value


@pytest.mark.promise("P19")
@pytest.mark.fault("F30")
@pytest.mark.parametrize(
    "source",
    [
        "row.__class__",
        "row.a.__globals__",
        "row.items()",
        "range(10)",
        "row.a * 9",
        "row.a ** 9",
        "lipsum(9)",
        "row.list[0:1]",
        "self",
        "row.a | format(1)",
        "row.a | center(9999999)",
        "cycler.__init__",
        "''.__class__.__mro__",
        "row.a is callable",
        "row | attr('x')",
        "row.b | join(attribute='x')",
    ],
)
def test_what_reaches_out_is_refused_or_nothing(source: str) -> None:
    code = None
    try:
        found = compile_expression(source, BUILT_IN).run(ROW, {})
    except BadExpression as refused:
        found, code = None, refused.code
    assert (
        found,
        code in {None, "SPEC_FORBIDDEN_EXPRESSION", "SPEC_UNKNOWN_FORMAT", "SPEC_BAD_EXPRESSION"},
    ) == (None, True)


@pytest.mark.promise("P19")
@pytest.mark.fault("F30")
def test_loop_in_a_template_is_refused() -> None:
    with pytest.raises(BadExpression):
        compile_template("{% for x in row.list %}{{ x }}{% endfor %}", BUILT_IN)


@pytest.mark.fault("F30")
def test_template_has_an_upper_length() -> None:
    with pytest.raises(Unreadable):
        compile_template("{{ row.x }}.", BUILT_IN).run({"x": "y" * 70_000}, {})


def test_names_that_are_used_are_known() -> None:
    assert compile_expression("row.a.b == options.c or filters.d", BUILT_IN).names == {
        ("row", "a", "b"),
        ("options", "c"),
        ("filters", "d"),
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_no_row_makes_an_expression_fail(value: object) -> None:
    compiled = compile_expression(
        "row.x.y == 1 or row.x in ['a'] or row.x < 3 or (row.x | length) > 2", BUILT_IN
    )
    assert compiled.run({"x": value}, {}) in {True, False}
