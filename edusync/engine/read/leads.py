"""Whether what leads to the next page of a list was ever seen to lead on.

Many APIs leave it out on the last page, and a list may be of one page. So may one whose `next` is
misspelt. As with the names of rows, it is known when answers of an earlier run or of a recorded
case had it while others did not; else the list counts as not whole, and nothing is deleted by it.

What is there on each page may be another thing, such as the count of the rows of the page: that it
leads on is known once a list had a second page in a run of the school. Until then one page more is
asked for behind a page that looks full, where pages are counted; where the ERP names the next one,
such a page is not believed to be the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.transport.pages import looks_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from edusync.engine.outcome import Report
    from edusync.engine.read.table import Status
    from edusync.spec.tree import Path, Resource, Spec
    from edusync.spec.watch import Watch
    from edusync.transport.pages import Page

_MOST_BEHIND = 3
"""How many pages are asked for behind those that are said to be the only ones of a list."""


class Leads:
    """Watch which answers of one list have what leads to its next page, and whether it leads."""

    def __init__(
        self, resource: Resource, spec: Spec, rare: dict[str, set[str]], watch: Watch | None
    ) -> None:
        self.resource, self.spec, self.rare, self.watch = resource, spec, rare, watch
        paging = resource.paging
        self.lead = paging.lead if paging else None
        self.turn = paging.turn if paging else None
        self.was_met = self.was_lacked = self.went_on = False
        self.behind = self.most = 0

    def look(self, page: Page, number: int) -> None:
        """Look at a page, of so many before it; one without a body leads nowhere."""
        if page.answer.type == "empty" or self.resource.paging is None:
            return
        if self.turn is not None:
            self.went_on = self.went_on or (number > 0 and bool(page.rows))
            self.most = max(self.most, len(page.rows))
        if self.lead is not None:
            met = self.resource.paging.leads(page.answer)
            self.was_met, self.was_lacked = self.was_met or met, self.was_lacked or not met
            if self.watch is not None:
                self.watch.answer(self.resource.name, rare_lead(self.lead), met=met)

    def doubts(self, rows: int) -> bool:
        """Whether one page more is to be asked for: nothing was ever seen to lead to a second."""
        turn = self.turn
        if turn is None or self.went_on or self.behind >= _MOST_BEHIND:
            return False
        if not looks_full(rows, getattr(self.resource.paging, "size", None)):
            return False
        if self._is_known(rare_turn(turn), _of_one_definition(self.spec, turn)):
            return False
        self.behind += 1
        return True

    def settle(self, status: Status, report: Report) -> None:
        """Note, at the end of a list that has rows, that nobody can say whether there are more."""
        if self.turn is not None and self.went_on:
            self._learn(rare_turn(self.turn))
        if self.lead is not None and self.was_lacked and self.was_met:
            self._learn(rare_lead(self.lead))
        lead, name = self.lead, self.resource.name
        if lead is None or not status.sent:
            return
        if self.was_lacked and not self.was_met:
            code = "SPEC_PATH_NEVER_SEEN"
            is_known = self._is_known(rare_lead(lead), _of_one_definition(self.spec, lead))
            detail = f"no answer of '{name}' has it, and it leads to the next page"
        else:
            size = getattr(self.resource.paging, "size", None)
            code = "SPEC_NOT_THE_LAST_PAGE"
            is_full = size is not None and self.most >= size
            is_known = not is_full or self.went_on
            is_known = is_known or self._is_known(
                rare_turn(lead), _of_one_definition(self.spec, lead)
            )
            detail = f"a page of '{name}' is full, and nothing leads to the next one"
        if not is_known:
            status.problems.append(code)
            place = lead.place or self.resource.place
            report.add(Outcome(code, field=lead.source, place=place, detail=detail))

    def _is_known(self, name: str, lists: Iterable[str]) -> bool:
        both = (self.rare, self.spec.rare)
        return any(name in names.get(other, ()) for other in lists for names in both)

    def _learn(self, name: str) -> None:
        self.rare.setdefault(self.resource.name, set()).add(name)


def rare_lead(lead: Path) -> str:
    """Return what stands for a path into answers among the rare names of a list's rows."""
    return f"paging: {lead.source}"


def rare_turn(turn: Path) -> str:
    """Return what stands for a path that was seen to lead to a second page."""
    return f"paging goes on: {turn.source}"


def _of_one_definition(spec: Spec, lead: Path) -> Iterator[str]:
    """Yield the lists whose pages are read by the same line of the spec."""
    for name, resource in spec.resources.items():
        other = resource.paging.turn if resource.paging else None
        if other is not None and (other.source, other.place) == (lead.source, lead.place):
            yield name
