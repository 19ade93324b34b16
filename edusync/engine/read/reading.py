"""One list while it is read: its source, what fills its holes, what is noted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED, Dropped, Status
from edusync.errors import SourceError
from edusync.transport.judging import Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from edusync.engine.outcome import Report
    from edusync.engine.read.leads import Leads
    from edusync.engine.read.source import AnySource
    from edusync.errors import CallFailed
    from edusync.spec.tree import Resource, Spec

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """One list while it is read. `rows_of` yields the rows of another list."""

    resource: Resource
    status: Status
    spec: Spec
    source: AnySource
    names: Mapping[str, Any]
    report: Report
    rows_of: Callable[[str], Iterator[Row | Dropped]]
    leads: Leads
    follow: Callable[[Iterable[Any]], None] | None = None
    """Notes the days of a row of the files that it comes from through other lists, if any."""

    def sure_rows(self, name: str) -> Iterator[Row]:
        """Yield the rows that the list is fetched with.

        It is not whole when nobody can say whether one of them counts.
        """
        problems = self.status.problems
        for row in self.rows_of(name):
            if type(row) is not Dropped:
                yield row  # type: ignore[misc]  # the only other type
            elif row.undecided and UNDECIDED not in problems:
                problems.append(UNDECIDED)

    def note(self, code: str, detail: str) -> None:
        """Note an event about the list."""
        resource = self.resource
        self.report.add(Outcome(code, field=resource.name, place=resource.place, detail=detail))

    def note_problem(self, code: str, detail: str) -> None:
        """Note why the list is not whole."""
        self.status.problems.append(code)
        self.note(code, detail)

    def failed(self, failed: CallFailed) -> bool:
        """Note a failed call; true when the others may go on.

        Raises SourceError when the list is forbidden and needed.
        """
        resource, forbidden = self.resource, isinstance(failed, Forbidden)
        if forbidden and not resource.optional:
            raise SourceError(
                failed.code,
                f"the list '{resource.name}' is needed and forbidden: {failed.message}",
                failed.hint,
            )
        self.status.problems.append(failed.code)
        self.note("CONN_OPTIONAL_FORBIDDEN" if forbidden else failed.code, failed.message)
        return resource.failing_call == "skip" and not forbidden
