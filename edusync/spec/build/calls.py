"""Build calls and the verdicts on their answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.answers import answer_kind
from edusync.spec.build.known import known_code
from edusync.spec.build.named import filled, report_twice, together
from edusync.spec.build.reader import read_kind
from edusync.spec.build.stray import report_stray
from edusync.spec.payload import Filled, Fixed, Members
from edusync.spec.scopes import RUN
from edusync.spec.tree import (
    FileCall,
    HttpCall,
    Operation,
    Path,
    Piece,
    Statement,
    Verdict,
)
from edusync.spec.verdicts import VERDICTS
from edusync.transport.message import PARAMETER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Call, Expression, Verdict

NOTHING = Fixed("")
VERBS = ("get", "post", "put", "patch", "delete")
_HOLE = re.compile(r"\bwith\.(\w+)")


def build_call(builder: Builder, route: Route, scope: frozenset[str]) -> Call | None:
    """Build the call at a route, None when there is none.

    A named call is put in with its holes filled.
    """
    data = builder.get(route)
    if data is None:
        return None
    said = [
        word
        for word in (*(() if "call" in data else VERBS), "call", "sql", "soap", "file")
        if word in data
    ]
    word = next(iter(said), "zip" if "zip" in data else "from")
    if word in data:
        report_stray(builder, route, word)
    if not said:
        return None
    _check_kind(builder, route, (word,))
    if len(said) > 1:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, said[1]),
            f"a call has one verb, not '{said[0]}' and '{said[1]}'",
            "keep one",
            key=True,
        )
    if said[0] == "sql":
        return _sql(builder, route, scope, data)
    if said[0] == "file":
        return FileCall(
            name=builder.payload((*route, "file"), scope),
            answer=answer_kind(builder, (*route, "answer")),
            place=builder.at(route),
        )
    if said[0] == "soap":
        return build_operation(builder, route, ("soap",), scope)
    return _named(builder, route, scope) if said[0] == "call" else _written(builder, route, scope)


def _check_kind(builder: Builder, route: Route, word: Route) -> None:
    """Report a call that the transport cannot make.

    That of the way up, where it has one of its own.
    """
    own = builder.get(("writeback", "transport")) if route[:1] == ("writeback",) else None
    kind = (own or builder.get(("transport",)))["kind"]
    needed = {"sql": "sql", "soap": "soap", "zip": "soap", "file": "files"}.get(
        str(word[0]), "http"
    )
    if kind != needed and (kind, needed) != ("soap", "http"):  # SOAP is HTTP, too
        said = {"http": "get or post", "soap": "soap", "sql": "sql", "files": "file"}[kind]
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, *word),
            f"'{word[0]}' needs a transport of kind {needed}",
            f"say {said} here, or 'kind: {needed}' below 'transport'",
            key=True,
        )


def build_operation(
    builder: Builder, route: Route, word: Route, scope: frozenset[str]
) -> Operation:
    """Build a call of a SOAP operation, which is named by a word of what stands at the route."""
    _check_kind(builder, route, word)
    return Operation(
        operation=str(builder.get((*route, *word))),
        answers=build_verdicts(builder, (*route, "answers")),
        read=_step_reads(builder, route),
        when=_step_when(builder, route, scope),
        arguments=builder.optional_payload((*route, "arguments"), scope),
        place=builder.at((*route, *word) if len(word) > 1 else route),
    )


def _step_reads(builder: Builder, route: Route) -> dict[str, Path]:
    """Build what a step that signs in reads of its answer."""
    found = (builder.get((*route, "read")) or {}) if route[0] == "transport" else {}
    return {name: _read_path(builder, (*route, "read", name)) for name in found}


def _step_when(builder: Builder, route: Route, scope: frozenset[str]) -> Expression | None:
    """Build the condition of a step that signs in."""
    here = (*route, "when")
    return builder.optional_expression(here, scope) if route[0] == "transport" else None


def _sql(
    builder: Builder, route: Route, scope: frozenset[str], data: Mapping[str, Any]
) -> Statement:
    """Build a statement: its text is never a template, its values are bound."""
    pieces: list[Piece] = []
    listed = data["sql"] if isinstance(data["sql"], list) else [data["sql"]]
    for index, piece in enumerate(listed):
        here: Route = (*route, "sql", index) if isinstance(data["sql"], list) else (*route, "sql")
        if isinstance(piece, dict):
            when = builder.expression((*here, "when"), scope)
            pieces.append(Piece(str(piece["sql"]), when))
        else:
            pieces.append(Piece(str(piece)))
        text = pieces[-1].text
        if "{{" in text or "{%" in text:
            builder.document.report(
                "SPEC_BAD_STATEMENT",
                here,
                "SQL text has no holes",
                "write :name there, and the value under 'values'",
            )
    reads = pieces[0].text.lower().lstrip().startswith(("select", "with"))
    if not reads and route[0] != "writeback":
        builder.document.report(
            "SPEC_BAD_STATEMENT",
            (*route, "sql"),
            "a list is read, so its statement begins with select or with",
            "what is written stands below 'writeback'",
        )
    wanted = {name for piece in pieces for name in PARAMETER.findall(piece.text)}
    values = data.get("values") or {}
    given = set(values)
    for name in sorted(wanted - given):
        builder.document.report(
            "SPEC_BAD_STATEMENT",
            (*route, "sql"),
            f"nothing is bound to ':{name}'",
            f"add '{name}: …' under 'values'",
        )
    for name in sorted(given - wanted):
        builder.document.report(
            "SPEC_BAD_STATEMENT",
            (*route, "values", values.index(name) if isinstance(values, list) else name),
            f"the statement has no ':{name}'",
            did_you_mean(name, sorted(wanted)),
            key=True,
        )
    bound = Members(builder.members((*route, "values"), scope)) if "values" in data else None
    return Statement(pieces=tuple(pieces), values=bound, place=builder.at(route))


def _written(builder: Builder, route: Route, scope: frozenset[str]) -> HttpCall:
    data = builder.get(route)
    verb = next((verb for verb in VERBS if verb in data), "")
    return HttpCall(
        verb=verb.upper(),
        path=builder.url_path((*route, verb), scope) if verb else NOTHING,
        query=builder.optional_payload((*route, "query"), scope),
        headers=builder.optional_payload((*route, "headers"), scope),
        json=builder.optional_payload((*route, "json"), scope),
        form=builder.optional_payload((*route, "form"), scope),
        text=builder.optional_payload((*route, "text"), scope),
        xml=builder.optional_xml((*route, "xml"), scope),
        basic=builder.optional_payload((*route, "basic"), scope),
        answers=build_verdicts(builder, (*route, "answers")),
        read=_step_reads(builder, route),
        when=_step_when(builder, route, scope),
        place=builder.at(route),
        answer=answer_kind(builder, (*route, "answer")),
    )


def _read_path(builder: Builder, route: Route) -> Path:
    """Return the path of something that a step reads.

    `header.<name>` is a header, whatever letters its name has.
    """
    source = str(builder.get(route))
    return Path(source) if source.startswith("header.") else builder.path(route)


def _named(
    builder: Builder, route: Route, scope: frozenset[str], above: tuple[str, ...] = ()
) -> HttpCall | None:
    """Build a call that rests on a named one, which may rest on another itself."""
    calls = builder.get(("transport", "calls")) or {}
    name = str(builder.get((*route, "call")))
    if name not in calls:
        builder.document.report(
            "SPEC_UNKNOWN_CALL",
            (*route, "call"),
            f"no call is called '{name}'",
            did_you_mean(name, list(calls)),
        )
        return None
    builder.used_calls.add(name)
    report_stray(builder, ("transport", "calls", name), "call" if "call" in calls[name] else "get")
    if name in above:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "call"),
            f"the calls {' → '.join([*above, name])} rest on each other in a circle",
            "let one of them be whole",
        )
        return None
    named: Route = ("transport", "calls", name)
    inner = scope | {"with", "page"}
    its = (
        _named(builder, named, inner, (*above, name))
        if "call" in calls[name]
        else _written(builder, named, inner)
    )
    if its is None:
        return None
    ours = _written(builder, route, scope)
    holes = {
        key: builder.payload((*route, "with", key), scope)
        for key in builder.get((*route, "with")) or {}
    }
    if its.verb and ours.verb:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, ours.verb.lower()),
            f"the call '{name}' says '{its.verb.lower()}' already",
            "keep one of them",
            key=True,
        )
    if not its.verb and not ours.verb and not above:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            f"neither this nor the call '{name}' says what is asked for",
            "add get: or post: to one of them",
            key=True,
        )
        return None
    report_twice(builder, route)
    wanted = set(
        _HOLE.findall(str(calls[name]))
    )  # as it is written: a template with a mistake has holes, too
    for key in holes:
        if key not in wanted:
            builder.document.report(
                "SPEC_UNKNOWN_VARIABLE",
                (*route, "with", key),
                f"the call '{name}' has no hole '{key}'",
                did_you_mean(key, sorted(wanted)),
                key=True,
            )
    return HttpCall(
        verb=its.verb or ours.verb,
        path=ours.path if ours.verb else Filled(its.path, holes),
        query=together(filled(its.query, holes), ours.query),
        headers=together(filled(its.headers, holes), ours.headers),
        json=together(filled(its.json, holes), ours.json),
        form=together(filled(its.form, holes), ours.form),
        text=filled(its.text, holes) or ours.text,
        xml=filled(its.xml, holes) or ours.xml,
        basic=filled(its.basic, holes) or ours.basic,
        answers=(*ours.answers, *its.answers),
        read=ours.read,
        when=ours.when,
        place=builder.at(route),
        answer=ours.answer if builder.get((*route, "answer")) else its.answer,
    )


def build_verdicts(builder: Builder, route: Route) -> tuple[Verdict, ...]:
    """Build the lines that say what an answer means."""
    lines = []
    for index, data in enumerate(builder.get(route) or ()):
        here = (*route, index)
        if "code" in data:
            known_code(builder, (*here, "code"), data["code"])
        lines.append(read_kind(builder, VERDICTS, here, RUN | {"answer"}))
    return tuple(lines)
