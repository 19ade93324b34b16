"""`edusync help WORD`, `edusync --help`, and the examples that both and the reference show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jmespath
import pytest

from edusync.app.authoring.filter_examples import FILTER_EXAMPLES
from edusync.app.authoring.key_examples import example_specs, key_examples, kind_examples
from edusync.app.authoring.language_examples import OPERATORS, ROW
from edusync.app.authoring.path_examples import PATH_FUNCTIONS
from edusync.app.authoring.uses import parts, uses
from edusync.app.authoring.words import KINDS, all_words, nearest, spelled, words_called
from edusync.cli import COMMANDS, GROUPS
from edusync.diagnostics import Severity
from edusync.engine.read.names import Answers, names_in_scope
from edusync.model import Window
from edusync.plugins import load_registry
from edusync.spec import load_spec
from edusync.spec.build.declared import ANSWER, DECIDED, MOMENT, REQUEST, UPWARD
from edusync.spec.document import read_document
from edusync.spec.language.expressions import compile_expression, compile_template
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.path_functions import function_names
from edusync.spec.language.paths import compile_path
from edusync.spec.paging.base import PAGING
from edusync.spec.scopes import LISTS, NAMES
from edusync.spec.tree import Expression, Spec, walk
from edusync.spec.tree.list import SHEETS
from edusync.transport.message import Answer
from tests.support.commands import edusync

ROOT = Path(__file__).parents[2]
FUNCTIONS: dict[str, Any] = {"rosewood_signature": dict, "rosewood_learners": list}
SPECS = example_specs()


def loaded(name: str) -> Spec:
    file = next(one for one in SPECS if one.name == name)
    functions = {**load_registry(()).functions, **FUNCTIONS}
    spec, document = load_spec(file.read_text(encoding="utf-8"), name, functions)
    errors = [one for one in document.findings if one.severity is Severity.ERROR]
    assert spec is not None, errors
    assert errors == []
    return spec


@pytest.mark.parametrize("name", [one.name for one in SPECS])
def test_spec_that_examples_are_taken_from_validates(name: str) -> None:
    assert loaded(name).connector


def test_every_key_has_an_example() -> None:
    """A word that no shipped spec uses belongs into `specs/examples`, or else into
    `edusync/app/authoring/examples`."""
    examples = key_examples()
    every = [(part, key) for part, key, _ in parts()]
    assert len(every) > 450
    assert [f"{part}.{key}" for part, key in every if (part, key) not in examples] == []


def test_every_key_that_a_spec_uses_is_one_of_the_language() -> None:
    known = {(part, key) for part, key, _ in parts()}
    found = 0
    for file in SPECS:
        data = read_document(file.read_text(encoding="utf-8"), file.name).data
        met = [pair for pair, _ in uses(data)]
        assert set(met) <= known
        found += len(met)
    assert found > 2000


def test_example_is_what_its_line_says() -> None:
    """The key of an example stands on the line that is named."""
    lines = {one.name: one.read_text(encoding="utf-8").splitlines() for one in SPECS}
    strange = [
        (pair, found.spec, found.line)
        for pair, found in key_examples().items()
        if pair[1] not in lines[found.spec][found.line - 1]
    ]
    assert strange == []


def test_every_kind_has_an_example() -> None:
    shown = {
        (what, name)
        for what, kinds in KINDS
        for name, _ in kinds.pairs()
        if (kinds.name, name) in kind_examples()
    }
    every = {(what, name) for what, kinds in KINDS for name, _ in kinds.pairs()}
    assert {one for one in every - shown if one[0] != "verdict"} == set()


def test_every_filter_has_an_example() -> None:
    assert FILTER_EXAMPLES.keys() == BUILT_IN.keys()


def test_every_function_of_paths_has_an_example() -> None:
    assert [*PATH_FUNCTIONS] == function_names()
    page = (ROOT / "docs/reference/language.md").read_text(encoding="utf-8")
    assert [name for name in PATH_FUNCTIONS if f"| `{name}(" not in page] == []


@pytest.mark.parametrize(("name", "path"), [(name, one[0]) for name, one in PATH_FUNCTIONS.items()])
def test_example_of_a_function_of_paths_gives_what_the_library_gives(name: str, path: str) -> None:
    made = compile_path(path).read(ROW)
    assert made == jmespath.search(path, ROW)
    assert (made is None, f"{name}(" in path) == (False, True)
    assert "function of paths" in {word.kind for word in words_called(name)}


@pytest.mark.parametrize(("value", "written", "result"), FILTER_EXAMPLES.values())
def test_example_of_a_filter_is_evaluated(value: Any, written: str, result: Any) -> None:
    made = compile_template(f"{{{{ row.value | {written} }}}}", BUILT_IN).run(
        {"value": value}, {"window": {"first": date(2026, 3, 16)}}
    )
    assert made == result


def test_names_in_scope_are_those_of_the_engine() -> None:
    window = Window.around(datetime(2026, 3, 16, 11, 30, tzinfo=UTC), days=14, days_back=0)
    names = names_in_scope(Answers("main", {}, {}, {}), window)
    assert names.keys() <= NAMES.keys()
    for name in ("window", "account"):
        assert names[name].keys() == NAMES[name].members.keys()
    assert Answer(200, {}, b"", None, "empty").scope().keys() == NAMES["answer"].members.keys()


def test_what_may_stand_below_a_name_is_explained() -> None:
    """What `validate` takes below a name is what `help` and the reference say of it."""
    declared = {**UPWARD, "answer": ANSWER, "decided": DECIDED, "request": MOMENT | REQUEST}
    assert len(declared) == 7
    assert {name: set(NAMES[name].members) for name in declared} == declared


def test_list_that_nobody_declares_is_explained() -> None:
    members = {*UPWARD["course"], "students"}
    assert {name: set(one.members) for name, one in LISTS.items()} == {SHEETS: members}
    told = edusync("help", SHEETS)
    assert (told.returncode, told.stdout.startswith("sheets  (list)")) == (0, True)


def test_every_name_of_a_text_is_explained() -> None:
    met: set[str] = set()
    for file in SPECS:
        spec = loaded(file.name)
        up = spec.writeback
        own = {*spec.resources, *(up.people if up else ()), *(up.sheets if up else ())}
        met |= {
            name
            for one in walk(spec)
            if isinstance(one.node, Expression)
            for name in one.node.scope - own
        }
    assert met == NAMES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_example_of_a_name_begins_with_it(name: str) -> None:
    assert NAMES[name].example.startswith(f"{{{{ {name}")


def test_every_word_is_printed_at_80_columns() -> None:
    names = sorted({one.name for one in all_words()})
    assert len(names) > 200
    for name in names:
        told = edusync("help", name, env={"COLUMNS": "80"})
        assert told.returncode == 0, told.stderr
        prose = [line for line in told.stdout.splitlines() if not line.startswith("    ")]
        assert [line for line in prose if len(line) > 80 and " " in line.strip()] == []


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("drop", "in order, the first true one is the reason"),
        ("resources.paging", "paging  (key)"),
        ("keyset", "page.last"),
        ("wait", "(verdict)"),
        ("join", "list → text"),
        ("sort_by", "(function of paths)"),
        ("window", "starts_at"),
        ("iso_day", "(format)"),
        ("person_name", "(format)"),
        ("SPEC_VERSION", "What to do"),
        ("try", "--resource"),
    ],
)
def test_help_says_what_a_word_means(word: str, says: str) -> None:
    told = edusync("help", word)
    assert (told.returncode, says in told.stdout) == (0, True), told.stdout + told.stderr


@pytest.mark.parametrize(
    ("word", "near"), [("pagin", "paging"), ("shorte", "shorten"), ("windw", "window")]
)
def test_word_that_nobody_knows_names_those_that_are_near(word: str, near: str) -> None:
    told = edusync("help", word)
    assert (told.returncode, near in told.stderr) == (2, True)
    assert near in nearest(word)
    assert "…" not in told.stderr


def test_key_is_found_by_its_part() -> None:
    assert [spelled(one) for one in words_called("resources.drop")] == ["resources.drop"]
    assert len(words_called("drop")) == 1
    assert len(words_called("path")) > 1


def test_list_of_all_words_holds_each() -> None:
    told = edusync("help", "--all").stdout.replace(",", " ").split()
    assert [one.name for one in all_words() if one.name not in told] == []


def test_every_command_stands_in_one_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(COMMANDS)
    told = edusync("--help", env={"COLUMNS": "80"}).stdout
    assert [line for line in told.splitlines() if len(line) > 80] == []
    assert [title for title in GROUPS if f"{title}:" not in told] == []


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("'a' ~ 'b' | upper", "aB"),
        ("('a' ~ 'b') | upper", "AB"),
        ("1 ~ 7 % 4", "13"),
        ("1 ~ 7 // 2", "13"),
        ("'1' ~ 2 == 1 ~ 2", True),
    ],
)
def test_signs_come_in_the_order_that_is_promised(written: str, result: Any) -> None:
    assert compile_expression(written, BUILT_IN).run({}, {}) == result


@pytest.mark.parametrize("sign", OPERATORS)
def test_every_sign_has_an_example_that_can_be_made(sign: str) -> None:
    row = {"id": 7, "name": "Droit"}
    written = OPERATORS[sign][1]
    assert sign in written
    assert compile_expression(written, BUILT_IN).run(row, {}) is not None
    assert [word.kind for word in words_called(sign)] == ["sign"]


@pytest.mark.parametrize("word", ["nonce", "request.nonce", "students_left_out"])
def test_word_that_stands_below_a_name_in_scope_shows_that_name(word: str) -> None:
    told = edusync("help", word)
    assert (told.returncode, "(name in scope)" in told.stdout) == (0, True), told.stderr
    assert word.rpartition(".")[2] in told.stdout


def test_members_of_page_are_those_of_the_kinds_of_paging() -> None:
    kinds = [kind for _, kind in PAGING.pairs()]
    assert len(kinds) >= 5
    assert set(NAMES["page"].members) == {name for kind in kinds for name in kind.page}
