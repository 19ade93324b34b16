"""A write is in doubt, and the list that would settle it comes back empty or in part: the line is
held and named, nothing is written twice, and all goes up once the list is whole again (U5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from edusync.registry import Registry
from tests.little import Little, lesson

NUMBERS = (1, 2, 3)
"""Who is on each sheet."""
Rows = list[dict[str, Any]]
LISTS: dict[str, Callable[[Rows], Rows]] = {
    "empty": lambda rows: [],
    "second half": lambda rows: rows[(len(rows) + 1) // 2 :],
    "without the first": lambda rows: rows[1:],
    "whole": lambda rows: rows,
}

CAN_BE_TOLD = [
    (shown, lost)
    for shown, lost in product(LISTS, NUMBERS)
    if shown in {"empty", "whole"} or lost > 1
]
"""A part of a list can be told where something else that surely stands on the sheet is missing."""


class Erp:
    """Absences that are entered, and read for some days."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.lost: int | None = None
        """The write from which on no answer arrives."""
        self.lands = True
        self.shown = LISTS["whole"]

    def answer(self, request: Request) -> Any:
        if request.method == "GET":
            first, last = request.args["from"], request.args["to"]
            return self.shown([row for row in self.rows if first <= row["day"] <= last])
        is_lost = self.lost is not None and self.lost <= 1
        self.lost = None if self.lost is None else self.lost - 1
        if self.lands or not is_lost:
            self.rows.append({"id": len(self.rows) + 1, **request.get_json()})
        return Response("{}", 504 if is_lost else 200, content_type="application/json")

    def entered(self) -> list[tuple[str, str]]:
        return [(row["day"], row["who"]) for row in self.rows]


@pytest.fixture
def erp() -> Erp:
    return Erp()


@pytest.fixture
def little(tmp_path: Path, registry: Registry, erp: Erp) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        look = {
            "look_up": "absences",
            "by": "person.source_id",
            "on": "who",
            "where": "theirs.day == (mine.course.starts_at | day)",
            "missing": "ok",
        }
        found.goes_up(
            line={
                "student": {
                    "who": "{{ person.source_id }}",
                    "day": "{{ course.starts_at | day }}",
                }
            },
            states={
                "present": {"skip": True},
                "absent": {"set": {}},
                "absent_justified": {"else": "absent"},
                "late": {"else": "present"},
                "excluded": {"else": "absent"},
                "early_departure": {"else": "present"},
            },
            let={"person": {"there": look}},
            for_person=[
                {
                    "when": "not there",
                    "post": "/absences",
                    "json": "{{ line }}",
                    "in_doubt": {"look": look, "done": "found"},
                }
            ],
        )
        for name in ("for_sheet", "reasons"):
            found.spec["writeback"].pop(name)
        del found.spec["resources"]["reasons"]
        found.spec["resources"]["absences"] = {
            "get": "/absences",
            "query": {"from": "{{ window.first | day }}", "to": "{{ window.last | day }}"},
            "key": "id",
        }
        found.connector["grace"] = "0s"
        found.rows["/absences"] = erp.answer
        found.rows["/learners"] = [
            {"id": n, "last": f"L{n}", "first": f"F{n}", "mail": f"p{n}@ecole.test"}
            for n in NUMBERS
        ]
        found.rows["/lessons"] = [
            lesson(1, learners=list(NUMBERS)),
            lesson(2, learners=list(NUMBERS), on="2026-03-19"),
        ]
        found.sync()
        assert (found.seen.stopped, found.seen.findings) == ([], [])
        yield found


def send(little: Little) -> set[str]:
    """Send, and return the codes."""
    little.seen.events = []
    little.write_back()
    assert (little.seen.stopped, little.seen.findings) == ([], [])
    return {event[0] for event in little.seen.events}


@pytest.mark.parametrize("lands", [True, False], ids=["it landed", "it never landed"])
@pytest.mark.parametrize(("shown", "lost"), CAN_BE_TOLD)
def test_a_write_in_doubt_is_never_sent_again_over_a_list_that_lacks_rows(
    little: Little, erp: Erp, shown: str, lands: bool, lost: int
) -> None:
    little.play("1", *["absent"] * len(NUMBERS))
    assert "UP_SENT" in send(little)
    erp.lost, erp.lands = lost, lands
    little.play("2", *["absent"] * len(NUMBERS))
    erp.shown = LISTS[shown]
    codes = send(little)
    due = sorted(product(("2026-03-18", "2026-03-19"), map(str, NUMBERS)))
    assert sorted(set(erp.entered())) == sorted(erp.entered()), "nothing stands twice"
    assert (sorted(erp.entered()) == due) or codes & {
        "UP_IN_DOUBT",
        "UP_COURSE_UNREADABLE",
    }, "what is missing is named"
    erp.lost, erp.lands, erp.shown = None, True, LISTS["whole"]
    send(little)
    assert sorted(erp.entered()) == due
