"""docs/reference/language.md: how the language works, each line of it tried by the code itself."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.app.authoring.answer_table import answers_table
from edusync.app.authoring.key_examples import example_specs
from edusync.app.authoring.uses import uses
from edusync.app.authoring.words import all_words, shown, where_of
from edusync.spec.document import read_document
from edusync.spec.formats import READY_MADE, Unreadable, build_format
from edusync.spec.language.expressions import compile_expression, compile_template
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.paths import BadPath, compile_path
from edusync.spec.load import load_spec
from edusync.spec.scopes import NAMES
from edusync.spec.tree import Expression, walk
from edusync.spec.whole_schema import spec_schema
from edusync.transport.decode import decode, decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import KINDS, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.diagnostics import Route

_ROW = {
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
)
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


def language_page() -> str:
    """Return the page."""
    return "\n".join(
        [
            "# The spec language: how it works",
            "",
            (
                "Made by `just reference`; every example is tried while the page is made. Key by "
                "key: [the spec language](spec.md). `edusync help WORD` prints the entry of a word."
            ),
            "",
            *_contents(),
            *_order(),
            *_paths(),
            *_expressions(),
            *_filters(),
            *_formats(),
            *_scope(),
            *_verdicts(),
            *_answers(),
            *_cases(),
        ]
    )


_SECTIONS = (
    "The order in which keys act",
    "Paths",
    "Templates and expressions",
    "Filters and functions",
    "Formats that are there",
    "Names in scope",
    "What an answer means",
    "Rows of each kind of answer",
    "How cases test the way up",
)


def _contents() -> Iterator[str]:
    yield from (f"- [{title}](#{title.lower().replace(' ', '-')})" for title in _SECTIONS)
    yield ""


def _titled(index: int) -> tuple[str, str]:
    return (f"## {_SECTIONS[index]}", "")


def _order() -> Iterator[str]:
    yield from _titled(0)
    schema = spec_schema()
    lists = schema["properties"]["resources"]["additionalProperties"]["properties"]
    entities = schema["properties"]["entities"]["properties"]
    yield "Keys act in this order, in which `edusync fmt` writes them:"
    yield ""
    yield f"- of a list: {_row_of(lists)}"
    yield f"- of a session: {_row_of(entities['course']['properties'])}"
    yield f"- of the way up: {_row_of(schema['properties']['writeback']['properties'])}"
    yield f"- of a step: {_row_of(schema['$defs']['up_step']['properties'])}"
    yield ""
    yield (
        "So `as` parses what `columns` named; `add`, `ignore`, `filter_by`, `drop` and `key` see "
        "what `as` made. `ignore` is asked before `filter_by`, and both before `drop`: a row that "
        "is ignored is no item at all, one that is dropped has a reason. `key` tells rows apart "
        "after all that, and `same_key` says what becomes of the second one."
    )
    yield ""


def _row_of(properties: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in properties)


def _paths() -> Iterator[str]:
    yield from _titled(1)
    yield "A path is JMESPath. In this row:"
    yield from ("", "```json", json.dumps(_ROW, ensure_ascii=False), "```", "")
    yield from ("| path | gives | |", "| --- | --- | --- |")
    for path, meaning in PATHS:
        yield f"| {_code(path)} | {_code(shown(compile_path(path).read(_ROW)))} | {meaning} |"
    yield ""
    known, none = path_functions()
    if known:
        yield f"Functions: {', '.join(f'`{name}`' for name in known)}."
    if none:
        yield f"Functions of JMESPath that paths do not have: {', '.join(none)}."
    yield from ("", "A path into an answer may be `header.<name>` where its key says so.", "")


def path_functions() -> tuple[list[str], list[str]]:
    """Return the functions of JMESPath that paths have, and those that they do not have."""
    from jmespath.functions import Functions

    known, none = list[str](), list[str]()
    for name, function in sorted(Functions.FUNCTION_TABLE.items()):
        arguments = ", ".join("@" for _ in function["signature"])
        try:
            compile_path(f"{name}({arguments})")
        except BadPath:
            none.append(name)
        else:
            known.append(name)
    return known, none


def _expressions() -> Iterator[str]:
    yield from _titled(2)
    yield (
        "A template is text with holes: `{{ … }}`. A template that is nothing but a hole keeps the "
        "type of what is inside; any other is text. Where a whole query parameter, header or form "
        "field is nothing, it is not sent; a hole in the path of a URL has to be filled."
    )
    yield from ("", "| template | gives | type |", "| --- | --- | --- |")
    for template in HOLES:
        made = compile_template(template, BUILT_IN).run(_ROW, _NAMES)
        yield f"| {_code(template)} | {_code(shown(made))} | {type_of(made)} |"
    yield from ("", "An expression stands without braces:", "")
    yield from ("| expression | gives | |", "| --- | --- | --- |")
    for text, meaning in EXPRESSIONS:
        made = compile_expression(text, BUILT_IN).run(_ROW, _NAMES)
        yield f"| {_code(text)} | {_code(shown(made))} | {meaning} |"
    yield ""
    yield (
        "A dot looks into a mapping and nowhere else; what is not there is nothing. What could not "
        "be read is unknown: whatever is made of it is unknown as well, and nothing is decided, "
        "sent or deleted on its word."
    )
    yield ""


_NAMES = {"window": {"first": date(2026, 3, 16)}, "row": _ROW}


def type_of(value: Any) -> str:
    """Return the type of a value as the reference calls it."""
    names = {bool: "flag", int: "number", float: "number", str: "text", list: "list"}
    names |= {dict: "mapping", date: "day", datetime: "moment", type(None): "nothing"}
    return names[type(value)]


def _filters() -> Iterator[str]:
    yield from _titled(3)
    yield (
        "A filter stands behind `|`. Formats of the spec are filters too, and write; so are those "
        "that are there. `days_since(window.first)` counts in the examples from 16 March 2026."
    )
    yield from ("", "| filter | what it does | of what comes what | example |")
    yield "| --- | --- | --- | --- |"
    for word in all_words():
        if word.kind == "filter":
            made: dict[str, list[str]] = {}
            for given, result in word.members.items():
                made.setdefault(result, []).append(given)
            types = "; ".join(f"{', '.join(given)} → {result}" for result, given in made.items())
            yield f"| `{word.takes}` | {_cell(word.meaning)} | {types} | {_code(word.example)} |"
    yield ""
    yield (
        "Functions of plugins stand in `function:` of a value and in `auth.sign`: "
        "[hooks](hooks.md)."
    )
    yield ""


FORMAT_EXAMPLES: Mapping[str, Any] = {
    "id": 7712,
    "iso": "2026-03-17T09:00:00+01:00",
    "iso_day": "2026-03-17",
    "mail": " A.Roy@Ecole.TEST ",
    "text": "  Droit ",
}


def _formats() -> Iterator[str]:
    yield from _titled(4)
    yield "| name | the same as | reads | as | and writes it as |"
    yield "| --- | --- | --- | --- | --- |"
    zone = ZoneInfo("Europe/Paris")
    for name, options in READY_MADE.items():
        format_ = build_format(options, zone)
        value = FORMAT_EXAMPLES.get(name)
        read = format_.read(value)
        try:
            wrote = _code(shown(format_.format(read)))
        except Unreadable:
            wrote = ""
        said = json.dumps(dict(options), ensure_ascii=False).replace('"', "")
        yield f"| `{name}` | `{said}` | {_code(shown(value))} | {_code(_read(read))} | {wrote} |"
    yield from ("", "Kinds of formats: [format](spec.md#format).", "")


def _read(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value) if isinstance(value, date | time) else shown(value)


def scopes_by_name() -> dict[str, dict[str, None]]:
    """Return where each name is in scope: the keys of which some spec has a text with it there."""
    found: dict[str, dict[str, None]] = {name: {} for name in NAMES}
    for file in example_specs():
        text = file.read_text(encoding="utf-8")
        spec, _ = load_spec(text, file.name, _Anything())
        if spec is None:
            continue
        written = read_document(text, file.name)
        named = {
            route: f"{where_of(part)}.{key}".strip(".") for (part, key), route in uses(written.data)
        }
        at = {
            written.at(route, key=key): name
            for route in written.values
            for key in (True, False)
            if (name := _above(route, named)) is not None
        }
        for met in walk(spec):
            if isinstance(met.node, Expression) and met.place in at:
                for name in met.node.scope & NAMES.keys():
                    found[name][at[met.place]] = None
    return found


def _above(route: Route, named: Mapping[Route, str]) -> str | None:
    """Return the name of the key that a place stands behind, however deep."""
    while route:
        if route in named:
            return named[route]
        route = route[:-1]
    return None


class _Anything(dict[str, Any]):
    """The functions of plugins that the examples name."""

    def __init__(self) -> None:
        super().__init__({"rosewood_signature": dict, "rosewood_learners": list})


def _scope() -> Iterator[str]:
    yield from _titled(5)
    where = scopes_by_name()
    everywhere = [
        name for name in NAMES if len(where[name]) == max(len(places) for places in where.values())
    ]
    yield (
        f"In scope in every text of a spec: {', '.join(f'`{name}`' for name in everywhere)}. "
        "Beside those: the lists above a list by their names, and on the way up what `let` looks "
        "up."
    )
    yield ""
    for name, said in NAMES.items():
        yield from (f"### `{name}`", "", f"{said.meaning} Example: {_code(said.example)}", "")
        yield from (f"- `{name}.{key}`: {meaning}" for key, meaning in said.members.items())
        if said.members:
            yield ""
        if name not in everywhere:
            yield f"In scope in: {', '.join(f'`{one}`' for one in sorted(where[name]))}."
            yield ""


def _verdicts() -> Iterator[str]:
    yield from _titled(6)
    yield (
        "The lines of `answers` are asked in their order, those of the call first; then these, "
        "which are built in. A line about the body has no say when the status is 401, 403, 429 or "
        "503: only one that names `answer.status` has."
    )
    yield ""
    yield from answers_table()
    yield "What a line may say behind `then`:"
    yield ""
    for word in all_words():
        if word.kind == "verdict":
            yield f"- `{word.name}`: {word.meaning}"
    yield ""


def _answers() -> Iterator[str]:
    yield from _titled(7)
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
            "The first line holds the names of the columns; a cell that is a date is a day or a "
            "moment in the zone of the spec, a number a number, any other a text."
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


def _cases() -> Iterator[str]:
    yield from _titled(8)
    yield (
        "A case with `attendance` brings its sheets down first, plays the classes on the sandbox "
        "of Edusign, archives them, and sends the attendance up, at `attendance.at`. Its "
        "`expected.yml` holds each write with its body, and the events. What the ERP answers to "
        "the writes stands in `exchanges.yaml`; a write that no answer is recorded for fails the "
        "case, an answer that nobody asks for does too."
    )
    yield from ("", "| key of `case.yaml` | meaning |", "| --- | --- |")
    schema = _case_schema()
    for name, node in schema["properties"].items():
        yield f"| `{name}` | {_cell(node.get('description', ''))} |"
        for inner, below in node.get("properties", {}).items():
            if name == "attendance":
                yield f"| `{name}.{inner}` | {_cell(below.get('description', ''))} |"
                for key, one in below.get("items", {}).get("properties", {}).items():
                    said = _cell(one.get("description", ""))
                    yield f"| `{name}.{inner}.{key}` | {said} |"
    yield ""
    yield "How cases are written and recorded: [work on a spec](../how-to/work-on-a-spec.md)."
    yield ""


def _case_schema() -> dict[str, Any]:
    from edusync.spec.schema_check import schema_text

    found: dict[str, Any] = json.loads(schema_text("case"))
    return found


def _code(text: str) -> str:
    """Write a text as code within a table."""
    text = text.replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
