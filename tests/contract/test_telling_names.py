"""Names say what they hold: four words that tell a newcomer nothing name nothing in the package,
and some more name no class, function or field, which is read far from where it is written.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import edusync

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(edusync.__file__).parent
REFUSED = frozenset({"told", "said", "given", "stands"})
"""Say the thing's own noun: `answer`, `message`, `verdict`, `declared`, `arguments`, …"""
VAGUE = frozenset({"found", "kept", "seen", "asked_by", "Found", "Kept", "Said"})
"""A local variable may be called so; a class, a function and a field say of what: `PlacedFinding`,
`session_keys`, `observed`, `look`, …"""
VAGUE_STILL = {
    "app/authoring/trying.py": {"kept"},
    "app/console/events.py": {"found"},
    "app/console/moving.py": {"found"},
    "app/console/overview.py": {"found"},
    "app/console/ran.py": {"found"},
    "engine/judge/judge.py": {"seen"},
    "engine/judge/verdicts.py": {"seen"},
    "engine/plan/choosing.py": {"Said", "seen"},
    "engine/plan/evidence.py": {"Found"},
    "engine/plan/handmade.py": {"_Found"},
    "engine/plan/vanished.py": {"_kept", "kept"},
    "testing/coverage.py": {"seen"},
    "testing/rare_names.py": {"seen"},
}
"""Names that are to be changed yet; this only gets shorter."""
SMALLEST = 600
"""Fewer files than this are not the whole package."""


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each name that a module gives to something, with its line.

    An attribute that is only read is named where its class is written.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield node.lineno, name
            case ast.MatchStar(name=str(name)) | ast.alias(asname=str(name)):
                yield node.lineno, name


def refused(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the names of a module that are refused, a leading underscore or not."""
    return [(line, name) for line, name in named(tree) if name.lstrip("_") in REFUSED]


def named_for_others(tree: ast.AST) -> Iterator[str]:
    """Yield the name of each class, function and field of a module."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, body=body):
                yield name
                yield from (
                    one.target.id
                    for one in body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                )
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def vague(tree: ast.AST) -> set[str]:
    """Return the names for others that say nothing, a leading underscore or not."""
    return {name for name in named_for_others(tree) if name.lstrip("_") in VAGUE}


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    """Return every module of the package, by its path in it."""
    files = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}
    assert len(files) > SMALLEST, f"only {len(files)} files were looked at"
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in files.items()}


def test_names_that_others_read_say_of_what(modules: dict[str, ast.Module]) -> None:
    by_file = {name: vague(tree) for name, tree in modules.items()}
    assert {file: names for file, names in by_file.items() if names} == VAGUE_STILL


@pytest.mark.parametrize(
    "source",
    [
        "class Found: ...",
        "class Row:\n    kept: int = 0",
        "def _seen() -> None: ...",
        "async def found() -> None: ...",
        "self.kept = 1",
        "self.kept: set[str] = set()",
        "class Paging:\n    asked_by: ClassVar[str]",
    ],
)
def test_every_name_that_others_read_is_looked_at(source: str) -> None:
    assert vague(ast.parse(source))


@pytest.mark.parametrize("source", ["found = 1", "row.kept", "kept_places = {}", "f(seen=1)"])
def test_a_local_variable_is_left_alone(source: str) -> None:
    assert not vague(ast.parse(source))


def test_names_say_what_they_hold(modules: dict[str, ast.Module]) -> None:
    wrong = [
        f"{file}:{line} {name}" for file, tree in modules.items() for line, name in refused(tree)
    ]
    assert not wrong, f"of {len(modules)} files that were looked at: {', '.join(wrong)}"


@pytest.mark.parametrize(
    "source",
    [
        "said = 1",
        "_told: int = 1",
        "def given() -> None: ...",
        "def each(stands: int) -> None: ...",
        "def each(*told: int, **given: int) -> None: ...",
        "self.said = 1",
        "class Row:\n    stands: int",
        "[said for said in rows]",
        "if (said := look()): pass",
        "with opened() as given: pass",
        "try: pass\nexcept ValueError as told: pass",
        "match row:\n    case [given, *_]: pass",
        "match row:\n    case [*told]: pass",
        "from words import redacted as said",
        "lambda told: 1",
    ],
)
def test_every_way_to_give_a_name_is_looked_at(source: str) -> None:
    assert refused(ast.parse(source))


@pytest.mark.parametrize("source", ["answer.said", "step(said=1)", "unsaid = 1", "print('said')"])
def test_what_gives_no_such_name_is_left_alone(source: str) -> None:
    assert not refused(ast.parse(source))
