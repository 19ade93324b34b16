"""Every word that a shipped spec compares a field with, misspelt: found among what was recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edusync.app.files.recordings import recorded
from edusync.plugins import load_registry
from edusync.spec import load_spec
from edusync.spec.places import VERDICTS
from edusync.spec.reading import Reading

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "specs/examples"
SPECS = sorted([*(ROOT / "specs").glob("*.yaml"), *EXAMPLES.glob("*.yaml")])
NOT_FOUND = {
    "agenda": {"CANCELLED", "TENTATIVE", "DECLINED"},  # calendars have no keys to look behind
    "hyperplanning": set[str](),
    "scform": {"A", "R", "D", "E"},  # rows of a database come as a table
}
"""Words whose values the recordings do not show by a name."""


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_a_misspelt_word_of_a_condition_is_found(file: Path) -> None:
    """One word at a time, in the text of the spec; letters of another case are another word."""
    registry, text, seen = load_registry((EXAMPLES,)), file.read_text("utf-8"), recorded(file)
    spec, _ = load_spec(text, file.name, dict(registry.functions))
    assert spec is not None
    words = {
        word
        for one in Reading(spec).compared
        for word in one.words
        if one.why.label != VERDICTS and not word.isdecimal()
    }
    missed = set()
    for word in sorted(words):
        for wrong in (f"{word}X", word.swapcase()):
            bad = re.sub(rf"(['`\"]){re.escape(word)}\1", rf"\g<1>{wrong}\g<1>", text)
            _, document = load_spec(bad, file.name, dict(registry.functions), seen)
            found = [one for one in document.findings if one.code == "SPEC_VALUE_NOT_RECORDED"]
            if not any(f"is '{wrong}'" in one.message for one in found):
                missed.add(word)
            assert all("nearly this" in (one.hint or "") for one in found if len(word) > 4), found
    print(file.stem, len(words), "words,", len(missed), "missed")  # noqa: T201 - shown with -rP
    assert missed == NOT_FOUND.get(file.stem, set())
