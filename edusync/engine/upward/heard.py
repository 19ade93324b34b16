"""Whether what says which lines were refused was ever in an answer.

Many ERPs leave it out where they refuse nothing, and a path may be misspelt. As with the names of
rows, a name is known when answers of this run, of an earlier one or of a recorded case had it while
others did not, or when the spec says `optional`; until then nobody can say whether a line was
refused. An answer in which no refusal could stand refuses nothing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.bearing import look, missing_names
from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.due import refusals_due, still_due

if TYPE_CHECKING:
    from edusync.engine.outcome import Report
    from edusync.spec.due import Due
    from edusync.spec.tree import Refused, Spec, Step
    from edusync.spec.watch import Watch
    from edusync.transport.message import Answer

WRITES = "(answers of writes)"
"""Stands for a list among the names that are rare."""
_LACKED = "lacked: "


class Refusals:
    """Watch what answers say about lines that the ERP refused.

    `rare` are the names that not every row, or answer, had in earlier runs; this run adds its own.
    """

    def __init__(
        self, spec: Spec, rare: dict[str, set[str]], report: Report, watch: Watch | None
    ) -> None:
        self.rare, self.report, self.watch = rare.setdefault(WRITES, set()), report, watch
        self.known = {*spec.rare.get(WRITES, ())}
        self.met: set[str] = set()
        self.named: set[str] = set()
        self.missing: list[Due] = []

    def marked(self, step: Step, answer: Answer) -> Answer:
        """Return an answer in which every name that no answer ever had is UNKNOWN."""
        self.missing = []
        refused = step.refused
        if refused is None or refused.items is None or not answer.body:
            return answer
        tree = refusals_due(refused)
        body = self._looked(refused, answer)
        known = {*self.rare, *self.known, *self.met}
        is_borne = refused.items.is_borne(body)
        if is_borne and len(refused.items.begins) > 1:  # one of several is enough
            known |= {path for steps in refused.items.begins for path in accumulate(steps, _below)}
        elif not is_borne and not _may_refuse(answer.body):
            return answer
        left = still_due(tree, known)
        look(left, body, set())
        self.missing = list(missing_names(left))
        if self.missing and not is_borne:
            return replace(answer, body=UNKNOWN)
        body = _marked(left, body)
        inside = answer.only is not None and isinstance(body, dict) and answer.only in body
        return replace(answer, body=body[answer.only] if inside else body)

    def note(self, step: Step, answer: Answer | None) -> None:
        """Look at an answer by which a write was refused; it need not name anybody."""
        if step.refused is not None and answer is not None and answer.body:
            self._looked(step.refused, answer, of_refusal=True)

    def tell(self) -> None:
        """Name, once each, what no answer ever had, when nobody can say what was refused."""
        for due in self.missing:
            if due.path not in self.named:
                self.named.add(due.path)
                detail = "no answer to a write has it, and it says which lines were refused"
                self.report.add(
                    Outcome(
                        "SPEC_PATH_NEVER_SEEN", field=due.path, place=due.location, detail=detail
                    )
                )

    def _looked(self, refused: Refused, answer: Answer, *, of_refusal: bool = False) -> Any:
        """Note which names an answer has; return what paths lead into.

        What a refusal of the whole write lacks says nothing of the others.
        """
        body = answer.body
        if answer.only is not None and refused.items and refused.items.first == answer.only:
            body = {answer.only: body}
        left = still_due(refusals_due(refused), ())
        whole = {due.path: due for due in left.names() if due.is_expected}
        look(left, body, set())
        for path, due in whole.items():
            if due.was_met:
                self.met.add(path)
                if f"{_LACKED}{path}" in self.rare or due.was_lacked:
                    self.rare.add(path)
            elif due.was_lacked and not of_refusal:
                self.rare.add(f"{_LACKED}{path}")
            is_told = due.was_met or (due.was_lacked and not of_refusal)
            if self.watch is not None and is_told:
                self.watch.answer(WRITES, path, met=due.was_met)
        return body


def _may_refuse(body: Any) -> bool:
    """Whether something stands in an answer that could name a line: a list, or an object in it."""
    parts = body.values() if isinstance(body, dict) else [body]
    return any(isinstance(part, list | dict | Marked) and part for part in parts)


def _marked(due: Due, value: Any) -> Any:
    """Return a value with UNKNOWN where a name would stand that no answer ever had."""
    if isinstance(value, list):
        return [_marked(due, item) for item in value]
    if isinstance(value, Marked):
        return Marked(str(value), _marked(due, dict(value.members)))
    unmet = {name for name, below in due.below.items() if not (below.was_met or below.is_rare)}
    if not isinstance(value, dict):
        return UNKNOWN if unmet and value is not None else value
    found = dict(value)
    for name, below in due.below.items():
        if name in found:
            found[name] = _marked(below, found[name])
        elif name in unmet:
            found[name] = UNKNOWN
    return found


def _below(above: str, name: str) -> str:
    return f"{above}.{name}"
