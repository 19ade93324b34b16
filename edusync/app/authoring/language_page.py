"""docs/reference/language.md: how the language works, each line of it tried by the code itself."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.app.authoring.answer_table import answers_table
from edusync.app.authoring.language_answers import answers_section, cases_section, cell, code
from edusync.app.authoring.language_examples import (
    EXPRESSIONS,
    FORMAT_EXAMPLES,
    HOLES,
    PATHS,
    ROW,
)
from edusync.app.authoring.path_examples import PATH_FUNCTIONS
from edusync.app.authoring.scopes_where import scopes_by_name
from edusync.app.authoring.words import all_words, shown
from edusync.spec.formats import READY_MADE, Unreadable, build_format
from edusync.spec.language.expressions import compile_expression, compile_template
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.path_functions import function_names, written
from edusync.spec.language.paths import compile_path
from edusync.spec.scopes import LISTS, NAMES
from edusync.spec.whole_schema import spec_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.spec.scopes import Name


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
            *answers_section(),
            *cases_section(),
        ]
    )


_SECTIONS = (
    "The order in which keys act",
    "Paths",
    "Templates and expressions",
    "Filters and functions",
    "Formats that are there",
    "Names in scope",
    "Lists that are there",
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
        "is ignored is no item at all, and nobody is told which of its values cannot be read; one "
        "that is dropped has a reason. `key` tells rows apart after all that, and `same_key` says "
        "what becomes of the second one."
    )
    yield ""


def _row_of(properties: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in properties)


def _paths() -> Iterator[str]:
    yield from _titled(1)
    yield "A path is JMESPath. In this row:"
    yield from ("", "```json", json.dumps(ROW, ensure_ascii=False), "```", "")
    yield from ("| path | gives | |", "| --- | --- | --- |")
    for path, meaning in PATHS:
        yield f"| {code(path)} | {code(shown(compile_path(path).read(ROW)))} | {meaning} |"
    yield ""
    yield "Functions, which are those of JMESPath; the expression behind `&` is made for each item:"
    yield ""
    yield from ("| function | example | gives | |", "| --- | --- | --- | --- |")
    for name in function_names():
        example, meaning = PATH_FUNCTIONS[name]
        gives = code(shown(compile_path(example).read(ROW)))
        yield f"| {code(written(name))} | {code(example)} | {gives} | {meaning} |"
    yield ""
    yield (
        "Where an argument is nothing, nothing comes of it, but for `not_null` and `type`. "
        "A function that cannot work with what a row holds makes the value unknown."
    )
    yield from ("", "A path into an answer may be `header.<name>` where its key says so.", "")


def _expressions() -> Iterator[str]:
    yield from _titled(2)
    yield (
        "A template is text with holes: `{{ … }}`. A template that is nothing but a hole keeps the "
        "type of what is inside; any other is text. Where a whole query parameter, header or form "
        "field is nothing, it is not sent; a hole in the path of a URL has to be filled."
    )
    yield from ("", "| template | gives | type |", "| --- | --- | --- |")
    for template in HOLES:
        made = compile_template(template, BUILT_IN).run(ROW, _NAMES)
        yield f"| {code(template)} | {code(shown(made))} | {type_of(made)} |"
    yield from ("", "An expression stands without braces:", "")
    yield from ("| expression | gives | |", "| --- | --- | --- |")
    for text, meaning in EXPRESSIONS:
        made = compile_expression(text, BUILT_IN).run(ROW, _NAMES)
        yield f"| {code(text)} | {code(shown(made))} | {meaning} |"
    yield ""
    yield (
        "What comes first: filters (`|`), then `//` `/` `%`, then `~`, then `+` `-`, then "
        "comparisons, `not`, `and`, `or` and the choice. So `a ~ b | upper` is `a ~ (b | upper)`; "
        "parentheses say otherwise. There is no `*` and no `**`."
    )
    yield ""
    yield (
        "A dot looks into a mapping and nowhere else; what is not there is nothing. What could not "
        "be read is unknown: whatever is made of it is unknown as well, and nothing is decided, "
        "sent or deleted on its word."
    )
    yield ""


_NAMES = {"window": {"first": date(2026, 3, 16)}, "row": ROW}


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
            for argument, result in word.members.items():
                made.setdefault(result, []).append(argument)
            types = "; ".join(
                f"{', '.join(arguments)} → {result}" for result, arguments in made.items()
            )
            yield f"| `{word.takes}` | {cell(word.meaning)} | {types} | {code(word.example)} |"
    yield ""
    yield (
        "Functions of plugins stand in `function:` of a value and in `auth.sign`: "
        "[hooks](hooks.md)."
    )
    yield ""


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
            wrote = code(shown(format_.format(read)))
        except Unreadable:
            wrote = ""
        written = json.dumps(dict(options), ensure_ascii=False).replace('"', "")
        yield f"| `{name}` | `{written}` | {code(shown(value))} | {code(_read(read))} | {wrote} |"
    yield from ("", "Kinds of formats: [format](spec.md#format).", "")


def _read(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value) if isinstance(value, date | time) else shown(value)


def _scope() -> Iterator[str]:
    yield from _titled(5)
    where = scopes_by_name()
    everywhere = [
        name for name in NAMES if len(where[name]) == max(len(places) for places in where.values())
    ]
    yield (
        f"In scope in every text of a spec: {', '.join(f'`{name}`' for name in everywhere)}. "
        "Beside those, on the way up, what `let` looks up."
    )
    yield ""
    yield (
        "The lists above a list are in scope by their names. Where `dates` says `from: series`, or "
        "`for_each: series`, its calls have `series`, the row that they are made for; a path into "
        "its rows has `series.id`, an expression or a template about them `row.series.id`, and "
        "`where` of a look-up out of them `mine.series.id`. What stands above `series` is there in "
        "the same way, and so are they in what comes from `dates`."
    )
    yield ""
    for name, in_scope in NAMES.items():
        yield from _entry(name, in_scope)
        if name not in everywhere:
            yield f"In scope in: {', '.join(f'`{one}`' for one in sorted(where[name]))}."
            yield ""
    yield from _titled(6)
    for name, in_scope in LISTS.items():
        yield from _entry(name, in_scope)


def _entry(name: str, word: Name) -> Iterator[str]:
    yield from (f"### `{name}`", "", f"{word.meaning} Example: {code(word.example)}", "")
    if word.members:
        yield from (f"- `{name}.{key}`: {meaning}" for key, meaning in word.members.items())
        yield ""


def _verdicts() -> Iterator[str]:
    yield from _titled(7)
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
