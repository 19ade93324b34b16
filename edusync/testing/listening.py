"""Listen to a real system while its lists are read, and write what was heard as a case."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.trying import try_spec
from edusync.engine.read.source import Tools
from edusync.spec.reading import Reading
from edusync.spec.tree import FilesTransport, SqlTransport
from edusync.testing.answers import Answers
from edusync.testing.case_file import (
    case_file,
    hosts_of,
    keep_folder,
    log_ins_of,
    secrets_of,
)
from edusync.testing.cutting import CuttingSource, coming_of, cut_tables
from edusync.testing.database_tape import HeardDatabase, HeldDatabase
from edusync.testing.outcomes import came_of
from edusync.testing.pseudonyms import Pseudonyms
from edusync.testing.recorded_files import Group, cut_for_all, write_exchanges, write_files
from edusync.testing.recorded_up import UpwardSource, WritesNowhere
from edusync.testing.replay import Replay
from edusync.testing.sessions import any_session, one_session, signed_with
from edusync.testing.tape import HeardFolder, HeldFolder, Tape
from edusync.testing.whole_lists import cut_whole_lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.read.source import AnySource
    from edusync.registry import Registry
    from edusync.spec.tree import Spec
    from edusync.testing.outcomes import Came
    from edusync.testing.recorded_up import WayUp
    from edusync.testing.tape import Heard

_TOKEN = 8
_OF_PEOPLE = ("last_name", "first_name", "email", "phone", "badge")


class Listened:
    """What was heard while the lists of the first account were read.

    With `up` the way up is listened to as well, once `replayed` has brought sheets down.
    """

    def __init__(
        self,
        instance: Instance,
        registry: Registry,
        moment: Moment,
        limit: int,
        up: WayUp | None = None,
    ) -> None:
        self.instance, self.registry, self.moment, self.limit = instance, registry, moment, limit
        self.up, self.signed = up, signed_with(instance.spec)
        self.reading = Reading(instance.spec)
        self.tape = Tape()
        self.sources: list[CuttingSource] = []
        self.folders: list[HeardFolder] = []
        self.databases: list[HeardDatabase] = []
        adapted = replace(moment, tools=replace(moment.tools, adapter=self.tape))
        self.tried = try_spec(instance, registry, adapted, direction="down", opened=self._open)
        if self.folders:
            alone = [group.heard[0] for group in self._groups() if len(group.heard) == 1]
            coming = coming_of(self.tried, self.instance.spec)
            self.sessions = cut_tables(alone, instance.spec, limit, coming)
        else:
            over_http = [source.session_keys for source in self.sources]
            of_tables = [database.session_keys for database in self.databases]
            self.sessions = set[str]().union(*over_http, *of_tables)

    def _open(
        self, spec: Spec, names: Mapping[str, Any], tools: Tools, functions: Mapping[str, Any]
    ) -> AnySource:
        match spec.transport:
            case FilesTransport():
                self.folders.append(HeardFolder(spec, names))
                self.folders[-1].trace = tools.trace
                return self.folders[-1]
            case SqlTransport():
                database = HeardDatabase(spec, names, trace=tools.trace)
                database.cut(self.limit)
                self.databases.append(database)
                return database
        source = CuttingSource(spec, names, tools, functions)
        source.cut(self.tape, self.limit)
        self.sources.append(source)
        return source

    def _open_up(
        self,
        spec: Spec,
        names: Mapping[str, Any],
        tools: Tools,
        functions: Mapping[str, Any],
        own: FilesTransport | None = None,
    ) -> AnySource:
        """Open the ERP for the way up: nothing is cut, and nothing written unless it may be."""
        if own is not None:
            return WritesNowhere(spec, own)
        match spec.transport:
            case FilesTransport():
                self.folders.append(HeardFolder(spec, names))
                return self.folders[-1]
            case SqlTransport():
                self.databases.append(HeardDatabase(spec, names, trace=tools.trace))
                return self.databases[-1]
        source = UpwardSource(spec, names, tools, functions)
        source.listen(self.tape, sends=self.up is not None and self.up.sends)
        self.sources.append(source)
        return source

    @property
    def heard(self) -> list[Heard]:
        """Everything that was heard, in order."""
        of_files = [heard for folder in self.folders for heard in folder.heard]
        of_tables = [heard for database in self.databases for heard in database.heard]
        return [*self.tape.heard, *of_files, *of_tables]

    @property
    def sessions_of_sign_in(self) -> list[str]:
        """What the sign-ins gave that differs from one to the next; empty for one sign-in alone."""
        several = (
            values
            for source in self.sources
            for values in source.tokens.values()
            if len({*values}) > 1
        )
        return list(dict.fromkeys(chain.from_iterable(several)))

    def _request(self, heard: Heard, tokens: Sequence[str]) -> dict[str, Any]:
        """Return a request as a case has it: any sign-in will do, and any signature."""
        return any_session(one_session(heard.request, tokens), tokens, self.signed)

    def _groups(self) -> list[Group]:
        """Return what was heard by request; what several lists read is read for all of them."""
        groups: dict[str, Group] = {}
        tokens = self.sessions_of_sign_in
        for heard in self.heard:
            key = json.dumps(self._request(heard, tokens), sort_keys=True, ensure_ascii=False)
            group = groups.setdefault(key, Group([], []))
            group.heard.append(heard)
            body = self.reading.bodies.get(heard.asked.place) if heard.asked.place else None
            if body is not None and body not in group.bodies:
                group.bodies.append(body)
        for group in groups.values():
            cut_for_all(group)
        return list(groups.values())

    def replayed(self) -> Came:
        """Return what the real answers give, cut as they were while they were read."""
        recorded = [heard for group in self._groups() for heard in group.heard]
        tokens = self.sessions_of_sign_in
        replay = Replay([self._as_heard(heard, tokens) for heard in recorded])

        def opened(
            spec: Spec,
            names: Mapping[str, Any],
            tools: Tools,
            functions: Mapping[str, Any],
            own: FilesTransport | None = None,
        ) -> AnySource | None:
            del names, tools, functions, own
            match spec.transport:
                case SqlTransport():
                    return HeldDatabase(spec, replay)
                case FilesTransport():
                    return HeldFolder(spec, recorded)
            return None

        down = Tools(
            lambda: 0.0, lambda _seconds: None, replay, nonce=lambda: "0" * 32, opened=opened
        )
        live = replace(self.moment.tools, adapter=self.tape, opened=self._open_up)
        return came_of(
            self.instance, self.registry, replace(self.moment, tools=down), self.up, live
        )

    def _as_heard(self, heard: Heard, tokens: Sequence[str]) -> dict[str, Any]:
        """Return an exchange as it was heard."""
        request = self._request(heard, tokens)
        if "sql" in request:
            return {"request": request, "answer": {"rows": json.loads(heard.raw)}}
        headers = {key.title(): one_session(value, tokens) for key, value in heard.headers.items()}
        raw = one_session(heard.raw, tokens)
        return {
            "request": request,
            "answer": {"status": heard.status, "headers": headers, "raw": raw},
        }

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
            tokens = self.sessions_of_sign_in
            for group in groups if tokens else ():
                group.heard = self._once(group.heard)
            count = write_exchanges(case, groups, answers, tokens, self.signed)
        if self.up is not None:
            keep_folder(case, self.instance.spec, self.tried.names)
        text = case_file(self.instance, self.moment, answers, case.name, real.counts, self.up)
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
            people.person(*map(fields.get, _OF_PEOPLE))
        for log_in in log_ins_of(self.instance):
            people.handle(log_in)
        return people
