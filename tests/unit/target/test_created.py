"""Which id the answer to a creation names."""

from __future__ import annotations

import pytest

from edusync.target.shown import created_id

BODY = {"course": {"API_ID": "7", "NAME": "Maths"}, "editSurveys": False}


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ({"ID": "c1"}, "c1"),
        ({"id": "c1", "API_ID": "7"}, "c1"),
        ({"ID": "c1", "API_ID": 7}, "c1"),
        ({"ID": "c1", "API_ID": None}, "c1"),
        ({"ID": "c1", "API_ID": "8"}, ""),
        ({"API_ID": "7"}, ""),
        ("c1x", "c1x"),
        ("Created", ""),
        (True, ""),
        (None, ""),
    ],
)
def test_id_of_what_was_created(result: object, found: str) -> None:
    assert created_id(result, BODY) == found
