"""Every mistake in the section of the way up is found at its place, with a hint that names the
remedy.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from edusync.registry import Registry
from edusync.spec import load_spec
from tests.unit.spec.test_findings import assert_found

SPEC = """\
edusync: 1
connector: demo
label: Demo
connection: {url: {type: url, label: URL}}
options: {late: {type: boolean, default: false, label: Late}}
transport: {kind: http, base_url: "{{ connection.url }}"}
formats:
  clock: {kind: time, pattern: "%H:%M"}
resources:
  people: {get: /people, key: id}
  lessons: {get: /lessons, as: {from: iso, to: iso}, key: id}
  reasons: {get: /reasons, key: id}
  lines: {for_each: {values: sheets.source_id, batch: 40}, get: /lines, query: {ids: "{{ batch }}"}}
entities:
  professor: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: lessons, source_id: id, name: title, starts_at: from, ends_at: to,
      professors: teacher}
writeback:
  needs: options.late
  reasons: {from: reasons, id: id, label: name}
  let:
    person:
      line_of: {look_up: lines, by: [course.source_id, person.source_id], on: [lesson, person]}
  hold:
    UP_STUDENT_UNKNOWN_IN_ERP: not line_of
  line:
    student: {person: "{{ person.source_id }}", at: "{{ course.starts_at | clock }}"}
  states:
    present: {set: {there: 1}}
    absent: {set: {there: 0}}
    absent_justified: {set: {there: 0, why: "{{ reason.id }}"}}
    late: {needs: options.late, set: {there: 1}, else: present}
    excluded: {else: absent}
    early_departure: {else: present}
  for_sheet:
    - put: /lessons/{{ course.source_id }}/marks
      json: {lines: "{{ lines }}"}
      refused: {items: errors, who: person, is: person, rest: stored}
      in_doubt: repeat
"""

PLANTED = [
    ("      in_doubt: repeat\n", "", "SPEC_IN_DOUBT_MISSING", 36, 7, "in_doubt: repeat"),
    ("in_doubt: repeat", "in_doubt: maybe", "SPEC_WRONG_VALUE", 39, 17, None),
    (
        "in_doubt: repeat",
        "in_doubt: {look: {look_up: lins, by: course.source_id, on: lesson}, done: found}",
        "SPEC_UNKNOWN_LIST",
        39,
        34,
        "did you mean 'lines'",
    ),
    (
        "in_doubt: repeat",
        "in_doubt: {look: {look_up: lines, by: course.source_id, on: lesson}, done: fond}",
        "SPEC_UNKNOWN_VARIABLE",
        39,
        82,
        "did you mean 'found'",
    ),
    ("    excluded: {else: absent}\n", "", "SPEC_MISSING_KEY", 28, 3, "add 'excluded"),
    ("excluded: {else: absent}", "excluded: {}", "SPEC_STATE_UNSENT", 33, 5, "skip: true"),
    (
        "excluded: {else: absent}",
        "excluded: {else: absnt}",
        "SPEC_WRONG_VALUE",
        33,
        22,
        "did you mean 'absent'",
    ),
    (
        "absent: {set: {there: 0}}",
        "absent: {else: excluded}",
        "SPEC_STATE_UNSENT",
        30,
        20,
        "let one of them be sent",
    ),
    (
        ", set: {there: 1}, else: present}",
        ", set: {there: 1}}",
        "SPEC_STATE_UNSENT",
        32,
        12,
        "say 'else'",
    ),
    (
        "needs: options.late, set",
        "needs: options.lat, set",
        "SPEC_UNKNOWN_VARIABLE",
        32,
        27,
        "did you mean 'late'",
    ),
    (
        "UP_STUDENT_UNKNOWN_IN_ERP",
        "UP_STUDENT_UNKNOWN",
        "SPEC_UNKNOWN_CODE",
        25,
        5,
        "did you mean 'UP_STUDENT_UNKNOWN_IN_ERP'",
    ),
    ("not line_of", "not lineof", "SPEC_UNKNOWN_VARIABLE", 25, 36, "did you mean 'line_of'"),
    (
        "{{ person.source_id }}",
        "{{ person.sourceid }}",
        "SPEC_UNKNOWN_VARIABLE",
        27,
        34,
        "did you mean 'source_id'",
    ),
    (
        "{{ course.starts_at | clock }}",
        "{{ course.start | clock }}",
        "SPEC_UNKNOWN_VARIABLE",
        27,
        64,
        "did you mean",
    ),
    (
        "{{ course.starts_at | clock }}",
        "{{ course.starts_at | clok }}",
        "SPEC_UNKNOWN_FORMAT",
        27,
        76,
        "did you mean 'clock'",
    ),
    (
        "from: reasons, id",
        "from: raisons, id",
        "SPEC_UNKNOWN_LIST",
        20,
        19,
        "did you mean 'reasons'",
    ),
    (
        "is: person, rest",
        "is: persn, rest",
        "SPEC_UNKNOWN_VARIABLE",
        38,
        49,
        "did you mean 'person'",
    ),
    ("rest: stored", "rest: kept", "SPEC_WRONG_VALUE", 38, 63, "stored"),
    ("    - put:", "    - putt:", "SPEC_UNKNOWN_KEY", 36, 7, "did you mean 'put'"),
    ('"{{ lines }}"', '"{{ line }}"', "SPEC_UNKNOWN_VARIABLE", 37, 25, "did you mean 'lines'"),
    (
        "writeback:\n",
        "writeback:\n  transport: {kind: http, base_url: x}\n",
        "SPEC_WRONG_VALUE",
        19,
        21,
        "files",
    ),
]


@pytest.mark.parametrize(("good", "bad", "code", "line", "column", "hint"), PLANTED)
def test_planted_mistake_is_found_at_its_place(
    good: str, bad: str, code: str, line: int, column: int, hint: str | None
) -> None:
    assert_found(SPEC, good, bad, code, line, column, hint)


def test_step_that_names_a_writing_call_says_what_happens_when_its_answer_never_comes() -> None:
    named = SPEC.replace(
        '"{{ connection.url }}"}', '"{{ connection.url }}", calls: {marks: {post: /marks}}}'
    ).replace("put: /lessons/{{ course.source_id }}/marks", "call: marks")
    assert_found(
        named,
        "      in_doubt: repeat\n",
        "      read: {id: id}\n",
        "SPEC_IN_DOUBT_MISSING",
        36,
        7,
        "in_doubt: repeat",
    )


def test_spec_without_mistakes_has_no_findings() -> None:
    spec, document = load_spec(SPEC, "demo.yaml")
    assert (spec is not None and spec.writeback is not None, document.findings) == (True, [])


def test_erp_without_a_way_up_is_said_in_one_word() -> None:
    spec, document = load_spec(
        SPEC[: SPEC.index("writeback:")]
        .replace("options: {late: {type: boolean, default: false, label: Late}}\n", "")
        .replace("  reasons: {get: /reasons, key: id}\n", "")
        .replace("  lines:", "  # lines:")
        .replace('formats:\n  clock: {kind: time, pattern: "%H:%M"}\n', "")
        + "writeback: none\n",
        "demo.yaml",
    )
    assert (spec is not None and spec.writeback is None, document.findings) == (True, [])


def test_name_below_mine_on_the_way_up_is_looked_at(registry: Registry) -> None:
    """No row looks into a list there: `mine.course` is the course."""
    file = Path(__file__).parents[3] / "specs/ypareo.yaml"
    text = file.read_text(encoding="utf-8")
    planted = text.replace("mine.course.ends_at", "mine.course.end_at", 1)
    assert planted != text
    (found,) = load_spec(planted, file.name, registry.functions)[1].findings
    assert (found.code, found.hint) == ("SPEC_UNKNOWN_VARIABLE", "did you mean 'ends_at'?")
    line = planted.splitlines()[found.location.line - 1]
    assert line[found.location.column - 1 :].startswith("end_at")
