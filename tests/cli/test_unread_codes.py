"""When the ERP was not read wholly, the last line says by which codes."""

from __future__ import annotations

import pytest

from tests.conftest import World
from tests.support.commands import edusync


@pytest.mark.parametrize(("language", "words"), [("en", "Look at "), ("fr", "Regardez ")])
def test_the_last_line_names_the_codes_that_are_there(
    world: World, language: str, words: str
) -> None:
    world.simulation.wsgi.view_functions.update(students=lambda: ("no", 500))
    at = ["--state", str(world.state), "--at", world.now.isoformat(), "--lang", language]
    said = edusync("plan", str(world.file), *at)
    assert said.returncode == 4, said.stderr
    last = said.stdout.splitlines()[-1]
    named = [code for code in said.stdout.split() if code.startswith("CONN_")]
    assert last.strip().startswith(words + named[0])
    survey = edusync("survey", str(world.file), *at)
    assert survey.returncode == 4
    assert named[0] in survey.stderr
