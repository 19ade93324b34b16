"""Read the lists of a spec.

Rows flow from pages through the keys of the spec, in the order in which they stand there.

A list that is wanted once flows; one that is looked into, or wanted twice, is kept. Whether it is
whole is known at its end. Calls go out several at a time, rows come in the order of the ERP, so
results never depend on speed.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from edusync.engine.outcome import Outcome, Report
from edusync.engine.read.bearing import borne
from edusync.engine.read.fetch import Fetch
from edusync.engine.read.source import Forbidden
from edusync.engine.read.stages import Stages
from edusync.engine.read.table import UNDECIDED, Dropped, Status, Table, ids_of
from edusync.engine.read.values import ValueCompiler
from edusync.engine.verdicts import Undecided, holds
from edusync.errors import CallFailed, ConfigurationProblem, SourceError
from edusync.model import UNKNOWN
from edusync.spec.due import names_due
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.needs import SHEETS, consumers, needs
from edusync.transport.paging import build_pager

# characters kept for host, path and other parameters when a URL may only be so long
_REST_OF_URL = 400

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.read.shared import Shared
    from edusync.engine.read.source import AnySource, Streaming
    from edusync.spec.due import Due, NamesDue
    from edusync.spec.expressions import Expression
    from edusync.spec.types import Resource, Spec

    Row = dict[str, Any]


class Lists(ValueCompiler):
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
        given: Mapping[str, list[Row]] | None = None,
        rare: dict[str, set[str]] | None = None,
    ) -> None:
        super().__init__(self, spec.zone, functions)
        self.spec, self.source, self.names, self.report = spec, source, names, report
        self.wanted = consumers(spec)
        self.given = {SHEETS: [], **(given or {})}
        """Lists that do not come from the ERP."""
        self.kept: dict[str, Table] = {
            name: Table(name, rows, [], whole=True) for name, rows in self.given.items()
        }
        self.statuses: dict[str, Status] = {}
        self.dangling: set[tuple[str, str]] = set()
        self.shared = shared
        self.expected = expected or {}
        self.rare = {} if rare is None else rare
        """The names that not every row had in earlier runs, by list; this run adds its own."""
        self.unmet: dict[str, set[str]] = {}
        """The names that no row of this run had, by list that was read."""

    def rows(self, name: str) -> Iterator[Row | Dropped]:
        """Yield the rows of a list, dropped ones with their reason.

        A list that is wanted once is not kept.
        """
        if (
            name in self.kept
            or self.wanted[name] > 1
            or (self.shared and name in self.shared.names)
        ):
            table = self.table(name)
            yield from table.rows
            yield from table.dropped
        else:
            yield from self._stream(self.spec.resources[name])

    def table(self, name: str) -> Table:
        """Return a list that is kept, reading it when it was not read yet."""
        table = self.kept.get(name)
        if table is None and self.shared is not None and name in self.shared.tables:
            table, self.statuses[name] = self.shared.tables[name]
            self.kept[name] = table
        if table is None:
            rows: list[Row] = []
            dropped: list[Dropped] = []
            for row in self._stream(self.spec.resources[name]):
                if type(row) is Dropped:
                    dropped.append(row)
                else:
                    rows.append(row)  # type: ignore[arg-type]  # the only other type
            whole, gaps = self.is_whole(name), self._gaps(name)
            if whole or gaps:
                gaps = [*gaps, *(gone.row for gone in dropped if gone.undecided)]
            table = self.kept[name] = Table(name, rows, dropped, whole, gaps)
            if self.shared is not None and name in self.shared.names:
                self.shared.tables[name] = (table, self.statuses[name])
        return table

    def is_whole(self, name: str) -> bool:
        """Whether a list that was read, and every list that it came from, was read to its end."""
        if name in self.given:
            return True
        if self.shared is not None and name in self.shared.tables:
            return self.shared.tables[name][
                0
            ].whole  # read for another account, with all that it came from
        status = self.statuses.get(name)
        if status is None or not status.whole:
            return False
        if status.switched_off:
            return True
        above = [
            other
            for other, how in needs(self.spec.resources[name]).items()
            if how in {"from", "for_each"}
        ]
        return all(self.is_whole(other) for other in above)

    def _gaps(self, name: str) -> list[Row]:
        """Return what the missing rows of a list would stand under.

        Only when calls that were skipped are all that is missing.
        """
        status = self.statuses[name]
        above = [
            other
            for other, how in needs(self.spec.resources[name]).items()
            if how in {"from", "for_each"}
        ]
        return (
            status.gaps
            if len(status.gaps) == len(status.problems)
            and all(self.is_whole(other) for other in above)
            else []
        )

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

    def missing(self, place: Location, name: str, key: str) -> None:
        """Note, once, that a list does not hold a key."""
        if (name, key) not in self.dangling:
            self.dangling.add((name, key))
            self.report.add(
                Outcome(
                    "DOWN_REFERENCE_MISSING",
                    source_id=key,
                    field=name,
                    place=place,
                    detail=f"the list '{name}' does not hold it",
                )
            )

    def blurred(self, place: Location, name: str, reason: str) -> None:
        """Note, once, that a row of a list cannot be found."""
        detail = f"what a row of the list '{name}' is found by: {reason}"
        self.report.once(Outcome("DOWN_VALUE_UNREADABLE", field=name, place=place, detail=detail))

    def key_of(self, name: str) -> Callable[[Row, Mapping[str, Any]], Any]:
        """Return what makes the key of a list."""
        key = self.spec.resources[name].key
        assert key is not None  # noqa: S101 - validation reports a look-up into a list without a key
        return self.compile(key)

    def prepare(self, expressions: Iterable[Any]) -> None:
        """Read the single rows that expressions mention as `the.<list>`."""
        for expression in expressions:
            for name in expression.names:
                if name[0] == "the" and len(name) > 1 and name[1] not in self.names["the"]:
                    self.names["the"][name[1]] = self.single(name[1])

    def _stream(self, resource: Resource) -> Iterator[Row | Dropped]:
        status = self.statuses[resource.name] = Status()
        for name, how in needs(resource).items():
            if how == "the" and name not in self.names["the"]:
                self.names["the"][name] = self.single(name)
        try:
            status.switched_off = not holds(resource.when, self.names)
        except Undecided as undecided:
            self._unknown(resource, f"nobody can say whether it is wanted: {undecided}")
            return
        if status.switched_off:
            return
        if resource.call is None and not resource.zipped:
            raw = self._from(resource)
        elif resource.for_each is None:
            raw = self._called(resource, status)
        else:
            raw = self._fanned(resource, status)
        yield from Stages(self, resource, status).run(self._borne(resource, raw))
        if (
            not status.sent
            and status.whole
            and (resource.call is not None or resource.zipped)
            and self.expected.get(resource.name)
        ):
            status.problems.append("RUN_SUSPICIOUS_EMPTY")
            self.report.add(
                Outcome(
                    "RUN_SUSPICIOUS_EMPTY",
                    field=resource.name,
                    place=resource.place,
                    detail=f"it had {self.expected[resource.name]} rows before",
                )
            )

    # where rows come from

    def _borne(self, resource: Resource, raw: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        """Yield rows in which what nothing bears is unknown; the line that reads it is reported."""
        name = resource.name
        tree = self.due.trees.get(name)
        if tree is None:
            return raw
        learned = self.rare.setdefault(name, set())

        def judge(missing: list[Due], *, some: bool) -> set[str]:
            self.unmet[name] = {due.path for due in missing}
            if not some:
                return set()
            excused = {due.path for due in missing if self._stands_elsewhere(name, due.path)}
            learned.update(excused)
            for due in missing:
                if due.path not in excused:
                    self._tell(resource, due)
            return excused

        rows: Iterator[Row] = raw  # type: ignore[assignment]  # what the ERP sends is not dropped yet
        return borne(rows, tree, self._rare(name), learned, judge)

    def _rare(self, name: str) -> set[str]:
        return {*self.rare.get(name, ()), *self.spec.rare.get(name, ())}

    def _stands_elsewhere(self, name: str, path: str) -> bool:
        """Whether rows that end in the same list bear a name in the stead of these."""
        for other, there in self.due.elsewhere(name, path):
            if other not in self.unmet:
                self.table(other)
            if there not in self.unmet.get(other, {there}) and there not in self._rare(other):
                return True
        return False

    def _tell(self, resource: Resource, missing: Due) -> None:
        self.report.add(
            Outcome(
                "SPEC_PATH_NEVER_SEEN",
                field=missing.path,
                place=missing.location or resource.place,
                detail=f"no row of '{resource.name}' has it",
            )
        )

    @cached_property
    def due(self) -> NamesDue:
        """The names that the spec reads of the rows of each list."""
        return names_due(self.spec)

    def _from(self, resource: Resource) -> Iterator[Row | Dropped]:
        inside = resource.items.source != "@" or resource.written_out
        changes = bool(resource.columns or resource.formats or resource.add)
        for source in resource.sources:
            for row in self.rows(source):
                if type(row) is Dropped:
                    if inside:
                        yield from (
                            Dropped(inner, row.code, row.place, row.detail)
                            for inner in self._inside(resource, source, row.row)
                        )
                    else:
                        yield (
                            Dropped(dict(row.row), row.code, row.place, row.detail)
                            if changes
                            else row
                        )
                elif inside:
                    yield from self._inside(resource, source, row)  # type: ignore[arg-type]  # the only other type
                else:
                    yield dict(row) if changes else row  # type: ignore[arg-type]  # the only other type

    def _inside(self, resource: Resource, source: str, outer: Row) -> Iterator[Row]:
        if resource.written_out:
            found: list[Any] = [
                {name: path.read(outer) for name, path in row.items()}
                for row in resource.written_out
            ]
            found = [
                row for row in found if any(value not in (None, "", []) for value in row.values())
            ]
        else:
            inner = resource.items.read(outer)
            if inner is UNKNOWN:
                self._unknown(resource, f"nobody knows '{resource.items.source}' of '{source}'")
            found = inner if isinstance(inner, list) else [] if _is_nothing(inner) else [inner]
        above = self._above(source, outer)
        for row in found:
            yield _with_ancestors(
                dict(row) if isinstance(row, dict) else {"value": row}, above, resource
            )

    def _above(self, source: str, outer: Row) -> Row:
        names = _ancestor_names(self.spec, source)
        return {
            "parent": outer,
            source: outer,
            **{name: outer[name] for name in names if name in outer},
        }

    def _called(self, resource: Resource, status: Status) -> Iterator[Row]:
        try:
            if resource.call is not None and resource.call.statement:
                source: Streaming = self.source  # type: ignore[assignment]  # statements have sources that stream
                for some in source.rows(resource.call, self.names):
                    yield from some
                return
            for page in build_pager(resource.paging).pages(
                Fetch(self.source, resource, self.names, self.spec.zone, in_background=True)
            ):
                yield from page.rows
        except CallFailed as failed:
            self._failed(resource, status, failed)

    def _fanned(self, resource: Resource, status: Status) -> Iterator[Row]:
        """Ask once for each parent.

        With `again`, go on with what stands in the rows until nothing new comes.
        """
        each = resource.for_each
        if each is None or each.again is None:
            yield from self._asked(resource, status, self._parents(resource))
            return
        asked: set[str] = set()
        following = list(self._values(resource))
        for _ in range(each.depth):
            following = [value for value in dict.fromkeys(following) if value not in asked]
            asked.update(following)
            batches = (
                (({**self.names, "batch": batch}), dict[str, Any]())
                for batch in self._batches(following, each.batch or 1)
            )
            following = []
            for row in self._asked(resource, status, batches):
                following += self._ids(resource, each.again.read(row))
                yield row
            if not any(value not in asked for value in following):
                return
        status.problems.append("CONN_TOO_DEEP")
        self.report.add(
            Outcome(
                "CONN_TOO_DEEP",
                field=resource.name,
                place=resource.place,
                detail=f"after {each.depth} levels there is still more",
            )
        )

    def _asked(
        self, resource: Resource, status: Status, parents: Iterator[tuple[dict[str, Any], Row]]
    ) -> Iterator[Row]:
        waiting: deque[tuple[Row, Any]] = deque()
        ahead = self.source.at_once * 2
        stopped = False
        while not stopped:
            while len(waiting) < ahead and (following := next(parents, None)) is not None:
                names, above = following
                waiting.append(
                    (above, self.source.start(lambda names=names: self._all_pages(resource, names)))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
                )
            if not waiting:
                return
            above, future = waiting.popleft()
            try:
                rows = future.result()
            except CallFailed as failed:
                stopped = not self._failed(resource, status, failed)
                if not stopped:
                    status.gaps.append(above)
                continue
            for row in rows:
                yield _with_ancestors(row, above, resource)
        for _, future in waiting:
            future.cancel()

    def _all_pages(self, resource: Resource, names: Mapping[str, Any]) -> list[Row]:
        if resource.zipped:
            return self._zipped(resource, names)
        pages = build_pager(resource.paging).pages(
            Fetch(self.source, resource, names, self.spec.zone, in_background=False)
        )
        return [row for page in pages for row in page.rows]

    def _zipped(self, resource: Resource, names: Mapping[str, Any]) -> list[Row]:
        """Put parallel arrays together, place by place; each has to be as long as the batch."""
        rows: list[Row] = [{"parent": value} for value in names["batch"]]
        for column, call in resource.zipped:
            answer = self.source.call(call, names)
            found = (
                answer.body
                if isinstance(answer.body, list)
                else []
                if answer.body is None
                else [answer.body]
            )
            if len(found) != len(rows):
                raise CallFailed(
                    "CONN_UNEXPECTED_SHAPE",
                    f"{answer.label} answered with {len(found)} values for {len(rows)} keys",
                )
            for row, value in zip(rows, found, strict=True):
                row[column] = value
        return rows

    def _parents(self, resource: Resource) -> Iterator[tuple[dict[str, Any], Row]]:
        """Yield, for each call, the names of its holes and what its rows stand under."""
        each = resource.for_each
        assert each is not None  # noqa: S101 - only called for a fan-out
        if each.lists:
            tables = [list(self._sure(resource, name)) for name in each.lists[1:]]
            first = self._sure(resource, each.lists[0])
            for rows in product(first, *tables) if tables else ((row,) for row in first):
                above: Row = {}
                for name, row in zip(each.lists, rows, strict=True):
                    above = {**self._above(name, row), **above}
                yield {**self.names, **above}, above
            return
        values = self._values(resource)
        if each.batch is None:
            for value in values:
                yield {**self.names, "parent": value}, {"parent": value}
            return
        for batch in self._batches(values, each.batch):
            yield {**self.names, "batch": batch}, {}

    def _batches(self, values: Iterable[str], size: int) -> Iterator[list[str]]:
        """Yield values in batches, no larger than the spec says and no longer than a URL may be."""
        longest = self.spec.transport.limits.url_length
        room = None if longest is None else max(longest - _REST_OF_URL, 1)
        batch: list[str] = []
        length = 0
        for value in values:
            wide = len(quote(str(value))) + len("%7C")
            if batch and (len(batch) == size or (room is not None and length + wide > room)):
                yield batch
                batch, length = [], 0
            batch.append(value)
            length += wide
        if batch:
            yield batch

    def _values(self, resource: Resource) -> Iterator[str]:
        each = resource.for_each
        assert each is not None  # noqa: S101 - only called for a fan-out
        seen: set[str] = set()
        if each.items is not None:
            for value in self._listed(resource, each.items):
                text = value.isoformat() if hasattr(value, "isoformat") else str(value)
                if text not in seen:
                    seen.add(text)
                    yield value if hasattr(value, "isoformat") else text
        for name, path in each.values:
            for row in self._sure(resource, name):
                for text in self._ids(resource, path.read(row)):
                    if text not in seen:
                        seen.add(text)
                        yield text

    def _sure(self, resource: Resource, name: str) -> Iterator[Row]:
        """Yield the rows that a list is asked for with; an undecided one makes it incomplete."""
        problems = self.statuses[resource.name].problems
        for row in self.rows(name):
            if type(row) is not Dropped:
                yield row  # type: ignore[misc]  # the only other type
            elif row.undecided and UNDECIDED not in problems:
                problems.append(UNDECIDED)

    def _listed(self, resource: Resource, items: Expression) -> list[Any]:
        """Return what an expression asks a list for; the list is unknown when that is no list."""
        try:
            found = items.run(None, self.names)
        except Unreadable as error:
            self._unknown(resource, f"what it is asked for with: {error}")
            return []
        if found is UNKNOWN or not isinstance(found, list | tuple | None):
            words = "could not be read" if found is UNKNOWN else "is no list"
            self._unknown(resource, f"what it is asked for with {words}")
            return []
        if UNKNOWN in (found or ()):
            self._unknown(resource, "what it is asked for with could not be read wholly")
        return [value for value in found or () if value is not UNKNOWN]

    def _ids(self, resource: Resource, found: object) -> list[str]:
        """Return what a list is asked for with; one that is unknown makes it incomplete."""
        if is_unknown(found):
            self._unknown(resource, "what it is asked for with could not be read")
        return ids_of(found)

    def _unknown(self, resource: Resource, detail: str) -> None:
        """Note, once, that nobody can say what a list holds."""
        problems = self.statuses[resource.name].problems
        problems += [UNDECIDED] if UNDECIDED not in problems else []
        self.report.once(
            Outcome(UNDECIDED, field=resource.name, place=resource.place, detail=detail)
        )

    def _failed(self, resource: Resource, status: Status, failed: CallFailed) -> bool:
        """Note a failed call; true when the others may go on."""
        if isinstance(failed, Forbidden) and not resource.optional:
            raise SourceError(
                failed.code,
                f"the list '{resource.name}' is needed and forbidden: {failed.message}",
                failed.hint,
            )
        forbidden = isinstance(failed, Forbidden)
        status.problems.append(failed.code)
        code = "CONN_OPTIONAL_FORBIDDEN" if forbidden else failed.code
        self.report.add(
            Outcome(code, field=resource.name, place=resource.place, detail=failed.message)
        )
        return resource.failing_call == "skip" and not forbidden


def _is_nothing(value: object) -> bool:
    return value is None or value is UNKNOWN


def _with_ancestors(row: Row, above: Row, resource: Resource) -> Row:
    for name in above:
        if name in row:
            raise ConfigurationProblem(
                "SPEC_NAME_CLASH",
                f"a row of '{resource.name}' owns the name '{name}'",
                "rename the column with `columns`",
            )
    row.update(above)
    return row


def _ancestor_names(spec: Spec, name: str) -> frozenset[str]:
    if name not in spec.resources:
        return frozenset()
    resource = spec.resources[name]
    above = frozenset(resource.sources) | frozenset(
        resource.for_each.lists if resource.for_each else ()
    )
    return above.union(*(_ancestor_names(spec, other) for other in above)) if above else above
