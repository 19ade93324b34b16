"""Record a case from a real system.

What it answers, with the people replaced, the secrets taken out, and no more rows than are needed.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.trying import try_spec
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError, UsageProblem
from edusync.spec.reading import Reading
from edusync.testing.answers import Answers
from edusync.testing.case_file import case_file, hosts_of, log_ins_of, secrets_of
from edusync.testing.cases import Case
from edusync.testing.cutting import CuttingSource, cut_tables
from edusync.testing.outcomes import KINDS as KINDS_THAT_CAME
from edusync.testing.outcomes import Came, came_of
from edusync.testing.pseudonyms import Pseudonyms
from edusync.testing.recorded_files import (
    Group,
    cannot_be_blanked,
    cut_for_all,
    write_exchanges,
    write_files,
)
from edusync.testing.replay import CANARY, Replay
from edusync.testing.sessions import any_session, one_session, signed_with
from edusync.testing.tape import Heard, HeardFolder, HeldFolder, Tape
from edusync.testing.whole_lists import cut_whole_lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.read.source import AnySource
    from edusync.registry import Registry
    from edusync.spec.places import Place
    from edusync.spec.tree import Spec

_TOKEN = 8


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a recording.

    `count` is how many exchanges or files the case has; `real` is what the real answers gave,
    `case` what the case gives; `kept` are the places of which something was kept.
    """

    folder: Path
    count: int
    real: Came
    case: Came
    kept: Mapping[Place, int]

    @property
    def unlike(self) -> list[str]:
        """In what the case differs from the real answers."""
        return self.real.unlike(self.case)


def record(
    instance: Instance,
    registry: Registry,
    moment: Moment,
    folder: Path,
    *,
    name: str,
    limit: int,
    spec_dirs: Sequence[Path] = (),
) -> Recorded:
    """Run the reading of the first account, write the case, and replay it as `edusync test` would.

    Where a case with cut lists does not give what the real answers gave, lists that came whole stay
    whole. Raises UsageProblem for what cannot be blanked: it is put into a case by hand.
    """
    _refuse(instance.spec)
    moment = replace(moment, now=moment.now.replace(second=0, microsecond=0))  # as a case says it
    listened = _Listened(instance, registry, moment, limit)
    own = Path(instance.spec.file)
    dirs = (*spec_dirs, *((own.parent.absolute(),) if own.is_file() else ()))
    real = listened.replayed()
    for is_cut in (True, False):
        answers, count = listened.write(folder / name, real, is_cut=is_cut)
        came = _replayed(Case(folder / name, dirs))
        if not real.unlike(came):
            break
    return Recorded(folder / name, count, real, came, answers.cleaner.kept)


class _Listened:
    """What was heard while the lists of the first account were read."""

    def __init__(self, instance: Instance, registry: Registry, moment: Moment, limit: int) -> None:
        self.instance, self.registry, self.moment, self.limit = instance, registry, moment, limit
        self.reading = Reading(instance.spec)
        self.tape = Tape()
        self.sources: list[CuttingSource] = []
        self.folders: list[HeardFolder] = []
        adapted = replace(moment, tools=replace(moment.tools, adapter=self.tape))
        self.tried = try_spec(instance, registry, adapted, direction="down", opened=self._open)
        self.heard = [*self.tape.heard, *(one for folder in self.folders for one in folder.heard)]
        if self.folders:
            alone = [group.heard[0] for group in self._groups() if len(group.heard) == 1]
            self.sessions = cut_tables(alone, instance.spec, limit)
        else:
            self.sessions = set[str]().union(*(source.kept for source in self.sources))

    def _open(
        self, spec: Spec, names: Mapping[str, Any], tools: Tools, functions: Mapping[str, Any]
    ) -> AnySource:
        if spec.transport.kind == "files":
            self.folders.append(HeardFolder(spec, names))
            self.folders[-1].trace = tools.trace
            return self.folders[-1]
        source = CuttingSource(spec, names, tools, functions)
        source.cut(self.tape, self.limit)
        self.sources.append(source)
        return source

    @property
    def sessions_of_sign_in(self) -> list[str]:
        """What the sign-ins gave that differs from one to the next; empty for one sign-in alone."""
        found = dict[str, None]()
        for source in self.sources:
            for values in source.tokens.values():
                if len({*values}) > 1:
                    found |= dict.fromkeys(values)
        return list(found)

    def _groups(self) -> list[Group]:
        """Return what was heard by request; what several lists read is read for all of them."""
        found: dict[str, Group] = {}
        tokens, signed = self.sessions_of_sign_in, signed_with(self.instance.spec)
        for heard in self.heard:
            request = any_session(one_session(heard.request, tokens), tokens, signed)
            key = json.dumps(request, sort_keys=True, ensure_ascii=False)
            group = found.setdefault(key, Group([], []))
            group.heard.append(heard)
            body = self.reading.bodies.get(heard.asked.place) if heard.asked.place else None
            if body is not None and body not in group.bodies:
                group.bodies.append(body)
        for group in found.values():
            cut_for_all(group)
        return list(found.values())

    def replayed(self) -> Came:
        """Return what the real answers give, cut as they were while they were read."""
        groups = self._groups()
        if self.folders:
            held = HeldFolder(self.instance.spec, [one for group in groups for one in group.heard])
            try:
                return came_of(self.instance, self.registry, self.moment, held)
            finally:
                held.close()
        tokens, signed = self.sessions_of_sign_in, signed_with(self.instance.spec)
        replay = Replay(
            [
                {
                    "request": any_session(one_session(heard.request, tokens), tokens, signed),
                    "answer": {
                        "status": heard.status,
                        "headers": {
                            key.title(): one_session(value, tokens)
                            for key, value in heard.headers.items()
                        },
                        "raw": one_session(heard.raw, tokens),
                    },
                }
                for group in groups
                for heard in group.heard
            ]
        )
        tools = Tools(lambda: 0.0, lambda _seconds: None, replay, nonce=lambda: "0" * 32)
        return came_of(self.instance, self.registry, replace(self.moment, tools=tools))

    def write(self, case: Path, real: Came, *, is_cut: bool) -> tuple[Answers, int]:
        """Write the case anew.

        Return what wrote its answers, and how many exchanges or files it has.
        """
        groups = [
            Group([replace(one) for one in group.heard], group.bodies) for group in self._groups()
        ]
        if is_cut:
            alone = [group.heard[0] for group in groups if len(group.heard) == 1]
            everything = [one for group in groups for one in group.heard]
            cut_whole_lists(everything, alone, self.instance.spec, self.limit, self.sessions)
        answers = Answers(self._people(), self.reading)
        for group in groups:
            for heard in group.heard:
                answers.meet(heard, group.bodies)
        shutil.rmtree(case, ignore_errors=True)
        case.mkdir(parents=True)
        if self.folders:
            count = write_files(case, groups, answers)
        else:
            tokens, signed = self.sessions_of_sign_in, signed_with(self.instance.spec)
            for group in groups if tokens else ():
                group.heard = self._once(group.heard)
            count = write_exchanges(case, groups, answers, tokens, signed)
        text = case_file(self.instance, self.moment, answers, case.name, real.counts)
        (case / "case.yaml").write_text(text, encoding="utf-8")
        return answers, count

    def _once(self, heard: list[Heard]) -> list[Heard]:
        """Return what was heard, of a sign-in or a sign-out the last alone.

        How many there are of them in mid-run is a matter of speed.
        """
        places = {place for source in self.sources for place in source.at_door}
        return heard[-1:] if all(one.asked.place in places for one in heard) else heard

    def _people(self) -> Pseudonyms:
        """Return replacements that know the secrets and the people.

        The secrets of the connection and of the sign-in, and everybody who was sent.
        """
        reads = [read for source in self.sources for read in source.tokens.values()]
        tokens = [token for read in reads for token in read]
        people = Pseudonyms(
            [*secrets_of(self.instance), *(token for token in tokens if len(token) >= _TOKEN)],
            self.reading.literals,
            hosts_of(self.instance),
        )
        for fields in self.tried.persons:
            people.person(
                *(
                    fields.get(field)
                    for field in ("last_name", "first_name", "email", "phone", "badge")
                )
            )
        for log_in in log_ins_of(self.instance):
            people.handle(log_in)
        return people


def _refuse(spec: Spec) -> None:
    if spec.transport.kind == "sql":
        raise UsageProblem(
            "RUN_USAGE",
            "a sql system cannot be recorded",
            "put a database.sql with invented people into the case",
        )
    hidden = next((one.name for one in spec.resources.values() if cannot_be_blanked(one)), None)
    if hidden is not None:
        raise UsageProblem(
            "RUN_USAGE",
            f"the list '{hidden}' comes in a form whose unread fields cannot be blanked",
            "write its exchanges.yaml, or its files, by hand, with invented people",
        )


def _replayed(case: Case) -> Came:
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    try:
        return Came.of(case.run())
    except (EdusyncError, AssertionError) as error:
        return Came(dict.fromkeys(KINDS_THAT_CAME, 0), stopped=str(error))
