"""Which test says what of itself: the markers that stand at tests, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]


def marked(name: str) -> Iterator[tuple[str, str]]:
    """Yield each argument of a marker, and the test that bears it: `file.py::test`, or the file."""
    for file in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        where = str(file.relative_to(TESTS.parent))
        tests = {
            id(inside): f"{where}::{node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            for mark in node.decorator_list
            for inside in ast.walk(mark)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == f"pytest.mark.{name}":
                for inside in ast.walk(node):
                    if isinstance(inside, ast.Constant):
                        yield str(inside.value), tests.get(id(node), where)
