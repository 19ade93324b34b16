"""Build the way up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.calls import build_call
from edusync.spec.build.declared import line_members
from edusync.spec.build.reader import read_node
from edusync.spec.build.statements import is_reading
from edusync.spec.build.transport import build_own_transport
from edusync.spec.build.values import build_value
from edusync.spec.scopes import ROW, RUN
from edusync.spec.tree import FileCall, HttpCall, Statement, StateRule, Step, Writeback
from edusync.transport.charset import is_charset
from edusync.transport.message import PARAMETER

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Call

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
        steps = {("writeback", "for_person"), ("writeback", "for_sheet")}
        is_half_read = bool(steps & builder.document.half_read)  # a step was left out
        if not (for_person or for_sheet or is_half_read):
            builder.document.report(
                "SPEC_MISSING_KEY",
                ("writeback",),
                "no step writes anything",
                "add 'for_person' or 'for_sheet'",
                key=True,
            )
        if "check" in data:
            self._check_check(data["check"])
        own = {"transport": build_own_transport(builder)} if "transport" in data else {}
        return read_node(
            builder,
            Writeback,
            ("writeback",),
            self.person,
            {
                "needs": RUN,
                "reasons": RUN,
                "report": self.sheet | {"lines"},
                "override": self.sheet | PERSON,
            },
            people=self._values("person"),
            sheets=self._values("sheet"),
            states={state: self._state(state) for state in data["states"]},
            for_person=for_person,
            for_sheet=for_sheet,
            then=self._steps("then", self.sheet | {"lines"}),
            **own,
        )

    def _check_check(self, statements: list[str]) -> None:
        """Report statements that no database runs, that only read, or that need values."""
        report, route = self.builder.document.report, ("writeback", "check")
        wire = (self.data.get("transport") or self.builder.get(("transport",)))["kind"]
        if wire != "sql":
            words = "'check' needs a transport of kind sql"
            report("SPEC_WRONG_VALUE", route, words, "remove it", key=True)
        for index, statement in enumerate(statements):
            if is_reading(statement) or PARAMETER.search(statement):
                words = "this tries no right to write, or it needs values"
                hint = "write a statement that changes no row: delete from T where 1 = 0"
                report("SPEC_BAD_STATEMENT", (*route, index), words, hint)

    def _values(self, level: str) -> dict[str, Any]:
        route: Route = ("writeback", "let", level)
        self.builder.naming.append(route)
        return {
            name: build_value(self.builder, (*route, name))
            for name in self.builder.get(route) or {}
        }

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
        visited = [state]
        while instead is not None and instead not in visited:
            visited.append(instead)
            instead = (self.data["states"].get(instead) or {}).get("else")
        if instead is not None:
            builder.document.report(
                "SPEC_STATE_UNSENT",
                (*route, "else"),
                f"the states {' → '.join([*visited, instead])} stand for each other in a circle",
                "let one of them be sent",
            )
        return read_node(
            builder,
            StateRule,
            route,
            self.sheet | PERSON,
            {"added": self.person},
        )

    def _steps(self, word: str, scope: frozenset[str]) -> tuple[Step, ...]:
        steps: list[Step] = []
        got: set[str] = set()
        for index, data in enumerate(self.data.get(word) or ()):
            step = self._step(
                ("writeback", word, index),
                data,
                scope | ({"got"} if got else set()),
                is_last=word == "for_sheet",
            )
            if step is not None:
                steps.append(step)
                got |= set(step.read)
        return tuple(steps)

    def _step(
        self, route: Route, data: dict[str, Any], scope: frozenset[str], *, is_last: bool
    ) -> Step | None:
        builder = self.builder
        if "sql" in data and is_last and "in_doubt" in data:
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
        if "in_doubt" not in data and (_is_writing(call) or not data.get("read")):
            builder.document.report(
                "SPEC_IN_DOUBT_MISSING",
                route,
                "this write does not say what happens when its answer never comes",
                "say 'in_doubt: repeat' when it sets a state, {look: …, done: …} to read it back "
                "first, or 'in_doubt: person'; one that only reads says 'repeat: safe'",
                key=True,
            )
        if call.repeat is not None and "in_doubt" in data:
            builder.document.report(
                "SPEC_WRONG_VALUE",
                (*route, "repeat" if "repeat" in data else "call"),
                "'in_doubt' says already what happens to this write when no answer comes",
                "keep 'in_doubt', and take 'repeat' out",
                key=True,
            )
        if isinstance(call, FileCall):
            self._check_file(route, data, is_last=is_last)
        self._check_refused(route, data.get("refused") or {})
        scopes = {"in_doubt": scope | {"found"}, "refused": ROW, "csv": RUN | {"line"}}
        return read_node(builder, Step, route, scope, scopes, call=call)

    def _check_file(self, route: Route, data: dict[str, Any], *, is_last: bool) -> None:
        """Report a file that is not written for the lines of a sheet, or that holds nothing."""
        report = self.builder.document.report
        if not is_last:
            hint = "move the step to 'for_sheet'"
            report("SPEC_WRONG_VALUE", (*route, "file"), "a file holds lines", hint, key=True)
        elif "csv" not in data:
            hint = "add 'csv: …', a column to what stands in it"
            report("SPEC_MISSING_KEY", route, "'file' needs 'csv'", hint, key=True)
        charset = (data.get("csv_as") or {}).get("charset", "utf-8")
        if not is_charset(charset):
            hint = "write it as in utf-8, windows-1252 or iso-8859-15"
            at = (*route, "csv_as", "charset")
            report("SPEC_WRONG_VALUE", at, f"no charset is called '{charset}'", hint)

    def _check_refused(self, route: Route, data: dict[str, Any]) -> None:
        """Report a key of the line that no line has."""
        known = line_members(self.builder)
        if "is" in data and data["is"] not in known:
            self.builder.document.report(
                "SPEC_UNKNOWN_VARIABLE",
                (*route, "refused", "is"),
                f"no line holds '{data['is']}'",
                did_you_mean(data["is"], sorted(known)),
            )


def _is_writing(call: Call) -> bool:
    """Whether a call looks as if it changed the ERP."""
    match call:
        case HttpCall(verb=verb, repeat=repeat):
            return verb != "GET" and repeat != "safe"
        case Statement(pieces=pieces):
            return not is_reading(pieces[0].text)
    return isinstance(call, FileCall)
