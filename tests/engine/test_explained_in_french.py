"""Who asks in French why something is not there is answered without a word of English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.locale import speaking
from edusync.registry import Registry
from tests.engine.explained import WAYS, Way, ask, prepare
from tests.little import Little
from tests.support.commands import edusync

ENGLISH = re.compile(
    r"\b(the|it|its|is|was|and|of|not|no|be|by|on|with|which|what|who|sheet|student|professor|"
    r"session|read|held|run)\b"
)
OTHERS = (
    "DOWN_UNDECIDED",  # what a library says of a value stands at the end
    "EDU_",  # Edusign's own words are given
    "CONN_",
)
"""Ways in which somebody else's words are part of the answer."""


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


@pytest.mark.walk(every=4)
@pytest.mark.parametrize(
    "way",
    [
        pytest.param(way, id=f"{n}-{way.code}-{way.kind}")
        for n, way in enumerate(WAYS)
        if not way.code.startswith(OTHERS)
    ],
)
def test_nothing_english_is_left(school: Little, way: Way) -> None:
    way.act(school)
    english = ask(school, way.kind, way.source_id)
    with speaking("fr"):
        french = ask(school, way.kind, way.source_id)
    assert [code for code, _ in french] == [code for code, _ in english]
    left = [words for _, words in french if ENGLISH.search(_without_names(words))]
    assert left == [], english


def test_command_explains_an_item_in_french(school: Little) -> None:
    prepare(school)
    school.rows["lessons"][0]["teacher"] = None
    school.sync()
    school.instance()
    where = ("--state", str(school.folder / "state.db"), "--at", school.now.isoformat())
    asked = ("explain", str(school.folder / "school.yaml"), "course", "1", *where)
    said = edusync(*asked, "--lang", "fr").stdout
    assert "séance 1" in said
    assert "DOWN_COURSE_NO_PROFESSOR: intervenants, vide" in said
    assert "Affectez un intervenant à la séance dans l’ERP." in said
    assert edusync(*asked, env={"EDUSYNC_LANG": "fr"}).stdout == said
    assert "Assign a professor to the session in the ERP." in edusync(*asked).stdout


def test_command_explains_a_code_in_french() -> None:
    said = edusync("explain", "DOWN_COURSE_NO_PROFESSOR", "--lang", "fr").stdout
    assert said.startswith("DOWN_COURSE_NO_PROFESSOR (alerte)")
    assert "Que faire : Affectez un intervenant" in said.replace("\u00a0", " ")


def _without_names(words: str) -> str:
    """Return words without codes, commands, and what is in quotes."""
    return re.sub(r"`[^`]*`|«[^»]*»|\b[A-Z_]{4,}\b", "", words)
