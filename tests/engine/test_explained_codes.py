"""Each reason code that a run down can raise is explained by itself, and by no wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.codes import all_codes
from edusync.registry import Registry
from tests.engine.explained import WAYS, Way, ask
from tests.little import Little

OF_NO_ITEM = {
    "DOWN_CREATED": "done",
    "DOWN_ADOPTED": "done",
    "DOWN_UPDATED": "done",
    "DOWN_COMPLETED": "done",
    "DOWN_CREDENTIALS_NOT_SENT": "counts people of a kind",
    "DOWN_COURSE_COMMON_EVENT_NO_DEFAULT": "stops an account",
    "DOWN_COURSE_DEFAULT_PROFESSOR_UNKNOWN": "stops an account",
    "EDU_AUTH_FAILED": "stops an account",
    "EDU_UNREACHABLE": "stops an account",
    "EDU_UNREADABLE": "stops an account",
}
"""Why nobody is told such a code of an item."""


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    "way", [pytest.param(way, id=f"{n}-{way.code}-{way.kind}") for n, way in enumerate(WAYS)]
)
def test_code_is_explained_by_itself(school: Little, way: Way) -> None:
    way.act(school)
    assert (school.seen.stopped, school.seen.findings) == ([], [])
    told = ask(school, way.kind, way.source_id)
    codes = [code for code, _ in told if code and (code != "RUN_LATE" or way.code == code)]
    assert codes[:1] == [way.code], told
    assert {*codes} <= {way.code, *way.also}, told
    assert way.words in " ".join(words for _, words in told)


def test_every_code_of_the_way_down_is_walked() -> None:
    known = {code for code in all_codes() if code.startswith(("DOWN_", "EDU_"))}
    assert known - {way.code for way in WAYS} == OF_NO_ITEM.keys() & known
