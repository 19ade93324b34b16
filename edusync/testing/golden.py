"""A case against its golden file: what it gives today, and how that differs."""

from __future__ import annotations

import os
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from edusync.testing.replay import CANARY

if TYPE_CHECKING:
    from edusync.spec.watch import Watch
    from edusync.testing.cases import Case


def written(case: Case, watch: Watch | None = None) -> str:
    """Run a case and return what happened as a golden file holds it."""
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    return _laid_out(case.run(watch=watch))


def lost_sheets(case: Case, found: str) -> int:
    """Return how many sheets the real answers gave that a case was recorded from.

    0 when the case gives any.
    """
    from ruamel.yaml import YAML

    came = YAML(typ="safe", pure=True).load(found)
    gives_some = "attendance" in came or bool(came.get("edusign", {}).get("courses"))
    return 0 if gives_some else int(case.recorded().get("sheets", 0))


def difference(case: Case, text: str) -> list[str]:
    """Return the lines in which a case differs from its golden file.

    Nothing when it is as expected, whoever wrote the file.

    Two writers of YAML may lay the same data out in two ways; only the data counts.
    """
    from ruamel.yaml import YAML

    expected = (
        YAML(typ="safe", pure=True).load(case.golden.read_text(encoding="utf-8"))
        if case.golden.is_file()
        else {}
    )
    if expected and expected == YAML(typ="safe", pure=True).load(text):
        return []
    return list(
        unified_diff(
            _laid_out(expected).splitlines() if expected else [],
            text.splitlines(),
            str(case.golden),
            "what came today",
            lineterm="",
        )
    )


def _laid_out(data: Any) -> str:
    from io import StringIO

    from ruamel.yaml import YAML

    out, yaml = StringIO(), YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = False, 140
    yaml.dump(data, out)
    return out.getvalue()
