"""Pages that stand in French beside English ones: what the one says is not missing in the other.

Prose cannot be compared, but what it is about can: headings by their level, lists and tables by
their lines, examples, links, and every code, key, command and option. Pictures may be others, and
so may the comments of an example. That a part changed in one language alone is seen by
`tests/contract/french_pages.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from edusync.app.authoring import translations
from tests.contract.french_pages import CODE, FOLDER, PAGES, behind, pairs, parts, recorded

FRENCH = [*PAGES, FOLDER / "changer-de-connecteur.md"]
"""With the one that is written for schools in French alone."""
FRENCH_OF = {english: french for french, english in PAGES.items()}
_SPACED = re.compile(r"[^\s|] [:;?!»](?=\s|$)|« ", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^]]+)\]\(([\w./-]+\.\w+)(#[^)]+)?\)")
_COMMENT = re.compile(r"(?<!\S)# .*")
_ON_SCREEN = re.compile(r"(?<!\*)\*([^*\n ][^*]*)\*(?!\*)")
_SPEC = FOLDER.parents[1] / "specs" / "ypareo.yaml"


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    return CODE.sub("", text(page))


def shape(page: Path) -> list[str]:
    """Return what stands where: the level of each heading, items of lists, rows of tables."""
    lines = prose(page).splitlines()
    signs = (re.match(r"#+|- |\d+\. |\|", line) for line in lines)
    return ["1." if sign[0][0].isdigit() else sign[0] for sign in signs if sign]


def said(page: Path) -> Counter[str]:
    """Return every code, key, command and option that a page names; a day is in its language."""
    found = (" ".join(one.split()) for one in re.findall(r"`([^`]+)`", prose(page)))
    return Counter(one for one in found if not re.match(r"\d+ \w+$", one))


def examples(page: Path) -> list[str]:
    """Return the blocks of a page without their comments; of plain text the words that begin."""

    def bare(block: str) -> str:
        if block.startswith("```text"):
            return re.sub(r"^(\S+) .*", r"\1", block, flags=re.MULTILINE)
        return _COMMENT.sub("#", block)

    return [bare(block) for block in CODE.findall(text(page))]


def links(page: Path) -> Counter[Path]:
    """Return the pages and files that a page leads to; those of pages in French as English ones."""
    files = [
        (page.parent / file).resolve()
        for words, file, _ in _LINK.findall(prose(page))
        if words not in {"In English", "En français"}
    ]
    return Counter(PAGES.get(file, file) for file in files)


@cache
def on_screen(*, french: bool) -> str:
    """Return all that the console and the terminal say in a language."""
    said = (one.string if french else one.id for one in translations.read() if one.id)
    forms = (form for one in said for form in ([one] if isinstance(one, str) else one or ()))
    return "\n".join(forms).replace("\xa0", " ")


def unknown(words: list[str], texts: str) -> list[str]:
    plain = (" ".join(one.split()).replace("\xa0", " ") for one in words)
    return [one for one in plain if one not in texts]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
class TestPage:
    def test_has_the_parts_of_the_english_one(self, page: Path) -> None:
        assert shape(page) == shape(PAGES[page])

    def test_has_its_examples(self, page: Path) -> None:
        assert examples(page) == examples(PAGES[page])

    def test_names_what_it_names(self, page: Path) -> None:
        assert said(page) == said(PAGES[page])

    def test_leads_to_what_it_leads_to(self, page: Path) -> None:
        assert links(page) == links(PAGES[page])

    def test_names_buttons_as_they_are_on_the_screen(self, page: Path) -> None:
        for one, is_french in ((page, True), (PAGES[page], False)):
            words = _ON_SCREEN.findall(re.sub(r"`[^`]*`", "", prose(one)))
            assert unknown(words, on_screen(french=is_french)) == []

    def test_each_leads_to_the_other(self, page: Path) -> None:
        assert f"[En français]({page.name})" in text(PAGES[page])

    def test_no_part_changed_in_one_language_alone(self, page: Path) -> None:
        """Bring the other language after it, then `python -m tests.contract.french_pages`."""
        now, before = pairs(page), recorded().get(page.name, {})
        assert behind(now, before) == [], "the English changed, the French did not"
        assert now == before, "run `python -m tests.contract.french_pages`"


@pytest.mark.parametrize("page", FRENCH, ids=lambda page: page.stem)
class TestFrench:
    def test_signs_have_spaces_that_do_not_break(self, page: Path) -> None:
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "x", prose(page))
        assert _SPACED.findall(plain) == []
        assert re.findall(r"\w+'\w+", plain) == []

    def test_links_lead_to_french_where_there_is_some(self, page: Path) -> None:
        targets = {
            (page.parent / file).resolve(): file
            for words, file, _ in _LINK.findall(prose(page))
            if words != "In English"
        }
        assert [file for target, file in targets.items() if target in FRENCH_OF] == []


def test_the_pages_of_schools_and_of_operators_are_there() -> None:
    english = {page.name for page in PAGES.values()}
    assert english >= {
        "console-for-schools.md",
        "live-with-a-connector.md",
        "run-a-connector.md",
        "run-a-fleet.md",
        "move-in.md",
        "console-for-operators.md",
        "set-a-school-up.md",
        "new-school-year.md",
        "shadow.md",
        "deploy.md",
    }


def test_the_site_has_them_in_its_french_part() -> None:
    """There `docs/site/hooks.py` says of them that they are in French."""
    nav = text(FOLDER.parents[1] / "mkdocs.yml")
    part = re.findall(r"^  - En français:\n(.*?)^  - ", nav, re.MULTILINE | re.DOTALL)[0]
    assert set(re.findall(r"how-to/([\w-]+\.md)", part)) == {page.name for page in FRENCH}


def test_questions_of_the_setup_are_asked_in_the_words_of_the_page() -> None:
    page = FOLDER / "mettre-en-place-un-etablissement.md"
    questions = re.findall(r"^\| (?!question|---)(.+?) \|", text(page), re.MULTILINE)
    asked = on_screen(french=True) + text(_SPEC)
    assert len(questions) > 10
    assert unknown([one.replace("’", "'") for one in questions], asked.replace("’", "'")) == []


def test_a_part_whose_english_alone_changed_is_found() -> None:
    before = {"Roles": "a b", "Keys": "c d"}
    assert behind({"Roles": "A b", "Keys": "c d"}, before) == ["Roles"]
    assert behind({"Roles": "A B", "Keys": "c D", "New": "e f"}, before) == []


def test_how_lines_are_broken_is_no_change(tmp_path: Path) -> None:
    page, digests = tmp_path / "page.md", []
    for words in ("one two", "one\ntwo", "one three"):
        page.write_text(f"# Title\n\n{words}\n\n## Part\n\n```sh\n# words\n```\n", "utf-8")
        digests.append(parts(page))
    assert digests[0] == digests[1] != digests[2]
    assert list(digests[0]) == ["Title", "Part"]
