"""Read the lists of a spec: rows flow from pages through the keys of the spec, in their order.

A list that is wanted once flows; one that is looked into, or wanted twice, is kept. Whether it is
whole is known at its end. Calls go out several at a time, rows come in the order of the ERP, so
results never depend on speed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.bearing import Bearing
from edusync.engine.read.fan_out import FanOut
from edusync.engine.read.fetch import fetched
from edusync.engine.read.files_seen import follower, note_gone
from edusync.engine.read.leads import Leads
from edusync.engine.read.misses import Misses
from edusync.engine.read.nested import nested
from edusync.engine.read.own_rows import own_rows
from edusync.engine.read.reading import Reading
from edusync.engine.read.stages import Stages
from edusync.engine.read.table import UNDECIDED, Dropped, Status, Table
from edusync.engine.verdicts import Undecided, holds
from edusync.errors import ConfigurationProblem, SourceError
from edusync.spec.compile.values import ValueCompiler
from edusync.spec.needs import consumers, mentioned, needs
from edusync.spec.tree.list import SHEETS
from edusync.spec.watch import WATCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from edusync.engine.outcome import Report
    from edusync.engine.read.files_seen import Files
    from edusync.engine.read.shared import Shared
    from edusync.engine.read.source import AnySource
    from edusync.model import Window
    from edusync.spec.tree import Expression, Resource, Spec

    Row = dict[str, Any]


class Lists(ValueCompiler, Misses):
    """The lists of one account's run."""

    def __init__(
        self,
        spec: Spec,
        source: AnySource,
        names: dict[str, Any],
        report: Report,
        functions: Mapping[str, Callable[..., Any]],
        shared: Shared | None = None,
        *,
        expected: Mapping[str, int] | None = None,
        window: Window | None = None,
        files: Mapping[str, Files] | None = None,
        sheets: list[Row] | None = None,
        singles: dict[str, Row] | None = None,
        rare: dict[str, set[str]] | None = None,
    ) -> None:
        super().__init__(self, spec.zone, functions, names.get(WATCH))
        self.spec, self.source, self.names, self.report = spec, source, names, report
        self.wanted = consumers(spec)
        self.read_tables = {SHEETS: Table(SHEETS, sheets or [], [], whole=True)}
        self.statuses: dict[str, Status] = {}
        Misses.__init__(self, report)
        self.shared = shared
        self.expected = expected or {}
        self.window, self.files = window, files or {}
        """The window, and the files that lists came in before; None where nothing is deleted."""
        self.singles = {} if singles is None else singles
        self.bearing = Bearing(spec, report, {} if rare is None else rare, self.table)

    def rows(self, name: str) -> Iterator[Row | Dropped]:
        """Yield the rows of a list, dropped ones with their reason.

        A list that is wanted once is not kept.
        """
        if (
            name in self.read_tables
            or self.wanted[name] > 1
            or (self.shared and name in self.shared.names)
        ):
            table = self.table(name)
            yield from self._of_table(table)
        else:
            yield from self._stream(self.spec.resources[name])

    def _of_table(self, table: Table) -> Iterator[Row | Dropped]:
        """Yield the rows of a list that is kept; the status says which file each came in."""
        status = self.statuses.get(table.name)
        if status is None or not status.origins:
            yield from table.rows
            yield from table.dropped
            return
        rows: list[Row | Dropped] = [*table.rows, *table.dropped]
        for row in rows:
            status.file = status.origins.get(id(row))
            yield row
        status.file = None

    def table(self, name: str) -> Table:
        """Return a list that is kept, reading it when it was not read yet."""
        table = self.read_tables.get(name)
        if table is None and self.shared is not None and name in self.shared.tables:
            table, self.statuses[name] = self.shared.tables[name]
            self.read_tables[name] = table
        if table is None:
            rows: list[Row] = []
            dropped: list[Dropped] = []
            outer, self.waiting = self.waiting, None  # what is read here is not of the row there
            for row in self._stream(self.spec.resources[name]):
                status = self.statuses[name]
                if status.file is not None:
                    status.origins[id(row)] = status.file
                if type(row) is Dropped:
                    dropped.append(row)
                else:
                    rows.append(row)  # type: ignore[arg-type]  # the only other type
            self.waiting = outer
            whole, gaps = self.is_whole(name), self._gaps(name)
            if whole or gaps:
                gaps = [*gaps, *(gone.row for gone in dropped if gone.undecided)]
            table = self.read_tables[name] = Table(name, rows, dropped, whole, gaps)
            if self.shared is not None and name in self.shared.names:
                self.shared.tables[name] = (table, self.statuses[name])
        return table

    def is_whole(self, name: str) -> bool:
        """Whether a list that was read, and every list that it came from, was read to its end."""
        if name == SHEETS:
            return True
        if self.shared is not None and name in self.shared.tables:
            table, _ = self.shared.tables[name]
            return table.whole  # read for another account, with all that it came from
        status = self.statuses.get(name)
        if status is None or not status.whole:
            return False
        if status.switched_off:
            return True
        return self._above_is_whole(name)

    def _above_is_whole(self, name: str) -> bool:
        """Whether every list that a list comes from was read to its end."""
        above = needs(self.spec.resources[name]).items()
        return all(self.is_whole(other) for other, how in above if how in {"from", "for_each"})

    def _is_off(self, name: str) -> bool:
        """Whether an option switched a list off, or one that it is asked for with."""
        if name == SHEETS:
            return False
        status = self.statuses.get(name)
        above = needs(self.spec.resources[name]).items()
        return (status is not None and status.switched_off) or any(
            self._is_off(other) for other, how in above if how in {"from", "for_each"}
        )

    def _gaps(self, name: str) -> list[Row]:
        """Return what the missing rows of a list would stand under.

        Nothing is returned when more is missing than calls that were skipped.
        """
        status = self.statuses[name]
        skipped = len(status.gaps) == len(status.problems)
        return status.gaps if skipped and self._above_is_whole(name) else []

    def single(self, name: str) -> Row:
        """Return the one row of a list that holds exactly one."""
        table = self.table(name)
        code = self.spec.resources[name].single or "CONF_YEAR_MISMATCH"
        if not table.whole or table.gaps:
            raise SourceError(
                "CONN_CALL_FAILED",
                f"the list '{name}' could not be read, and everything depends on it",
            )
        if len(table.rows) != 1:
            raise ConfigurationProblem(
                code,
                f"the list '{name}' has {len(table.rows)} rows that fit, and exactly one is needed",
            )
        return table.rows[0]

    def key_of(self, name: str) -> Callable[[Row, Mapping[str, Any]], Any]:
        """Return what makes the key of a list, whoever looks into it."""
        key = self.spec.resources[name].key
        assert key is not None  # noqa: S101 - validation reports lookups into lists without a key
        make, expressions = self.compile(key), list(mentioned(key))
        if not any(_singles(expressions)):
            return make
        return lambda row, _names: make(row, self.scope(expressions))

    # what holes and expressions are filled with

    def scope(self, expressions: Iterable[Expression]) -> dict[str, Any]:
        """Return the names that expressions may use, with the single rows that they mention.

        A single row is the row of a list that holds exactly one, read as `the.<list>`.
        """
        the = dict(self.names["the"])
        for name in _singles(expressions):
            if name not in self.singles and name not in the:
                self.singles[name] = self.single(name)
            the.setdefault(name, self.singles.get(name))
        return {**self.names, "the": the} if the else self.names

    def settle_filter(self, name: str, ids: list[str]) -> None:
        """Let a filter hold these ids from here on."""
        self.names = {**self.names, "filters": {**self.names["filters"], name: ids}}

    def _stream(self, resource: Resource) -> Iterator[Row | Dropped]:
        status = self.statuses[resource.name] = Status()
        reading = Reading(
            resource,
            status,
            self.spec,
            self.source,
            self.scope(mentioned(resource)),
            self.report,
            self.rows,
            Leads(resource, self.spec, self.bearing.rare, self.watch),
            follower(self, *resource.sources),
        )
        try:
            status.switched_off = not holds(resource.when, reading.names)
        except Undecided as undecided:
            detail = f"nobody can say whether it is wanted: {undecided}"
            reading.note_problem(UNDECIDED, detail)
            return
        if status.switched_off:
            return
        yield from Stages(self, reading).run(self.rows_sent(reading))
        reading.leads.settle(status, self.report)
        if status.patterns:
            note_gone(self, resource, status)
        before = self.expected.get(resource.name)
        is_empty = not status.sent and status.whole and _is_fetched(resource)
        if before and is_empty and not self._is_off(resource.name):
            reading.note_problem("RUN_SUSPICIOUS_EMPTY", f"it had {before} rows before")

    def rows_sent(self, reading: Reading) -> Iterator[Row | Dropped]:
        """Yield the rows of a list as they come, before any key of the spec acts on them."""
        resource = reading.resource
        if resource.rows is not None:
            return own_rows(reading)
        if not _is_fetched(resource):
            return nested(reading)
        each = resource.for_each
        rows = fetched(reading) if each is None else FanOut(reading, each).rows()
        if self.watch:
            rows = self.watch.rows(self.bearing.due, resource, rows)
        return self.bearing.watched(resource, rows)


def _is_fetched(resource: Resource) -> bool:
    """Whether a list is fetched from the ERP, and does not come from other lists."""
    return resource.call is not None or bool(resource.zipped)


def _singles(expressions: Iterable[Expression]) -> Iterator[str]:
    """Yield the lists whose single row expressions mention."""
    for expression in expressions:
        for name in expression.names:
            if name[0] == "the" and len(name) > 1:
                yield name[1]
