"""Mistakes about lists, files, formats and reasons, planted in shipped specs, are found at their
character.
"""

from __future__ import annotations

import pytest

from edusync.registry import Registry
from tests.rules import test_planted as planted

COURSE = "  course:\n    from: lessons\n"
PLANTED: list[tuple[str, str, str, str, str | None]] = [
    # formats
    (
        "ammon",
        'jour: {kind: date, pattern: "%d/%m/%Y"}',
        'jour: {kind: date, pattern: "%d/%m/%Y", number: ‣true}',
        "SPEC_BAD_FORMAT",
        "%Y%m%d",
    ),
    (
        "ammon",
        'jour: {kind: date, pattern: "%d/%m/%Y"}',
        "jour: {kind: date, parts: ‣{year: an, month: mois, days: j}}",
        "SPEC_BAD_FORMAT",
        "year, month, day",
    ),
    (
        "horizon",
        "email: {path: mail, as: mail}",
        "email: {path: mail, as: ‣shorten}",
        "SPEC_UNKNOWN_FORMAT",
        "template",
    ),
    # paths
    (
        "cursus",
        "classroom_name: {path: room.name",
        "classroom_name: {path: \"‣jion(' ', room.*.name)\"",
        "SPEC_BAD_PATH",
        "did you mean 'join'",
    ),
    (
        "agenda",
        "attendees[?partstat != 'DECLINED']",
        "attendees[?partstat == ‣1]",
        "SPEC_BAD_PATH",
        "numbers in backticks",
    ),
    # lists
    (
        "agenda",
        "    key: [uid, recurrence]\n",
        "    order_by: [starts_at, ‣-]\n    key: [uid, recurrence]\n",
        "SPEC_BAD_PATH",
        "joined by dots",
    ),
    (
        "horizon",
        "    items: data\n    key: id\n\n  marks",
        "    items: data\n    key: id\n    merge: {by: mail, ‣keeps: last}\n\n  marks",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'keep'",
    ),
    (
        "horizon",
        "    items: data\n    key: id\n\n  marks",
        "    items: data\n    key: id\n    merge: {by: mail, keep: ‣newest}\n\n  marks",
        "SPEC_WRONG_VALUE",
        "first",
    ),
    (
        "cursus",
        "  left:\n    from: sessions\n",
        "  left:\n    from: sessions\n    ‣rows: [a]\n",
        "SPEC_WRONG_VALUE",
        "two lists",
    ),
    (
        "cursus",
        "  left:\n    from: sessions\n    items: leavers\n    as: {day: day}\n",
        "  left:\n    rows: filters.‣site\n",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'sites'",
    ),
    # files
    (
        "agenda",
        "    file: students.csv\n    answer: csv\n",
        "    file: students.csv\n    answer: {kind: csv, ‣heder: 3}\n",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'header'",
    ),
    (
        "agenda",
        "    file: students.csv\n    answer: csv\n",
        "    file: students.csv\n    answer: {kind: csv, ‣sheet: 1}\n",
        "SPEC_UNKNOWN_KEY",
        "remove it",
    ),
    (
        "agenda",
        "    answer: ics\n",
        "    answer: {kind: ics, ‣skip: 1}\n",
        "SPEC_UNKNOWN_KEY",
        "remove it",
    ),
    (
        "agenda",
        "    file: students.csv\n    answer: csv\n",
        "    file: students.csv\n    answer: {kind: csv, header: ‣-1}\n",
        "SPEC_WRONG_VALUE",
        None,
    ),
    (
        "adesoft",
        "    - file: presences",
        "    - csv_as: {charset: ‣latin-eleven}\n      file: presences",
        "SPEC_WRONG_VALUE",
        "windows-1252",
    ),
    (
        "fca",
        "      json: {TEM_VAL_SES: 1}\n",
        "      json: {TEM_VAL_SES: 1}\n      ‣csv_as: {quote: all}\n",
        "SPEC_UNKNOWN_KEY",
        "belongs to file",
    ),
    # reasons
    (
        "horizon",
        "{status: away, excused: true}",
        '{status: away, excused: "{{ ‣reason.label }}"}',
        "SPEC_UNKNOWN_VARIABLE",
        "attendance.reason",
    ),
    (
        "horizon",
        "{status: away, excused: true}",
        '{status: away, excused: "{{ attendance.‣reson }}"}',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'reason'",
    ),
    (
        "ypareo",
        "  reasons: {from: motifs, ",
        "  reasons: {from: motifs, ‣when_non: hold, ",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'when_none'",
    ),
    # groups of sheets
    (
        "horizon",
        COURSE,
        f"  group: {{from: lessons, source_id: id, name: id, students: ‣of_sheets}}\n{COURSE}",
        "SPEC_MISSING_KEY",
        "say 'groups' of the course",
    ),
    # what the engine decided
    (
        "horizon",
        "entities:\n",
        "rules: {report: {course: {X_A: decided.‣students_left}}}\nentities:\n",
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'students_left_out'",
    ),
    (
        "horizon",
        "entities:\n",
        "rules: {report: {student: {DOWN_STUDENT_FIELD_MISSING: ‣decided.reason}}}\nentities:\n",
        "SPEC_UNKNOWN_VARIABLE",
        None,
    ),
    # bodies
    (
        "cursus",
        'ids: "{{ batch }}"}',
        'ids: {each: "{{ ‣itme }}", of: batch}}',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'item'",
    ),
    (
        "cursus",
        'ids: "{{ batch }}"}',
        'ids: {each: "{{ item }}", of: ‣bach}}',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'batch'",
    ),
    # codes of its own
    (
        "horizon",
        "formats:\n",
        "codes: {‣NO_CENTRE: {en: No centre., fr: Pas de centre.}}\nformats:\n",
        "SPEC_WRONG_VALUE",
        "X_NO_CENTRE",
    ),
    (
        "horizon",
        "formats:\n",
        "codes: {‣X_NO_CENTRE: {en: No centre., fr: Pas de centre.}}\nformats:\n",
        "SPEC_CODE_UNUSED",
        "use it",
    ),
    (
        "horizon",
        "formats:\n",
        "codes: {‣X_NO_CENTRE: {en: No centre.}}\nformats:\n",
        "SPEC_MISSING_KEY",
        "fr",
    ),
    (
        "horizon",
        "      DOWN_COURSE_CANCELLED: row.state == 'cancelled'\n",
        "      ‣X_CANCELED: row.state == 'cancelled'\n",
        "SPEC_UNKNOWN_CODE",
        None,
    ),
    (
        "horizon",
        "    ignore: row.kind != 'teacher'\n",
        "    ignore: {‣DOWN_COURSE_CANCELED: row.kind != 'teacher'}\n",
        "SPEC_UNKNOWN_CODE",
        "did you mean 'DOWN_COURSE_CANCELLED'",
    ),
]


@pytest.mark.parametrize(
    ("spec", "good", "bad", "code", "hint"),
    PLANTED,
    ids=lambda value: value if isinstance(value, str) and value.startswith("SPEC_") else "",
)
def test_planted_mistake_is_found_at_its_character(
    spec: str,
    good: str,
    bad: str | tuple[str, str],
    code: str,
    hint: str | None,
    registry: Registry,
) -> None:
    spec = spec if (planted.SPECS / f"{spec}.yaml").is_file() else f"examples/{spec}"
    assert (planted.SPECS / f"{spec}.yaml").is_file()
    planted.assert_found(spec, good, bad, code, hint, registry)
