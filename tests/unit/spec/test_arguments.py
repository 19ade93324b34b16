"""What is written as the argument of a filter, or of a function of a path, and is never taken."""

from __future__ import annotations

from inspect import signature
from typing import Any

import pytest

from edusync.spec import load_spec
from edusync.spec.evaluate import Unreadable
from edusync.spec.language.arguments import TAKES, TAKES_ANYTHING
from edusync.spec.language.code import BadExpression
from edusync.spec.language.expressions import compile_expression
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.paths import BadPath, compile_path
from tests.rules.test_examples import BASE

REFUSED = [
    ("'a' | digest(‣'sha2')", "did you mean 'sha256'?"),
    ("'a' | digest(‣'sha-512')", "did you mean 'sha512'?"),
    ("'a' | digest(‣'MD5')", "known here: md5, sha1, sha256, sha512"),
    ("'a' | digest(‣5)", "known here: md5, sha1, sha256, sha512"),
    ("'a' | digest('sha1', ‣'base46')", "did you mean 'base64'?"),
    ("('a' | digest('sha1')) ~ ('b' | digest(‣'sha'))", "did you mean 'sha1'?"),
    ("row.a | hmac(row.key, ‣'md5')", "known here: sha1, sha256, sha512"),
    ("row.a | hmac(row.f[('x')], 'sha1', ‣'hx')", "did you mean 'hex'?"),
    ("row.a | hmac(‣'')", "hmac(connection.secret)"),
    ("row.a | shorten(‣'5')", "shorten(50)"),
    ("row.a | shorten(‣-1)", "shorten(50)"),
    ("row.a | shorten(‣true)", "shorten(50)"),
    ("row.a | part(‣1.5)", "part(0)"),
    ("row.a | replace(‣'', 'b')", "replace('-', '')"),
    ("row.a | replace(‣none, 'b')", "replace('-', '')"),
    ("row.a | days_since(‣'2026-01-01')", "days_since(window.first)"),
    ("row.a | merge(‣'b')", "merge({'room': 'B1'})"),
]
"""Expressions, with ‣ before the argument that no filter takes, and what the hint says."""


@pytest.mark.parametrize(("written", "hint"), REFUSED)
def test_argument_that_is_never_taken_is_found_at_its_character(written: str, hint: str) -> None:
    at, expression = written.index("‣"), written.replace("‣", "")
    before = '    add: {x: {template: "{{ '
    text = BASE.replace("    key: id\n", f'{before}{expression} }}}}"}}}}\n    key: id\n', 1)
    (found,) = (one for one in load_spec(text, "demo.yaml")[1].findings if "NAME" not in one.code)
    assert (found.code, hint in str(found.hint)) == ("SPEC_WRONG_VALUE", True)
    assert found.location.column == len(before) + at + 1


TAKEN = [
    "'a' | digest('md5', 'raw') | base64",
    "'a' | digest(row.algorithm)",
    "'a' | hmac('key', 'sha512', 'hex')",
    "'a' | shorten(0)",
    "'a/b' | part(-1)",
    "'a' | replace('a', none)",
    "['a'] | join(7)",
    "row.day | days_since(window.first)",
]


@pytest.mark.parametrize("expression", TAKEN)
def test_argument_that_may_be_taken_is_compiled(expression: str) -> None:
    assert compile_expression(expression, BUILT_IN).filters


def test_every_parameter_of_every_filter_says_what_it_takes() -> None:
    every = {
        (name, parameter)
        for name, function in BUILT_IN.items()
        for parameter in [*signature(function).parameters][1:]
    }
    assert len(every) == 12
    assert {*TAKES} | TAKES_ANYTHING == every


@pytest.mark.parametrize(("written", "_hint"), REFUSED)
def test_what_is_refused_never_gave_anything(written: str, _hint: str) -> None:
    """No spec that worked is refused: with the argument in a row nothing came of it either."""
    head, _, tail = written.partition("‣")
    depth, end = 0, 0
    for end, sign in enumerate(tail):  # noqa: B007 - where the argument ends
        depth += (sign == "(") - (sign == ")")
        if depth < 0 or (depth == 0 and sign == ","):
            break
    value = compile_expression(tail[:end], {}).run({}, {})
    code = compile_expression(f"{head}row.it{tail[end:]}", BUILT_IN)
    row = {"it": value, "a": "ab", "key": "k", "f": {"x": "k"}}
    try:
        result = code.compiled(row, {})
    except Unreadable:
        return
    assert result is None


PATHS: list[tuple[str, str]] = [
    ("join(`1`, names)", "'join' wants string there, not 1"),
    ("sum('a')", "'sum' wants array-number there"),
    ('sum(`["a"]`)', "'sum' wants array-number there"),
    ("length(`5`)", "'length' wants string or array or object there"),
    ("rooms[?starts_with(code, `7`)]", "'starts_with' wants string there, not 7"),
]


@pytest.mark.parametrize(("path", "message"), PATHS)
def test_text_or_number_that_a_function_never_takes_is_refused(path: str, message: str) -> None:
    with pytest.raises(BadPath) as found:
        compile_path(path)
    assert str(found.value).startswith(message)
    assert path[found.value.at :].startswith(message.split("'")[1])


@pytest.mark.parametrize(
    ("path", "value"),
    [("sum(`[1, 2]`)", 3), ("join('-', names)", "a-b"), ("not_null(`null`, names[0])", "a")],
)
def test_text_or_number_that_a_function_takes_is_worked_with(path: str, value: Any) -> None:
    assert compile_path(path).read({"names": ["a", "b"]}) == value


def test_mistake_of_an_argument_says_which_one_it_is() -> None:
    with pytest.raises(BadExpression) as found:
        compile_expression("row.a | digest('sha1', 'hexa')", BUILT_IN)
    assert (found.value.used, found.value.argument) == ("digest", (1, "hexa"))
