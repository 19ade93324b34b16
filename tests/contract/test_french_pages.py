"""Pages that stand in French beside English ones: what the one says is not missing in the other.

Prose cannot be compared, but what it is about can: headings by their level, lists and tables by
their lines, examples, and every code, key, command and option. Pictures may be others.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
PAGES = {
    file: FOLDER / found[1]
    for file in sorted(FOLDER.glob("*.md"))
    if (found := re.search(r"\n\[In English\]\(([\w-]+\.md)\)\n", file.read_text("utf-8")))
}
"""French pages, with the English one that each names below its title."""
_CODE = re.compile(r"```.*?```", re.DOTALL)
_SPACED = re.compile(r"[^\s|] [:;?!»](?=\s|$)|« ", re.MULTILINE)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    return _CODE.sub("", text(page))


def shape(page: Path) -> list[str]:
    """Return what stands where: the level of each heading, items of lists, rows of tables."""
    lines = prose(page).splitlines()
    signs = (re.match(r"#+|- |\d+\. |\|", line) for line in lines)
    return ["1." if sign[0][0].isdigit() else sign[0] for sign in signs if sign]


def said(page: Path) -> Counter[str]:
    """Return every code, key, command and option that a page names; a day is in its language."""
    found = (" ".join(one.split()) for one in re.findall(r"`([^`]+)`", prose(page)))
    return Counter(one for one in found if not re.match(r"\d+ \w+$", one))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
class TestPage:
    def test_has_the_parts_of_the_english_one(self, page: Path) -> None:
        assert shape(page) == shape(PAGES[page])

    def test_has_its_examples(self, page: Path) -> None:
        assert _CODE.findall(text(page)) == _CODE.findall(text(PAGES[page]))

    def test_names_what_it_names(self, page: Path) -> None:
        assert said(page) == said(PAGES[page])

    def test_each_leads_to_the_other(self, page: Path) -> None:
        assert f"[En français]({page.name})" in text(PAGES[page])

    def test_signs_have_spaces_that_do_not_break(self, page: Path) -> None:
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "x", prose(page))
        assert _SPACED.findall(plain) == []


def test_the_pages_of_schools_and_the_first_of_operators_are_there() -> None:
    english = {page.name for page in PAGES.values()}
    assert english >= {
        "console-for-schools.md",
        "live-with-a-connector.md",
        "run-a-connector.md",
        "console-for-operators.md",
        "set-a-school-up.md",
        "new-school-year.md",
        "shadow.md",
    }
