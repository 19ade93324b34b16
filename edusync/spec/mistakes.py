"""A bad and a good example of each mistake of a spec that no rule of its own finds.

What an example says stands in place of the same keys of the small spec that
`tests/rules/test_examples.py` tries it with; `edusync explain CODE` prints both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATES = """\
    absent: {set: {state: A}}
    absent_justified: {else: absent}
    late: {else: present}
    excluded: {else: absent}
    early_departure: {else: present}"""
_WRITEBACK = f"""\
writeback:
  line:
    student: {{who: "{{{{ person.source_id }}}}"}}
  states:
    present: PRESENT
{_STATES}
  for_sheet:
    - post: /presences
      json: {{lines: "{{{{ lines }}}}"}}
"""
WAY_UP = _WRITEBACK.replace("PRESENT", "{set: {state: P}}")
"""A way up without findings, for the examples of rules that look at it; steps may follow."""

MISTAKES: Mapping[str, tuple[str, str]] = {
    "SPEC_UNREADABLE": (
        "options: {late: {type: boolean, label: Late}",
        "options: {late: {type: boolean, label: Late}}",
    ),
    "SPEC_TOO_LARGE": (
        "# a file of more than 256 kB, such as one with its recordings in it",
        "# the spec alone; recordings stand in the folders of its cases",
    ),
    "SPEC_DUPLICATE_KEY": (
        "schedule: {window_days: 10, window_days: 14}",
        "schedule: {window_days: 14}",
    ),
    "SPEC_MERGE_KEY": (
        "schedule:\n  <<: {window_days: 10}",
        "schedule:\n  window_days: 10",
    ),
    "SPEC_ALIAS": (
        "schedule: &usual {window_days: 10}",
        "schedule: {window_days: 10}",
    ),
    "SPEC_TAG": (
        "schedule: {window_days: !!int 10}",
        "schedule: {window_days: 10}",
    ),
    "SPEC_LEADING_ZERO": (
        "schedule: {window_days: 010}",
        "schedule: {window_days: 10}",
    ),
    "SPEC_UNKNOWN_KEY": (
        "schedule: {windows_days: 10}",
        "schedule: {window_days: 10}",
    ),
    "SPEC_MISSING_KEY": (
        "formats:\n  term: {kind: map}",
        "formats:\n  term: {kind: map, values: {a: b}}",
    ),
    "SPEC_WRONG_TYPE": (
        "schedule: {window_days: ten}",
        "schedule: {window_days: 10}",
    ),
    "SPEC_WRONG_VALUE": (
        "rules: {vanished: remove}",
        "rules: {vanished: delete}",
    ),
    "SPEC_BAD_DEFAULT": (
        "options:\n  late: {type: boolean, label: Late, default: sometimes}",
        "options:\n  late: {type: boolean, label: Late, default: true}",
    ),
    "SPEC_BAD_SCHEDULE": (
        'schedule: {down: ["11:30-11:00"]}',
        'schedule: {down: ["11:00-11:30"]}',
    ),
    "SPEC_VERSION": ("edusync: 2", "edusync: 1"),
    "SPEC_UNKNOWN_LIST": (
        "entities:\n  professor: {from: teacher}",
        "entities:\n  professor: {from: teachers}",
    ),
    "SPEC_UNKNOWN_FORMAT": (
        "resources:\n  lessons: {as: {on: days, from: clock, to: clock}}",
        "resources:\n  lessons: {as: {on: day, from: clock, to: clock}}",
    ),
    "SPEC_UNKNOWN_FILTER": (
        "resources:\n  lessons: {filter_by: {site: site}}",
        "resources:\n  lessons: {filter_by: {sites: site}}",
    ),
    "SPEC_UNKNOWN_CALL": (
        (
            "transport:\n  calls: {one: {get: /one}}\n"
            "resources:\n  rooms: {call: two}\n"
            "entities:\n  classroom: {from: rooms, source_id: id, name: label}"
        ),
        (
            "transport:\n  calls: {one: {get: /one}}\n"
            "resources:\n  rooms: {call: one}\n"
            "entities:\n  classroom: {from: rooms, source_id: id, name: label}"
        ),
    ),
    "SPEC_UNKNOWN_CODE": (
        "resources:\n  lessons: {drop: {DOWN_COURSE_CANCELED: row.cancelled}}",
        "resources:\n  lessons: {drop: {DOWN_COURSE_CANCELLED: row.cancelled}}",
    ),
    "SPEC_UNKNOWN_FUNCTION": (
        "entities:\n  course: {students: {function: nobody_wrote_it, arguments: {}}}",
        "entities:\n  course: {students: learners}",
    ),
    "SPEC_UNKNOWN_VARIABLE": (
        "resources:\n  teachers: {query: {year: '{{ option.year }}'}}",
        "resources:\n  teachers: {query: {year: '{{ window.first.year }}'}}",
    ),
    "SPEC_NAME_TAKEN": (
        "formats:\n  upper: {kind: text, case: upper}",
        "formats:\n  capitals: {kind: text, case: upper}",
    ),
    "SPEC_BAD_PATH": (
        "entities:\n  course: {professors: 'teachers[.id'}",
        "entities:\n  course: {professors: 'teachers[].id'}",
    ),
    "SPEC_FORMAT_PARSES_NOTHING": (
        '# recorded: 2026-03-17\nformats:\n  day: {kind: date, pattern: "%d/%m/%Y"}',
        "formats:\n  day: {kind: date, pattern: iso}",
    ),
    "SPEC_PATH_NOT_RECORDED": (
        "# the recorded answers have teacher\nentities:\n  course: {professors: teachers}",
        "entities:\n  course: {professors: teacher}",
    ),
    "SPEC_VALUE_NOT_RECORDED": (
        (
            "# the recorded answers have CANCELLED\nentities:\n"
            "  course: {drop: {DOWN_COURSE_CANCELLED: row.state == 'canceled'}}"
        ),
        "entities:\n  course: {drop: {DOWN_COURSE_CANCELLED: row.state == 'CANCELLED'}}",
    ),
    "SPEC_BAD_TEMPLATE": (
        "resources:\n  teachers: {query: {year: '{{ window.first'}}",
        "resources:\n  teachers: {query: {year: '{{ window.first }}'}}",
    ),
    "SPEC_BAD_STATEMENT": (
        (
            "transport: {kind: sql, url: '{{ connection.url }}'}\n"
            "resources:\n  teachers: {sql: \"select * from t where id = '{{ options.id }}'\"}"
        ),
        (
            "transport: {kind: sql, url: '{{ connection.url }}'}\n"
            "resources:\n  teachers: {sql: 'select id from t where id = :id', values: {id: 1}}"
        ),
    ),
    "SPEC_BAD_EXPRESSION": (
        "resources:\n  lessons: {ignore: row.state = 'x'}",
        "resources:\n  lessons: {ignore: row.state == 'x'}",
    ),
    "SPEC_FORBIDDEN_EXPRESSION": (
        "resources:\n  lessons: {ignore: row.title.startswith('x')}",
        "resources:\n  lessons: {ignore: row.title == 'x'}",
    ),
    "SPEC_BAD_FORMAT": (
        "formats:\n  day: {kind: date, pattern: dd/mm/yyyy}",
        'formats:\n  day: {kind: date, pattern: "%d/%m/%Y"}',
    ),
    "SPEC_KEY_NEEDED": (
        (
            "resources:\n  rooms: {get: /rooms}\n"
            "entities:\n  course: {classroom_name: {look_up: rooms, by: room, take: label}}"
        ),
        (
            "resources:\n  rooms: {get: /rooms, key: id}\n"
            "entities:\n  course: {classroom_name: {look_up: rooms, by: room, take: label}}"
        ),
    ),
    "SPEC_IN_DOUBT_MISSING": (WAY_UP.rstrip(), f"{WAY_UP}      in_doubt: repeat"),
    "SPEC_STATE_UNSENT": (
        f"{_WRITEBACK.replace('PRESENT', '{}')}      in_doubt: repeat",
        f"{WAY_UP}      in_doubt: repeat",
    ),
    "SPEC_IGNORE_UNUSED": (
        "schedule: {window_days: 10}  # edusync: ignore[SPEC_LIST_UNUSED] nothing here has it",
        "schedule: {window_days: 10}",
    ),
    "SPEC_FILTER_UNUSED": (
        "filters:\n  rooms: {item: id, label: Rooms, reason: DOWN_COURSE_STRUCTURE_MISMATCH}",
        (
            "filters:\n  rooms: {item: id, label: Rooms, reason: DOWN_COURSE_STRUCTURE_MISMATCH}\n"
            "resources:\n  lessons: {filter_by: {sites: site, rooms: room}}"
        ),
    ),
    "SPEC_OPTION_UNUSED": (
        "options:\n  late: {type: boolean, label: Late}",
        (
            "options:\n  late: {type: boolean, label: Late}\n"
            "resources:\n  lessons: {ignore: row.late and not options.late}"
        ),
    ),
    "SPEC_CALL_UNUSED": (
        "transport:\n  calls: {rooms: {get: /rooms}}",
        (
            "transport:\n  calls: {rooms: {get: /rooms}}\n"
            "resources:\n  rooms: {call: rooms}\n"
            "entities:\n  classroom: {from: rooms, source_id: id, name: label}"
        ),
    ),
    "SPEC_CODE_UNUSED": (
        "codes:\n  X_FULL: {en: It is full., fr: Elle est pleine.}",
        (
            "codes:\n  X_FULL: {en: It is full., fr: Elle est pleine.}\n"
            "resources:\n  lessons: {drop: {X_FULL: row.title == 'full'}}"
        ),
    ),
    "SPEC_FORMAT_UNUSED": (
        "formats:\n  hours: {kind: duration, unit: hours}",
        (
            "formats:\n  hours: {kind: duration, unit: hours}\n"
            "resources:\n  lessons: {as: {on: day, from: clock, to: clock, length: hours}}\n"
            "entities:\n  course: {ends_at: {start: {day: on, time: from}, plus: length}}"
        ),
    ),
    "SPEC_SECRET_EXPOSED": (
        "resources:\n  teachers: {query: {key: '{{ connection.key }}'}}",
        "transport:\n  auth: {send: {query: {key: '{{ connection.key }}'}}}",
    ),
    "SPEC_PATH_NEVER_SEEN": (
        "# no row of a run had card\nentities:\n  student: {badge: card}",
        "entities:\n  student: {badge: {path: card, optional: true}}",
    ),
    "SPEC_NOT_THE_LAST_PAGE": (
        (
            "# count is how many rows the page has\n"
            "resources:\n  lessons: {paging: {kind: number, size: 100, until: {total: count}}}"
        ),
        "resources:\n  lessons: {paging: {kind: number, size: 100, until: {total: total}}}",
    ),
    "SPEC_NAME_CLASH": (
        (
            "# the rows of learners have a column of their own that is called lessons\n"
            "resources:\n  learners: {from: lessons, items: learners, key: id}"
        ),
        (
            "resources:\n  learners:\n    {from: lessons, items: learners, columns: {id: id, "
            "plan: lessons}, key: id}"
        ),
    ),
    "SPEC_INVALID": (
        "# any mistake above: a connector file whose spec has one does not run",
        "# edusync validate is quiet",
    ),
}
