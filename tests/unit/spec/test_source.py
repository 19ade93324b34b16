"""Python that is written out of a spec: nothing that a spec says becomes code by itself."""

from __future__ import annotations

import pytest

from edusync.spec.language.source import DEEPEST, Late, Source

ODD = (
    *("'", '"', "\\", "\n", "x\nraise SystemExit", "'''", "{x}", "\ud800", "\u2028", "é" * 300),
    *(0, -1, 10**40, 2.5, float("inf"), True, False, None),
)


def value_of(source: Source, text: str) -> object:
    with source.function("given"):
        source.line(f"return {text}")
    return source.namespace()["given"]()


@pytest.mark.parametrize("value", ODD, ids=ascii)
def test_constant_is_what_it_was(value: object) -> None:
    source = Source()
    assert value_of(source, source.constant(value)) == value


def test_object_is_bound_once() -> None:
    source, box = Source(), ["x"]
    assert source.bind(box, "box") == source.bind(box, "box")
    assert value_of(source, source.bind(box, "box")) is box


@pytest.mark.parametrize("word", ["place", "row", "names", "type", "in", "item"])
def test_object_never_takes_the_name_of_something_else(word: str) -> None:
    source = Source()
    assert source.bind([1], word) != word


def test_name_of_an_object_is_a_name_of_python() -> None:
    source = Source()
    assert value_of(source, source.bind([1], "look_up_a-b; raise SystemExit")) == [1]


@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x00"], ids=ascii)
def test_remark_is_one_line(end: str) -> None:
    source = Source()
    with source.function("given"):
        source.remark(f"add x{end}raise SystemExit", "spec.yaml:1:1")
        source.line("return 1")
    assert source.namespace()["given"]() == 1
    assert len(source.text.splitlines()) == 3


def test_block_without_lines_does_nothing() -> None:
    source = Source()
    with source.function("given"):
        with source.block("if True:"):
            pass
        source.line("return 1")
    assert source.namespace()["given"]() == 1


def test_function_within_a_function_stands_before_it() -> None:
    source = Source()
    with source.function("outer"):
        for _ in range(DEEPEST):
            source.depth += 1
        assert source.is_deep
        with source.function("inner"):
            assert not source.is_deep
            source.line("return 1")
        source.depth = 1
        source.line("return inner()")
    assert source.namespace()["outer"]() == 1


def test_late_function_is_compiled_when_it_is_called() -> None:
    source = Source()
    late = Late(source, "given")
    with source.function("given", "number"):
        source.line("return number + 1")
    assert (late(1), late(2)) == (2, 3)
