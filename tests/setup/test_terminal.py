"""`edusync setup` in a real pseudo-terminal: every ERP, both languages, leaving and coming back."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.files.project import Project
from edusync.app.setup.draft import Drafts
from edusync.app.setup.pasted import in_text
from edusync.app.setup.prompt import Prompt
from edusync.app.setup.setup import Setup, Tools
from edusync.locale import Language, speaking
from edusync.registry import Registry
from tests.setup.conftest import ERPS
from tests.setup.school import School
from tests.support.commands import edusync

pexpect = pytest.importorskip("pexpect", reason="there are no pseudo-terminals on Windows")

Start = Callable[[str], School]
DOWN, ENTER, CLEAR, INTERRUPT = "\x1b[B", "\r", "\x15", "\x03"
AT = "2026-03-16T11:30"
SEEN = {
    "en": {"ERP": "Which ERP?", "now": "And now?", "plan": "to create", "yes": "Yes"},
    "fr": {"ERP": "Quel ERP", "now": "Et maintenant", "plan": "à créer", "yes": "Oui"},
}


class Terminal:
    """`edusync setup` as a person at a terminal has it: what is seen, and keys."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "edusync", "setup", *arguments, "--at", AT],
            cwd=str(folder),
            env={**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"},
            dimensions=(60, 200),
            encoding="utf-8",
            timeout=60,
        )
        self.process.delaybeforesend = None

    def see(self, text: str) -> None:
        self.process.expect(re.escape(text).replace("\u00a0", "[\u00a0 ]"))

    def press(self, keys: str) -> None:
        self.process.send(keys)

    def type(self, text: str) -> None:
        self.press(CLEAR + text + ENTER)

    def answer(self, setup: Setup, asked: Prompt, said: Any) -> None:
        """Answer a question as `setup`, which goes the same way, has answered it."""
        several = "" if asked.of_account is None else f"{asked.of_account} · "
        self.see(several + asked.label)
        if asked.kind in {"gate", "boolean"}:
            self.see("(")  # of the keys that it takes
            start = 1 if asked.value is False else 0
            self.press((DOWN if start == 0 else "\x1b[A") * abs(start - (0 if said else 1)) + ENTER)
        elif asked.kind == "choice":
            self.see("(")
            places = list(asked.values)
            start = places.index(asked.value) if asked.value in places else 0
            self.press(DOWN * ((places.index(said or asked.value) - start) % len(places)) + ENTER)
        elif asked.has_offers:
            self._choose(setup, asked, said)
        elif asked.kind == "secret":
            self.type(str(said or ""))
        else:
            self.type(in_text(asked.value if said is None else said))

    def _choose(self, setup: Setup, asked: Prompt, said: Any) -> None:
        """Tick what the ERP offers, or type what it does not."""
        offers = [one.value for one in setup.offers(asked)]
        wanted = said if isinstance(said, list) else [said]
        if isinstance(said, dict):
            wanted = [f"{family}: {one}" for family, rubrics in said.items() for one in rubrics]
        self.see("(")
        if asked.kind in {"entries", "pairs"} and set(wanted) <= set(offers):
            places = sorted(offers.index(one) for one in wanted)
            steps = [b - a for a, b in zip([0, *places], places, strict=False)]
            self.press("".join(DOWN * step + " " for step in steps) + ENTER)
        elif isinstance(said, str) and said in offers:
            self.press(DOWN * offers.index(said) + ENTER)
        else:
            self.press("\x1b[A" + (" " if asked.kind in {"entries", "pairs"} else "") + ENTER)
            self.see(asked.label)
            self.type(in_text(said))

    def end(self) -> int:
        self.process.expect(pexpect.EOF)
        self.process.close()
        return int(self.process.exitstatus)


@contextmanager
def at(folder: Path, *arguments: str) -> Iterator[Terminal]:
    terminal = Terminal(folder, *arguments)
    try:
        yield terminal
    finally:
        terminal.process.close(force=True)


def labels(registry: Registry) -> list[str]:
    found = {one: known.thing.label for one, known in registry.connectors.items()}
    return sorted(found, key=lambda name: found[name].casefold())


def asked_of(terminal: Terminal, erp: School, tools: Tools, spec: str) -> Setup:
    """Go through the questions in the terminal, and beside it in a setup that says which come."""
    beside = Setup.open(tools, "beside", spec)
    before = set[str]()
    for name in ("connection", "accounts", "scope", "options"):
        while True:
            groups = {group.name: group.questions for group in beside.groups()}
            asked = next((one for one in groups.get(name, ()) if one.key not in before), None)
            if asked is None:
                break
            before.add(asked.key)
            said = erp.says(asked)
            terminal.answer(beside, asked, said)
            beside.answer(asked, said)
    return beside


@pytest.mark.source("S153")
@pytest.mark.parametrize(
    ("erp", "language"), [*((erp, "en") for erp in ERPS), ("ypareo", "fr"), ("hyperplanning", "fr")]
)
def test_a_school_is_set_up_in_the_terminal(
    erp: str,
    language: Language,
    tools: Tools,
    project: Project,
    school: Start,
    registry: Registry,
) -> None:
    answers, seen = school(erp), SEEN[language]
    folder = project.file.parent
    with speaking(language), at(folder, "hugo", "--lang", language) as terminal:
        terminal.see(seen["ERP"])
        terminal.see("(")
        terminal.press(DOWN * labels(registry).index(erp) + ENTER)
        beside = asked_of(terminal, answers, tools, erp)
        if beside.reasons():
            terminal.see("(")
            terminal.press(DOWN + ENTER)  # they are named later
        terminal.see(seen["plan"])
        for asked in beside.groups()[-1].questions:
            terminal.see(asked.label)
            terminal.press(ENTER)
        terminal.see(seen["now"])
        terminal.press(ENTER)
        assert terminal.end() == 0
    file = project.settings.connectors / "hugo.yaml"
    assert load_instance(file, registry).warnings == ()
    written = file.read_text(encoding="utf-8").replace("hugo", "beside")
    assert written == beside.text()
    beside.discard()
    checked = edusync("check", "hugo", "--at", AT, cwd=folder)
    assert checked.returncode == 0, checked.stdout


def test_leaving_keeps_the_answers_and_coming_back_goes_on(
    tools: Tools, project: Project, school: Start, registry: Registry
) -> None:
    answers = school("ypareo")
    folder = project.file.parent
    with at(folder, "hugo", "--erp", "ypareo") as terminal:
        terminal.see("Web service URL:")
        terminal.type(answers.answers["connection"]["url"])
        terminal.see("User name")
        terminal.press(INTERRUPT)
        terminal.see("Go on with: edusync setup hugo")
        assert terminal.end() == 130
    assert Drafts(project).names() == ["hugo"]
    with at(folder) as terminal:
        terminal.see("Which school?")
        terminal.see("(")
        terminal.press(ENTER)
        terminal.see("index.php/r/v1/")
        terminal.press(INTERRUPT)
        assert terminal.end() == 130
    assert not (project.settings.connectors / "hugo.yaml").exists()


def test_a_refused_sign_in_is_said_and_asked_again(
    tools: Tools, project: Project, school: Start
) -> None:
    answers = school("ypareo")
    with at(project.file.parent, "hugo", "--erp", "ypareo") as terminal:
        terminal.see("Web service URL:")
        terminal.type("127.0.0.1")
        terminal.see("write the whole URL")
        terminal.type(answers.answers["connection"]["url"])
        for label in ("User name", "Password"):
            terminal.see(label)
            terminal.press(ENTER)
        terminal.see("API key")
        terminal.type("wrong")
        terminal.see("refused our sign-in (401)")
        terminal.see("Change these answers?")
        terminal.press(ENTER)
        terminal.see("Web service URL:")
    assert Drafts(project).names() == ["hugo"]


@pytest.mark.source("S204")
def test_another_software_leads_to_a_spec_of_its_own(project: Project) -> None:
    with at(project.file.parent, "hugo") as terminal:
        terminal.see("Which ERP?")
        terminal.see("(")
        terminal.press("\x1b[A" + ENTER)
        terminal.see("Name of the software:")
        terminal.type("École Facile")
        terminal.see("edusync new ecole-facile --label 'École Facile'")
        assert terminal.end() == 0
    assert Drafts(project).names() == []


def test_without_a_terminal_it_says_so(project: Project) -> None:
    done = edusync("setup", "hugo", cwd=project.file.parent)
    assert (done.returncode, "no terminal" in done.stderr) == (2, True)


def test_without_a_project_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = edusync("setup", "hugo", cwd=tmp_path)
    assert (done.returncode, "edusync init" in done.stderr) == (2, True)
