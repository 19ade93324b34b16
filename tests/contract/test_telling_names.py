"""Names say what they hold: four words that tell a newcomer nothing name nothing in the package."""

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
NOT_DONE = frozenset({"app", "engine", "testing"})
"""The folders that still have some; one that has none left is taken out."""
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


def refused(source: str) -> list[tuple[int, str]]:
    """Return the names of a module that are refused, a leading underscore or not."""
    return [(line, name) for line, name in named(ast.parse(source)) if name.lstrip("_") in REFUSED]


def folder(file: Path) -> str:
    """Return the folder of the package that a module is in; its name when it is in none."""
    return file.relative_to(PACKAGE).parts[0]


def test_names_say_what_they_hold() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > SMALLEST, f"only {len(files)} files were looked at"
    by_file = {file: refused(file.read_text(encoding="utf-8")) for file in files}
    wrong = [
        f"{file.relative_to(PACKAGE.parent)}:{line} {name}"
        for file, names in by_file.items()
        for line, name in names
        if folder(file) not in NOT_DONE
    ]
    assert not wrong, f"of {len(files)} files that were looked at: {', '.join(wrong)}"
    done = NOT_DONE - {folder(file) for file, names in by_file.items() if names}
    assert not done, f"none is left in {sorted(done)}: take them out of NOT_DONE"


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
    assert refused(source)


@pytest.mark.parametrize("source", ["answer.said", "step(said=1)", "unsaid = 1", "print('said')"])
def test_what_gives_no_such_name_is_left_alone(source: str) -> None:
    assert not refused(source)
