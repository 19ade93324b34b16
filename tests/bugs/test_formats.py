"""Durations as ISO 8601 writes them, and lists in one cell (B23, B28)."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from edusync.spec.formats import Unreadable, build_format

PARIS = ZoneInfo("Europe/Paris")


def read(options: dict[str, Any], value: object) -> object:
    """Read a value with a format."""
    return build_format(options, PARIS).read(value)


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("PT16H", time(16)),
        ("PT09H30M00S", time(9, 30)),
        ("PT0S", time(0)),
        ("PT23H59M59S", time(23, 59, 59)),
        ("PT90M", time(1, 30)),
        (timedelta(hours=8, minutes=15), time(8, 15)),
    ],
)
def test_b28_edm_time_is_a_time_of_day(written: object, is_read: time) -> None:
    assert read({"kind": "time", "unit": "iso_duration"}, written) == is_read


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("PT1H30M", timedelta(hours=1, minutes=30)),
        ("P1DT2H", timedelta(days=1, hours=2)),
        ("PT0.5H", timedelta(minutes=30)),
        ("P1W", timedelta(weeks=1)),
        (timedelta(minutes=5), timedelta(minutes=5)),
    ],
)
def test_b28_iso_durations_are_lengths_of_time(written: object, is_read: timedelta) -> None:
    assert read({"kind": "duration", "unit": "iso_duration"}, written) == is_read


@pytest.mark.parametrize("kind", ["time", "duration"])
@pytest.mark.parametrize("written", ["16:00", "P1M", "P1Y", "PT", "16", "one hour", 16])
def test_b28_what_is_no_iso_duration_is_refused(kind: str, written: object) -> None:
    with pytest.raises(Unreadable):
        read({"kind": kind, "unit": "iso_duration"}, written)


@pytest.mark.parametrize("written", ["PT24H1S", "P2D", "-PT1H"])
def test_b28_a_time_of_day_lies_within_a_day(written: str) -> None:
    with pytest.raises(Unreadable):
        read({"kind": "time", "unit": "iso_duration"}, written)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("time", time(16), "PT16H"),
        ("time", time(9, 30), "PT9H30M"),
        ("duration", timedelta(hours=1, minutes=30), "PT1H30M"),
    ],
)
def test_b28_iso_durations_are_written_and_read_back(
    kind: str, value: object, written: str
) -> None:
    format_ = build_format({"kind": kind, "unit": "iso_duration"}, PARIS)
    assert format_.write(value) == written
    assert format_.read(written) == value


@pytest.mark.parametrize("unit", ["seconds", "minutes", "hours", "days"])
def test_b28_a_length_that_a_service_reads_itself_needs_no_unit(unit: str) -> None:
    """A SOAP client and Excel hand over lengths of time as such."""
    length = timedelta(minutes=45)
    assert read({"kind": "duration", "unit": unit}, length) == length


@pytest.mark.parametrize(
    ("options", "value", "is_read"),
    [
        ({"split": ";"}, "T1; T2;;", ["T1", "T2"]),
        ({"split": ";"}, "T1", ["T1"]),
        ({"split": ";"}, None, None),
        ({"split": ",", "case": "upper"}, "a, b", ["A", "B"]),
        ({"split": "/", "part": 0}, "a/b", "a"),
        ({"split": "/", "part": -1}, "a/b", "b"),
        ({"split": "/", "part": 2}, "a/b", None),
    ],
)
def test_b23_split_without_part_is_a_list(
    options: dict[str, Any], value: object, is_read: object
) -> None:
    assert read({"kind": "text", **options}, value) == is_read
