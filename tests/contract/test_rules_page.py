"""docs/reference/rules.md explains every number of a rule that any file mentions."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "rules.md"
PROMISES = ROOT / "docs" / "explanation" / "promises.md"
FAULTS = ROOT / "docs" / "explanation" / "faults.md"
"""The headings of both are numbers; the faults have their entries there."""
FOLDERS = ("benchmarks", "docs", "edusync", "plugins", "schemas", "specs", "tests")
KINDS = {".md", ".py", ".yaml", ".yml", ".json", ".toml", ".txt", ".sql", ".csv", ".jinja", ".ics"}

NUMBER = r"[RDUPLCAFI]\d{1,2}[a-z]?"
CITED = re.compile(
    rf"\((?:(?:ruling|quirk)s?\s+)?{NUMBER}(?:(?:,|\s+and|\s+to)\s+{NUMBER})*\)"
    r"|\bclient rules?\s+\d+(?:\s+and\s+\d+)*"
)
"""Numbers count in round brackets only.

Elsewhere a class may be called L2 Droit, a room C1, a code of ruff D105.
"""
BARE = re.compile(rf"(?<![\w.#/-]){NUMBER}(?![\w-])")
ELSEWHERE = re.compile(
    r"(?<!SOAP 1\.1, )\bsections? \d|§ ?\d|\b(?:behaviours page|fact sheet|API page)\b"
)
"""A place in a document that is not here; a public standard is named with its section."""

COMPLETE = {"D": 15, "U": 7, "P": 24, "F": 38}


def numbers_in(text: str) -> list[str]:
    """Return the numbers that a text cites, those inside a range too."""
    found: list[str] = []
    for cited in CITED.finditer(text):
        if cited[0].startswith("client"):
            found += [f"client rule {number}" for number in re.findall(r"\d+", cited[0])]
            continue
        for part in re.findall(rf"{NUMBER}(?:\s+to\s+{NUMBER})?", cited[0]):
            first, *last = re.findall(NUMBER, part)
            found.append(first)
            for end in last:
                assert first[0] == end[0], f"({part}) goes from one family to another"
                found += [f"{first[0]}{n}" for n in range(int(first[1:]) + 1, int(end[1:]) + 1)]
    return found


@cache
def files() -> list[Path]:
    inside = chain.from_iterable((ROOT / folder).rglob("*") for folder in FOLDERS)
    some = [*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "justfile", *inside]
    return sorted(
        path
        for path in some
        if path.suffix in KINDS and path not in {PAGE, PROMISES, FAULTS, Path(__file__)}
    )


@cache
def text_of(path: Path) -> str:
    """Return the text of a file; a number in it may be the text of a link to its entry."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    return re.sub(rf"\[({NUMBER})\]\([^)\s]*rules\.md#[^)\s]+\)", r"\1", text)


def prose_of(path: Path) -> str:
    """Return what people read: a document without code, or comments and docstrings."""
    text = text_of(path)
    if path.suffix == ".md":
        return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    told, before = [], tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        begins = before in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and begins):
            told.append(token.string)
        if token.type not in {tokenize.NL, tokenize.COMMENT}:
            before = token.type
    return "\n".join(told)


@cache
def prose() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(ROOT)), prose_of(path))
        for path in files()
        if path.suffix in {".md", ".py"}
    ]


@cache
def references() -> dict[str, list[str]]:
    """Return every number that is cited, and the files that cite it."""
    found: dict[str, list[str]] = {}
    for path in files():
        for number in numbers_in(text_of(path)):
            found.setdefault(number, []).append(str(path.relative_to(ROOT)))
    return found


@cache
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def entries() -> list[str]:
    faults = re.findall(r"^## (F\d+)$", FAULTS.read_text(encoding="utf-8"), re.MULTILINE)
    return re.findall(r'<a id="[\w-]+"></a>\*\*([\w ]+)\*\*', page()) + faults


def test_every_number_has_an_entry() -> None:
    assert {number: at for number, at in references().items() if number not in entries()} == {}
    assert sum(map(len, references().values())) > 200, "the search finds far too little"


def test_every_entry_is_referred_to() -> None:
    unused = [entry for entry in entries() if entry not in references()]
    assert [entry for entry in unused if entry[0] not in COMPLETE] == []


@pytest.mark.parametrize(("family", "count"), COMPLETE.items())
def test_complete_families_are_whole(family: str, count: int) -> None:
    found = [entry for entry in entries() if re.fullmatch(rf"{family}\d+", entry)]
    assert found == [f"{family}{number}" for number in range(1, count + 1)]


def test_entries_stand_once_and_their_anchors_are_their_numbers() -> None:
    anchors = dict(re.findall(r'<a id="([\w-]+)"></a>\*\*([\w ]+)\*\*', page()))
    assert len(entries()) == len(set(entries())) == len(anchors) + COMPLETE["F"]
    assert [
        (a, entry) for a, entry in anchors.items() if a != entry.lower().replace(" ", "-")
    ] == []


def test_numbers_in_prose_stand_in_brackets() -> None:
    bare = [(path, found) for path, text in prose() if (found := BARE.findall(CITED.sub("", text)))]
    assert bare == []


def test_no_section_of_a_document_that_is_not_here() -> None:
    found = [(path, named) for path, text in prose() if (named := ELSEWHERE.findall(text))]
    assert found == []


def test_links_to_the_page_lead_to_an_anchor() -> None:
    headings = re.findall(r"^#+ (.+)$", page(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}
    anchors |= set(re.findall(r'<a id="([\w-]+)"></a>', page()))
    links = [("rules.md", link) for link in re.findall(r"\]\(#([\w-]+)\)", page())]
    for path in files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        links += [(str(path), link) for link in re.findall(r"rules\.md#([\w-]+)", text)]
    assert len(links) > 15
    assert [(path, link) for path, link in links if link not in anchors] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the ERP is the master (R33)", ["R33"]),
        ("(R6 to R8, D1 and D2)", ["R6", "R7", "R8", "D1", "D2"]),
        ("(D10, R24a)", ["D10", "R24a"]),
        ("ids are text (ruling L4)", ["L4"]),
        ("a new id (quirk A6, C23)", ["A6", "C23"]),
        ("alike (client rules 3 and 8)", ["client rule 3", "client rule 8"]),
        ("NAME: L2 Droit, L3-TD1", []),
        ('"room": "C1", "code": "F12"', []),
        ("# noqa: F401, D105 (S101)", []),
        ("student S1 in (B12), T09", []),
    ],
)
def test_what_is_a_number_of_a_rule_and_what_is_not(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers
