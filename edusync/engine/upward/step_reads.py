"""What a step of the way up reads of its answer, for the steps after it.

A name that the answer lacks is empty when answers of this run, of an earlier one or of a recorded
case had it while others did not. Otherwise it is UNKNOWN: it may be misspelt, and the steps after
it must not send an empty value in its place. Nothing lacks a name where nothing stands that could
have it, such as an empty list that was asked for; a write is to answer with what is read of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.bearing import look, missing_names
from edusync.model import UNKNOWN
from edusync.spec.due import reads_due, still_due

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.outcome import Report
    from edusync.spec.tree import Call, Path, Spec, Step
    from edusync.spec.watch import Watch
    from edusync.transport.message import Answer

STEPS = "(answers of steps)"
"""Stands for a list among the names that are rare."""
_LACKED, _MET = "lacked: ", "met: "
_LACKING = "lacking"
"""What the store keeps of a step beside what it read: the names that its answer lacked."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step.

    What later ones need of its answer, and the lines that the ERP refused although it took the
    others.
    """

    got: Mapping[str, Any]
    refused: Mapping[str, str]


class StepReads:
    """Watch what the steps of one account read.

    `rare` are the names that not every row, or answer, had in earlier runs; this run adds its own.
    """

    def __init__(
        self, spec: Spec, rare: dict[str, set[str]], report: Report, watch: Watch | None
    ) -> None:
        self.rare, self.report, self.watch = rare.setdefault(STEPS, set()), report, watch
        self.recorded = {*spec.rare.get(STEPS, ())}
        self.named: set[str] = set()

    def of(self, step: Step, answer: Answer) -> dict[str, Any]:
        """Return what a step reads, by name; UNKNOWN what no answer ever had."""
        return {name: self._read(step, path, answer) for name, path in step.read.items()}

    def _read(self, step: Step, path: Path, answer: Answer) -> Any:
        value, name = answer.read(path), name_of(step, path)
        is_met = value is not None
        if not is_met and not _is_lacked(step, path, answer):
            return None
        if self.watch is not None:
            self.watch.answer(STEPS, name, met=is_met)
        self.rare.add(f"{_MET if is_met else _LACKED}{name}")
        if {f"{_MET}{name}", f"{_LACKED}{name}"} <= self.rare:
            self.rare.add(name)
        if is_met or name in self.rare | self.recorded:
            return value
        self._name(step, path)
        return UNKNOWN

    def stored(self, step: Step, kept: Mapping[str, Any]) -> Done:
        """Return what the store kept of a step that was done before.

        What it does not have was in no answer: there is none of a write that was found to have
        landed.
        """
        for name in kept.get(_LACKING, ()):
            if name in step.read:
                self._name(step, step.read[name])
        got = {**dict.fromkeys(step.read, UNKNOWN), **kept.get("got", {})}
        return Done(got, kept.get("refused", {}))

    def _name(self, step: Step, path: Path) -> None:
        """Report, once a run, that no answer ever had what a step reads."""
        name = name_of(step, path)
        if name not in self.named:
            self.named.add(name)
            detail = "the answer does not have it, and steps after it need it"
            self.report.add(
                Outcome("SPEC_PATH_NEVER_SEEN", field=path.source, place=path.place, detail=detail)
            )


def to_keep(done: Done, *, answered: bool) -> dict[str, Any]:
    """Return what the store is to keep of a step; `answered` says that its answer came."""
    got = {name: value for name, value in done.got.items() if value is not UNKNOWN}
    lacking = sorted(done.got.keys() - got.keys()) if answered else []
    return {"got": got, "refused": dict(done.refused), **({_LACKING: lacking} if lacking else {})}


def name_of(step: Step, path: Path) -> str:
    """Return what stands for a path that a step reads among the rare names."""
    return f"{as_written(step.call)}: {path.source}"


def as_written(call: Call) -> str:
    """Name a call before its holes are filled: what the spec writes."""
    for word in ("operation", "name", "path"):
        found = getattr(call, word, None)
        if found is not None:
            source = getattr(getattr(found, "text", None), "source", found)
            return f"{getattr(call, 'verb', '')} {source}".strip()
    pieces = getattr(call, "pieces", ())
    return "SQL " + " ".join(pieces[0].text.split())[:60] if pieces else type(call).__name__


def _is_lacked(step: Step, path: Path, answer: Answer) -> bool:
    """Whether an answer should have what a path leads to, which it does not."""
    body = answer.body
    if body in (None, "", []):
        return step.writes
    if answer.only is not None and path.first == answer.only:
        body = {answer.only: body}
    left = still_due(reads_due(path), ())
    look(left, body, set())
    if left.was_list and not left.was_object:
        return False
    return any(missing_names(left))
