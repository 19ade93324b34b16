"""Strategies for rows of any JSON, and for expressions and templates of any form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from edusync.model import UNKNOWN
from edusync.spec.formats import build_format
from edusync.spec.language.filters import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CANARY = "Crécerelle"
"""A value of rows that no message may repeat."""
TEXTS = (
    "",
    " ",
    "²",
    "٣",
    "--5",
    "-",
    "1e400",
    "nan",
    "007",
    "1_0",
    "a/b",
    "..",
    "\x00",
    "\ud800",
    "é",
    "2026-03-16",
    "9999-12-31T23:59:59",
    "0001-01-01",
    "08:30",
    "25:61",
    "{{ 1 }}",
    CANARY,
)
NUMBERS = (0, 1, -1, 7, 10**30, -(10**400), 0.5, -0.0, 1e308, float("nan"), float("inf"))
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "flag": {"kind": "boolean", "yes": [1, "O"], "no": [0, "N"]},
    "day": {"kind": "date", "pattern": "%d/%m/%Y"},
    "span": {"kind": "duration", "unit": "days", "round": "1min"},
    "code": {"kind": "id", "strip": "^X-"},
    "word": {"kind": "map", "values": {"P": "planned", "1": "held"}},
    "kept": {"kind": "map", "values": {"P": "planned"}, "other": "keep"},
    "iso": {"kind": "moment", "pattern": "iso"},
    "epoch": {"kind": "moment", "epoch": "milliseconds"},
    "decimal": {"kind": "number", "decimal": ","},
    "half": {"kind": "person_name", "part": "last", "by": "capitals"},
    "cut": {"kind": "text", "find": "(a+)", "split": ";", "part": 3, "case": "title"},
    "clock": {"kind": "time", "pattern": "%H:%M"},
    "minutes": {"kind": "time", "unit": "minutes"},
}
"""One format of each kind, and of each form of those that have several."""
NAMES = ("a", "b", "c", "tags")


def formats() -> dict[str, Any]:
    """Return formats with nothing in their memory."""
    return {
        name: build_format(options, ZoneInfo("Europe/Paris")) for name, options in FORMATS.items()
    }


def filters() -> dict[str, Callable[..., Any]]:
    """Return every filter: the built-in ones and a format of each kind."""
    return {**BUILT_IN, **{name: format_.write for name, format_ in formats().items()}}


def scalars() -> st.SearchStrategy[Any]:
    """Return what stands at the end of JSON, odd ones often."""
    return st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from(TEXTS),
        st.sampled_from(NUMBERS),
        st.text(max_size=5),
        st.integers(),
    )


def anything(leaves: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy[Any]:
    """Return any JSON."""
    keys = st.one_of(st.sampled_from(NAMES), st.text(max_size=3))
    return st.recursive(
        scalars() if leaves is None else leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)
        ),
        max_leaves=8,
    )


def read_values() -> st.SearchStrategy[Any]:
    """Return what a row may hold once its columns were read: also days, moments, the unknown."""
    read = st.sampled_from(
        (
            UNKNOWN,
            date(2026, 3, 16),
            date.max,
            datetime(2026, 3, 16, 7, 30, tzinfo=UTC),
            datetime.min.replace(tzinfo=UTC),
            timedelta(minutes=90),
            timedelta.max,
        )
    )
    return anything(st.one_of(scalars(), read))


def rows(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return rows with some of these columns."""
    return st.dictionaries(st.sampled_from(names or NAMES), read_values(), max_size=6)


CONSTANTS = ("1", "0", "2.5", "'x'", "''", "'a/b'", "true", "none", "[]", "{}", "[1, 'x']", "'²'")


def expressions() -> st.SearchStrategy[str]:
    """Return expressions of any form that the language knows, over rows and the scope."""
    names = st.one_of(
        st.sampled_from([f"{root}.{name}" for root in ("row", "options", "the") for name in NAMES]),
        st.sampled_from(["row", "options", "now", "missing.x", "row.a.b.c", "row['²']"]),
    )
    return st.recursive(st.one_of(names, st.sampled_from(CONSTANTS)), _longer, max_leaves=6)


def _longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return what can be made of expressions, one strategy for each word of the grammar."""
    two = st.sampled_from(
        [
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "in",
            "not in",
            "and",
            "or",
            "~",
            "+",
            "-",
            "/",
            "//",
            "%",
        ]
    )
    used = st.sampled_from(sorted(filters().items())).flatmap(
        lambda one: st.tuples(inner, st.tuples(*[inner] * _arguments(one[1]))).map(
            lambda given: f"({given[0]} | {one[0]}({', '.join(map(_in_a_row, given[1]))}))"
        )
    )
    return st.one_of(
        st.builds("({} {} {})".format, inner, two, inner),
        st.builds("({} < {} <= {})".format, inner, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} if {})".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("({} is none)".format, inner),
        st.builds("({} is not defined)".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{{}: {}}}".format, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({}).a".format, inner),
        used,
    )


def _in_a_row(argument: str) -> str:
    """Return an argument that is not written out: a constant is a mistake where none is taken."""
    return f"[{argument}][0]" if argument in CONSTANTS or argument.startswith("(-") else argument


def _arguments(function: Callable[..., Any]) -> int:
    """Return how many arguments a filter needs beside what it is applied to."""
    needed = signature(function).parameters.values()
    return sum(one.default is Parameter.empty for one in needed) - 1


def templates() -> st.SearchStrategy[str]:
    """Return templates: a hole alone, text around holes, and parts that stand under a condition."""
    inner = expressions()
    return st.one_of(
        st.builds("{{{{ {} }}}}".format, inner),
        st.builds("a/{{{{ {} }}}}/{{{{ {} }}}}".format, inner, inner),
        st.builds("{{% if {} %}}x{{{{ {} }}}}{{% else %}}y{{% endif %}}".format, inner, inner),
    )


def scopes() -> st.SearchStrategy[dict[str, Any]]:
    """Return names in scope."""
    return st.fixed_dictionaries(
        {"options": read_values(), "the": read_values(), "connection": read_values()},
        optional={"now": st.just(datetime(2026, 3, 16, 7, 30, tzinfo=UTC))},
    )
