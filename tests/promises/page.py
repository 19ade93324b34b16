"""Write docs/explanation/promises.md: what users may rely on, and which tests show it.

`python -m tests.promises.page`. The words are those of docs/reference/rules.md, the tests are those
that bear `@pytest.mark.promise`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from tests.support.markers import marked

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "explanation" / "promises.md"
_PROMISE = re.compile(r'^- <a id="p\d+"></a>\*\*(P\d+)\*\* (.*(?:\n  .*)*)', re.MULTILINE)
_HEAD = """# What you can rely on

Each promise of edusync, in the words of [the rules](../reference/rules.md), and the tests that show
it. This page is made of the tests themselves (`python -m tests.promises.page`): a promise without a
test, or a test of a promise that there is not, fails the suite.

A test named with `--whole` goes through a sample of its family in every run, and through all of it
by `just whole`; the end of a run says how many of how many. What these tests play against are
simulators that refuse what the real systems are known to refuse; what is assumed of a real system
stands as `assumed` in its spec, and `edusync check --assumptions` tries it there.
"""
WHOLE = frozenset({"P1", "P2", "P13", "P24"})
"""The promises whose tests walk through families."""


def promises() -> dict[str, str]:
    """Return the promises by number."""
    text = (DOCS / "reference" / "rules.md").read_text(encoding="utf-8")
    return {number: " ".join(words.split()) for number, words in _PROMISE.findall(text)}


def shown_by() -> dict[str, list[str]]:
    """Return the tests that bear each number."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, test in marked("promise"):
        found[number].append(test)
    return found


def page() -> str:
    """Return the page."""
    tests, parts = shown_by(), [_HEAD]
    for number, words in promises().items():
        title = f"## {number}\n\n{words}\n"
        lines = [f"- {_link(test)}" for test in sorted(tests[number])]
        more = ["", "Walks through a family: `--whole`."] if number in WHOLE else []
        parts.append("\n".join([title, *lines, *more, ""]))
    return "\n".join(parts)


def _link(test: str) -> str:
    file, _, name = test.partition("::")
    words = name.removeprefix("test_").replace("_", " ") or "the whole file"
    return f"[{words}](../../{file})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
