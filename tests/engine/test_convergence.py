"""Whatever happens at the school between two runs: after a sync, or two when an e-mail changed
hands, the next plan is empty; nothing exists twice (P3, I1).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edusync.registry import Registry
from tests.conftest import World
from tests.support.search import examples

STEPS: dict[str, Callable[[Any, int], object]] = {
    "move": lambda seed, n: course(seed, n).update(heureDebut="07:00:00"),
    "rename": lambda seed, n: course(seed, n).update(nomMatiere=f"COURS {n}"),
    "empty": lambda seed, n: course(seed, n).update(codesApprenant=[]),
    "enrol": lambda seed, n: course(seed, n)["codesApprenant"].append(
        sorted(seed.students)[n % len(seed.students)]
    ),
    "teacher": lambda seed, n: course(seed, n).update(
        codesPersonnel=[sorted(seed.staff)[n % len(seed.staff)]]
    ),
    "remove": lambda seed, n: seed.courses.pop(sorted(seed.courses)[n % len(seed.courses)]),
    "mail": lambda seed, n: seed.staff[sorted(seed.staff)[n % len(seed.staff)]].update(
        email=f"nouveau{n}@ecole.test"
    ),
    "twin": lambda seed, n: seed.staff[43].update(email=seed.staff[42]["email"]),
    "leave": lambda seed, n: seed.students[sorted(seed.students)[n % len(seed.students)]][
        "inscriptions"
    ][0].update(dateDepart="01/03/2026"),
    "room": lambda seed, n: course(seed, n).update(codesSalle=[310, 311]),
}


def course(seed: Any, number: int) -> dict[str, Any]:
    found: dict[str, Any] = seed.courses[sorted(seed.courses)[number % len(seed.courses)]]
    return found


@pytest.mark.promise("P3")
@examples(4)
@example([[], [("mail", 27)]])
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 40)), max_size=4),
        min_size=1,
        max_size=3,
    )
)
def test_every_sync_ends_where_the_next_plan_is_empty(
    registry: Registry, days: list[list[tuple[str, int]]]
) -> None:
    with ExitStack() as stack:
        world = World(Path(stack.enter_context(TemporaryDirectory())), registry, "ypareo", stack)
        for steps in days:
            for name, number in steps:
                STEPS[name](world.simulation.seed, number)
            world.sync()
            # an e-mail that goes from one person to another is free on Edusign only after this run
            if world.plan().accounts[0].changes:
                world.sync()
            assert [change.as_dict() for change in world.plan().accounts[0].changes] == []
        for kind in ("courses", "students", "professors", "groups"):
            ids = [row["API_ID"] for row in world.book.all(kind)]
            assert len(ids) == len(set(ids))
