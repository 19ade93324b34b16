"""What is compiled gives what an interpreter gives.

`--hypothesis-profile search` tries 10,000 paths, and as many texts, at random.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import jmespath
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jmespath.exceptions import JMESPathError

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable
from edusync.spec.language.expressions import (
    compile_expression,
    compile_template,
    compile_url_path,
    compile_xml,
)
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.paths import compile_path
from edusync.spec.language.source import Late, Source
from tests.interpreted import paths, texts
from tests.support.anything import (
    anything,
    expressions,
    filters,
    read_values,
    rows,
    scopes,
    templates,
)
from tests.support.json_paths import json_paths
from tests.support.search import examples

FILTERS = filters()
KINDS = {"template": compile_template, "xml": compile_xml, "url_path": compile_url_path}


def settled(run: Any, *given_: Any) -> Any:
    """Return what something gives, or why it is unreadable, with its type: 1 is not true."""
    try:
        found = run(*given_)
    except Unreadable as error:
        return "unreadable", str(error)
    return type(found), repr(found)


@examples(500)
@given(source=json_paths(), document=anything())
def test_path_gives_what_the_library_of_jmespath_gives(source: str, document: object) -> None:
    try:
        parsed = jmespath.compile(source)
    except JMESPathError:
        assume(False)
    # the library fails where a text is compared with a number, and functions get what they refuse
    with suppress(TypeError, JMESPathError):
        expected = parsed.search(document)
        assume(not any(f"{name}(" in source for name in ("to_string", "to_array")))
        assert settled(compile_path(source).read, document) == settled(lambda: expected)


@examples(500)
@given(source=json_paths(), row=read_values())
@example(source="a[?b > `1`].c", row={"a": [{"b": "x", "c": 1}, {"b": 2, "c": 3}]})
@example(source="a.b", row={"a": UNKNOWN})
@example(source="sort_by(a, &b)[].c", row={"a": [{"b": 2, "c": 3}, {"b": 1, "c": 4}]})
@example(source="sort_by(a, &b)", row={"a": [{"b": UNKNOWN}]})
@example(source="join(',', a[].b)", row={"a": [{"b": "x"}, {"b": 1}]})
@example(source="a[*].b", row={"a": [{"b": UNKNOWN}]})
def test_path_over_what_was_read_says_what_is_unknown(source: str, row: object) -> None:
    try:
        run = paths.interpreted(source)
    except JMESPathError:
        assume(False)
    made = settled(run, row)
    read = (type(UNKNOWN), repr(UNKNOWN)) if made[0] == "unreadable" else made
    assert settled(compile_path(source).read, row) == read  # nobody hears why
    written = Source(source)
    with written.function("path", "row"):
        written.line(f"return {compile_path(source).write(written, 'row')}")
    assert settled(Late(written, "path"), row) == made


@examples(500)
@given(source=expressions(), row=rows(), names=scopes())
@example(source="row.a.b", row={"a": UNKNOWN}, names={})
@example(source="row.a in ['x', 'y']", row={"a": UNKNOWN}, names={})
@example(source="row.a == '7'", row={"a": 7}, names={})
@example(source="row.a in ['7', 'x']", row={"a": 7}, names={})
def test_expression_gives_what_its_interpreter_gives(
    source: str, row: dict[str, Any], names: dict[str, Any]
) -> None:
    run = texts.interpreted("expression", source, FILTERS)
    assert settled(compile_expression(source, FILTERS).run, row, names) == settled(run, row, names)


@examples(500)
@given(source=templates(), row=rows(), names=scopes(), kind=st.sampled_from(sorted(KINDS)))
def test_template_gives_what_its_interpreter_gives(
    source: str, row: dict[str, Any], names: dict[str, Any], kind: str
) -> None:
    run = texts.interpreted(kind, source, FILTERS)
    assert settled(KINDS[kind](source, FILTERS).run, row, names) == settled(run, row, names)


def test_nothing_known_of_something_unknown_is_empty() -> None:
    assert compile_expression("row.a.b == none", {}).run({"a": UNKNOWN}, {}) is UNKNOWN


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_text_and_number_have_no_order(sign: str) -> None:
    row = {"a": [{"b": "x"}, {"b": 5}]}
    assert compile_path(f"a[?b {sign} `5`].b").read(row) == ([5] if "=" in sign else [])


@pytest.mark.parametrize(
    "source",
    [
        "{% if row.a %}" * 30 + "x" + "{% endif %}" * 30,
        "{{ " + "(row.a or (row.b and " * 30 + "1" + "))" * 30 + " }}",
    ],
)
def test_what_stands_too_deep_becomes_functions_of_their_own(source: str) -> None:
    code = compile_template(source, BUILT_IN)
    row = {"a": "", "b": "y"}
    assert code.run(row, {}) == texts.interpreted("template", source, BUILT_IN)(row, {})


def test_path_that_is_deep_becomes_functions_of_their_own() -> None:
    source = "a[?b[?" * 12 + "a" + "]]" * 12
    row: Any = {"a": [], "b": []}
    for _ in range(14):
        row = {"a": [row, {"a": 1}], "b": [row]}
    assert compile_path(source).read(row) == jmespath.search(source, row)


def test_what_cannot_be_compiled_is_no_fault_of_a_row() -> None:
    source = Source("broken")
    source.finished.append("def text(row, names): return (")
    with pytest.raises(SyntaxError):
        source.namespace()
