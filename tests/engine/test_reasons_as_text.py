"""The reason of an absence as text, what people wrote beside it, and absences without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.little import Little

SICK = {"justified": "sick leave", "comment": "Certificate follows"}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.goes_up()
        yield found


def codes(little: Little) -> set[str]:
    return {event[0] for event in little.seen.events}


def lines(little: Little) -> list[dict[str, Any]]:
    return [line for body in little.seen.written for line in body["lines"]]


def as_text(little: Little) -> None:
    """Let an ERP without a list of reasons take words."""
    del little.spec["writeback"]["reasons"], little.spec["resources"]["reasons"]
    little.spec["writeback"]["states"]["absent_justified"] = {
        "set": {"why": "{{ attendance.reason }}", "more": "{{ attendance.comment }}"}
    }


def evening(little: Little, *said: Any) -> None:
    little.sync()
    little.play("1", *said)
    little.write_back()


def rewrite(little: Little, comment: str) -> None:
    """Let somebody write another comment on the archived sheet, and send it up."""
    row = little.book.find("courses", API_ID="1")
    assert row is not None
    little.now += timedelta(hours=1)
    row["STUDENTS"][1]["comment"] = comment
    row["DATE_UPDATED"] = little.book.now()
    little.write_back()


def test_label_of_edusign_and_the_comment_go_up_without_a_list_of_reasons(little: Little) -> None:
    as_text(little)
    evening(little, "present", SICK)
    assert lines(little)[1] == {"who": "2", "why": "sick leave", "more": "Certificate follows"}


def test_absence_without_a_reason_has_no_label(little: Little) -> None:
    as_text(little)
    evening(little, "present", {"justified": None})
    assert [line.get("why") for line in lines(little)] in ([], [None, None])
    assert "UP_REASON_UNREAD" not in codes(little)


@pytest.mark.parametrize("goes_up", [True, False])
def test_another_comment_is_a_change_of_the_sheet_where_comments_go_up_alone(
    little: Little, goes_up: bool
) -> None:
    if goes_up:
        as_text(little)
    little.connector["reasons"] = {} if goes_up else {"sick leave": "Illness"}
    evening(little, "present", SICK)
    rewrite(little, "Certificate is here")
    assert ("UP_COURSE_CHANGED_AFTER_SEND" in codes(little)) is goes_up


@pytest.mark.parametrize(
    ("when_none", "default", "reason", "code"),
    [
        ("default", "Illness", 4, "UP_REASON_NONE"),
        ("send_without", "Illness", None, "UP_REASON_NONE"),
        ("hold", "Illness", "held", "UP_REASON_NONE"),
        ("default", None, "held", "UP_REASON_NONE"),
        (None, "Illness", "held", "UP_REASON_UNREAD"),
    ],
)
def test_reason_that_nobody_gave_is_told_apart_from_one_that_the_erp_lacks(
    little: Little, when_none: str | None, default: str | None, reason: Any, code: str
) -> None:
    said = little.spec["writeback"]["reasons"]
    said |= {"when_unknown": "send_without"}
    said |= {"when_none": when_none} if when_none else {}
    said |= {"default": default} if default else {}
    evening(little, "present", {"justified": None})
    assert code in codes(little)
    sent = [line.get("reason") for line in lines(little) if line["who"] == "2"]
    assert sent == ([] if reason == "held" else [reason])


def test_reason_that_the_erp_lacks_still_follows_its_own_rule(little: Little) -> None:
    little.spec["writeback"]["reasons"] |= {"when_none": "hold", "when_unknown": "send_without"}
    evening(little, "present", {"justified": "sick leave"})
    assert "UP_REASON_UNKNOWN" in codes(little)
    assert [line["who"] for line in lines(little)] == ["1", "2"]


@pytest.mark.parametrize("text", ["{{ reason.label }}", "{{ reason.id }}", "x {{ reason.label }}"])
def test_reason_of_the_erp_without_its_list_is_an_error(little: Little, text: str) -> None:
    del little.spec["writeback"]["reasons"], little.spec["resources"]["reasons"]
    little.spec["writeback"]["states"]["absent_justified"] = {"set": {"why": text}}
    little.sync()
    assert [one.split()[0] for one in little.seen.findings] == ["SPEC_UNKNOWN_VARIABLE"]
