"""Each rule finds its bad example, and lets its good one pass."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from ruamel.yaml import YAML

from edusync.cli import command
from edusync.codes import all_codes
from edusync.spec import load_spec
from edusync.spec.mistakes import MISTAKES
from edusync.spec.recorded import Recorded
from edusync.spec.rules import examples, rules

BASE = """
edusync: 1
connector: demo
label: Demo
connection:
  url: {type: url, label: URL}
  key: {type: secret, label: Key}
filters:
  sites: {item: id, label: Sites, reason: DOWN_COURSE_STRUCTURE_MISMATCH}
transport: {kind: http, base_url: "{{ connection.url }}", headers: {X-Key: "{{ connection.key }}"}}
formats:
  day: {kind: date, pattern: "%d/%m/%Y"}
  clock: {kind: time, pattern: "%H:%M"}
resources:
  lessons:
    get: /lessons
    query: {from: "{{ window.first | day }}", page: "{{ page.number }}"}
    paging: {kind: number, until: empty_page}
    as: {on: day, from: clock, to: clock}
    filter_by: {sites: site}
    key: id
  teachers: {get: /teachers, key: id}
entities:
  professor: {from: teachers, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: lessons, source_id: id, name: title, starts_at: {day: on, time: from},
      ends_at: {day: on, time: to}, professors: teacher}
"""


def laid_over(base: Any, more: Any) -> Any:
    return {
        **base,
        **{
            key: laid_over(base[key], value)
            if isinstance(base.get(key), dict)
            and isinstance(value, dict)
            and key not in {"email", "filter_by", "query"}
            else value
            for key, value in more.items()
        },
    }


def codes(example: str) -> set[str]:
    yaml, out = YAML(typ="safe", pure=True), StringIO()
    yaml.dump(laid_over(yaml.load(BASE), yaml.load(example)), out)
    return {finding.code for finding in load_spec(out.getvalue(), "demo.yaml")[1].findings}


def test_the_base_has_no_findings() -> None:
    assert codes("{}") == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.CODE)
def test_rule_finds_its_bad_example_and_lets_its_good_one_pass(
    rule: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rule.CODE in codes(rule.BAD)
    assert rule.CODE not in codes(rule.OK)
    command.main(["explain", rule.CODE, "--no-color"], standalone_mode=False)
    said = capsys.readouterr().out
    shown = examples(rule.CODE)
    assert shown is not None
    assert all(line.strip() in said for text in shown for line in text.splitlines())


TOLD_OTHERWISE = {
    *("SPEC_TOO_LARGE", "SPEC_INVALID", "SPEC_PATH_NEVER_SEEN", "SPEC_NAME_CLASH"),
    "SPEC_NOT_THE_LAST_PAGE",
    *("SPEC_FORMAT_PARSES_NOTHING", "SPEC_PATH_NOT_RECORDED", "SPEC_VALUE_NOT_RECORDED"),
    *("SPEC_IGNORE_UNUSED", "SPEC_BAD_STATEMENT"),
}
"""Mistakes that the small spec alone does not show: recordings, a run, `validate`, a database or
the size of the file do. `test_planted.py` and others find them."""
ONLY_IN_TEXT = {
    *("SPEC_UNREADABLE", "SPEC_DUPLICATE_KEY", "SPEC_MERGE_KEY", "SPEC_ALIAS", "SPEC_TAG"),
    "SPEC_LEADING_ZERO",
}
"""Mistakes that are gone once the text is parsed."""


def text_codes(example: str) -> set[str]:
    return {finding.code for finding in load_spec(f"{BASE}{example}\n", "demo.yaml")[1].findings}


@pytest.mark.parametrize("code", MISTAKES)
def test_mistake_is_found_in_its_bad_example_and_not_in_its_good_one(code: str) -> None:
    bad, good = MISTAKES[code]
    if code in TOLD_OTHERWISE:
        assert good.startswith("#") or code not in codes(good)
        return
    found = text_codes if code in ONLY_IN_TEXT else codes
    assert code in found(bad)
    assert code not in found(good)


def test_every_code_of_specs_has_a_bad_and_a_good_example() -> None:
    named = [code for code in all_codes() if code.startswith("SPEC_")]
    assert [code for code in named if examples(code) is None] == []
    assert len(named) > 50


@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        (
            (
                '- request: {path: /lessons}\n  answer: {json: [{"id": 1, "on": "17/03/2026", '
                '"from": '
                '"09:00", "to": "12:00", "site": 1, "title": "x", "teacher": 2, "last": "a", '
                '"first": '
                '"b", "mail": "c"}]}'
            ),
            set(),
        ),
        (
            (
                '- request: {path: /lessons}\n  answer: {json: [{"id": 1, "on": "2026-03-17", '
                '"from": '
                '"09:00", "to": "12:00", "site": 1, "title": "x", "teacher": 2, "last": "a", '
                '"first": '
                '"b", "mail": "c"}]}'
            ),
            {"SPEC_FORMAT_PARSES_NOTHING"},
        ),
        (
            "<row><id>1</id><on>17/03/2026</on><from>9h</from><to>12:00</to><site>1</site><title>x</title><teacher>2</teacher><last>a</last><first>b</first><mail>c</mail></row>",
            {"SPEC_FORMAT_PARSES_NOTHING"},
        ),
        (
            (
                '{"id": 1, "on": "17/03/2026", "from": "09:00", "to": "12:00", "site": 1, '
                '"title": "x", '
                '"teachers": 2, "last": "a", "first": "b", "mail": "c"}'
            ),
            {"SPEC_PATH_NOT_RECORDED"},
        ),
    ],
)
def test_recordings_tell_what_a_spec_reads_wrongly(text: str, codes_found: set[str]) -> None:
    assert {
        finding.code for finding in load_spec(BASE, "demo.yaml", None, Recorded(text))[1].findings
    } == codes_found


def test_value_that_a_list_above_makes_is_compared_with_nothing() -> None:
    again = "  again: {from: lessons, as: {on: other}, key: id}\n"
    lists = BASE.replace("entities:", f"{again}entities:")
    spec = lists.replace("formats:", 'formats:\n  other: {kind: date, pattern: "%Y/%m/%d"}', 1)
    recorded = Recorded('{"id": 1, "on": "17/03/2026"}')
    assert "again" in spec
    assert "other: {kind" in spec
    findings = load_spec(spec, "demo.yaml", None, recorded)[1].findings
    assert "SPEC_FORMAT_PARSES_NOTHING" not in {finding.code for finding in findings}


def test_values_of_a_name_are_found_however_they_are_written() -> None:
    recorded = Recorded(
        "\n".join(
            [
                json.dumps({"on": "a", "only": "no"}),
                "on: 'b'",
                "<on>c</on>",
                'x on="d"',
                '{"on": 5, "y": 1}',
            ]
        )
    )
    assert list(recorded.values("on")) == ["a", "b", "c", "d", "5"]
