"""A key that nothing reads where it stands: it would be passed over without a word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.spec.build.named import where_written
from edusync.spec.needs import mentioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_NO_EFFECT"
BAD = """
resources: {teachers: {get: /teachers, failing_call: skip}}
"""
OK = """
resources: {teachers: {get: "/teachers/{{ lessons.id }}", for_each: lessons, failing_call: skip}}
"""
_UNSURE = "SPEC_IN_DOUBT_MISSING"
_SECTIONS = ("for_person", "for_sheet", "then")
_MEMBERS = ("json", "form", "query", "xml", "arguments")
_OF_HTTP = ("tries", "per_second", "url_length")
_IDLE_LIMITS: Mapping[str, tuple[str, ...]] = {
    "sql": (*_OF_HTTP, "body"),
    "files": (*_OF_HTTP, "read"),
}
_IDLE_ON: Mapping[str, tuple[str, ...]] = {
    "sql": ("auth", "answers", "answer", "shape", "calls"),
    "files": ("auth", "answers", "calls"),
}
_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "ok": ("code", "message"),
    "sign_in_again": ("code", "message"),
    "empty": ("code", "message"),
}
"""What a line of `answers` has no use for: `empty` fails only where something is written."""
_OF_WRITES: Mapping[str, tuple[str, ...]] = {
    "ok": ("code", "message"),
    "sign_in_again": ("code", "message"),
    "in_doubt": ("code",),
    "forbidden": ("code",),
}
"""The same where something is written: what is in doubt, or forbidden, has a code of its own."""


class _Idle(NamedTuple):
    """A key, where it means nothing, and what is to be done."""

    route: Route
    where: str
    hint: str = "remove it"


def check(spec: Spec, builder: Builder) -> None:
    """Report each key that nothing would read."""
    unsure = {one.location for one in builder.document.findings if one.code == _UNSURE}
    for idle in (*_idle(builder), *_unread_singles(spec, builder), *_bare(builder)):
        if builder.document.at(idle.route[:3], key=True) in unsure:
            continue  # a write that does not say yet that it is one
        builder.document.report(
            CODE,
            idle.route,
            f"'{idle.route[-1]}' has no effect {idle.where}",
            idle.hint,
            key=True,
        )


def _unread_singles(spec: Spec, builder: Builder) -> Iterator[_Idle]:
    """Yield each `single` whose row nobody reads: nobody looks how many rows there are, then."""
    read = {tuple(name[:2]) for expression in mentioned(spec) for name in expression.names}
    for name, data in builder.get(("resources",)).items():
        if "single" in data and ("the", name) not in read:
            hint = f"read `the.{name}` somewhere, or remove it"
            yield _Idle(("resources", name, "single"), f"while nothing reads 'the.{name}'", hint)


def _bare(builder: Builder) -> Iterator[_Idle]:
    """Yield each `omit_empty` of a call that sends no members, and rests on none that does."""
    auth, up = ("transport", "auth"), ("writeback",)
    groups = [("resources",), (*auth, "login"), *((*up, word) for word in _SECTIONS)]
    calls: list[Route] = [("transport", "probe"), (*auth, "logout")]
    for group in groups:
        members = builder.get(group) or ()
        calls += [
            (*group, one) for one in (members if isinstance(members, dict) else range(len(members)))
        ]
    for route in calls:
        data = builder.get(route)
        if not isinstance(data, dict) or "omit_empty" not in data:
            continue
        if not any(where_written(builder, route, word) for word in _MEMBERS):
            hint = "say what is sent, or remove it"
            yield _Idle((*route, "omit_empty"), "on a call that sends no members", hint)


def _idle(builder: Builder) -> Iterator[_Idle]:
    for section in ("connection", "options", "filters"):
        for name, data in (builder.get((section,)) or {}).items():
            yield from _of_question(section, data, (section, name))
    yield from _of_transport(builder.get(("transport",)), ("transport",))
    for name, data in builder.get(("resources",)).items():
        yield from _of_list(data, ("resources", name))
    up = builder.get(("writeback",))
    if isinstance(up, dict):
        yield from _of_way_up(up, ("writeback",))


def _among(data: Mapping[str, Any], words: tuple[str, ...], route: Route) -> Iterator[Route]:
    yield from ((*route, word) for word in words if word in data)


def _of_question(section: str, data: Mapping[str, Any], route: Route) -> Iterator[_Idle]:
    kind = data.get("type") if section != "filters" else data.get("item", "id")
    needs = {"values": "choice", "drop_end": "url", "parts": "pair"}
    for word, needed in needs.items():
        if word in data and kind != needed:
            yield _Idle((*route, word), f"without '{needed}'", f"say '{needed}', or remove it")
    if kind == "glob":
        for key_route in _among(data, ("choices",), route):
            hint = "say 'offer' for what a setup shows, or remove it"
            yield _Idle(key_route, "on a glob, which fits whatever rows hold", hint)


def _of_transport(data: Mapping[str, Any], route: Route) -> Iterator[_Idle]:
    kind = data["kind"]
    where = f"on a transport of kind {kind}"
    for key_route in _among(data, _IDLE_ON.get(kind, ()), route):
        yield _Idle(key_route, where)
    limits = data.get("limits") or {}
    for key_route in _among(limits, _IDLE_LIMITS.get(kind, ()), (*route, "limits")):
        yield _Idle(key_route, where)
    of_all = {then: words for then, words in _SENTENCES.items() if then != "empty"}
    yield from _of_answers(data, route, of_all)  # which counts where something is written as well
    auth, here = data.get("auth") or {}, (*route, "auth")
    sign = auth.get("sign") or {}
    if "function" not in sign:
        for key_route in _among(sign, ("arguments",), (*here, "sign")):
            yield _Idle(key_route, "without 'function'", "remove it")
    if kind == "http":
        send = auth.get("send") or {}
        for key_route in _among(send, ("arguments", "soap_header"), (*here, "send")):
            yield _Idle(key_route, where, "say 'form', 'json', 'xml', 'headers' or 'query'")
    if not auth.get("login") and auth.get("kind", "steps") == "steps":
        idle = (*_among(auth, ("expires_in", "lasts", "logout"), here),)
        for key_route in (*idle, *_among(sign, ("login",), (*here, "sign"))):
            yield _Idle(key_route, "without 'login'", "say how to sign in, or remove it")
    for index, step in enumerate(auth.get("login") or ()):
        yield from _of_answers(step, (*here, "login", index))
        if not step.get("read"):
            for key_route in _among(step, ("answer",), (*here, "login", index)):
                yield _Idle(key_route, "on a step that reads nothing", "add 'read', or remove it")
    for own, place in (("logout", here), ("probe", route)):
        step = (auth if own == "logout" else data).get(own) or {}
        words = ("when", "read", "answer") if own == "logout" else ("when", "read")
        for key_route in _among(step, words, (*place, own)):
            yield _Idle(key_route, f"on '{own}', whose answer nobody reads")
        yield from _of_answers(step, (*place, own))


def _of_answers(
    data: Mapping[str, Any], route: Route, idle: Mapping[str, tuple[str, ...]] = _SENTENCES
) -> Iterator[_Idle]:
    for index, line in enumerate(data.get("answers") or ()):
        for key_route in _among(line, idle.get(line["then"], ()), (*route, "answers", index)):
            yield _Idle(
                key_route, f"beside 'then: {line['then']}'", "remove it, or say 'then: fail'"
            )


def _of_list(data: Mapping[str, Any], route: Route) -> Iterator[_Idle]:
    yield from _of_answers(data, route)
    each, here = data.get("for_each"), (*route, "for_each")
    if each is None and "failing_call" in data:
        where, hint = "without 'for_each'", "say what the list is asked for with, or remove it"
        yield _Idle((*route, "failing_call"), where, hint)
    if isinstance(each, dict):
        if "rows" in each:
            for key_route in _among(each, ("values", "items", "batch", "again"), here):
                yield _Idle(key_route, "beside 'rows'", "ask for rows, or for values")
        if "again" not in each and "depth" in each:
            yield _Idle((*here, "depth"), "without 'again'", "add 'again', or remove it")
    if "same_key" in data and "key" not in data:
        yield _Idle((*route, "same_key"), "without 'key'", "add 'key', or remove it")
    if "zip" in data:
        for key_route in _among(data, ("items", "shape"), route):
            yield _Idle(key_route, "beside 'zip'", "each answer is a column of its own: remove it")
    if "rows" in data:
        for key_route in _among(data, ("items", "shape", "optional"), route):
            yield _Idle(key_route, "beside 'rows', which are the rows themselves")
    if "from" in data:
        for key_route in _among(data, ("shape", "optional"), route):
            hint = "say it at a list that asks the ERP, or remove it"
            yield _Idle(key_route, "beside 'from', which asks the ERP for nothing", hint)


def _of_way_up(data: Mapping[str, Any], route: Route) -> Iterator[_Idle]:
    for state, rule in data["states"].items():
        yield from _of_state(rule, (*route, "states", state))
    yield from _of_transaction(data.get("for_sheet") or (), (*route, "for_sheet"))
    for section in _SECTIONS:
        for index, step in enumerate(data.get(section) or ()):
            yield from _of_step(section, step, (*route, section, index))


def _of_transaction(steps: Sequence[Mapping[str, Any]], route: Route) -> Iterator[_Idle]:
    """Yield what statements say otherwise than the one before that they stand or fall with."""
    for index, (before, step) in enumerate(pairwise(steps), 1):
        in_doubt = before.get("in_doubt"), step.get("in_doubt")
        if "sql" in step and None not in in_doubt and in_doubt[0] != in_doubt[1]:
            where = "on a statement of one transaction with the one before"
            yield _Idle((*route, index, "in_doubt"), where, "say the same for both")


def _of_state(rule: Mapping[str, Any], route: Route) -> Iterator[_Idle]:
    if "else" in rule and "needs" not in rule:
        for key_route in _among(rule, ("set", "skip"), route):
            yield _Idle(
                key_route,
                "beside 'else', which is always sent",
                "say when the state is sent: 'needs'",
            )
    elif rule.get("skip"):
        for key_route in _among(rule, ("set",), route):
            yield _Idle(key_route, "beside 'skip', since nothing is sent", "keep one of them")


def _of_step(section: str, step: Mapping[str, Any], route: Route) -> Iterator[_Idle]:
    writes = "in_doubt" in step
    if section == "then" and "for" in step:
        hint = "say it with 'when', about `lines`"
        yield _Idle((*route, "for"), "after a sheet, which is no line", hint)
    if "refused" in step:
        here = (*route, "refused")
        if section != "for_sheet":
            where = "on a step that sends one thing at a time"
            yield _Idle(here, where, "say what is a refusal with 'answers'")
        elif not writes or "sql" in step or "file" in step:
            yield _Idle(here, "on a step whose answer names no lines")
        elif "items" not in step["refused"]:
            for key_route in _among(step["refused"], ("when", "message", "optional"), here):
                yield _Idle(key_route, "without 'items'", "say where the refusals stand")
    if "read" in step and writes and ("sql" in step or "file" in step):
        yield _Idle((*route, "read"), "on a write that answers nothing")
    if not writes:
        yield from _of_answers(step, route)
    else:
        yield from _of_answers(step, route, _OF_WRITES)
