"""Play a spec as it stands in an editor with the answers of a case: what the playground shows.

Findings are those of `validate`, rows and items those of `try`, events and sheets those of a run,
lines those of `coverage`. What comes of it is plain data, cut to what fits on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.trying import try_spec
from edusync.app.authoring.validate import Door, check_text
from edusync.app.files.connector_file import load_instance
from edusync.app.files.specs import shown
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.codes.own import meant_by
from edusync.errors import EdusyncError, FilesInvalid
from edusync.locale import gettext as _
from edusync.testing.case_folder import connector_file, read_yaml
from edusync.testing.case_up import CannotPlay, upward
from edusync.testing.case_world import world
from edusync.testing.cases import Case
from edusync.testing.coverage import note_answers, outline
from edusync.testing.golden_lines import held_by
from edusync.testing.played import events_of, findings_of, items_of, lines_of, lists_of, sheets_of
from edusync.testing.replay import Replay, Unexpected
from edusync.testing.stand_in import Outside

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from edusync.testing.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Typed:
    """A spec that somebody types: its text, and the name of the file that it is for.

    `copy` is where the text stands for this time alone, `folder` the case; `spec_dirs` are searched
    for specs beside the installed ones.
    """

    text: str
    file: Path
    copy: Path
    folder: Path
    spec_dirs: tuple[Path, ...] = ()


class Asked(Replay):
    """Recorded answers that keep in mind what they have none for.

    An answer that nobody asks for is no fault here: the spec is being written.
    """

    missing: Mapping[str, Any] | None = None

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """Answer one request."""
        try:
            return super().send(request, *args, **more)
        except Unexpected:
            self.missing = self.missing or self.describe(request)
            raise

    def leftovers(self) -> list[str]:
        """Return nothing."""
        return []


def play(typed: Typed) -> dict[str, Any]:
    """Return what comes of a spec that somebody types.

    `findings` are there always, the other parts as far as it comes: the name of the `connector`,
    which of its answers are `secrets`, `lists`, `items`, `events`,
    `sheets`, `up`, the state of `lines`. `stopped` says in one sentence why it goes no further,
    `missing` which request has no answer yet.
    """
    typed.copy.write_text(typed.text, encoding="utf-8")
    door = Door(typed.spec_dirs)
    findings = check_text(typed.file, typed.text, door, sure=True) or []
    outcome: dict[str, Any] = {"findings": findings_of(findings, shown(typed.file))}
    try:
        coverage = outline(typed.copy, door.registry.functions)
    except FilesInvalid:
        return outcome
    outcome["connector"] = coverage.spec.connector
    questions = coverage.spec.connection.items()
    outcome["secrets"] = [name for name, question in questions if question.type == "secret"]
    if not (typed.folder / "case.yaml").is_file():
        outcome["stopped"] = _(
            "There is no case yet. Under “Pasted answers”, write what the school answered and when "
            "it is, as in case.yaml, and what the ERP answers."
        )
        return outcome
    case = Case(typed.folder, typed.spec_dirs, typed.copy)
    with meant_by(coverage.spec.connector):
        try:
            _try(case, outcome)
            _run(case, coverage, outcome)
        except FilesInvalid as invalid:
            first = invalid.diagnostics[0]
            name = Path(first.location.file).name
            outcome["stopped"] = f"{name}:{first.location.line}: {first.message}"
        except Outside:
            outcome["stopped"] = _("This file is not there in the playground.")
    outcome["lines"], outcome["percent"] = lines_of(coverage), round(coverage.percent, 1)
    return outcome


def _try(case: Case, outcome: dict[str, Any]) -> None:
    """Find the rows of each list, and what they mean."""
    replay = Asked(*case.exchanges())
    try:
        with case.opened(replay) as (instance, registry, moment):
            tried = try_spec(instance, registry, moment)
    except FilesInvalid:
        raise
    except EdusyncError as error:
        outcome["stopped"] = f"{error.code}: {error.message}"
    except Unexpected as unexpected:
        outcome["stopped"] = str(unexpected)
        outcome["missing"] = replay.missing
    else:
        outcome["lists"], outcome["items"] = lists_of(tried), items_of(tried)


def _run(case: Case, coverage: Coverage, outcome: dict[str, Any]) -> None:
    """Find what a run makes of them on Edusign, what it says, and what goes up."""
    case_data = read_yaml(case.folder / "case.yaml")
    case_data["connector"]["spec"] = str(case.spec)
    coverage.cases.add(case.name)
    note_answers(coverage.spec, case, coverage.seen)
    replay = Asked(*case.exchanges())
    with world(case.folder, case_data, case.spec_dirs, replay, coverage.seen) as here:
        try:
            instance = load_instance(
                connector_file(here.folder, case_data, here.edusign), here.registry
            )
            result = sync(instance, here.store, here.registry, Moment(here.now, here.tools))
            outcome["events"] = events_of(result.outcomes)
            outcome["sheets"] = sheets_of(held_by(here.book))
            outcome["up"] = upward(here, instance)
        except FilesInvalid:
            raise
        except (EdusyncError, Unexpected, CannotPlay) as error:
            outcome.setdefault("stopped", str(error))
            outcome.setdefault("missing", replay.missing)
