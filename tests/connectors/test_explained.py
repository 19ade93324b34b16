"""Rules of one ERP that people ask about: the answer to "why is it not there?", from a school as
its simulator plays it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from edusync.app.authoring.demo import Demo
from edusync.app.explaining.explain import explain_item
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.model import PARIS
from edusync.plugins import load_registry

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("erp", "kind", "source_id", "code"),
    [
        ("fca", "student", "9008", "DOWN_STUDENT_UNCONFIRMED"),
        ("fca", "course", "70117", "DOWN_COURSE_LABEL_FILTERED"),
        ("fca", "student", "9010", "DOWN_PERSON_NO_SESSION"),
        ("aimaira", "course", "4100233", "DOWN_COURSE_COMMON_EVENT_OFF"),
        ("aimaira", "course", "4100234", "DOWN_COURSE_STRUCTURE_MISMATCH"),
        (
            "hyperplanning",
            "course",
            "2025-2026/5052/2026-03-20T07:30:00+00:00",
            "DOWN_COURSE_NO_PROFESSOR",
        ),
        ("adesoft", "course", "12/8803/0/0", "DOWN_COURSE_RESOURCE_FILTERED"),
        ("adesoft", "student", "12/70020", "DOWN_STUDENT_FILTERED"),
        ("scform", "course", "2/30177", "DOWN_COURSE_STRUCTURE_MISMATCH"),
        ("scform", "student", "1/8105", "DOWN_STUDENT_FILTERED"),
        ("aurion", "course", "880421", "DOWN_COURSE_BEYOND_WINDOW"),
        ("aimaira", "external", "2400002", "DOWN_TUTOR_AGREEMENT_NOT_COMPLETED"),
    ],
)
def test_why_it_is_not_there(
    tmp_path: Path, erp: str, kind: str, source_id: str, code: str
) -> None:
    registry, moment = load_registry(), Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
    with Demo(registry, erp, tmp_path / "demo", date(2026, 3, 16)) as demo:
        stage = demo.set_up()
        sync(stage.instance, stage.store, registry, moment)
        answers = [
            answer
            for _, answer in explain_item(
                stage.instance, stage.store, registry, moment, kind, source_id
            )
        ]
    assert next((answer.code for answer in answers if answer.code), None) == code
