"""Every text that people read exists in French, and says the same as the English one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from edusync.app.authoring import translations
from edusync.codes import all_codes, get_code
from edusync.locale import speaking
from edusync.locale.details import DETAILS, in_words

ROOT = Path(__file__).parents[2]
ALIKE = {
    "Options",
    "badge",
    "description",
    "info",
    "absent",
    "plan {id}: {words}",
    "{kind} {id} of {erp}",
}
"""Texts that may be the same in both languages."""
KEPT = re.compile(
    r"`[^`]*`|\b[A-Z]{3,}_[A-Z_]+\b|\((?:[RUDPL]\d+(?:, )?)+\)|--\w+|\{[^}]*\}|https?://\S+"
)
"""Commands, keys, codes, numbers of rules, options, holes and addresses: the same in French."""


def messages() -> list[Message]:
    return [message for message in translations.read() if message.id]


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Yield the English and the French of a message, form by form."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from zip(message.id, message.string or (), strict=True)


def test_every_text_has_french() -> None:
    written = {(one.context, one.id): one.string for one in messages()}
    wanted = {(one.context, one.id) for one in translations.texts() if one.id}
    missing = {key for key in wanted if not written.get(key)}
    assert (missing, written.keys() - wanted) == (set(), set()), "run `just translations`"


@pytest.mark.parametrize("name", all_codes())
def test_code_reads_in_french(name: str) -> None:
    english = all_codes()[name]
    with speaking("fr"):
        french = get_code(name)
    assert french.meaning != english.meaning, "run `just translations` and write the French"
    assert french.remedy != english.remedy, "run `just translations` and write the French"
    assert (french.example != english.example) == bool(english.example)
    assert get_code(name) is english


def test_no_french_text_is_the_english_one() -> None:
    same = {en for one in messages() for en, fr in pairs(one) if en == fr}
    assert same - ALIKE == set()


AS_WORDS = {"ignore", "`ignore`", "`drop`", "`report`"}
"""Words of a spec that are English words as well."""


def test_what_is_typed_and_every_hole_stand_in_both() -> None:
    for message in messages():
        for english, french in pairs(message):
            kept = [set(KEPT.findall(text)) - AS_WORDS for text in (english, french)]
            assert kept[0] == kept[1], english


def test_french_is_written_with_its_own_signs() -> None:
    """Typographic apostrophes, and spaces that do not break before `: ; ! ? % »`."""
    for message in messages():
        for _, french in pairs(message):
            plain = re.sub(r"`[^`]*`", "", french)
            assert not re.search(r"\w'\w|\x20[:;!?»%](?:\W|$)|«\x20", plain), french


def test_compiled_catalogue_is_that_of_the_text() -> None:
    compiled = translations.catalogue().with_suffix(".mo").read_bytes()
    assert compiled == translations.compiled(translations.read()), "run `just translations`"


def shapes(file: Path) -> Iterator[str]:
    """Yield the texts of a module, with `{}` for whatever stands in a hole."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )


TEMPLATES = sorted((ROOT / "edusync" / "web" / "templates").glob("*.html"))
SAID = re.compile(r'(?:aria-label|title|placeholder|alt)="(?!\{\{)([^"]+)"')
OURS = {"edusync", "Edusign"}
"""Names, which are the same in every language."""


def bare_words(template: str) -> list[str]:
    """Return the words of a template that nobody translates, also those that are read aloud."""
    said = SAID.findall(template)
    without = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", template, flags=re.DOTALL)
    found = re.findall(r"[^\W\d_]{2,}", " ".join([without, *said]))
    return [word for word in found if word not in OURS]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_text_of_a_template_goes_through_the_catalogue(template: Path) -> None:
    assert bare_words(template.read_text(encoding="utf-8")) == []


def test_a_text_of_a_template_that_nobody_translates_is_found() -> None:
    assert bare_words("<p>{{ _('Sign in') }} or leave</p>") == ["or", "leave"]
    assert bare_words('<img alt="A picture"><b>{% if x %}edusync{% endif %}</b>') == ["picture"]


OF_RUNS = ("engine", "app/files", "app/runs", "spec", "target", "transport")
"""The folders whose sentences become details of events."""
BUILT = {
    "no last name": "no {}",
    "no first name": "no {}",
    "no email": "no {}",
    "the ERP has no {kind} {ids}": "the ERP has no {} {}{}",
    "the only student": "the only {}",
    "the only professor": "the only {}",
    "the only sheet": "the only {}",
    "all {count} students": "all {} {}s",
    "all {count} professors": "all {} {}s",
    "all {count} sheets": "all {} {}s",
    "1 coming sheet left the scope by this change": "{} left the scope by this change",
    "{count} coming sheets left the scope by this change": "{} left the scope by this change",
    "{count} of {all} coming sheets": "{} coming sheet{}",
    "{words}; its sheet is deleted": "its sheet is deleted",
    "{words}; its sheet was kept: {why}": "its sheet was kept: ",
    "{words}; its sheet waits until the plan is approved": (
        "its sheet waits until the plan is approved"
    ),
    "'{name}' names a professor whom Edusign does not have": "does not have",
    "'{name}' names a professor whom Edusign has archived": "has archived",
    "drop {code}: {words}": "drop {}",
    "ignore: {words}": "ignore",
    "{count} of days before {day}: {ids}": "{} of days before {}: {}{}",
    "{count} of days before {day}: {ids} and {all} more": "{} of days before {}: {}{}",
    "FILE {file} was there and is gone: the rows that it held are unknown": (
        "FILE {} was there and is gone: the rows {} are unknown"
    ),
    "FILE {file} was there and is gone: the rows from {day} to {last} are unknown": (
        "FILE {} was there and is gone: the rows {} are unknown"
    ),
    "{ids}, which {name} does not have; nearest: {values}": "{}, which {} does not have; {}",
    "'{name}' takes it as well: {words}; sheets and students are doubled": (
        "{}; sheets and students are doubled"
    ),
}
"""Details that the engine puts together, and the part of them that stands in its source."""


def test_every_detail_is_one_that_the_engine_writes() -> None:
    folders = [ROOT / "edusync" / name for name in OF_RUNS]
    written = {text for folder in folders for file in folder.rglob("*.py") for text in shapes(file)}
    shape = {
        text: "".join(own + ("{}" if name else "") for own, name, *_ in Formatter().parse(text))
        for text in DETAILS
    }
    gone = {text for text, parts in (shape | BUILT).items() if parts not in written}
    assert sorted(gone) == []


PUT_TOGETHER = {
    "no 7": "no first name",
    "the only 7": "the only sheet",
    "all 7 7s": "all 7 students",
    "7; 7": "gone from the ERP; its sheet is deleted",
    "7; 77": "gone from the ERP; its sheet was kept: the policy is keep",
    "7; 7it was signed, archived or begun meanwhile": (
        "gone from the ERP; its sheet was kept: it was signed, archived or begun meanwhile"
    ),
    "7 of 7": "7 of 7 coming sheets",
    "7 of 7, the last on 7": "7 of 7, the last on 2026-03-16 11:30",
    "7 left the scope by this change": "7 coming sheets left the scope by this change",
    "7, which 7 does not have; 7": "A, which Yparéo does not have; nearest: B",
    "7 archived before 7: 77": "7 archived before 2026-03-16: 1, 2 and 7 more",
    "7 of days before 7: 77": "7 of days before 2026-03-16: 1, 2 and 7 more",
    "FILE 7 was there and is gone: the rows 7 are unknown": (
        "FILE a.csv was there and is gone: the rows from 2026-03-16 to 2026-03-20 are unknown"
    ),
    "the sheet 7 was made for it by hand: 7": (
        "the sheet 7 was made for it by hand: DOWN_COURSE_SIGNED"
    ),
    "7; sheets and students are doubled": (
        "'lyon' takes it as well: everything; sheets and students are doubled"
    ),
    "'7' names a professor whom Edusign 7": ("'main' names a professor whom Edusign does not have"),
}
"""Details of which a part stands elsewhere, with 7 in each hole, and one of them as it is read."""


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what an expression may be."""
    match node:
        case ast.IfExp():
            yield from (*_choices(node.body), *_choices(node.orelse))
        case ast.BoolOp():
            yield from (one for value in node.values for one in _choices(value))
        case _:
            yield node


def given_details(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the details that a function writes, in the call or right before it."""
    nodes = [*ast.walk(function)]
    words = [one for one in nodes if isinstance(one, ast.keyword)]
    written = [choice for one in words if one.arg == "detail" for choice in _choices(one.value)]
    names = {one.id for one in written if isinstance(one, ast.Name)}
    for node in nodes:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = [*zip(target.elts, node.value.elts, strict=True)]
            written += [
                choice
                for name, value in pairs
                if isinstance(name, ast.Name) and name.id in names
                for choice in _choices(value)
            ]
    yield from filter(None, map(sentence, written))


def test_every_detail_reads_in_french() -> None:
    every = {
        PUT_TOGETHER.get(words, words)
        for name in OF_RUNS
        for file in (ROOT / "edusync" / name).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for words in given_details(node)
        if " " in words
    }
    assert len(every) > 80
    with speaking("fr"):
        french = {words: in_words(words) for words in every}
    assert {words for words, read in french.items() if read == words} == set()
    own = re.compile(r"\b(the|was|were|is|are|its|and|of)\b")
    assert {words: read for words, read in french.items() if own.search(read or "")} == {}


ERRORS = {"SourceError", "TargetError", "CallFailed", "Forbidden", "Technical", "ConnectionLost"}
"""What stops a run or a call: what it says becomes the detail of an event."""


def sentence(node: ast.expr) -> str:
    """Return a sentence with a number in each hole; nothing for what is no sentence."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(sentence(part) or "7" for part in parts)
    return ""


def said(file: Path) -> Iterator[str]:
    """Yield the sentences with which a module stops a run, or notes why a list is not whole."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ERRORS | {"note_problem"}:
                yield from (words for one in node.args[:2] if " " in (words := sentence(one)))


def test_what_stops_a_run_reads_in_french() -> None:
    """A school sees it on the page of what is to be settled."""
    folders = [ROOT / "edusync" / name for name in OF_RUNS]
    every = {words for folder in folders for file in folder.rglob("*.py") for words in said(file)}
    assert len(every) > 50
    with speaking("fr"):
        english = {words for words in every if in_words(words) == words}
        nested = in_words("the list 'a' is needed and forbidden: GET /b refused our sign-in (401)")
    assert english == set()
    assert nested == (
        "la liste «\u00a0a\u00a0» est nécessaire et interdite\u00a0: "
        "GET /b a refusé notre connexion (401)"
    )


COMMAND = re.compile(r"edusync [a-z]|--[a-z]|\bFILE\b|PLAN_ID")


def test_schools_are_told_what_they_can_do_without_a_command_line() -> None:
    """Each code with a word for schools, in both languages; every guard that --approve lifts."""
    said = {name: code.school for name, code in all_codes().items() if code.school}
    for name, english in said.items():
        with speaking("fr"):
            french = get_code(name).school
        assert french != english
        assert not COMMAND.search(english + french), name
    lifted = {
        name
        for name, code in all_codes().items()
        if name.split("_")[0] in {"DOWN", "RUN"} and "--approve" in code.remedy
    }
    assert lifted <= said.keys()
