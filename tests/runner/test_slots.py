"""When slots are: every day has each of its slots once, whatever the clocks do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.app.runner.slots import Calendar, calendars, position, wanted
from edusync.model import PARIS
from edusync.spec.tree import Schedule, Slot

MIDDAY, EVENING = Slot(time(11, 30), time(13, 30)), Slot(time(18), time(21))
START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = timedelta(days=400)
times = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def calendar(*slots: Slot, zone: ZoneInfo = PARIS, connector: str = "school") -> Calendar:
    return Calendar(connector, "down", slots or (MIDDAY, EVENING), zone)


@pytest.mark.fault("F24")
@given(times, times, st.sampled_from(["Europe/Paris", "America/Cayenne", "Pacific/Auckland"]))
def test_every_day_has_a_slot_once_and_it_ends_after_it_begins(
    one: time, other: time, zone: str
) -> None:
    slot = Slot(min(one, other), max(one, other))
    found = calendar(slot, zone=ZoneInfo(zone)).between(START, START + DAYS)
    days = [occurrence.day for occurrence in found]
    expected = [days[0] + timedelta(days=n) for n in range(len(days))]
    assert (days, len(days) in {400, 401}) == (expected, True)
    assert all(one.starts_at <= one.ends_at for one in found)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 28), ("10:30", "12:30")),
        (date(2026, 3, 29), ("09:30", "11:30")),
        (date(2026, 10, 24), ("09:30", "11:30")),
        (date(2026, 10, 25), ("10:30", "12:30")),
    ],
)
def test_a_range_is_that_of_the_wall_clock(day: date, hours: tuple[str, str]) -> None:
    midnight = datetime.combine(day, time(), UTC)
    found = calendar(MIDDAY).between(midnight, midnight + timedelta(days=1))[0]
    begins = datetime.combine(day, time.fromisoformat(hours[0]), UTC)
    ends = datetime.combine(day, time.fromisoformat(hours[1]), UTC)
    assert (begins <= found.starts_at <= begins + timedelta(hours=1), found.ends_at) == (True, ends)


@pytest.mark.fault("F24")
@pytest.mark.promise("P14")
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_an_hour_that_is_skipped_or_comes_twice_has_one_slot(day: date) -> None:
    night = calendar(Slot(time(2, 15), time(2, 45)), Slot(time(2, 50), time(2, 50)))
    midnight = datetime.combine(day, time(), UTC) - timedelta(hours=2)
    found = night.between(midnight, midnight + timedelta(days=1))
    assert Counter((one.day, one.slot) for one in found if one.day == day) == {
        (day, "02:15-02:45"): 1,
        (day, "02:50"): 1,
    }


@pytest.mark.source("S102")
def test_starts_are_spread_over_the_first_half_of_a_range() -> None:
    minutes = [
        calendar(MIDDAY, connector=f"school-{n}").between(START, START + timedelta(days=1))[0]
        for n in range(1000)
    ]
    quarters = Counter((one.starts_at.hour * 60 + one.starts_at.minute) // 15 for one in minutes)
    assert set(quarters) == {42, 43, 44, 45}  # 10:30 to 11:30 UTC
    assert min(quarters.values()) > 200


def test_a_connector_starts_at_the_same_time_every_day() -> None:
    found = calendar(MIDDAY).between(START, START + timedelta(days=5))
    assert len({one.starts_at.time() for one in found}) == 1


def test_a_time_of_day_is_when_the_earliest_start() -> None:
    found = calendar(Slot(time(20, 30), time(20, 30))).between(START, START + timedelta(days=1))[0]
    begins = datetime(2026, 1, 1, 19, 30, tzinfo=UTC)
    expected = begins + timedelta(minutes=15) * position("school")
    assert (found.starts_at, found.ends_at, found.slot) == (
        expected,
        begins + timedelta(hours=1),
        "20:30",
    )


def test_a_way_up_with_down_has_the_same_starts() -> None:
    both = calendars("school", Schedule(up="with_down"), PARIS, goes_up=True)
    down, up = (both[way].between(START, START + timedelta(days=2)) for way in ("down", "up"))
    assert [one.starts_at for one in down] == [one.starts_at for one in up]


def test_a_connector_without_a_way_up_has_no_slots_for_it() -> None:
    assert set(calendars("school", Schedule(), PARIS, goes_up=False)) == {"down"}


@pytest.mark.parametrize(
    ("now", "first"),
    [("2026-03-16T12:45", "11:30-13:30"), ("2026-03-16T14:00", "18:00-21:00")],
)
def test_a_new_connector_begins_with_the_slot_under_way_or_the_next(now: str, first: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=PARIS)
    assert wanted(calendar(), None, at, at + timedelta(days=2))[0].slot == first


def test_after_an_outage_every_slot_since_the_last_has_its_row() -> None:
    last = datetime(2026, 3, 16, 12, tzinfo=PARIS)
    now = last + timedelta(days=15)
    before = [one for one in wanted(calendar(), last, now, now) if one.starts_at <= now]
    assert len(before) in {29, 30, 31}
