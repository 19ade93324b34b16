"""Sections of `docs/reference/language.md`: the rows of answers, and the way up in cases."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from edusync.app.authoring.language_examples import ANSWERS
from edusync.transport.decode import decode, decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import KINDS, Span

if TYPE_CHECKING:
    from collections.abc import Iterator


def answers_section() -> Iterator[str]:
    """Yield what rows of each kind of answer look like."""
    yield from ("## Rows of each kind of answer", "")
    yield (
        "Values are never guessed: cells of CSV and elements of XML are texts until `as` says "
        "otherwise; JSON keeps its types. `items` says where the rows stand."
    )
    yield ""
    for kind, text in ANSWERS:
        read = rows_of_kind(kind, text)
        yield from (f"### `answer: {kind}`", "", "```", text.strip(), "```", "", "gives", "")
        yield from ("```json", json.dumps(read, ensure_ascii=False, default=_as_text), "```", "")
    yield from (
        "### `answer: xlsx`",
        "",
        (
            "The first line holds the names of the columns, or the one that `header` says. A cell "
            "that is a date is a text such as `2026-03-17`, one with an hour "
            "`2026-03-17T09:00:00`, an hour alone `09:00:00`: `as: iso_day`, `as: iso` and "
            "`{kind: time, pattern: iso}` read them. A number is a number, `007` in a cell that "
            "fills up with zeros a text, and so is any other."
        ),
        "",
        "### SOAP",
        "",
        (
            "How elements become rows is said at [`soap`](spec.md#resources). Days and hours are "
            "texts, which `as: iso_day` and `{kind: time, pattern: iso}` read; numbers are "
            "numbers, unless the transport says `values: lexical`."
        ),
        "",
        "### SQL",
        "",
        (
            "A row for each row, by the names of its columns. A column of days or hours is a text "
            "in any database, such as `2026-03-17` or `2026-03-17 09:00:00`: `as: iso_day` and "
            "`as: iso` read them. Addresses look like `sqlite:////folder/file.db`, "
            "`postgresql://user:password@host/base` or `mysql://user:password@host/base`."
        ),
        "",
    )


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def rows_of_kind(kind: str, text: str) -> Any:
    """Return what an answer of a kind holds, as lists get it."""
    raw, promised = text.encode(), AnswerKind(kind)
    if kind not in KINDS:
        return decode(raw, {}, promised).body
    zone = ZoneInfo("Europe/Paris")
    span = Span(datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC), zone)
    return decode_file(raw, promised, span).body


def cases_section() -> Iterator[str]:
    """Yield how cases test the way up."""
    yield from ("## How cases test the way up", "")
    yield (
        "A case with `attendance` brings its sheets down first, plays the classes on the sandbox "
        "of Edusign, archives them, and sends the attendance up, at `attendance.at`. Its "
        "`expected.yml` holds each write with its body, and the events. What the ERP answers to "
        "the writes stands in `exchanges.yaml`; a write that no answer is recorded for fails the "
        "case, an answer that nobody asks for does too."
    )
    yield ""
    yield (
        "A case reads and writes nothing of this machine but its own. Of an ERP that writes files, "
        "`files` beside `case.yaml` is the folder, and the answer that names it is `CASE_FOLDER`. "
        "Of a database, `database.sql` makes one with SQLite, and the answer is "
        "`sqlite:///CASE_DATABASE`; without that file `exchanges.yaml` has the rows of each "
        "statement. What is another each time, such as a signature, stands there as `*`."
    )
    for kind in ("case", "exchanges"):
        yield from ("", f"| key of `{kind}.yaml` | meaning |", "| --- | --- |")
        yield from (
            f"| `{name}` | {cell(description)} |" for name, description in case_keys(kind).items()
        )
    yield from ("", "A list of exchanges, one of which answers whatever is posted:", "")
    yield from ("```yaml", *EXCHANGES.splitlines(), "```", "")
    yield "How cases are written and recorded: [work on a spec](../how-to/work-on-a-spec.md)."
    yield ""


EXCHANGES = """\
- request: {path: /lessons, query: {from: 2026-03-16}}
  answer: {json: [{id: 7, title: Law}]}
- request: {verb: POST, path: /marks}
  answer: {status: 204}
- request: {sql: "select id, title from lessons where day >= :first", values: {first: 2026-03-16}}
  answer: {rows: [{id: 7, title: Law}]}
"""
"""The example of the reference."""


def case_keys(kind: Literal["case", "exchanges"]) -> dict[str, str]:
    """Return every key of a file of a case, such as `request.verb`, with what it means."""
    from edusync.spec.schema_check import schema_text

    return dict(_keys_below(json.loads(schema_text(kind)), ""))


def _keys_below(node: Any, above: str) -> Iterator[tuple[str, str]]:
    if not isinstance(node, dict):
        return
    for key, inner in node.get("properties", {}).items():
        yield f"{above}{key}", str(inner.get("description", ""))
        yield from _keys_below(inner, f"{above}{key}.")
    for word in ("items", "additionalProperties", "else"):
        yield from _keys_below(node.get(word), above)


def code(text: str) -> str:
    """Write a text as code within a table."""
    text = text.replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def cell(text: str) -> str:
    """Write a text within a table."""
    return text.replace("|", "\\|").replace("\n", " ")
