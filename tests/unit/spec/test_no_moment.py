"""SPEC_NO_MOMENT: a start that nothing reads as a moment, and what sends moments by itself."""

from __future__ import annotations

import pytest

from edusync.spec import load_spec

SPEC = """
edusync: 1
connector: demo
label: Demo
connection: {{url: {{type: url, label: URL}}}}
transport: {{kind: http, base_url: "{{{{ connection.url }}}}"}}
resources:
  people: {{get: /people, key: id}}
  lessons: {{get: /lessons, {how}key: id}}
entities:
  professor: {{from: people, source_id: id, last_name: last, first_name: first, email: mail}}
  course:
    from: lessons
    source_id: id
    name: title
    starts_at: start
    ends_at: end
    professors: teacher
writeback: none
"""


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("", 2),
        ("answer: csv, ", 2),
        ("as: {start: iso}, ", 1),
        ("as: {start: iso, end: iso}, ", 0),
        ("answer: ics, ", 0),
        ("answer: xlsx, ", 0),
        ("inner: {at: calendar, answer: ics}, ", 0),
    ],
)
def test_start_that_is_never_a_moment_is_found(how: str, found: int) -> None:
    _, document = load_spec(SPEC.format(how=how), "demo.yaml")
    codes = [finding.code for finding in document.findings]
    assert codes == ["SPEC_NO_MOMENT"] * found, document.findings
