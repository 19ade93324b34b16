"""Whatever a row holds, a text of a spec gives a value or UNKNOWN, or it is Unreadable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable, called, is_unknown
from edusync.spec.language.code import BadExpression, Code
from edusync.spec.language.expressions import (
    compile_expression,
    compile_template,
    compile_url_path,
    compile_xml,
)
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.paths import BadPath, compile_path
from tests.support.anything import (
    CANARY,
    anything,
    expressions,
    filters,
    formats,
    read_values,
    rows,
    scopes,
    templates,
)
from tests.support.search import examples

FILTERS = filters()
TEXTS: tuple[Callable[[str, Mapping[str, Any]], Code], ...] = (
    compile_template,
    compile_xml,
    compile_url_path,
)


def assert_settled(make: Callable[..., Any], *given: Any) -> Any:
    """Return what something gives, its reason when it is unreadable."""
    try:
        return make(*given)
    except Unreadable as error:
        reason = str(error)
    assert CANARY not in reason
    return Unreadable(reason)


@pytest.mark.promise("P19")
@examples(1000)
@given(source=expressions(), row=rows(), names=scopes())
def test_expression_of_any_form_over_any_row(
    source: str, row: dict[str, Any], names: dict[str, Any]
) -> None:
    assert_settled(compile_expression(source, FILTERS).run, row, names)


@examples(500)
@given(source=templates(), row=rows(), names=scopes(), compiled=st.sampled_from(TEXTS))
def test_template_of_any_form_over_any_row(
    source: str,
    row: dict[str, Any],
    names: dict[str, Any],
    compiled: Callable[[str, Mapping[str, Any]], Code],
) -> None:
    found = assert_settled(compiled(source, FILTERS).run, row, names)
    if isinstance(found, str):
        assert "UNKNOWN" not in found  # of what is unknown nothing is written


@examples(300)
@given(value=read_values(), format_=st.sampled_from(sorted(formats())), writes=st.booleans())
def test_format_of_each_kind_over_any_value(value: object, format_: str, *, writes: bool) -> None:
    one = formats()[format_]
    assert_settled(one.write if writes else one.read, value)


@given(row=anything(), source=st.sampled_from(["a[0].b", "tags[?a > `1`]", "a[].b", "a || b[1:]"]))
def test_path_over_any_row(row: object, source: str) -> None:
    assert_settled(compile_path(source).read, row)


@pytest.mark.parametrize(
    ("source", "row", "reason"),
    [
        ("'x' in row.tags", {"tags": 5}, "'in' needs a text or a list to look into"),
        ("-row.a", {"a": "x"}, "'-' needs a number"),
        ("row.a - 1", {"a": "x"}, "there is no '-' of such values"),
        ("'%99999999d' % row.a", {"a": 1}, "there is no '%' of such values"),
        ("row.a | part(row.b)", {"a": "1/2"}, "'part' needs a whole number"),
        ("row.a | replace(row.b, 'x')", {"a": "1"}, "'replace' needs a text to look for"),
        ("row[row.a]", {"a": []}, "a value is of another kind than is needed"),
        ("row.a | base64", {"a": "\ud800"}, "a text holds a character that cannot be written"),
    ],
)
def test_what_cannot_be_evaluated_says_why(source: str, row: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        compile_expression(source, BUILT_IN).run(row, {})
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("source", "row", "value"),
    [
        ("'x' in row.tags", {"tags": [1, "x"]}, True),
        ("'1' in row.tags", {"tags": [1, {}, None]}, True),
        ("'x' in row.tags", {"tags": None}, False),
        ("'x' in row.tags", {"tags": [UNKNOWN]}, UNKNOWN),
        ("'x' in row.tags", {"tags": [UNKNOWN, "x"]}, True),
        ("(row.tags | first) == 'x'", {"tags": [UNKNOWN]}, UNKNOWN),
        ("row.tags ~ ''", {"tags": [1, UNKNOWN]}, UNKNOWN),
        ("-row.a", {"a": None}, None),
        ("row.a | number", {"a": "²"}, "²"),
        ("row.a | number", {"a": "--5"}, "--5"),
        ("row.a | number", {"a": "-5"}, -5),
        ("row.a | replace(1, 2)", {"a": 112}, "222"),
    ],
)
def test_odd_values_have_a_meaning(source: str, row: dict[str, Any], value: object) -> None:
    assert compile_expression(source, BUILT_IN).run(row, {}) == value


def test_function_of_a_plugin_is_named_and_its_words_are_not_repeated() -> None:
    def fails(name: str) -> None:
        raise KeyError(name)

    with pytest.raises(Unreadable) as caught:
        called("place", fails, {"name": CANARY})
    assert str(caught.value) == "the function 'place' failed (KeyError)"


def test_reason_of_a_function_stands_behind_its_name() -> None:
    def refuses() -> None:
        raise Unreadable("no place has this code")

    with pytest.raises(Unreadable, match=r"^the function 'place': no place has this code$"):
        called("place", refuses, {})


@pytest.mark.parametrize("value", [UNKNOWN, [UNKNOWN], {"a": [{"b": UNKNOWN}]}])
def test_unknown_is_found_however_deep_it_stands(value: object) -> None:
    assert is_unknown(value)


LONG = " or ".join(["row.a"] * 3000)
DEEP = "(" * 3000 + "1" + ")" * 3000


@pytest.mark.fault("F30")
@pytest.mark.promise("P19")
@pytest.mark.parametrize("source", [LONG, DEEP, "not " * 3000 + "row.a", "9" * 5000])
def test_expression_that_is_too_deep_or_too_long_is_a_finding(source: str) -> None:
    with pytest.raises(BadExpression) as caught:
        compile_expression(source, BUILT_IN)
    assert caught.value.code == "SPEC_BAD_EXPRESSION"


LONG_PATHS = [
    "a" + "[]" * 3000,
    " || ".join(["a"] * 3000),
    "a[?" * 3000,
    "(" * 3000 + "a" + ")" * 3000,
    "a[" + "9" * 5000 + "]",
]


@pytest.mark.fault("F30")
@pytest.mark.parametrize("source", LONG_PATHS, ids=lambda source: source[:6])
def test_path_that_is_too_deep_or_too_long_is_a_finding(source: str) -> None:
    with pytest.raises(BadPath, match="too deeply"):
        compile_path(source)


@pytest.mark.fault("F30")
def test_template_that_is_too_deep_is_a_finding() -> None:
    with pytest.raises(BadExpression):
        compile_template(f"{{{{ {DEEP} }}}}", BUILT_IN)


@pytest.mark.parametrize("source", ["row.a | replace('x')", "row.a | part", "row.a | lower('x')"])
def test_filter_with_another_number_of_arguments_is_a_finding(source: str) -> None:
    with pytest.raises(BadExpression, match="cannot be used like this"):
        compile_expression(source, BUILT_IN)


@pytest.mark.parametrize("source", ["a[::0]", "b[*].a[1:2:0]"])
def test_slice_that_goes_nowhere_is_no_path(source: str) -> None:
    with pytest.raises(BadPath, match="step 0"):
        compile_path(source)


@pytest.mark.parametrize(
    ("source", "row", "path"),
    [
        ("/a/{{ row.a }}", {"a": "b/c d"}, "/a/b%2Fc%20d"),
        ("/a/{{ row.a | replace('/', '-') }}", {"a": "b/c"}, "/a/b-c"),
        ("/a/{{ row.a | upper }}", {"a": "é/b"}, "/a/%C3%89%2FB"),
        ("/a/{{ row.a | part(0) }}", {"a": "é/b"}, "/a/%C3%A9"),
        ("/a/{{ row.a | length }}", {"a": "é"}, "/a/1"),
        ("/a/{{ row.a ~ '/b' }}", {"a": "c/d"}, "/a/c%2Fd/b"),
        ("{{ '/a/b' if row.a else '/c' }}", {"a": 1}, "/a/b"),
        ("/a{{ '/b' if row.a }}", {"a": 0}, "/a"),
        ("{{ connection.root }}/a", {}, "v1/api/a"),
        ("/a({{ row.a }})", {"a": 7}, "/a(7)"),
    ],
)
def test_hole_of_a_path_is_encoded_after_its_filters(
    source: str, row: dict[str, Any], path: str
) -> None:
    names = {"connection": {"root": "v1/api"}}
    assert compile_url_path(source, BUILT_IN).run(row, names) == path


@pytest.mark.parametrize("value", [None, "", "..", "."])
def test_hole_of_a_path_is_filled_and_leads_nowhere_else(value: object) -> None:
    with pytest.raises(Unreadable, match="a hole of the path"):
        compile_url_path("/a/{{ row.a }}/b", BUILT_IN).run({"a": value}, {})
