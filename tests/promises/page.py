"""Write the pages of docs/explanation that are made of the tests: promises.md, what users may rely
on, and faults.md, what tests inject.

`python -m tests.promises.page`. The promises are those of docs/reference/rules.md, the faults those
of faults.yaml, the tests those that bear `@pytest.mark.promise` and `@pytest.mark.fault`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from tests.support.markers import marked

DOCS = Path(__file__).parents[2] / "docs"
_PROMISE = re.compile(r'^- <a id="p\d+"></a>\*\*(P\d+)\*\* (.*(?:\n  .*)*)', re.MULTILINE)
_WALKS = """\
A test that walks through a family goes through a sample of it in every run, and through all of it
by `just whole`; the end of a run says how many of how many. What these tests play against are
simulators that refuse what the real systems are known to refuse; what is assumed of a real system
stands as `assumed` in its spec, and `edusync check --assumptions` tries it there.
"""
_PROMISES = f"""# What you can rely on

Each promise of edusync, in the words of [the rules](../reference/rules.md), and the tests that show
it. This page is made of the tests themselves (`python -m tests.promises.page`): a promise without a
test, or a test of a promise that there is not, fails the suite.

{_WALKS}"""
_FAULTS = f"""# What goes wrong in the tests

Each fault that tests inject, and what has to hold then. After every fault that touches a run, that
is at least: no id of the ERP stands on Edusign twice (I1), nothing is lost, what others made is
untouched, the next plan is empty. This page is made of `tests/promises/faults.yaml` and of the
tests themselves (`python -m tests.promises.page`): a fault that no test injects and of which nobody
says why, or a test of a fault that there is not, fails the suite. `just faults` runs all of them.

{_WALKS}"""


def promises() -> dict[str, str]:
    """Return the promises by number."""
    text = (DOCS / "reference" / "rules.md").read_text(encoding="utf-8")
    return {number: " ".join(words.split()) for number, words in _PROMISE.findall(text)}


def fault_table() -> dict[str, dict[str, str]]:
    """Return what faults.yaml says of each fault, by number."""
    file = Path(__file__).with_name("faults.yaml")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return found


def faults() -> dict[str, str]:
    """Return the text of each fault by number."""
    return {number: _fault(**said) for number, said in fault_table().items()}


def _fault(fault: str, where: str, holds: str, besides: str = "", not_tried: str = "") -> str:
    lines = [fault, f"- Where: {where}.", f"- What holds: {holds}"]
    lines += [f"- Beyond it, and not tried: {besides}"] if besides else []
    lines += [f"- Not tried: {not_tried}"] if not_tried else []
    return "\n".join([lines[0], "", *lines[1:]])


@dataclass(frozen=True)
class Catalogue:
    """A page that has each number of a list, its text, and the tests that bear it."""

    marker: str
    file: Path
    head: str
    texts: Callable[[], Mapping[str, str]]

    def borne(self) -> dict[str, list[str]]:
        """Return the tests that bear each number."""
        found: dict[str, list[str]] = defaultdict(list)
        for number, test in marked(self.marker):
            found[number].append(test)
        return found

    def page(self) -> str:
        """Return the page."""
        tests, parts = self.borne(), [self.head]
        walks = {test for _, test in marked("walk")}
        for number, text in self.texts().items():
            links = [f"- {_link(test)}{_walk(test, walks)}" for test in sorted(tests[number])]
            shown = ["", "Tests:", "", *links] if links else []
            parts.append("\n".join([f"## {number}", "", text, *shown, ""]))
        return "\n".join(parts)


PROMISES = Catalogue("promise", DOCS / "explanation" / "promises.md", _PROMISES, promises)
FAULTS = Catalogue("fault", DOCS / "explanation" / "faults.md", _FAULTS, faults)
CATALOGUES = (PROMISES, FAULTS)


def _walk(test: str, walks: set[str]) -> str:
    return " (walks through a family)" if test in walks else ""


def _link(test: str) -> str:
    file, _, name = test.partition("::")
    words = name.removeprefix("test_").replace("_", " ") or "the whole file"
    return f"[{words}](../../{file})"


if __name__ == "__main__":
    for catalogue in CATALOGUES:
        catalogue.file.write_text(catalogue.page(), encoding="utf-8")
