"""The examples of `docs/reference/language.md`; each is tried while the page is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW = {
    "id": 7,
    "name": "Droit",
    "room": {"code": "B1"},
    "people": [{"id": 1, "role": "t"}, {"id": 2, "role": "s"}],
    "a b": 1,
    "none": None,
}
PATHS: tuple[tuple[str, str], ...] = (
    ("name", "a column"),
    ("room.code", "a member of a member"),
    ("room.floor", "what is not there is nothing"),
    ("people[0].id", "an item, from 0; `[-1]` is the last"),
    ("people[].id", "the same of each item"),
    ("people[?role == 's'].id", "of those for which a condition holds; texts in single quotes"),
    ("people[?id > `1`].id | [0]", "numbers in backticks; `|` goes on with the whole"),
    ('"a b"', "a name with other characters in double quotes"),
    ("none || name", "the first that is something"),
    ("[name, room.code]", "several as a list"),
    ("{n: name, r: room.code}", "several under names"),
    (
        "people[].join('/', [role, to_string(id)])",
        "the composite id of each, which `[role, id]` makes of one row",
    ),
    ("@", "the row itself"),
)
"""A path, and what it means; the row is that of the page."""
HOLES: tuple[str, ...] = (
    "{{ row.id }}",
    "{{ row.people }}",
    "{{ row.room }}",
    "{{ row.none }}",
    "{{ window.first }}",
    "{{ row.id == 7 }}",
    "n{{ row.id }}",
    "{{ row.name }} {{ row.none }}",
    "{% if row.id > 5 %}big{% else %}small{% endif %}",
)
"""Templates that show what type comes out."""
EXPRESSIONS: tuple[tuple[str, str], ...] = (
    ("row.name == 'Droit' and not row.none", "and, or, not; nothing, 0, '' and [] are false"),
    ("row.id == '7'", "a number and a text are compared as text, since ids are text"),
    ("row.name in ['Droit', 'Art']", "in, not in: a list, a mapping, a part of a text"),
    ("row.none < 3", "nothing is neither smaller nor larger"),
    ("row.id + 1", "+ - // / %; of nothing comes nothing"),
    ("'late' if row.id > 5 else 'soon'", "a choice"),
    ("row.name | upper | length", "filters, one after the other"),
    ("row.people | length", "a filter of a list"),
    ("row.name ~ row.name | upper", "`~` puts texts together; the filter is of the second alone"),
    ("(row.name ~ row.name) | upper", "in parentheses: the filter is of the whole"),
    ("1 ~ row.id % 4", "`%` comes before `~`"),
)
OPERATORS: Mapping[str, tuple[str, str]] = {
    "|": ("Gives a value to a filter; comes before every other sign.", "row.name | upper"),
    "//": ("Divides and leaves out what stands behind the point.", "row.id // 2"),
    "/": ("Divides.", "row.id / 2"),
    "%": ("What is left of a division.", "row.id % 2"),
    "~": (
        "Puts texts together. Filters come before it: put parentheses where one is of the whole.",
        "(row.name ~ row.id) | upper",
    ),
    "+": ("Adds numbers; comes after `~`.", "row.id + 1"),
    "-": ("Takes a number away; comes after `~`.", "row.id - 1"),
}
"""Signs between values, those that come first ahead: what each does, and an expression."""
ANSWERS: tuple[tuple[str, str], ...] = (
    ("json", '[{"id": 7, "room": {"code": "B1"}}]'),
    ("csv", "Code;Nom\n007;Droit\n"),
    (
        "xml",
        '<rows><row id="7"><name>Droit</name><room>B1</room><room>B2</room></row></rows>',
    ),
    (
        "ics",
        (
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:7@x\nSUMMARY:Droit\n"
            "LOCATION:B1\nSTATUS:CONFIRMED\nDTSTART:20260317T080000Z\nDTEND:20260317T110000Z\n"
            "CATEGORIES:L1,L2\nORGANIZER;CN=A. Roy:mailto:a.roy@ecole.test\n"
            "ATTENDEE;CN=L. Mas;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:l.mas@ecole.test\n"
            "END:VEVENT\nEND:VCALENDAR\n"
        ),
    ),
)
"""A kind of answer, and one."""
FORMAT_EXAMPLES: Mapping[str, Any] = {
    "id": 7712,
    "iso": "2026-03-17T09:00:00+01:00",
    "iso_day": "2026-03-17",
    "mail": " A.Roy@Ecole.TEST ",
    "text": "  Droit ",
}
