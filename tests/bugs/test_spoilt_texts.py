"""Texts that nobody wrote are never brought down, and take nothing away (B18, B22).

Letters read in the wrong charset, words that a program writes where it has no text, pages of
errors, and texts of which nothing is seen.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from edusync.engine.map.spoilt import LOST, PAGE, PROGRAM, WORDS, shows_nothing, why_spoilt
from tests.bugs.wire import Wire
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LETTERS = "éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆñÑß«»°’“€"
"""Letters of names and titles in the schools of France."""
MISREAD = {
    letter: (
        f"L{letter}a".encode().decode("windows-1252", "replace"),
        f"L{letter}a".encode().decode("latin-1"),
    )
    for letter in LETTERS
}
PAGES = (
    "<!DOCTYPE html><html><body>500</body></html>",
    '<br />\n<b>Warning</b>:  Undefined array key "salle" in <b>/var/www/planning.php</b>',
    "<b>Fatal error</b>: Uncaught Error",
    "SQLSTATE[42S22]: Column not found",
    "ORA-00942: table or view does not exist",
    "Traceback (most recent call last):",
)
SPOILT = {
    **{text: LOST for texts in MISREAD.values() for text in texts},
    **dict.fromkeys(sorted(WORDS), PROGRAM),
    **dict.fromkeys(PAGES, PAGE),
}
BLANK = ("\u200b", "\ufeff", " \u00a0 ", "\u200b \u2060", "\u00ad")
PEOPLE_AND_PLACES = (
    "Null",
    "NULL",
    "None",
    "N/A",
    "Ñíguez",
    "São João",
    "IRMÃ",
    "CHÂTEAU",
    "Ça",
    "Ærø",
    "Łukasz",
    "O’Neill",
    "D'Arc & Fils <B12>",
    "TP : groupe <b>",
    "Şükrü",
    "Müller-Lüdenscheidt",
    "Ａ１",
    "李",
    "R&D <2h>",
    "Bâtiment Â",
    "Å",
)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.has_classes()
        found.rows["/lessons"] = [
            lesson(n, classes=[5], room=f"B{n}", learners=[1, 2, 3, 4]) for n in range(1, 5)
        ]
        found.rows["/learners"] = [person(n, tel="0600000001") for n in range(1, 5)]
        found.rows["/classes"] = [{"id": 5, "title": "BTS 1", "learners": [1, 2, 3, 4]}]
        course = found.spec["entities"]["course"]
        course["classroom_name"] = "room"
        course["description"] = {"path": "notes", "optional": True}
        found.spec["entities"]["student"]["phone"] = "tel"
        yield found


def standing(wire: Wire) -> list[Any]:
    """Return everything that stands on Edusign, without when it was changed."""
    return [
        {name: value for name, value in row.items() if "DATE" not in name}
        for table in ("courses", "students", "professors", "groups")
        for row in wire.book.tables[table].values()
    ]


def test_letters_are_told_from_those_that_were_misread() -> None:
    """Every letter by both charsets; the names of before and what people write are fine."""
    missed = [text for text, why in SPOILT.items() if why_spoilt(text) != why]
    assert missed == []
    fine = [*(f"L{letter}a" for letter in LETTERS), *PEOPLE_AND_PLACES]
    assert [text for text in fine if why_spoilt(text) or shows_nothing(text)] == []
    assert [text for text in BLANK if not shows_nothing(text)] == []


PLACES = [
    ("/learners", "last", "last_name"),
    ("/learners", "first", "first_name"),
    ("/learners", "mail", "email"),
    ("/learners", "tel", "phone"),
    ("/teachers", "last", "last_name"),
    ("/lessons", "title", "name"),
    ("/lessons", "room", "classroom_name"),
    ("/classes", "title", "name"),
]
TEXTS = ["LefÃ¨vre", "â€™", "Let\ufffdvre", "null", "#N/A", "#REF!", "[object Object]", *PAGES[:4]]


@pytest.mark.parametrize(("path", "column", "field"), PLACES)
@pytest.mark.walk(every=9)
@pytest.mark.parametrize("text", TEXTS)
def test_a_spoilt_text_changes_nothing_and_is_named(
    wire: Wire, path: str, column: str, field: str, text: str
) -> None:
    """Eight places of a school by eleven texts; then the ERP is right again."""
    assert wire.down().code == 0
    before = standing(wire)
    row = wire.rows[path][0]
    good, row[column] = row[column], text
    ended = wire.down()
    assert standing(wire) == before
    assert "DOWN_VALUE_UNREADABLE" in ended.said, ended.said
    assert field in ended.said
    row[column] = good
    assert (wire.down().code, standing(wire)) == (0, before)


@pytest.mark.parametrize(("path", "column", "field"), PLACES)
def test_a_text_of_which_nothing_is_seen_is_empty(
    wire: Wire, path: str, column: str, field: str
) -> None:
    """Eight places by five texts: none reaches Edusign."""
    assert wire.down().code == 0, field
    for text in BLANK:
        wire.rows[path][0][column] = text
        wire.down()
        names = ("NAME", "CLASSROOM", "LASTNAME", "FIRSTNAME", "EMAIL", "PHONE")
        shown = [row.get(name) for row in standing(wire) for name in names]
        assert text not in shown


def test_a_description_may_hold_a_page(wire: Wire) -> None:
    wire.rows["/lessons"][0]["notes"] = "<html><body>Bring a <b>pen</b></body></html>"
    ended = wire.down()
    assert (ended.code, "DOWN_VALUE_UNREADABLE" in ended.said) == (0, False)
    assert "<b>pen</b>" in str(standing(wire))
