"""Strategies for paths of JMESPath, of any form that the language takes."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ("a", "b", "c", "tags")
LITERALS = (
    *("'x'", "''", "'1'", "`1`", "`0`", "`-1`", "`2.5`"),
    *("`true`", "`false`", "`null`", "`[]`", "`{}`", '`"x"`', "`[1, [2]]`"),
)

OF_ONE = (
    *("abs", "avg", "ceil", "floor", "keys", "length", "max", "min", "reverse", "sort", "sum"),
    *("to_array", "to_number", "to_string", "type", "values", "not_null"),
)
OF_TWO = ("contains", "ends_with", "join", "merge", "starts_with", "not_null")
OF_EACH = ("max_by", "min_by", "sort_by")


def json_paths() -> st.SearchStrategy[str]:
    """Return paths: names, projections, conditions, slices, several values, pipes."""
    leaves = st.sampled_from((*NAMES, "@", "a.b", "tags[0]", "*", '"a"'))
    return st.recursive(leaves, _longer, max_leaves=6)


def _longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return what can be made of paths, one strategy for each word of the grammar."""
    name = st.sampled_from((*NAMES, "*", "[0]", "[-1]", "[*]", "[]", "[1:]", "[::-1]", "[:2]"))
    sign = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
    literal = st.sampled_from(LITERALS)
    read = literal.map("([{}] | [0])".format)  # one alone is a mistake where none is taken
    test = st.one_of(
        st.builds("{} {} {}".format, inner, sign, st.one_of(inner, literal)),
        st.builds("!({})".format, inner),
        inner,
    )
    return st.one_of(
        st.tuples(inner, name).map(
            lambda two: f"{two[0]}{'' if two[1].startswith('[') else '.'}{two[1]}"
        ),
        st.builds("{}[?{}]".format, inner, test),
        st.builds("{}[?{}].{}".format, inner, test, st.sampled_from(NAMES)),
        st.builds("({}) | {}".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        st.builds("({} && {})".format, inner, inner),
        st.builds("!{}".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{x: {}, y: {}}}".format, inner, inner),
        st.builds("{}.[{}]".format, inner, inner),
        st.builds("({} {} {})".format, inner, sign, st.one_of(inner, literal)),
        st.builds("{}({})".format, st.sampled_from(OF_ONE), inner),
        st.builds("{}({}, {})".format, st.sampled_from(OF_TWO), st.one_of(inner, read), inner),
        st.builds("{}({}, &{})".format, st.sampled_from(OF_EACH), inner, inner),
        st.builds("map(&{}, {})".format, inner, inner),
    )
