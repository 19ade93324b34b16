"""The window is calendar days in Paris, whatever the clocks do (D1, R6, R9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.model import PARIS, Window


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("now", "creates_from", "ends_at"),
    [
        (
            datetime(2026, 3, 16, 11, 30, tzinfo=PARIS),
            datetime(2026, 3, 16, 23, tzinfo=UTC),
            datetime(2026, 3, 30, 22, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 20, 23, 59, tzinfo=PARIS),
            datetime(2026, 10, 20, 22, tzinfo=UTC),
            datetime(2026, 11, 3, 23, tzinfo=UTC),
        ),
        (
            datetime(2026, 3, 15, 23, 30, tzinfo=UTC),
            datetime(2026, 3, 16, 23, tzinfo=UTC),
            datetime(2026, 3, 30, 22, tzinfo=UTC),
        ),
        (
            datetime(2028, 2, 28, 12, tzinfo=PARIS),
            datetime(2028, 2, 28, 23, tzinfo=UTC),
            datetime(2028, 3, 13, 23, tzinfo=UTC),
        ),
    ],
)
def test_window_ends_on_the_fourteenth_calendar_day(
    now: datetime, creates_from: datetime, ends_at: datetime
) -> None:
    window = Window.around(now, days=14, days_back=7)
    assert (window.creates_from, window.ends_at) == (creates_from, ends_at)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone is put on below
    st.integers(0, 30),
    st.integers(0, 14),
)
def test_window_has_as_many_days_as_it_says(moment: datetime, days: int, back: int) -> None:
    window = Window.around(moment.replace(tzinfo=UTC), days=days, days_back=back)
    assert (len(window.days), window.last - window.today, window.today - window.first) == (
        days + back + 1,
        timedelta(days=days),
        timedelta(days=back),
    )
    assert isinstance(window.today, date)
