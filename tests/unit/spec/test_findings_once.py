"""One mistake is one finding, and hides no other."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from edusync.diagnostics import Diagnostic
from edusync.registry import Registry
from edusync.spec.load import load_spec
from edusync.testing.misspelt import misspelt_names
from tests.little import SPEC
from tests.support.walks import Sample

ROOT = Path(__file__).parents[3]
SPECS = sorted([*ROOT.glob("specs/*.yaml"), *ROOT.glob("specs/examples/*.yaml")])


def codes(registry: Registry, **lessons: Any) -> list[str]:
    """Return the findings of a spec whose list of lessons says something more."""
    spec = deepcopy(SPEC)
    spec["resources"]["lessons"] |= lessons
    found = load_spec(json.dumps(spec), "little.yaml", registry.functions)[1].findings
    return sorted(f"{finding.code} {finding.message}" for finding in found)


def test_misspelt_name_is_not_also_called_unused(registry: Registry) -> None:
    names = ("id", "title", "on", "from", "to", "teacher", "learners")
    parsed = {**SPEC["resources"]["lessons"]["as"], "titel": "day"}
    found = codes(registry, columns={name: name for name in names}, **{"as": parsed})
    assert found == ["SPEC_UNKNOWN_NAME no row has 'titel': the spec writes its names out"]


def test_misspelt_filter_hides_no_unknown_variable(registry: Registry) -> None:
    found = codes(registry, query={"a": "{{ windw.first | dya | uppr }}"})
    assert [text.partition(" ")[0] for text in found] == [
        "SPEC_UNKNOWN_FORMAT",
        "SPEC_UNKNOWN_FORMAT",
        "SPEC_UNKNOWN_VARIABLE",
    ]


def test_format_of_a_broken_line_of_as_is_not_also_unused(registry: Registry) -> None:
    parsed = SPEC["resources"]["lessons"]["as"]
    days = {name: format_ for name, format_ in parsed.items() if format_ != "day"}
    for broken in ("on..x", "days[0]", "length(on)"):
        found = codes(registry, **{"as": {**days, broken: "day"}})
        assert [text.partition(" ")[0] for text in found].count("SPEC_BAD_PATH") == 1, found
        assert not [text for text in found if "SPEC_FORMAT_UNUSED" in text], found


ONE_EACH = [
    # what an unknown name leaves unused
    ("adesoft", "{{ options.rootId }}", "{{ options.rootI }}", "SPEC_UNKNOWN_VARIABLE"),
    ("adesoft", "{{ connection.url }}", "{{ connexion.url }}", "SPEC_UNKNOWN_VARIABLE"),
    ("adesoft", "{{ the.racine.id }}", "{{ the.racin.id }}", "SPEC_UNKNOWN_VARIABLE"),
    ("ammon", "{{ page.number }}", "{{ page.numbr }}", "SPEC_UNKNOWN_VARIABLE"),
    ("adesoft", 'id: "{{ batch }}", det', 'id: "{{ bach }}", det', "SPEC_UNKNOWN_VARIABLE"),
    ("adesoft", "{date: jour, ", "{date: juor, ", "SPEC_UNKNOWN_FORMAT"),
    # two rules that look at one name
    (
        "adesoft",
        'send: {query: {sessionId: "{{ auth.id',
        'send: {query: {sessionId: "{{ auth.idd',
        "SPEC_UNKNOWN_VARIABLE",
    ),
    ("orme", "values: [session, learner]", "values: [sesion, learner]", "SPEC_UNKNOWN_VARIABLE"),
    ("orme", 'values: {first: "', 'values: {frist: "', "SPEC_BAD_STATEMENT"),
    ("orme", "session in :sessions", "session in ({{ batch }})", "SPEC_BAD_STATEMENT"),
    ("aimaira", "starts_at: Debut", "starts_at: Dbut", "SPEC_NO_MOMENT"),
    ("aurion", "ends_at: fin\n", "ends_at: finn\n", "SPEC_UNKNOWN_NAME"),
    # what is missing, and what is said of it
    ("ammon", "      in_doubt: repeat\n", "", "SPEC_IN_DOUBT_MISSING"),
    ("aimaira", "{kind: next_url, path:", "{kind: next_url, pth:", "SPEC_UNKNOWN_KEY"),
    ("ypareo", "get: /sites", "gett: /sites", "SPEC_UNKNOWN_KEY"),
]
"""Mistakes that were said twice, each planted in a shipped spec."""


@pytest.mark.parametrize(("name", "good", "bad", "code"), ONE_EACH)
def test_one_mistake_is_one_finding(
    name: str, good: str, bad: str, code: str, registry: Registry
) -> None:
    file = next(one for one in SPECS if one.stem == name)
    text = file.read_text(encoding="utf-8")
    assert good in text
    assert [one.code for one in new_findings(file, text.replace(good, bad, 1), registry)] == [code]


@pytest.mark.walk(every=45)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_misspelt_name_is_said_of_itself_alone(
    file: Path, registry: Registry, sample: Sample
) -> None:
    """A column whose name is misspelt where it is made is missed wherever it is read."""
    doubled = []
    for one in sample(misspelt_names(file, registry.functions)):
        found = new_findings(file, one.text, registry)
        if len({(finding.code, finding.message) for finding in found}) > 1:
            doubled.append((one.line, one.name, [finding.message for finding in found]))
    assert doubled == []


def new_findings(file: Path, text: str, registry: Registry) -> list[Diagnostic]:
    """Return what is found in a spec with a mistake, and not in the spec without it."""
    before = load_spec(file.read_text(encoding="utf-8"), file.name, registry.functions)[1].findings
    known = {(one.code, one.message) for one in before}
    after = load_spec(text, file.name, registry.functions)[1].findings
    return [one for one in after if (one.code, one.message) not in known]


def test_wrong_guess_hides_nothing(registry: Registry) -> None:
    """What is not gone with the word that was probably meant is said beside it."""
    found = codes(registry, query={"a": "{{ options.lat }}", "b": "{{ windw.first }}"})
    assert [text.partition(" ")[0] for text in found] == ["SPEC_UNKNOWN_VARIABLE"] * 2
    spec = deepcopy(SPEC)
    spec["options"] = {"late": {"type": "boolean", "default": False, "label": "Late"}}
    spec["formats"]["never"] = {"kind": "date", "pattern": "%Y"}
    spec["resources"]["lessons"]["query"] = {"a": "{{ options.lat }}"}
    findings = load_spec(json.dumps(spec), "little.yaml", registry.functions)[1].findings
    assert sorted(one.code for one in findings) == ["SPEC_FORMAT_UNUSED", "SPEC_UNKNOWN_VARIABLE"]
