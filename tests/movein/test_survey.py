"""What a survey says, in each of its forms; and what several accounts of one file mean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edusync.app.files.pairs import read_choices, write_open
from edusync.registry import Registry
from edusync.resources import bundled
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from tests.movein.school import OLD, School
from tests.support import commands


def run(school: School, command: str, *more: str) -> Any:
    where = ["--state", str(school.state), "--at", school.now.isoformat()]
    return commands.edusync(command, str(school.file), *more, *where)


def row(school: School, origin: str, kind: str) -> dict[str, int]:
    found = json.loads(run(school, "survey", "--format", "json").stdout)
    (one,) = (
        {name: value for name, value in row.items() if name not in {"origin", "kind"}}
        for row in found["accounts"][0]["rows"]
        if (row["origin"], row["kind"]) == (origin, kind)
    )
    return one


def test_every_item_is_counted_once(school: School) -> None:
    for account in school.survey().accounts:
        for one in account.rows:
            assert one.there == one.adopted + one.known + one.held + one.left, one


def test_sheets_of_another_connector_are_counted_by_what_says_that_they_are_the_erps(
    school: School,
) -> None:
    assert row(school, OLD, "course") == {
        "there": 7,
        "by_id": 3,
        "by_email": 0,
        "by_time": 3,
        "adopted": 6,
        "known": 0,
        "held": 0,
        "left": 1,
        "twice": 6,
    }


def test_people_made_by_hand_are_an_origin_of_their_own(school: School) -> None:
    found = row(school, "", "student")
    assert (found["there"], found["by_email"], found["adopted"], found["left"]) == (2, 1, 1, 1)


def test_what_was_taken_over_is_known_afterwards(school: School) -> None:
    school.move_in()
    found = row(school, "ypareo", "course")
    assert (found["there"], found["known"], found["left"]) == (5, 5, 0)
    kept = row(school, OLD, "course")  # one that is signed, and one that the ERP does not have
    assert (kept["there"], kept["known"], kept["left"]) == (2, 1, 1)


def test_nothing_is_written_anywhere(school: School) -> None:
    run(school, "survey")
    assert school.writes() == []
    assert school.links() == {kind: set() for kind in school.links()}


def test_table_fits_into_eighty_letters(school: School) -> None:
    for language in ("en", "fr"):
        said = run(school, "survey", "--lang", language).stdout
        table = [line for line in said.splitlines() if re.search(r"(?: +[\d.]+){8}$", line)]
        assert len(table) >= 6
        assert max(map(len, table)) <= 80


@pytest.mark.parametrize("command", ["survey", "adopt"])
def test_json_is_what_its_schema_says(school: School, command: str) -> None:
    more = ["--from-type", OLD] if command == "adopt" else []
    said = json.loads(run(school, command, *more, "--format", "json").stdout)
    validator = Draft202012Validator(json.loads(schema(command)))
    assert [one.message for one in validator.iter_errors(said)] == []


def schema(command: str) -> str:
    return (bundled("schemas") / f"{command}.v1.schema.json").read_text(encoding="utf-8")


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.leads: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "action"} or name.startswith("on"):
                self.leads.append(f"{tag} {name} {value}")
            if (tag, name) == ("html", "lang"):
                self.language = str(value)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What stands on Edusign"), ("fr", "Ce qui est sur Edusign")]
)
def test_page_stands_alone_and_names_nobody(
    school: School, tmp_path: Path, language: str, words: str
) -> None:
    page = tmp_path / "page.html"
    run(school, "survey", "--html", str(page), "--lang", language)
    text = page.read_text(encoding="utf-8")
    found = Page(text)
    assert found.language == language
    assert words in text
    assert (found.leads, "script" in found.tags) == ([], False)
    people = [row for kind in ("students", "professors") for row in school.book.all(kind)]
    names = {value for row in people for value in (row["LASTNAME"], row["EMAIL"]) if value}
    assert [name for name in names if name in text] == []


def test_name_of_a_sheet_is_no_markup(school: School, tmp_path: Path) -> None:
    sheet = next(row for row in school.book.all("courses") if row["START"] > "2026-03-17")
    twin = {
        **sheet,
        "ID": "ctwin",
        "id": "ctwin",
        "API_ID": "x",
        "NAME": "<script>alert(1)</script>",
    }
    school.book.add("courses", twin)
    page = tmp_path / "page.html"
    run(school, "survey", "--html", str(page))
    assert "&lt;script&gt;" in page.read_text(encoding="utf-8")
    assert "script" not in Page(page.read_text(encoding="utf-8")).tags


@pytest.fixture
def two_accounts(make_school: Callable[..., School], tmp_path: Path) -> Any:
    """A school with two accounts of two schools of Edusign; the ERP has each site on its own."""
    with ExitStack() as stack:
        school = make_school()
        other = Book(clock=lambda: school.now)
        other.habits.school = "school-other"
        address = stack.enter_context(serving(create_app(other, per_minute=1_000_000)))
        edusign = {"api_key": "${file:key}", "requests_per_minute": 100_000}
        school.write(
            accounts=[
                {
                    "name": "main",
                    "edusign": {**edusign, "base_url": school.edusign},
                    "filters": {"siteCodes": ["CFA Exemple Lille - 36"]},
                },
                {
                    "name": "other",
                    "edusign": {**edusign, "base_url": address},
                    "filters": {"siteCodes": ["CFA Exemple - Lyon - 37"]},
                },
            ]
        )
        yield school, other


def test_person_who_stands_on_another_school_too_is_held(two_accounts: Any) -> None:
    school, other = two_accounts
    first = {one.source_id for one in items(school, "main") if one.kind == "student"}
    here = school.book.find("students", API_ID="90215")
    assert here is not None
    assert "90215" in first
    other.add("students", {**here, "ID": "sother", "id": "sother", "API_ID": "x", "API_TYPE": OLD})
    assert "90215" not in {one.source_id for one in items(school, "main")}
    held = [(one.code, one.source_id, one.account) for one in school.adopt().held]
    assert ("MOVE_ELSEWHERE", "90215", "main") in held


@pytest.mark.parametrize("chosen", [True, False])
def test_person_who_stands_on_another_school_too_is_chosen_or_not(
    two_accounts: Any, *, chosen: bool
) -> None:
    school, other = two_accounts
    here = school.book.find("students", API_ID="90215")
    other.add("students", {**here, "ID": "sother", "id": "sother", "API_ID": "x", "API_TYPE": OLD})
    plan, path = school.adopt(), school.folder / "pairs.yaml"
    write_open(path, OLD, plan.held, plan.sights)
    text = path.read_text()
    at = text.index("source_id: '90215'")
    before, behind = text[:at], text[at:]
    word = here["ID"] if chosen else "none"
    path.write_text(before + behind.replace("choose:", f"choose: {word}", 1))
    said = school.adopt(choices=read_choices(path, OLD, ["main", "other"]))
    assert said.adoption is not None
    taken = {one.source_id for one in said.adoption.accounts[0].items if one.kind == "student"}
    assert ("90215" in taken) == chosen
    codes = {one.code for one in said.outcomes if one.key == ("student", "90215")}
    assert codes == (set() if chosen else {"MOVE_APART"})


def items(school: School, account: str) -> list[Any]:
    adoption = school.adopt().adoption
    assert adoption is not None
    return [item for one in adoption.accounts if one.name == account for item in one.items]


def test_command_of_an_unknown_type_names_those_that_stand_there(
    school: School, registry: Registry
) -> None:
    said = run(school, "adopt", "--from-type", "old-brigde")
    assert said.returncode == 2
    assert OLD in said.stderr


def test_type_that_edusync_gives_is_not_left(school: School) -> None:
    said = run(school, "adopt", "--from-type", "ypareo", "--leave")
    assert (said.returncode, "the type that edusync itself gives" in said.stderr) == (2, True)
