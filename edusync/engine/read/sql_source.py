"""The ERP as a database.

Fill the values of a statement, leave out the pieces that do not count, stream the rows.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.spec.tree import SqlTransport, Statement
from edusync.transport.database import Database
from edusync.transport.message import PARAMETER, Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from edusync.spec.tree import Call, Spec
    from edusync.transport.trace import Trace


class SqlSource:
    """One database of one school."""

    def __init__(
        self,
        spec: Spec,
        names: Mapping[str, Any],
        noted: Callable[[], None] = lambda: None,
        trace: Trace | None = None,
    ) -> None:
        self.trace = trace
        self.noted = noted
        """Called before each statement."""
        transport, limits = spec.transport, spec.transport.limits
        assert isinstance(transport, SqlTransport)  # noqa: S101 - any other is another source
        self.database = Database(
            calls.setting(transport.url, names, "url") or "",
            connect=limits.connect,
            read=limits.read,
            at_once=limits.at_once + 1,
            charset=calls.setting(transport.charset, names, "charset"),
            trim=transport.trim,
        )
        self.at_once, self.is_live = limits.at_once, True
        self.pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="edusync-erp")

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call and return all its rows."""
        del url
        rows = [row for some in self.rows(call, names) for row in some]
        return Answer(200, {}, b"", rows, "rows", _label(call))

    def rows(self, call: Call, names: Mapping[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a call, some at a time."""
        statement, bound = written(call, names, empty=False)
        self.noted()
        label = _label(call)
        pages = self.database.rows(statement, bound, label)
        yield from self.trace.rows(statement, bound, label, pages) if self.trace else pages

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Run one statement that changes the database, in a transaction of its own."""
        return self.write_all([(call, [names])])

    def write_all(self, work: list[tuple[Call, list[Mapping[str, Any]]]]) -> Answer:
        """Run statements, each for several sets of values, in one transaction.

        All of it stands, or nothing.
        """
        batches: list[tuple[str, list[dict[str, Any]]]] = []
        for call, sets in work:
            for names in sets:
                statement, bound = written(call, names, empty=True)
                if not batches or batches[-1][0] != statement:
                    batches.append((statement, []))
                    self.noted()
                batches[-1][1].append(bound)
        label = _label(work[0][0])
        if self.trace is None:
            self.database.write(batches, label)
        else:
            with self.trace.statements(batches, label):
                self.database.write(batches, label)
        return Answer(200, {}, b"", None, "rows", _label(work[0][0]))

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        """Do something in the background."""
        return self.pool.submit(work)

    def close(self) -> None:
        """Let go of everything."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.database.close()


def written(call: Call, names: Mapping[str, Any], *, empty: bool) -> tuple[str, dict[str, Any]]:
    """Return the statement with the pieces that count, and the values that it uses.

    `empty` says whether a value may be empty.
    """
    assert isinstance(call, Statement)  # noqa: S101 - validation lets no other call reach it
    statement = "\n".join(piece.text for piece in call.pieces if calls.counts(piece.when, names))
    used = set(PARAMETER.findall(statement))
    return statement, calls.bound(call.values, used, names, empty=empty)


def _label(call: Call) -> str:
    assert isinstance(call, Statement)  # noqa: S101 - validation lets no other call reach it
    return "SQL " + " ".join(call.pieces[0].text.split())[:60]
