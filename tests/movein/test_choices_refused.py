"""A choice that was not offered, or that does not hold any more, is refused by itself.

One school for each kind of mistake, in which a choice of every kind of item has it. What else was
chosen in the same file is taken over, and nothing is written on the strength of the wrong ones.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from edusync.app.files.pairs import read_choices, write_open
from edusync.app.runs.adopting import Result
from edusync.state.open import open_store
from edusync.state.tables import link
from edusync.state.upsert import upsert
from tests.movein.school import OLD, School
from tests.movein.test_choices import other_email
from tests.movein.test_undecided import taken
from tests.support.commands import edusync

TABLES = {
    "professor": "professors",
    "external": "externals",
    "student": "students",
    "group": "groups",
    "course": "courses",
}
REFS = {
    "professor": "42",
    "external": "9003",
    "student": "90215",
    "group": "1202",
    "course": "7712004",
}
STRANGERS = {
    "professor": "43",
    "external": "9001",
    "student": "90217",
    "group": "1201",
    "course": "7712001",
}
"""Another item of each kind, that is nobody's candidate."""
NAMES = {"LASTNAME": "AUTRE", "FIRSTNAME": "Qui", "NAME": "AUTRE CHOSE"}
RIGHT = "90211"
"""A student of whom the right one is chosen in each file."""


class Laid(NamedTuple):
    """A school in which an item of each kind waits, and the file in which one is chosen."""

    school: School
    path: Path
    pairs: dict[str, dict[str, Any]]
    """What the file says of the item of each kind."""
    others: dict[str, str]
    """The id on Edusign of the stranger of each kind."""

    def row(self, kind: str) -> dict[str, Any]:
        """Return the item on Edusign that was chosen."""
        return self.school.book.tables[TABLES[kind]][self.pairs[kind]["choose"]]

    def write(self, more: list[dict[str, Any]] | None = None) -> None:
        data = YAML(typ="safe").load(self.path)
        mine = {(kind, REFS[kind]) for kind in self.pairs}
        kept = [one for one in data["pairs"] if (one["kind"], one["source_id"]) not in mine]
        data["pairs"] = deepcopy([*kept, *self.pairs.values()]) + deepcopy(more or [])
        with self.path.open("w") as file:
            YAML().dump(data, file)

    def link(self, kind: str, ref: str, edusign_id: str) -> None:
        """Let the store know an item as ours."""
        store = open_store(str(self.school.state))
        values: dict[str, Any] = {"fingerprint": "x", "fields": {}, "members": [], "carry": {}}
        values |= {"kind": kind, "source_id": ref, "edusign_id": edusign_id}
        values |= {"created": True, "manual": False, "updated_at": self.school.now}
        with store.writing() as connection:
            upsert(connection, link, {"connector": "school", "account": "main", **values})
        store.close()


def there(school: School, kind: str, ref: str) -> dict[str, Any]:
    table = TABLES[kind]
    row = school.book.find(table, API_ID=school.old.id_of(table, ref))
    assert row is not None
    return row


@pytest.fixture
def laid(school: School) -> Laid:
    rows = {kind: there(school, kind, ref) for kind, ref in REFS.items()}
    for kind, row in rows.items():
        if kind == "external":  # Edusign shows one of an e-mail, so two of them never fit
            row |= {"LASTNAME": "TOTALLY", "FIRSTNAME": "Other"}
        else:
            twin = {**row, "ID": f"{kind}twin", "id": f"{kind}twin", "API_ID": f"{OLD}-{kind}"}
            school.book.add(TABLES[kind], twin)
    others = {kind: there(school, kind, ref)["ID"] for kind, ref in STRANGERS.items()}
    _, ref, right = other_email(school)
    assert ref == RIGHT
    plan, path = school.adopt(), school.folder / "pairs.yaml"
    write_open(path, OLD, plan.held, plan.sights)
    data = YAML(typ="safe").load(path)
    found = {}
    for pair in data["pairs"]:
        if pair["source_id"] == REFS.get(pair["kind"]):
            pair["choose"] = rows[pair["kind"]]["ID"]
            assert pair["choose"] in pair["candidates"]
            found[pair["kind"]] = pair
        if pair["source_id"] == ref:
            pair["choose"] = right
    with path.open("w") as file:
        YAML().dump(data, file)
    assert found.keys() == REFS.keys()
    laid = Laid(school, path, found, others)
    laid.write()
    return laid


# what becomes wrong


def deleted(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        del laid.school.book.tables[TABLES[kind]][pair["choose"]]


def archived(laid: Laid) -> None:
    del laid.pairs["group"]  # Edusign archives no group
    for kind in laid.pairs:
        row = laid.row(kind)
        row |= {"HIDDEN": row["SCHOOL_ID"]} if kind == "professor" else {"HIDDEN": 1}
    laid.row("course")["LOCKED"] = 1


def of_another_connector(laid: Laid) -> None:
    for kind in laid.pairs:
        laid.row(kind)["API_TYPE"] = "third"


def somebody_else_on_edusign(laid: Laid) -> None:
    del laid.pairs["external"]  # has other names than in the ERP from the beginning
    for kind in laid.pairs:
        row = laid.row(kind)
        row |= {name: text for name, text in NAMES.items() if name in row}


def begun(laid: Laid) -> None:
    for kind in {*laid.pairs} - {"course"}:
        del laid.pairs[kind]
    laid.row("course")["START"] = "2026-03-16T07:00:00.000Z"


def gone_from_the_erp(laid: Laid) -> None:
    seed = laid.school.simulation.seed
    del seed.courses[7712004], seed.groups[1202], seed.students[90215], seed.staff[42]
    del seed.contacts[502]["9003"]


def somebody_else_in_the_erp(laid: Laid) -> None:
    seed = laid.school.simulation.seed
    del laid.pairs["group"]  # its id and its students say that it is the one that was chosen
    seed.courses[7712004] |= {"nomMatiere": "AUTRE"}
    seed.groups[1202] |= {"etenduGroupe": "AUTRE", "nomGroupe": "AUTRE", "abregeGroupe": "AUTRE"}
    seed.students[90215] |= {"nomApprenant": "AUTRE", "prenomApprenant": "Qui"}
    seed.staff[42] |= {"nom": "AUTRE", "prenom": "Qui"}
    tutor = {"nomInterlocuteur": "AUTRE", "prenomInterlocuteur": "Qui"}
    seed.contacts[502]["9003"] |= tutor


def taken_by_another(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        laid.link(kind, STRANGERS[kind], pair["choose"])


def linked_to_another(laid: Laid) -> None:
    for kind in laid.pairs:
        laid.link(kind, REFS[kind], laid.others[kind])


def not_offered(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        pair["choose"] = laid.others[kind]
    laid.write()


def written_by_hand(laid: Laid) -> None:
    """The same, in a file that names no candidates."""
    for kind, pair in laid.pairs.items():
        del pair["candidates"], pair["seen"]
        pair["choose"] = laid.others[kind]
    laid.write()


def added_to_the_candidates(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        pair["choose"] = laid.others[kind]
        pair["candidates"] = [*pair["candidates"], laid.others[kind]]
    laid.write()


def unknown(laid: Laid) -> None:
    for pair in laid.pairs.values():
        pair["choose"] = "nobody"
    laid.write()


def chosen_for_two(laid: Laid) -> None:
    more = [
        {**pair, "source_id": ref} for kind, pair in laid.pairs.items() if (ref := STRANGERS[kind])
    ]
    laid.write(more)


def two_for_one(laid: Laid) -> None:
    laid.write([{**pair, "choose": laid.others[kind]} for kind, pair in laid.pairs.items()])


WRONG: dict[Callable[[Laid], None], str] = {
    deleted: "Edusign lists no ",
    archived: "",
    of_another_connector: f"is not of '{OLD}' any more",
    somebody_else_on_edusign: "",
    begun: "has started",
    gone_from_the_erp: "that comes down",
    somebody_else_in_the_erp: "",
    taken_by_another: "is linked already, to the ",
    linked_to_another: "is linked already, to ",
    not_offered: "is none of the candidates",
    written_by_hand: "is none of the candidates",
    added_to_the_candidates: "is none of the candidates",
    unknown: "Edusign lists no ",
    chosen_for_two: "was chosen for several",
    two_for_one: "two choices for the ",
}


def adopted(laid: Laid, **more: Any) -> tuple[Result, list[Any]]:
    choices = read_choices(laid.path, OLD, ["main"])
    result = laid.school.adopt(choices=choices, **more)
    return result, choices.document.findings


@pytest.mark.parametrize("spoil", WRONG, ids=lambda one: one.__name__)
def test_a_choice_that_cannot_be_is_refused_and_the_rest_goes_on(
    laid: Laid, spoil: Callable[[Laid], None]
) -> None:
    chosen = {kind: pair["choose"] for kind, pair in laid.pairs.items()}
    spoil(laid)
    kinds = set(laid.pairs)
    known = laid.school.links()
    plan, findings = adopted(laid)
    refused = {one.key: one for one in plan.held if one.code == "MOVE_CHOICE_REFUSED"}
    for kind in kinds:
        words = refused[kind, REFS[kind]].detail or ""
        assert WRONG[spoil] in words, kind
        assert REFS[kind] not in taken(plan, kind)
    at = {(one.location.line, one.location.column) for one in findings}
    assert {one.code for one in findings} == {"MOVE_CHOICE_REFUSED"}
    assert all(one.hint and one.location.line > 3 for one in findings)
    assert len(at) == len(findings) >= len(kinds)
    before = laid.school.owners()
    done, _ = adopted(laid, apply=plan.plan_id)
    assert done.status in {"held", "partial"}
    assert RIGHT in laid.school.links()["student"]
    for kind in kinds:
        wrong = {chosen[kind], laid.pairs[kind]["choose"]} - {*laid.others.values()}
        assert [before.get(one) for one in wrong] == [
            laid.school.owners().get(one) for one in wrong
        ]
        is_known = REFS[kind] in laid.school.links().get(kind, ())
        assert is_known == (REFS[kind] in known.get(kind, ()))


# none of them


def none(laid: Laid) -> None:
    for pair in laid.pairs.values():
        pair["choose"] = "none"


def none_and_gone_from_the_erp(laid: Laid) -> None:
    gone_from_the_erp(laid)
    none(laid)


def none_and_linked_to_it(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        laid.link(kind, REFS[kind], pair["choose"])
    none(laid)


def none_and_other_on_edusign(laid: Laid) -> None:
    for kind in laid.pairs:
        row = laid.row(kind)
        row |= {name: text for name, text in NAMES.items() if name in row}
    none(laid)


def none_and_other_in_the_erp(laid: Laid) -> None:
    group = laid.pairs["group"]
    somebody_else_in_the_erp(laid)
    laid.pairs["group"] = group
    none(laid)


def none_of_what_was_not_offered(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        pair["candidates"] = [*pair["candidates"], laid.others[kind]]
    none(laid)


def none_by_hand_of_what_is_no_candidate(laid: Laid) -> None:
    for kind, pair in laid.pairs.items():
        pair["candidates"] = [laid.others[kind]]
        del pair["seen"]
    none(laid)


NONE: dict[Callable[[Laid], None], str] = {
    none_and_gone_from_the_erp: "that comes down",
    none_and_linked_to_it: "is linked already, to ",
    none_and_other_on_edusign: "was changed since the file",
    none_and_other_in_the_erp: "was changed since the file",
    none_of_what_was_not_offered: "is none of the candidates",
    none_by_hand_of_what_is_no_candidate: "is none of the candidates",
}


@pytest.mark.parametrize("spoil", NONE, ids=lambda one: one.__name__)
def test_none_of_them_that_does_not_hold_keeps_nothing_apart(
    laid: Laid, spoil: Callable[[Laid], None]
) -> None:
    spoil(laid)
    laid.write()
    plan, findings = adopted(laid)
    refused = {one.key: one for one in plan.held if one.code == "MOVE_CHOICE_REFUSED"}
    assert {
        kind: NONE[spoil] in str(refused[kind, ref].detail) for kind, ref in REFS.items()
    } == dict.fromkeys(REFS, True)
    assert len(findings) == len(REFS)
    adopted(laid, apply=plan.plan_id)
    later = laid.school.adopt()
    assert [one.key for one in later.outcomes if one.code == "MOVE_APART"] == []


def none_and_deleted(laid: Laid) -> None:
    deleted(laid)
    none(laid)


def none_and_archived(laid: Laid) -> None:
    chosen = {kind: pair["choose"] for kind, pair in laid.pairs.items()}
    for kind in ("student", "professor"):
        row = laid.school.book.tables[TABLES[kind]][chosen[kind]]
        row |= {"HIDDEN": row["SCHOOL_ID"]} if kind == "professor" else {"HIDDEN": 1}
    none(laid)


@pytest.mark.parametrize("spoil", [none_and_deleted, none_and_archived])
def test_none_of_them_still_holds(laid: Laid, spoil: Callable[[Laid], None]) -> None:
    spoil(laid)
    laid.write()
    plan, findings = adopted(laid)
    assert findings == []
    apart = {one.key for one in plan.outcomes if one.code == "MOVE_APART"}
    assert apart >= {*REFS.items()}


# what still holds


def renamed_in_both(laid: Laid) -> None:
    """The names on Edusign were corrected: it is the one without any word."""
    laid.row("external").update(LASTNAME="Perrot", FIRSTNAME="Karim")


def another_field(laid: Laid) -> None:
    for kind in ("professor", "student"):
        laid.row(kind)["PHONE"] = "0102030405"


@pytest.mark.parametrize("change", [renamed_in_both, another_field])
def test_what_says_nothing_of_who_it_is_may_change(
    laid: Laid, change: Callable[[Laid], None]
) -> None:
    change(laid)
    plan, findings = adopted(laid)
    assert findings == []
    assert {(kind, ref) for kind, ref in REFS.items() if ref in taken(plan, kind)} == {
        *REFS.items()
    }


def test_command_names_the_place_and_takes_the_rest_over(laid: Laid) -> None:
    laid.pairs["student"]["choose"] = "nobody"
    laid.write()
    at = ["--state", str(laid.school.state), "--at", laid.school.now.isoformat()]
    asked = ["adopt", str(laid.school.file), "--from-type", OLD, "--match", str(laid.path), *at]
    said = edusync(*asked, "--lang", "fr")
    assert said.returncode == 4
    assert "pairs.yaml:" in said.stderr
    assert "MOVE_CHOICE_REFUSED: Edusign lists no student nobody" in said.stderr
    assert "absent d’Edusign : apprenant nobody" in said.stdout
