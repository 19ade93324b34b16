"""Every word of the language has an example in the reference, is used where something is tested,
and is planted misspelt: the mistake is found at its character, and its hint names the word.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.key_examples import Use, every_use, example_specs
from edusync.app.authoring.path_examples import PATH_FUNCTIONS
from edusync.app.authoring.uses import alike, described_at, parts
from edusync.app.authoring.words import KINDS, all_words
from edusync.diagnostics import Diagnostic
from edusync.plugins import load_registry
from edusync.spec import load_spec
from edusync.spec.document import Document, read_document
from edusync.spec.formats import READY_MADE
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.scopes import LISTS, NAMES
from edusync.spec.tree.transport import WIRES
from edusync.spec.whole_schema import spec_schema
from tests.contract.keys_by_defaults import by_defaults
from tests.contract.keys_in_specs import table
from tests.contract.scenes import scenes
from tests.support.walks import Sample

ROOT = Path(__file__).parents[2]
TEXTS = {one.name: one.read_text(encoding="utf-8") for one in example_specs()}
NOT_PLANTED = {
    "sign": "a sign has no letters: another one is another meaning, or no expression",
    "file of a case": "it is the name of a file",
}
"""Kinds of words of which no misspelling can be planted in a spec, and why."""


@dataclass(frozen=True, slots=True)
class Plant:
    """A word that is misspelt at a place of a spec."""

    kind: str
    word: str
    spec: str
    line: int
    column: int
    """Where the misspelt word begins, from 1."""
    text: str

    @property
    def label(self) -> str:
        return f"{self.kind} {self.word}"


def wrong(word: str) -> str:
    """Return a word with a letter too many, which no other word is nearer to."""
    return f"{word}{'x' if not word.endswith('x') else 'q'}"


def planted(
    kind: str, word: str, spec: str, line: int, column: int, bare: str, meant: str = ""
) -> Plant:
    """Return a plant at a place, where `bare` stands, perhaps in quotes.

    That is the word that is meant, or another one in the place of which it may stand.
    """
    lines = TEXTS[spec].replace("\r\n", "\n").splitlines(keepends=True)
    here = lines[line - 1]
    at = column - 1 + (here[column - 1] in "'\"")
    assert here[at:].startswith(bare), (spec, line, here, bare)
    lines[line - 1] = f"{here[:at]}{wrong(meant or bare)}{here[at + len(bare) :]}"
    return Plant(kind, word, spec, line, column, "".join(lines))


@cache
def documents() -> dict[str, Document]:
    return {name: read_document(text, name) for name, text in TEXTS.items()}


@cache
def used() -> dict[tuple[str, str], Use]:
    """Return where each key is used, in the shortest spec that does."""
    found: dict[tuple[str, str], Use] = {}
    for use in sorted(every_use(), key=lambda one: len(TEXTS[one.spec])):
        found.setdefault((use.part, use.key), use)
    every = [(part, key) for part, key, _ in parts()]
    known = sorted({part for part, _ in every})
    for part, key in every:
        for other in alike(part, known):
            if (part, key) not in found and (other, key) in found:
                found[part, key] = found[other, key]
    return found


def keys() -> Iterator[Plant]:
    """Yield each key of each part, misspelt."""
    for (part, key), use in used().items():
        line, column = documents()[use.spec].keys[use.route]
        yield planted("key", f"{part}.{key}", use.spec, line, column, key)


def choices() -> Iterator[Plant]:
    """Yield each word that a key takes out of a few, and each kind, misspelt.

    In the place of another one where no spec says this one.
    """
    met: dict[tuple[str, str], tuple[Use, tuple[str, ...]]] = {}
    for use in sorted(every_use(), key=lambda one: len(TEXTS[one.spec])):
        if isinstance(use.data, str) and (use.part, use.key) not in met:
            document = documents()[use.spec]
            nodes = described_at(spec_schema(), document.data, use.route)
            words = {str(word) for _, node in nodes for word in _words(node)}
            if use.data in words:
                met[use.part, use.key] = use, tuple(sorted(words))
    for part, key, node in parts():
        known = tuple(str(word) for word in _words(node))
        if known and (part, key) not in met and isinstance(used()[part, key].data, str):
            met[part, key] = used()[part, key], known
    for (part, key), (use, every) in met.items():
        line, column = documents()[use.spec].values[use.route]
        for word in every:
            yield planted("choice", f"{part}.{key}: {word}", use.spec, line, column, use.data, word)


def _words(node: Any) -> list[Any]:
    return [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]


def in_texts() -> Iterator[Plant]:
    """Yield each filter, format, name in scope, member of one and function of paths, misspelt.

    In the place of another one where no spec names this one.
    """
    for name in (*BUILT_IN, *READY_MADE):
        kind = "filter" if name in BUILT_IN else "format"
        yield found_at(kind, name, rf"\|\s*({name})\b(?!')", r"\| (utc|clock|iso_day|mail)\b")
    for name, one in NAMES.items():
        own = rf"(?:\{{\{{ |\(|: |of: )({name})\b(?=\.[a-z]| [|}}])"
        yield found_at("name in scope", name, own, r"\{\{ (window)\b")
        for member in one.members:
            if name == "account":  # no example has it
                yield _account(member)
                continue
            if name == "request":  # where more than the moment and the nonce are known
                found = "verb|path|body|query"
                yield found_at("member", f"request.{member}", rf"request\.({found})\b")
                continue
            other = rf"(?<!\.)\b{name}\.([a-z_]+)\b(?!\()"
            label = f"{name}.{member}"
            yield found_at("member", label, rf"(?<!\.)\b{name}\.({member})\b(?!:)", other)
    for name in PATH_FUNCTIONS:
        plant = found_at("function of paths", name, r"last_name: (\w+)\n")
        yield replace(plant, text=plant.text.replace(wrong(name), f"{wrong(name)}(id)", 1))
    for name in LISTS:
        yield found_at("list", name, rf"(?:from|rows|values|for_each): ({name})\b")


def _account(member: str) -> Plant:
    """Return a plant of a member of `account`, in the place of the first day of the window."""
    plant = found_at("member", f"account.{member}", r"\{\{ (window\.first)\b")
    text = plant.text.replace(wrong(member), f"account.{wrong(member)}", 1)
    return replace(plant, text=text, column=plant.column + len("account."))


def found_at(kind: str, label: str, *patterns: str) -> Plant:
    """Return a plant where the first of some patterns is found first, in the shortest spec."""
    meant = label.rpartition(".")[2]
    for pattern in patterns:
        for spec in sorted(TEXTS, key=lambda name: len(TEXTS[name])):
            found = re.search(pattern, _without_comments(TEXTS[spec]))
            if found is not None:
                ahead = TEXTS[spec][: found.start(1)]
                line, column = ahead.count("\n") + 1, len(ahead) - ahead.rfind("\n")
                return planted(kind, label, spec, line, column, found.group(1), meant)
    raise AssertionError(f"nowhere: {kind} {label}")


def _without_comments(text: str) -> str:
    return re.sub(r"(?m)(^|\s)#[^\n]*", lambda found: " " * len(found.group()), text)


@cache
def plants() -> tuple[Plant, ...]:
    return (*keys(), *choices(), *in_texts())


@cache
def before(spec: str) -> frozenset[tuple[str, str]]:
    return frozenset((one.code, one.message) for one in found_in(TEXTS[spec], spec))


def found_in(text: str, spec: str) -> list[Diagnostic]:
    functions: dict[str, Any] = {"rosewood_signature": dict, "rosewood_learners": list}
    return load_spec(text, spec, {**load_registry(()).functions, **functions})[1].findings


def amiss(plant: Plant) -> str | None:
    """Return what is wrong with what is found of a plant; None when all is well."""
    new = [
        one
        for one in found_in(plant.text, plant.spec)
        if (one.code, one.message) not in before(plant.spec)
    ]
    bare = plant.word.rpartition(": ")[2].rpartition(".")[2]
    here = [
        one for one in new if (one.location.line, one.location.column) == (plant.line, plant.column)
    ]
    if not here:
        return f"not at {plant.line}:{plant.column}: {[str(one.location) for one in new]}"
    if not any(bare in str(one.hint) for one in here):
        return f"the hint does not name it: {[one.hint for one in here]}"
    return None


@pytest.mark.walk(every=9)
def test_every_word_misspelt_is_found_at_its_character_with_the_word(sample: Sample) -> None:
    found = {plant.label: amiss(plant) for plant in sample(plants())}
    assert {label: why for label, why in found.items() if why} == {}


def test_every_word_is_planted(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counter(plant.kind for plant in plants())
    with capsys.disabled():
        sys.stdout.write(f"\nwords planted misspelt: {sum(counts.values())}, {dict(counts)}\n")
    words = {plant.word for plant in plants()}
    assert {f"{part}.{key}" for part, key, _ in parts()} <= words
    taken = {
        f"{part}.{key}: {word}"
        for part, key, node in parts()
        for word in _words(node)
        if isinstance(word, str)
    }
    assert taken - words == set()
    members = {f"{name}.{member}" for name, one in NAMES.items() for member in one.members}
    named = {*BUILT_IN, *READY_MADE, *NAMES, *PATH_FUNCTIONS, *LISTS} | members
    assert named - words == set()
    kinds = {name for _, kinds in KINDS for name, _ in kinds.pairs()} | {*WIRES}
    assert kinds - {word.rpartition(": ")[2] for word in words} == set()
    assert {word.kind for word in all_words()} - _PLANTED_AS == {*NOT_PLANTED}


_PLANTED_AS = {
    *("key", "filter", "format", "function of paths", "name in scope", "list"),
    *("paging", "sign-in", "wire", "verdict"),
}
"""Kinds of words that are planted, by themselves or as what a key takes."""


def test_every_word_has_an_example_in_the_reference() -> None:
    """`tests/cli/test_help.py` tries them; a verdict is shown by the table of answers."""
    without = [word.name for word in all_words() if not word.example and word.kind != "verdict"]
    assert [name for name in without if name != "case"] == []
    assert set(used()) == {(part, key) for part, key, _ in parts()}


def test_every_word_is_used_where_something_is_tested(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys act (`tests/contract/test_keys_act.py`); what stands in texts is used by a test."""
    shown = {key for _, key in (*table(), *by_defaults(), *scenes())}
    in_specs = {use.key for use in every_use() if _has_cases(use.spec)}
    tested = "\n".join(
        file.read_text(encoding="utf-8")
        for file in sorted([*ROOT.glob("tests/**/*.py"), *ROOT.glob("specs/**/*.yaml")])
        if file.name not in {"test_every_word.py", "test_help.py"}
    )
    left = {key for _, key, _ in parts()} - shown - in_specs
    assert {key for key in left if not re.search(rf"\b{key}: ", tested)} == set()
    patterns = {
        **{f"filter {name}": rf"\| {name}\b|[\"']{name}[(\"']" for name in BUILT_IN},
        **{f"format {name}": rf"(\||as:) {name}\b|: {name}\b" for name in READY_MADE},
        **{f"function {name}": rf"\b{name}\(|\"{name}\"" for name in PATH_FUNCTIONS},
        **{f"name {name}": rf"\b{name}\b[. }}|]" for name in NAMES},
        **{
            f"member {name}.{member}": rf"\b{name}\.{member}\b"
            for name, one in NAMES.items()
            for member in one.members
        },
    }
    unused = [what for what, pattern in patterns.items() if not re.search(pattern, tested)]
    with capsys.disabled():
        of_keys = len({key for _, key, _ in parts()})
        sys.stdout.write(f"\nused: {of_keys} keys, {len(patterns)} words of texts\n")
    assert unused == []


def _has_cases(spec: str) -> bool:
    return (ROOT / "tests/connectors" / Path(spec).stem).is_dir()
