"""What a school reads of what happened names no command, no file and no spec: these are others'."""

from __future__ import annotations

import re

import pytest

from edusync.cli import COMMANDS
from edusync.codes import all_codes, get_code
from edusync.locale import Language, speaking

FAMILIES = ("CONN_", "DOWN_", "EDU_", "MOVE_", "RUN_", "SHADOW_", "UP_")
"""The codes of events, and of why a run could not go on: pages, mails and tables show them."""
UNSEEN = {"RUN_USAGE", "RUN_CASE_DIFFERS", "RUN_CASE_EMPTY"}
"""What is said to somebody at a command line alone."""
OPERATORS = re.compile(
    rf"edusync (?:{'|'.join(COMMANDS)})\b|--[a-z]|`|\bFILE\b|edusync\.yaml|EDUSYNC_|"
    r"connector file|fichier du connecteur|\bthe specs?\b|spécification"
)
READ = sorted(name for name in set(all_codes()) - UNSEEN if name.startswith(FAMILIES))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", READ)
def test_a_school_reads_what_it_can_do(name: str, language: Language) -> None:
    with speaking(language):
        words = get_code(name).remedy_for(operator=False)
    assert OPERATORS.findall(words) == [], words


def test_an_operator_reads_the_command() -> None:
    code = get_code("UP_COURSE_GONE")
    assert "edusync writeback FILE --entered ID" in code.remedy_for(operator=True)
    assert code.remedy_for(operator=False) == code.school
