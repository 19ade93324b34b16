"""A write that is answered by a redirect may have been done: servers lead on to a page after it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from werkzeug.wrappers import Response

from edusync.plugins import load_registry
from tests.little import Little


@pytest.mark.fault("F5")
@pytest.mark.parametrize(
    ("status", "code", "sent"),
    [
        *((status, "UP_IN_DOUBT", 1) for status in (300, 301, 302, 303, 304)),
        *((status, "UP_ERP_REJECTED", 3) for status in (307, 308)),
    ],
)
def test_a_redirected_write_is_in_doubt_unless_it_is_to_be_sent_elsewhere(
    tmp_path: Path, status: int, code: str, sent: int
) -> None:
    with ExitStack() as stack:
        little = Little(tmp_path, load_registry(), stack)
        little.goes_up()
        little.spec["writeback"]["for_sheet"][0]["in_doubt"] = "person"
        little.rows["/presences"] = lambda _request: Response(
            status=status, headers={"Location": "/page"}
        )
        little.sync()
        little.play("1", "present", "absent")
        for _ in range(3):
            little.write_back()
    codes = {event[0] for event in little.seen.events}
    assert code in codes
    assert [one for one in little.seen.asked if one.startswith("POST")] == [
        "POST /presences"
    ] * sent
