"""Whether what leads to the next page of a list was ever in an answer.

Many APIs leave it out on the last page, and a list may be of one page. So may one whose `next` is
misspelt. As with the names of rows, it is known when answers of an earlier run or of a recorded
case had it while others did not; else the list counts as not whole, and nothing is deleted by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.outcome import Report
    from edusync.engine.read.table import Status
    from edusync.spec.tree import Path, Resource, Spec
    from edusync.spec.watch import Watch
    from edusync.transport.message import Answer


class Leads:
    """Watch which answers of one list have what leads to its next page."""

    def __init__(
        self, resource: Resource, spec: Spec, rare: dict[str, set[str]], watch: Watch | None
    ) -> None:
        self.resource, self.spec, self.rare, self.watch = resource, spec, rare, watch
        self.lead = resource.paging.lead if resource.paging else None
        self.was_met = self.was_lacked = False

    def look(self, answer: Answer) -> None:
        """Look at an answer; one without a body leads nowhere."""
        if self.lead is None or self.resource.paging is None or answer.type == "empty":
            return
        met = self.resource.paging.leads(answer)
        self.was_met, self.was_lacked = self.was_met or met, self.was_lacked or not met
        if self.watch is not None:
            self.watch.answer(self.resource.name, rare_lead(self.lead), met=met)

    def settle(self, status: Status, report: Report) -> None:
        """Note, at the end of a list that has rows, that nobody can say whether there are more."""
        lead = self.lead
        if lead is None or not self.was_lacked:
            return
        known, name = rare_lead(lead), self.resource.name
        if self.was_met:
            self.rare.setdefault(name, set()).add(known)
            return
        together = [*_of_one_definition(self.spec, lead)]
        both = (self.rare, self.spec.rare)
        if not status.sent or any(
            known in names.get(other, ()) for other in together for names in both
        ):
            return
        status.problems.append("SPEC_PATH_NEVER_SEEN")
        report.add(
            Outcome(
                "SPEC_PATH_NEVER_SEEN",
                field=lead.source,
                place=lead.place or self.resource.place,
                detail=f"no answer of '{name}' has it, and it leads to the next page",
            )
        )


def rare_lead(lead: Path) -> str:
    """Return what stands for a path into answers among the rare names of a list's rows."""
    return f"paging: {lead.source}"


def _of_one_definition(spec: Spec, lead: Path) -> Iterator[str]:
    """Yield the lists whose pages are read by the same line of the spec."""
    for name, resource in spec.resources.items():
        other = resource.paging.lead if resource.paging else None
        if other is not None and (other.source, other.place) == (lead.source, lead.place):
            yield name
