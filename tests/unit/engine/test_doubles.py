"""Who counts of several people with one e-mail: no order decides, and nothing but what is said."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.engine.judge.doubles import Standing, smallest, who_counts, with_one_email
from edusync.errors import LookUpRefused
from edusync.model import Professor
from edusync.target.records import Person

ID = st.one_of(
    st.integers(0, 10**30).map(str), st.text(st.characters(codec="utf-8"), min_size=1, max_size=4)
)


def professor(source_id: str, first: str = "Ada", email: str = "a@ecole.test") -> Professor:
    return Professor(source_id, "Roy", first, email)


def on_edusign(source_id: str, first: str = "Ada") -> Person:
    return Person("e1", source_id, "x", "ROY", first, "a@ecole.test", "", (), "", (), False)


@pytest.mark.parametrize(
    ("ids", "first"),
    [
        (["10", "9"], "9"),
        (["0010", "9"], "9"),
        (["007", "7"], "007"),
        (["10", "9", "a"], "10"),
        (["b", "B"], "B"),
        (["2026/10", "2026/9"], "2026/9"),
        (["9" * 6000, "8" * 6000], "8" * 6000),
        (["٣", "2"], "2"),
    ],
)
def test_smaller_id_by_number_or_by_code_point(ids: list[str], first: str) -> None:
    prefix = "2026/" if ids[0].startswith("2026/") else ""
    assert {smallest(turned, prefix) for turned in permutations(ids)} == {first}


@given(ids=st.lists(ID, min_size=2, max_size=5, unique=True), data=st.data())
def test_order_of_the_answer_never_decides(ids: list[str], data: st.DataObject) -> None:
    linked = set(data.draw(st.lists(st.sampled_from(ids), max_size=2)))
    known = data.draw(st.sampled_from([None, *ids, "elsewhere"]))
    names = data.draw(st.lists(st.sampled_from(["Ada", "Bob"]), min_size=5, max_size=5))
    who = {ref: professor(ref, name) for ref, name in zip(ids, names, strict=False)}
    standing = Standing(
        {"professor": linked}, lambda _kind, _email: on_edusign(known) if known else None
    )
    turned = data.draw(st.permutations(ids))
    found = [
        who_counts("professor", same, {ref: who[ref] for ref in same}, standing, "")
        for [same] in (with_one_email({ref: who[ref] for ref in order}) for order in (ids, turned))
    ]
    assert found[0] == found[1]
    assert found[0] <= (linked or set(ids))


def test_who_stands_on_edusign_counts_also_with_a_lost_store() -> None:
    who = {ref: professor(ref) for ref in ("5", "9")}
    standing = Standing({}, lambda _kind, _email: on_edusign("9"))
    assert who_counts("professor", ["5", "9"], who, standing, "") == {"9"}


def test_edusign_is_not_asked_when_the_store_knows() -> None:
    def asked(_kind: str, _email: str) -> Person | None:
        raise AssertionError

    who = {ref: professor(ref) for ref in ("5", "9")}
    assert who_counts("professor", ["5", "9"], who, Standing({"professor": {"9"}}, asked), "") == {
        "9"
    }


def test_nobody_counts_while_edusign_does_not_say_whom_it_has() -> None:
    def refused(_kind: str, _email: str) -> Person | None:
        raise LookUpRefused("EDU_LOOKUP_REFUSED", "maintenance")

    who = {ref: professor(ref) for ref in ("5", "9")}
    assert who_counts("professor", ["5", "9"], who, Standing({}, refused), "") == set()


def test_case_of_an_email_makes_no_other_one() -> None:
    who = {"1": professor("1", email="A@ecole.test"), "2": professor("2"), "3": professor("3", "B")}
    assert with_one_email(who) == [["1", "2", "3"]]
