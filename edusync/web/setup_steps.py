"""The pages of a setup in their order, and where somebody is among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from edusync.app.setup.draft import GROUPS
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from edusync.app.setup.setup import Setup

STAGES = (*GROUPS[:-1], "plan", GROUPS[-1])
"""The pages in their order: the plan is seen before the last one."""


class Step(NamedTuple):
    """A page: what it is called, and whether it was gone through."""

    name: str
    title: str
    is_done: bool


def steps(setup: Setup) -> list[Step]:
    """Return the pages that a setup has."""
    titles = {one.name: one.title for one in setup.groups()}
    titles |= {"reasons": _("Reasons of absences"), "plan": _("What a first run would do")}
    return [Step(one, titles[one], one in setup.draft.done) for one in STAGES if one in titles]


def beside(setup: Setup, stage: str, by: int) -> str | None:
    """Return the page before or after one, None at an end."""
    names = [one.name for one in steps(setup)]
    at = names.index(stage) + by if stage in names else 0
    return names[at] if 0 <= at < len(names) else None


def where_left(setup: Setup) -> str:
    """Return the first page that was not gone through; of a connector that is there the first."""
    all_steps = steps(setup)
    is_new = setup.draft.began_with is None
    return next((one.name for one in all_steps if is_new and not one.is_done), all_steps[0].name)
