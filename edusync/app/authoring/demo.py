"""Set a demo up: an Edusign sandbox, an ERP simulator, a connector file and a store in a folder."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from edusync.app.files.connector_file import load_instance
from edusync.app.files.specs import load_named
from edusync.errors import UsageProblem
from edusync.sandbox.serve import serving
from edusync.state.open import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from types import TracebackType
    from typing import Any

    from edusync.app.files.connector_file import Instance
    from edusync.registry import Registry
    from edusync.sandbox.edusign.courses import Courses
    from edusync.spec import Spec
    from edusync.state.store import Store

_SAID = {
    "late": "{} minutes late",
    "left": "left {} minutes early",
    "excluded": "excluded after {} minutes",
    "justified": "justified ({})",
}
_HEADING = (
    "# One school's connector, as `edusync demo` writes it. Secrets stand in files beside it.\n"
)
_MARKER = ".edusync-demo"


@dataclass(slots=True)
class Stage:
    """Everything that a demo needs, running."""

    instance: Instance
    store: Store
    edusign: str
    erp: str
    connector_file: Path
    state: Path
    story: Sequence[tuple[str, Callable[[], None]]]
    attendance: Callable[[], Sequence[Mapping[str, Any]]]
    """What the ERP holds of attendance."""
    courses: Courses
    """The sheets of the Edusign sandbox, to play classes with."""

    def play_day(self, day: date) -> list[str]:
        """Play every class of a day, so that every state occurs, and archive the sheets.

        Return what happened, in words.
        """
        return play_day(self.courses, day)


class Demo:
    """Servers on loopback for the time of a `with`; the folder stays."""

    def __init__(self, registry: Registry, erp: str, folder: Path, day: date) -> None:
        if erp not in registry.simulators:
            from edusync.diagnostics import did_you_mean

            raise UsageProblem(
                "RUN_USAGE",
                f"there is no simulator of '{erp}'",
                did_you_mean(erp, sorted(registry.simulators)),
            )
        self.registry, self.erp, self.folder, self.day = registry, erp, folder, day
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    def set_up(self) -> Stage:
        """Start the servers and write the files.

        What an earlier demo left in the folder is replaced, nothing else.
        """
        from edusync.sandbox.edusign import create_app
        from edusync.sandbox.edusign.app import API_KEY

        prepare_folder(self.folder)
        simulation = self.registry.simulators[self.erp].thing.start(self.day)
        application = create_app()
        edusign = self.stack.enter_context(serving(application))
        erp = self.stack.enter_context(serving(simulation.door()))
        (self.folder / "edusign.key").write_text(API_KEY + "\n", encoding="utf-8")
        connector_file = self.folder / f"{self.erp}.yaml"
        spec, _ = load_named(self.erp, self.registry, self.folder)
        if spec is not None:
            answers = simulation.answers(erp)
            write_connector(connector_file, "demo", spec, answers, edusign, _HEADING)
        state = self.folder / "state.db"
        store = open_store(str(state))
        self.stack.callback(store.close)
        return Stage(
            load_instance(connector_file, self.registry),
            store,
            edusign,
            erp,
            connector_file,
            state,
            simulation.story(),
            simulation.attendance,
            application.extensions["edusync"]["courses"],
        )


def play_day(courses: Courses, day: date) -> list[str]:
    """Play every class of a day on its sheet, and archive it; return what happened, in words."""
    from edusync.model.window import day_of
    from edusync.sandbox.edusign.book import parse
    from edusync.sandbox.edusign.play import EVERYTHING, play

    played, turn = [], 0
    for row in sorted(courses.book.all("courses"), key=lambda row: (row["START"], row["ID"])):
        if row["LOCKED"] or day_of(parse(row["START"])) != day or not row["API_ID"]:
            continue
        by_student = {}
        for item in row["STUDENTS"]:
            by_student[item["studentId"]] = EVERYTHING[turn % len(EVERYTHING)]
            turn += 1
        play(courses, row["ID"], by_student)
        words = ", ".join(
            what if isinstance(what, str) else _words(what) for what in by_student.values()
        )
        played.append(f"{row['NAME']}: {words or 'nobody'}")
    return played


def write_connector(
    file: Path,
    name: str,
    spec: Spec,
    answers: Mapping[str, Mapping[str, Any]],
    edusign: str,
    heading: str = "",
) -> None:
    """Write a connector file of a simulator, with its secrets in files beside it."""
    from io import StringIO

    from ruamel.yaml import YAML

    connection = dict(answers["connection"])
    for key, question in spec.connection.items():
        if key in connection and question.type == "secret":
            secret = file.with_name(f"{key}.secret" if heading else f"{name}.{key}.secret")
            secret.write_text(f"{connection[key]}\n", encoding="utf-8")
            connection[key] = f"${{file:{secret.name}}}"
    data = {
        "edusync": 1,
        "connector": name,
        "spec": spec.connector,
        "connection": connection,
        "options": dict(answers["options"]),
        **({"reasons": dict(answers["reasons"])} if "reasons" in answers else {}),
        "accounts": [
            {
                "name": "main",
                "edusign": {"base_url": edusign, "api_key": "${file:edusign.key}"},
                "filters": dict(answers["filters"]),
            }
        ],
    }
    out = StringIO()
    YAML().dump(data, out)
    file.write_text(heading + out.getvalue(), encoding="utf-8")


def prepare_folder(folder: Path) -> None:
    """Make a folder for a demo; UsageProblem when it holds files of somebody else."""
    marker = folder / _MARKER
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise UsageProblem(
            "RUN_USAGE", f"the folder {folder} holds other files", "name another one with --folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("state.db", "state.db-wal", "state.db-shm", "state.key"):
        (folder / name).unlink(missing_ok=True)
    marker.write_text(
        "This folder was made by `edusync demo`; a later demo replaces what it wrote here.\n",
        encoding="utf-8",
    )


def _words(what: Mapping[str, Any]) -> str:
    return " and ".join(_SAID[kind].format(value) for kind, value in what.items())
