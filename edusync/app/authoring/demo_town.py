"""A project to look at in a browser: three schools with sandboxes, and the events of some days."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from edusync.app.authoring.demo import play_day, prepare_folder, write_connector
from edusync.app.files.specs import load_named
from edusync.model import PARIS
from edusync.sandbox.serve import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from edusync.registry import Registry

SCHOOLS = ("lycee-hugo", "cfa-zola", "campus-sand")
_PROJECT = "edusync: 1\nweb: {listen: 127.0.0.1:8550}\n"
_MIDDAY, _EVENING = time(13, 25), time(20, 55)


def last_day(now: datetime) -> date:
    """Return the last day that can be played: today, once its midday run has passed."""
    local = now.astimezone(PARIS)
    return local.date() - timedelta(days=local.time() < _MIDDAY)


@dataclass(frozen=True, slots=True)
class School:
    """One school: what its ERP and its Edusign are played by."""

    name: str
    simulation: Any
    courses: Any
    secret: Path
    narrow: Callable[[], None]
    """Write the filters of the ERP's simulator into a connector file that had none."""


class Town:
    """Servers on loopback for the time of a `with`; the folder stays."""

    def __init__(self, registry: Registry, folder: Path, today: date) -> None:
        self.registry, self.folder, self.today = registry, folder, today
        self.schools: list[School] = []
        self.stack = ExitStack()
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        """The clock of Edusign's sandboxes."""

    def time(self) -> datetime:
        """Return what time it is for the sandboxes."""
        return self.now()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    def build(self) -> None:
        """Start the servers and write the project, in the place of one of an earlier demo."""
        from edusync.sandbox.edusign.app import API_KEY

        prepare_folder(self.folder)
        connectors = self.folder / "connectors"
        connectors.mkdir(exist_ok=True)
        for file in (*connectors.glob("*.yaml"), *connectors.glob("*.secret")):
            file.unlink()
        (self.folder / "edusync.yaml").write_text(_PROJECT, encoding="utf-8")
        (connectors / "edusign.key").write_text(f"{API_KEY}\n", encoding="utf-8")
        for name, erp in zip(SCHOOLS, sorted(self.registry.simulators)[-3:], strict=False):
            self.schools.append(self._open(name, erp))

    def _open(self, name: str, erp: str) -> School:
        from edusync.sandbox.edusign import create_app
        from edusync.sandbox.edusign.book import Book, Habits

        simulation = self.registry.simulators[erp].thing.start(self.today - timedelta(days=2))
        number = len(self.schools) + 1
        book = Book(
            clock=self.time,
            counter=1000 * number,
            habits=Habits(school=f"school-{number}"),
        )
        edusign = create_app(book)
        url = self.stack.enter_context(serving(edusign))
        answers = simulation.answers(self.stack.enter_context(serving(simulation.door())))
        file = self.folder / "connectors" / f"{name}.yaml"
        spec, _ = load_named(erp, self.registry, self.folder)

        def write(filters: Mapping[str, Any]) -> None:
            if spec is not None:
                write_connector(file, name, spec, {**answers, "filters": filters}, url)

        write({} if name == SCHOOLS[-1] else answers["filters"])
        secret = next(iter(file.parent.glob(f"{name}.*.secret")), file.with_suffix(".secret"))
        courses = edusign.extensions["edusync"]["courses"]
        return School(name, simulation, courses, secret, lambda: write(answers["filters"]))

    def days(self) -> Iterator[datetime]:
        """Yield the moments at which the runner is to do what is due; things happen in between.

        Two days and a morning: the sheets come down, classes are held and archived, the ERP
        changes, and on the last morning the last school has a narrower filter, and the first one's
        password is another one.
        """
        for ago in (2, 1, 0):
            day = self.today - timedelta(days=ago)
            yield datetime.combine(day, _MIDDAY, PARIS)
            if ago == 0:
                return
            if ago == 1:
                for school in self.schools:
                    for _, happen in school.simulation.story():
                        happen()
                    play_day(school.courses, day)
            yield datetime.combine(day, _EVENING, PARIS)
            if ago == 1:
                self.schools[-1].narrow()
                self.schools[0].secret.write_text("changed-meanwhile\n", encoding="utf-8")
