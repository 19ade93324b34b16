"""The names that texts may begin with, by where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RUN = frozenset({"connection", "options", "filters", "window", "account", "now", "the"})
"""Everywhere: the answers of the school, the window, single rows."""
ROW = RUN | {"row"}
"""Where there is a row."""
OF_SHEET = ROW | {"course"}
"""Where a row is about somebody on a sheet."""
JOINED = RUN | {"mine", "theirs"}
"""Where a row of this list meets one of another."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that texts may begin with: what it is, and what stands below it, where that is fixed.

    `example` is a template that uses it.
    """

    meaning: str
    example: str
    members: Mapping[str, str] = field(default_factory=dict)


NAMES: Mapping[str, Name] = {
    "connection": Name(
        "What the school answered below `connection`, by name.", "{{ connection.url }}"
    ),
    "options": Name("The switches of the school, by name.", "{{ options.onlyConfirmed }}"),
    "filters": Name(
        "What the account takes, by name: always a list, of texts; empty lets everything pass.",
        "{{ filters.campuses | join(',') }}",
    ),
    "account": Name(
        "The Edusign account that is run.", "{{ account.name }}", {"name": "text: its name"}
    ),
    "now": Name("When the run began: a moment.", "{{ now | iso }}"),
    "window": Name(
        "The days that a run looks at; of the way up the days of the sheets that go.",
        "{{ window.first | iso_day }}",
        {
            "first": "day: the first one, in the zone of the spec",
            "last": "day: the last one",
            "today": "day: that of the run",
            "starts_at": "moment: the beginning of the first day",
            "ends_at": "moment: the end of the last day",
            "days": "list of days: each of them",
        },
    ),
    "the": Name(
        "The one row of a list that says `single`, by the name of the list.",
        "{{ the.year.codePeriode }}",
    ),
    "page": Name(
        "Which page is asked for, by the kind of paging.",
        "{{ page.number }}",
        {
            "number": "number: which page, of `kind: number`",
            "offset": "number: how many rows came before, of `kind: offset`",
            "cursor": "what the answer before gave, nothing on the first page, of `kind: cursor`",
            "last": "what the last row holds in `after`, nothing on the first page, of "
            "`kind: keyset`",
            "size": "number: how many rows are asked for, of any kind that says `size`",
        },
    ),
    "with": Name(
        "What fills the holes of a call below `transport.calls`, by name.", "{{ with.path }}"
    ),
    "parent": Name(
        "With `for_each` or `from`: the row, or the value, that a call is made for, or that a row "
        "comes out of. The lists above are in scope by their names as well.",
        "{{ parent.id }}",
    ),
    "batch": Name(
        "With `for_each: {batch: …}`: the list of values that one call is made for.",
        "{{ batch | join(',') }}",
    ),
    "row": Name(
        "The row that the text is about, by its columns; with `from` or `for_each` the row above "
        "it as well, by the name of its list.",
        "{{ row.status }}",
    ),
    "mine": Name(
        "In `where` of a look-up: the row that looks, with the rows above it as in `row`.",
        "{{ mine.id }}",
    ),
    "theirs": Name("In `where` of a look-up: a row of the other list.", "{{ theirs.id }}"),
    "auth": Name(
        "What the sign-in has read so far, by the names below `read`.", "{{ auth.token }}"
    ),
    "request": Name(
        "The request that carries a sign-in. `now` and `nonce` are new each time it is sent; the "
        "rest is known to `sign` alone.",
        "{{ request.nonce }}",
        {
            "now": "moment: when it is sent",
            "nonce": "text: what occurs once",
            "verb": "text: GET, POST or another",
            "url": "text: the whole address without its parameters",
            "host": "text: the host, with its port where one is written",
            "path": "text: what stands behind the host",
            "query": "text: the parameters, percent-encoded and in order",
            "sent_query": "text: the parameters as they are sent",
            "parameters": "text: as `query`, with the fields of a form",
            "headers": "mapping: headers, by their names in small letters",
            "body": "what is sent, empty when there is nothing",
        },
    ),
    "item": Name(
        "In `each` of a body: the one that it is made for, out of what `of` gives.",
        "{{ item }}",
    ),
    "decided": Name(
        "In `rules.report.course`: what the engine made of the session.",
        "{{ decided.students_left_out | length }}",
        {
            "comes_down": "flag: whether it is on Edusign after the run",
            "reason": "text: the reason code of one that is not",
            "students": "list of ids: the learners on its sheet",
            "students_left_out": "list of ids: those that it names and that are not on the sheet",
            "professors": "list of ids: the professors on its sheet",
            "professors_left_out": "list of ids: those that it names and that are not on it",
        },
    ),
    "answer": Name(
        "What was answered, in a line of `answers`.",
        "{{ answer.body.error }}",
        {
            "status": "number: the status of HTTP",
            "headers": "mapping: headers, by their names in small letters",
            "body": "what was read, nothing when there is nothing",
            "text": "text: the first 4096 bytes",
            "type": "text: json, xml, soap, fault, csv, xlsx, ics, html, text, empty or broken",
            "root": "text: the name of the root of an XML document",
        },
    ),
    "inner": Name("In `xml` beside `inner`: the inner document.", "{{ inner | cdata }}"),
    "each": Name("In `xml` or `text` beside `each`: what the pieces make together.", "{{ each }}"),
    "course": Name(
        "The session whose sheet goes up, as it stands on Edusign, with what the entity carries.",
        "{{ course.source_id }}",
        {
            "source_id": "text: its id in the ERP",
            "edusign_id": "text: its id on Edusign",
            "name": "text",
            "starts_at": "moment",
            "ends_at": "moment",
            "carry": "mapping: what `carry` of the entity holds",
            "again": "flag: whether it goes up once more",
        },
    ),
    "person": Name(
        "Who the line is about.",
        "{{ person.source_id }}",
        {"source_id": "text: their id in the ERP", "role": "text: student or professor"},
    ),
    "attendance": Name(
        "What Edusign holds of the person on the sheet.",
        "{{ attendance.minutes }}",
        {
            "minutes": "number: how many minutes late",
            "arrived_at": "moment: the start of the course and the minutes",
            "left_at": "moment of an early departure, else nothing",
            "excluded_at": "moment of an exclusion, else nothing",
            "signed_at": "moment of the signature, else nothing",
            "reason": "text: the name of the reason on Edusign, else nothing",
            "comment": "text: what is written beside the person, else nothing",
        },
    ),
    "state": Name(
        "The state that goes up: present, late, excluded, early_departure, absent or "
        "absent_justified.",
        "{{ state }}",
    ),
    "reason": Name(
        "The reason of a justified absence, as a row of the list of reasons; nothing otherwise.",
        "{{ reason.id }}",
        {"id": "its id in the ERP", "label": "its label in the ERP"},
    ),
    "line": Name("The line of a person: `line` and what the state adds.", "{{ line }}"),
    "lines": Name("The lines of everybody who goes up with a step of a sheet.", "{{ lines }}"),
    "got": Name("What earlier steps read of their answers, by name.", "{{ got.id }}"),
    "found": Name("In `done` of `in_doubt`: what `look` found.", "{{ found }}"),
}
"""Every name of the language; beside them the lists above a list, and what `let` looks up."""

LISTS: Mapping[str, Name] = {
    "sheets": Name(
        "The list that no spec declares: the sheets whose attendance goes up, for lists of the way "
        "up, such as those that `let` looks up. `window` is the days of these sheets there.",
        "for_each: {values: sheets.source_id, batch: 20}",
        {
            "source_id": "its id in the ERP, a number where it is one there",
            "edusign_id": "text: its id on Edusign",
            "name": "text",
            "starts_at": "moment",
            "ends_at": "moment",
            "carry": "mapping: what `carry` of the entity holds",
            "again": "flag: whether it goes up once more",
            "students": "list of texts: the ids in the ERP of those on it",
        },
    ),
}
"""Lists that are there without being declared."""
