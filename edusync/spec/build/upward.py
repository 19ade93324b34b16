"""Build the way up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.calls import build_call
from edusync.spec.build.known import known_code
from edusync.spec.build.reader import read_node
from edusync.spec.build.transport import build_transport
from edusync.spec.build.values import build_value
from edusync.spec.scopes import ROW, RUN
from edusync.spec.tree import (
    STATES,
    AskSomebody,
    Drop,
    FileCall,
    HttpCall,
    LookFirst,
    Override,
    Reasons,
    Refused,
    Repeat,
    Statement,
    StateRule,
    Step,
    Writeback,
)

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Call, InDoubt

SHEET = RUN | {"course"}
PERSON = SHEET | {"person", "attendance", "state", "reason"}


def build_writeback(builder: Builder) -> Writeback | None:
    """Build the section; None when the ERP has no way up."""
    data = builder.get(("writeback",))
    if not isinstance(data, dict):
        return None
    return _Builder(builder, data).build()


class _Builder:
    """Build one section: what a sheet and a person look up is in scope of everything below."""

    def __init__(self, builder: Builder, data: dict[str, Any]) -> None:
        self.builder, self.data = builder, data
        self.at_once = int(data.get("at_once", 1))
        let = data.get("let") or {}
        self.sheet = SHEET | frozenset(let.get("sheet") or {})
        self.person = PERSON | self.sheet | frozenset(let.get("person") or {})

    def build(self) -> Writeback:
        builder, data = self.builder, self.data
        sheet_steps = (RUN if self.at_once > 1 else self.sheet) | {"lines"}
        for_person, for_sheet = (
            self._steps("for_person", self.person | {"line"}),
            self._steps("for_sheet", sheet_steps),
        )
        if not for_person and not for_sheet:
            builder.document.report(
                "SPEC_MISSING_KEY",
                ("writeback",),
                "no step writes anything",
                "add 'for_person' or 'for_sheet'",
                key=True,
            )
        return Writeback(
            needs=builder.optional_expression(("writeback", "needs"), RUN),
            transport=build_transport(builder, ("writeback", "transport"))
            if "transport" in data
            else None,
            at_once=self.at_once,
            reasons=self._reasons(),
            people=self._values("person"),
            sheets=self._values("sheet"),
            hold=self._codes("hold", self.person),
            report=self._codes("report", self.sheet | {"lines"}),
            override=tuple(
                read_node(builder, Override, ("writeback", "override", index), self.sheet | PERSON)
                for index in range(len(data.get("override") or ()))
            ),
            lines={
                role: builder.payload(("writeback", "line", role), self.person)
                for role in data["line"]
            },
            states={state: self._state(state) for state in data["states"]},
            for_person=for_person,
            for_sheet=for_sheet,
            then=self._steps("then", self.sheet | {"lines"}),
            assumed=data.get("assumed"),
            place=builder.at(("writeback",)),
            tries=int(data.get("tries", 5)),
        )

    def _values(self, level: str) -> dict[str, Any]:
        route: Route = ("writeback", "let", level)
        return {
            name: build_value(self.builder, (*route, name))
            for name in self.builder.get(route) or {}
        }

    def _codes(self, word: str, scope: frozenset[str]) -> tuple[Drop, ...]:
        found = []
        for code in self.data.get(word) or {}:
            route: Route = ("writeback", word, code)
            known_code(self.builder, route, code, key=True)
            test = self.builder.expression(route, scope)
            found.append(Drop(code, test, place=self.builder.at(route)))
        return tuple(found)

    def _reasons(self) -> Reasons | None:
        if "reasons" not in self.data:
            return None
        route: Route = ("writeback", "reasons")
        return read_node(self.builder, Reasons, route, RUN)

    def _state(self, state: str) -> StateRule:
        route: Route = ("writeback", "states", state)
        data, builder = self.data["states"][state], self.builder
        instead = data.get("else")
        if instead is None and not data.get("skip") and "set" not in data:
            builder.document.report(
                "SPEC_STATE_UNSENT",
                route,
                f"nothing is sent for the state '{state}'",
                "say 'set', 'skip: true' or 'else'",
                key=True,
            )
        if instead is None and "needs" in data:
            builder.document.report(
                "SPEC_STATE_UNSENT",
                (*route, "needs"),
                f"nothing is sent for the state '{state}' when this is false",
                "say 'else'",
                key=True,
            )
        seen = [state]
        while instead is not None and instead not in seen:
            seen.append(instead)
            instead = (self.data["states"].get(instead) or {}).get("else")
        if instead is not None:
            builder.document.report(
                "SPEC_STATE_UNSENT",
                (*route, "else"),
                f"the states {' → '.join([*seen, instead])} stand for each other in a circle",
                "let one of them be sent",
            )
        return read_node(
            builder,
            StateRule,
            route,
            self.sheet | PERSON,
            added=builder.optional_payload((*route, "set"), self.person),
        )

    def _steps(self, word: str, scope: frozenset[str]) -> tuple[Step, ...]:
        found: list[Step] = []
        got: set[str] = set()
        for index, data in enumerate(self.data.get(word) or ()):
            step = self._step(
                ("writeback", word, index),
                data,
                scope | ({"got"} if got else set()),
                is_last=word == "for_sheet",
            )
            if step is not None:
                found.append(step)
                got |= set(step.read)
        return tuple(found)

    def _step(
        self, route: Route, data: dict[str, Any], scope: frozenset[str], *, is_last: bool
    ) -> Step | None:
        builder = self.builder
        csv = builder.members((*route, "csv"), RUN | {"line"}) if "csv" in data else None
        if "sql" in data and is_last:
            scope |= {"line"}
        call = build_call(builder, route, scope)
        if call is None:
            if "call" not in data:
                builder.document.report(
                    "SPEC_MISSING_KEY",
                    route,
                    "a step needs a call",
                    "add put:, post:, sql:, soap: or file:",
                    key=True,
                )
            return None
        in_doubt = self._in_doubt(route, data, scope)
        writing = _is_writing(call)
        if in_doubt is None and (writing or not data.get("read")):
            builder.document.report(
                "SPEC_IN_DOUBT_MISSING",
                route,
                "this write does not say what happens when its answer never comes",
                "say 'in_doubt: repeat' when it sets a state, {look: …, done: …} to read it back "
                "first, or 'in_doubt: person'",
                key=True,
            )
        return Step(
            call=call,
            when=builder.optional_expression((*route, "when"), scope),
            states=tuple(data.get("for") or STATES),
            read={name: builder.path((*route, "read", name)) for name in data.get("read") or {}},
            refused=self._refused((*route, "refused"), data.get("refused")),
            in_doubt=in_doubt,
            csv=csv,
            place=builder.at(route),
        )

    def _in_doubt(
        self, route: Route, data: dict[str, Any], scope: frozenset[str]
    ) -> InDoubt | None:
        said = data.get("in_doubt")
        if said is None or isinstance(said, str):
            return None if said is None else Repeat() if said == "repeat" else AskSomebody()
        here: Route = (*route, "in_doubt")
        return LookFirst(
            build_value(self.builder, (*here, "look")),
            self.builder.expression((*here, "done"), scope | {"found"}),
        )

    def _refused(self, route: Route, data: dict[str, Any] | None) -> Refused | None:
        if data is None:
            return None
        known = self.builder.line_members()
        if "is" in data and data["is"] not in known:
            self.builder.document.report(
                "SPEC_UNKNOWN_VARIABLE",
                (*route, "is"),
                f"no line holds '{data['is']}'",
                did_you_mean(data["is"], sorted(known)),
            )
        return read_node(self.builder, Refused, route, ROW)


def _is_writing(call: Call) -> bool:
    """Whether a call looks as if it changed the ERP."""
    match call:
        case HttpCall(verb=verb):
            return verb != "GET"
        case Statement(pieces=pieces):
            return not pieces[0].text.lower().lstrip().startswith(("select", "with"))
    return isinstance(call, FileCall)
