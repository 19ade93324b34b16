"""Reason codes that a spec brings: what events with them say, in both languages."""

from __future__ import annotations

from typing import Any

from edusync.codes import get_code
from edusync.locale import speaking
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Scene, School, sync
from tests.contract.scenes.wires import laid, over_http, says

_CODE = {"en": "No centre.", "fr": "Pas de centre."}
_OTHER = {"en": "No site.", "fr": "Pas de site."}


def _told(school: School) -> None:
    """Bring the planning down, and read what its events say to people."""
    sync(school)
    for code in sorted({event[0] for event in school.seen.events if event[0].startswith("X_")}):
        for language in ("en", "fr"):
            with speaking(language):
                school.seen.more.append(str(get_code(code)))


def _codes() -> dict[Pair, Scene]:
    reported = {"course": {"X_A": "row.id == 1"}}
    lay = laid(over_http, says(reported, "rules", "report"))
    here = ("codes", "X_A")
    behind: dict[str, tuple[Any, Any]] = {
        "en": ("No centre.", "No site."),
        "fr": ("Pas de centre.", "Pas de site."),
        "remedy": ("Add one.", "Ask."),
        "severity": ("info", "error"),
    }
    found = {
        ("codes", key): Scene(laid(lay, says(_CODE, *here)), (*here, key), *two, _told)
        for key, two in behind.items()
    }
    return found | {
        ("spec", "codes"): Scene(lay, ("codes",), {"X_A": _CODE}, {"X_A": _OTHER}, _told)
    }


SCENES = _codes()
