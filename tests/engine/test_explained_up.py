"""Each code of the way up is explained by itself, and by no wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.codes import all_codes
from edusync.errors import EdusyncError
from edusync.registry import Registry
from tests.engine.explained_up import WAYS, Way, ask, the_sheet
from tests.little import Little

OF_NO_SHEET = {
    "UP_SENT": "done: explain says that it stands there (UP_COURSE_ALREADY_SENT)",
    "UP_CHANGED_IN_ERP": "`edusync reconcile` alone reads what the ERP holds",
    "UP_NOT_ON_SHEET": "`edusync reconcile` alone reads what the ERP holds",
    "UP_NOT_READ": "`edusync reconcile` alone reads what the ERP holds",
    "UP_NOT_SENT_YET": "`edusync reconcile` says so; explain says what the next run sends",
    "UP_NO_SHEET": "`edusync reconcile` alone reads what the ERP holds",
    "UP_SHEETS_NOT_LOOKED_AT": "counts sheets that the next run looks up",
}
"""Why nobody is told such a code of a sheet."""


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    "way", [pytest.param(way, id=f"{n}-{way.code}") for n, way in enumerate(WAYS)]
)
def test_code_is_explained_by_itself(school: Little, way: Way) -> None:
    way.act(school)
    assert school.seen.findings == []
    assert bool(school.seen.stopped) <= way.stops, school.seen.stopped
    asked = the_sheet(school)["ID"] if way.source_id == "on Edusign" else way.source_id
    try:
        told = ask(school, asked)
    except EdusyncError as error:
        if not way.stops:
            raise
        told = [(error.code, error.message)]
    codes = [code for code, _ in told if code]
    assert codes[:1] == [way.code], told
    assert {*codes} <= {way.code, *way.also}, told
    assert way.words in " ".join(words for _, words in told)


def test_every_code_of_the_way_up_is_walked() -> None:
    known = {code for code in all_codes() if code.startswith("UP_")}
    assert known - {way.code for way in WAYS} == OF_NO_SHEET.keys()
