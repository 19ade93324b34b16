"""Every mistake in a spec is found at its place, with its code and a hint that names the remedy."""

from __future__ import annotations

import pytest

from edusync.spec import load_spec

SPEC = """\
edusync: 1
connector: demo
label: Demo
connection:
  url: {type: url, label: URL}
  key: {type: secret, label: Key}
options:
  late: {type: boolean, default: false, label: Late}
filters:
  sites: {item: id, label: Sites, reason: DOWN_COURSE_STRUCTURE_MISMATCH}
transport:
  kind: http
  base_url: "{{ connection.url }}"
  auth:
    send: {headers: {X-Key: "{{ connection.key }}"}}
formats:
  day: {kind: date, pattern: "%d/%m/%Y"}
  clock: {kind: time, pattern: "%H:%M"}
resources:
  teachers:
    get: /teachers
    key: id
  lessons:
    get: /lessons
    query: {from: "{{ window.first | day }}", page: "{{ page.number }}"}
    paging: {kind: number, until: empty_page}
    as: {on: day, from: clock, to: clock}
    filter_by: {sites: site}
    drop: {DOWN_COURSE_CANCELLED: row.state == 'off' and options.late}
    key: id
entities:
  professor:
    from: teachers
    source_id: id
    last_name: last
    first_name: first
    email: mail
  course:
    from: lessons
    source_id: id
    name: title
    starts_at: {day: on, time: from}
    ends_at: {day: on, time: to}
    professors: teacher
"""

PLANTED = [
    # text
    ("edusync: 1\n", "edusync: 1\n\tx: 1\n", "SPEC_UNREADABLE", 2, 1, "indentation"),
    ("label: Demo\n", "label: Demo\nlabel: Other\n", "SPEC_DUPLICATE_KEY", 4, 1, "line 3"),
    ("label: Demo\n", "label: &name Demo\n", "SPEC_ALIAS", 3, 8, "write the value out"),
    (
        "label: Demo\n",
        "label: !!python/object/apply:os.system [ls]\n",
        "SPEC_TAG",
        3,
        8,
        "plain data",
    ),
    ("options:\n", "options:\n  <<: {a: 1}\n", "SPEC_MERGE_KEY", 8, 3, "write the keys out"),
    ("first_name: first", "first_name: 007", "SPEC_LEADING_ZERO", 36, 17, '"007"'),
    ("label: Demo\n", "label: Demo\n--- \n", "SPEC_UNREADABLE", 1, 1, "keep one"),
    # schema
    ("edusync: 1", "edusync: 2", "SPEC_VERSION", 1, 10, "write 1"),
    (
        "    key: id\n  lessons",
        "    keey: id\n  lessons",
        "SPEC_UNKNOWN_KEY",
        22,
        5,
        "did you mean 'key'",
    ),
    ("label: Demo\n", "", "SPEC_MISSING_KEY", 1, 1, "add 'label"),
    (
        "    source_id: id\n    name: title",
        "    name: title",
        "SPEC_MISSING_KEY",
        38,
        3,
        "add 'source_id",
    ),
    ("kind: http", "kind: ftp", "SPEC_WRONG_VALUE", 12, 9, "http"),
    (
        "options:\n  late: {type: boolean",
        "options:\n  late: {type: bolean",
        "SPEC_WRONG_VALUE",
        8,
        16,
        "did you mean 'boolean'",
    ),
    ("get: /teachers", "get: [a]", "SPEC_WRONG_TYPE", 21, 10, "GET this path"),
    (
        "{kind: number, until: empty_page}",
        "{kind: number, until: emptypage}",
        "SPEC_WRONG_VALUE",
        26,
        35,
        "did you mean 'empty_page'",
    ),
    (
        "{kind: number, until: empty_page}",
        "{kind: nummer, until: empty_page}",
        "SPEC_WRONG_VALUE",
        26,
        20,
        "did you mean 'number'",
    ),
    (
        "{kind: number, until: empty_page}",
        "{kind: number, unitl: empty_page}",
        "SPEC_UNKNOWN_KEY",
        26,
        28,
        "did you mean 'until'",
    ),
    (
        '{kind: time, pattern: "%H:%M"}',
        '{kind: time, patern: "%H:%M"}',
        "SPEC_UNKNOWN_KEY",
        18,
        23,
        "did you mean 'pattern'",
    ),
    ("connector: demo", "connector: De Mo", "SPEC_WRONG_VALUE", 2, 12, "API_TYPE"),
    # names
    (
        "    from: teachers",
        "    from: teechers",
        "SPEC_UNKNOWN_LIST",
        33,
        11,
        "did you mean 'teachers'",
    ),
    ("as: {on: day,", "as: {on: dya,", "SPEC_UNKNOWN_FORMAT", 27, 14, "did you mean 'day'"),
    (
        "{{ window.first | day }}",
        "{{ window.first | dayy }}",
        "SPEC_UNKNOWN_FORMAT",
        25,
        38,
        "did you mean 'day'",
    ),
    (
        "filter_by: {sites: site}",
        "filter_by: {site: site}",
        "SPEC_UNKNOWN_FILTER",
        28,
        17,
        "did you mean 'sites'",
    ),
    (
        "DOWN_COURSE_CANCELLED",
        "DOWN_COURSE_CANCELED",
        "SPEC_UNKNOWN_CODE",
        29,
        12,
        "did you mean 'DOWN_COURSE_CANCELLED'",
    ),
    (
        "reason: DOWN_COURSE_STRUCTURE_MISMATCH",
        "reason: NOPE",
        "SPEC_UNKNOWN_CODE",
        10,
        43,
        "known here",
    ),
    ("options.late}", "options.lat}", "SPEC_UNKNOWN_VARIABLE", 29, 66, "did you mean 'late'"),
    (
        "{{ connection.url }}",
        "{{ conection.url }}",
        "SPEC_UNKNOWN_VARIABLE",
        13,
        17,
        "did you mean 'connection'",
    ),
    ("{{ page.number }}", "{{ row.number }}", "SPEC_UNKNOWN_VARIABLE", 25, 57, "did you mean"),
    ("get: /teachers", "call: lists", "SPEC_UNKNOWN_CALL", 21, 11, "nothing is declared"),
    (
        "professors: teacher",
        "professors: {function: nobody}",
        "SPEC_UNKNOWN_FUNCTION",
        44,
        28,
        "nothing is declared",
    ),
    (
        '  clock: {kind: time, pattern: "%H:%M"}',
        '  clock: {kind: time, pattern: "%H:%M"}\n  lower: {kind: text}',
        "SPEC_NAME_TAKEN",
        19,
        3,
        "another name",
    ),
    # notations
    ("name: title", "name: title..x", "SPEC_BAD_PATH", 41, 17, "joined by dots"),
    ("name: title", "name: title[?a == 1]", "SPEC_BAD_PATH", 41, 23, "numbers in backticks"),
    ("name: title", "name: lenght(title)", "SPEC_BAD_PATH", 41, 11, "did you mean 'length'"),
    ("name: title", "name: join(title)", "SPEC_BAD_PATH", 41, 11, "join(', ', names)"),
    ("name: title", "name: sort_by(title, a)", "SPEC_BAD_PATH", 41, 11, "sort_by(lines, &rank)"),
    ("name: title", "name: length(&title)", "SPEC_BAD_PATH", 41, 11, "sort_by(lines, &rank)"),
    ("name: title", "name: {path: title, as: uper}", "SPEC_UNKNOWN_FORMAT", 41, 29, "'upper'"),
    ("name: title", "name: {path: title, as: part}", "SPEC_UNKNOWN_FORMAT", 41, 29, "template"),
    ("{{ window.first | day }}", "{{ window.first | day", "SPEC_BAD_TEMPLATE", 25, 38, None),
    (
        "row.state == 'off' and options.late}",
        "row.state = 'off'}",
        "SPEC_BAD_EXPRESSION",
        29,
        45,
        None,
    ),
    (
        "row.state == 'off' and options.late}",
        '"{{ row.state }}"}',
        "SPEC_BAD_EXPRESSION",
        29,
        35,
        "without {{",
    ),
    (
        "row.state == 'off' and options.late}",
        "row.state.__class__ and options.late}",
        "SPEC_FORBIDDEN_EXPRESSION",
        29,
        45,
        None,
    ),
    (
        "row.state == 'off' and options.late}",
        "row.state.upper() and options.late}",
        "SPEC_FORBIDDEN_EXPRESSION",
        29,
        35,
        "use a filter",
    ),
    (
        "row.state == 'off' and options.late}",
        "('a' * 9000000) and options.late}",
        "SPEC_FORBIDDEN_EXPRESSION",
        29,
        35,
        None,
    ),
    ('pattern: "%H:%M"', 'pattern: "hours"', "SPEC_BAD_FORMAT", 18, 32, None),
    ("{day: on, time: from}", "{day: on}", "SPEC_MISSING_KEY", 42, 5, "add 'time"),
    ("{day: on, time: from}", "{path: on, template: x}", "SPEC_WRONG_VALUE", 42, 5, "one of path"),
    (
        "{day: on, time: from}",
        "{path: on, time: from}",
        "SPEC_UNKNOWN_KEY",
        42,
        27,
        "belongs to 'day'",
    ),
    # the whole
    ("{{ page.number }}", "1", "SPEC_PAGE_UNUSED", 26, 5, "page.number"),
    (
        "    get: /teachers",
        "    for_each: lessons\n    get: /teachers",
        "SPEC_PARENT_UNUSED",
        21,
        5,
        "{{ parent }}",
    ),
    ("filter_by: {sites: site}", "ignore: row.site", "SPEC_FILTER_UNUSED", 10, 3, "filter_by"),
    (
        "drop: {DOWN_COURSE_CANCELLED: row.state == 'off' and options.late}",
        "ignore: row.x",
        "SPEC_OPTION_UNUSED",
        8,
        3,
        "optional",
    ),
    (
        "as: {on: day, from: clock, to: clock}",
        "as: {on: day}",
        "SPEC_FORMAT_UNUSED",
        18,
        3,
        "remove it",
    ),
    (
        "  lessons:\n",
        "  rooms: {get: /rooms}\n  lessons:\n",
        "SPEC_LIST_UNUSED",
        23,
        3,
        "remove it",
    ),
    (
        "row.state == 'off' and options.late}",
        "row.state == connection.key and options.late}",
        "SPEC_SECRET_EXPOSED",
        29,
        59,
        None,
    ),
    (
        "professors: teacher",
        "professors: {look_up: teachers, take: id}",
        "SPEC_MISSING_KEY",
        44,
        5,
        "add 'by",
    ),
]


@pytest.mark.parametrize(("good", "bad", "code", "line", "column", "hint"), PLANTED)
def test_planted_mistake_is_found_at_its_place(
    good: str, bad: str, code: str, line: int, column: int, hint: str | None
) -> None:
    assert_found(SPEC, good, bad, code, line, column, hint)


def assert_found(
    spec: str, good: str, bad: str, code: str, line: int, column: int, hint: str | None
) -> None:
    """Plant a mistake in a spec, and look for its code at its place."""
    assert good in spec
    _, document = load_spec(spec.replace(good, bad, 1), "demo.yaml")
    found = [
        finding
        for finding in document.findings
        if finding.code == code
        and (finding.location.line, finding.location.column) == (line, column)
    ]
    assert found, [
        (finding.code, str(finding.location), finding.message) for finding in document.findings
    ]
    if hint is not None:
        assert hint in str(found[0].hint)


def test_spec_without_mistakes_has_no_findings() -> None:
    spec, document = load_spec(SPEC, "demo.yaml")
    assert (spec is not None, document.findings) == (True, [])


def test_lists_that_need_each_other_in_a_circle_are_named() -> None:
    bad = SPEC.replace(
        "    get: /teachers\n", "    get: /teachers\n    add: {x: {look_up: lessons, by: id}}\n"
    ).replace(
        "    key: id\nentities", "    add: {y: {look_up: teachers, by: id}}\n    key: id\nentities"
    )
    _, document = load_spec(bad, "demo.yaml")
    assert [
        (finding.code, finding.location.line)
        for finding in document.findings
        if finding.code != "SPEC_NAME_UNUSED"
    ] == [("SPEC_LIST_CYCLE", 20)]


def test_look_up_into_a_list_without_a_key_needs_on() -> None:
    bad = SPEC.replace("    get: /teachers\n    key: id\n", "    get: /teachers\n").replace(
        "professors: teacher", "professors: {look_up: teachers, by: teacher, take: id}"
    )
    _, document = load_spec(bad, "demo.yaml")
    assert [(finding.code, finding.location.line) for finding in document.findings] == [
        ("SPEC_KEY_NEEDED", 43)
    ]


def test_all_mistakes_are_shown_at_once() -> None:
    _, document = load_spec(
        SPEC.replace("kind: http", "kind: ftp").replace("get: /teachers", "gett: /teachers"),
        "demo.yaml",
    )
    assert sorted(finding.code for finding in document.findings) == [
        "SPEC_UNKNOWN_KEY",
        "SPEC_WRONG_VALUE",
    ]


@pytest.mark.fault("F29")
@pytest.mark.promise("P19")
@pytest.mark.parametrize(
    "bomb",
    ["a: " + "[" * 60 + "]" * 60, "a: " + "x" * 300_000, "[" + "1," * 60_000 + "1]"],
    ids=["deep", "large", "many"],
)
def test_hostile_yaml_is_refused(bomb: str) -> None:
    spec, document = load_spec(bomb, "bomb.yaml")
    assert (spec, [finding.code for finding in document.findings]) == (None, ["SPEC_TOO_LARGE"])


def test_findings_never_hold_a_value() -> None:
    _, document = load_spec(SPEC.replace("label: Demo", "label: [canary]"), "demo.yaml")
    assert "canary" not in str(document.findings)
