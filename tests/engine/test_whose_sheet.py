"""A sheet goes up once, into the ERP that it came from: its school, its connector, its account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.little import Little


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def school(tmp_path: Path, registry: Registry, stack: ExitStack) -> Little:
    """Return a school whose attendance goes up."""
    found = Little(tmp_path, registry, stack)
    found.goes_up()
    return found


def codes(school: Little) -> list[str]:
    """Return the codes of the events about sheets since they were last asked for."""
    found = [event[0] for event in school.seen.events if event[1] == "course"]
    school.seen.events.clear()
    return found


def test_the_key_of_another_school_sends_nothing(school: Little) -> None:
    school.sync()
    school.play("1", "present", "absent")
    school.book.habits.school = "another-school"
    school.write_back()
    assert school.seen.written == []
    assert [stopped.split()[0] for stopped in school.seen.stopped] == ["CONF_OTHER_SCHOOL"]
