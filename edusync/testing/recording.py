"""Record a case from a real system.

What it answers, with the people replaced, the secrets taken out, and no more rows than are needed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edusync.errors import EdusyncError, UsageProblem
from edusync.testing.cases import Case
from edusync.testing.listening import Listened
from edusync.testing.outcomes import KINDS as KINDS_THAT_CAME
from edusync.testing.outcomes import Came
from edusync.testing.recorded_files import cannot_be_blanked
from edusync.testing.replay import CANARY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.registry import Registry
    from edusync.spec.places import Place
    from edusync.spec.tree import Spec
    from edusync.testing.recorded_up import WayUp


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a recording.

    `count` is how many exchanges or files the case has; `real` is what the real answers gave,
    `case` what the case gives; `kept_places` are the places of which something was kept.
    """

    folder: Path
    count: int
    real: Came
    case: Came
    kept_places: Mapping[Place, int]

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
    up: WayUp | None = None,
) -> Recorded:
    """Run the reading of the first account, write the case, and replay it as `edusync test` would.

    With `up` every class takes place on a sandbox, and the attendance goes up.

    Where a case with cut lists does not give what the real answers gave, lists that came whole stay
    whole. Raises UsageProblem for what cannot be blanked: it is put into a case by hand.
    """
    _refuse(instance.spec)
    moment = replace(moment, now=moment.now.replace(second=0, microsecond=0))  # as a case says it
    listened = Listened(instance, registry, moment, limit, up)
    own = Path(instance.spec.file)
    dirs = (*spec_dirs, *((own.parent.absolute(),) if own.is_file() else ()))
    real = listened.replayed()
    for is_cut in (True, False):
        answers, count = listened.write(folder / name, real, is_cut=is_cut)
        came = _replayed(Case(folder / name, dirs))
        if not real.unlike(came):
            break
    return Recorded(folder / name, count, real, came, answers.cleaner.kept_places)


def _refuse(spec: Spec) -> None:
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
        return Came.of(case.run(whole=True))
    except (EdusyncError, AssertionError) as error:
        return Came(dict.fromkeys(KINDS_THAT_CAME, 0), stopped=str(error))
