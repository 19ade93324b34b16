"""Formats read what they write, refuse what has another form, and never say the value."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.spec.formats import BadFormat, Unreadable, build_format

PARIS = ZoneInfo("Europe/Paris")
_DAY = {"year": "y", "month": "m", "day": "d"}


@pytest.mark.parametrize(
    ("options", "text", "value"),
    [
        ({"kind": "date", "pattern": "%d/%m/%Y"}, "16/03/2026", date(2026, 3, 16)),
        ({"kind": "date", "pattern": "%Y%m%d"}, 20260316, date(2026, 3, 16)),
        ({"kind": "date", "pattern": "%Y%m%d", "number": True}, 20260316.0, date(2026, 3, 16)),
        ({"kind": "date", "parts": _DAY}, {"y": 2026, "m": "03", "d": 16}, date(2026, 3, 16)),
        ({"kind": "date", "parts": _DAY}, {"y": None, "m": None, "d": ""}, None),
        ({"kind": "time", "pattern": "%H%M", "number": True}, 15, time(0, 15)),
        ({"kind": "time", "pattern": "%H%M", "number": True}, 755, time(7, 55)),
        ({"kind": "time", "parts": {"hour": "h", "minute": "mn"}}, {"h": 8, "mn": 5}, time(8, 5)),
        (
            {"kind": "moment", "parts": {**_DAY, "hour": "h"}},
            {"y": 2026, "m": 3, "d": 16, "h": 24},
            datetime(2026, 3, 16, 23, tzinfo=UTC),
        ),
        ({"kind": "html_text"}, "<p>Droit &amp;\n <b>gestion</b>&nbsp;!</p>", "Droit & gestion !"),
        ({"kind": "html_text"}, "A<script>alert(1)</script><!-- c --> &#x2019; &eacute;", "A ’ é"),
        ({"kind": "html_text"}, "<p>&nbsp;</p>", None),
        ({"kind": "html_text", "lines": True}, "<ul><li>a\n b<li>c</ul>d<br>e", "a b\nc\nd\ne"),
        ({"kind": "date", "pattern": "iso", "empty": ["0001-01-01"]}, "0001-01-01", None),
        ({"kind": "time", "pattern": "%H:%M:%S"}, "08:30:00", time(8, 30)),
        ({"kind": "time", "unit": "minutes"}, 510, time(8, 30)),
        ({"kind": "time", "unit": "day_fraction"}, 0.354166666, time(8, 30)),
        ({"kind": "time", "pattern": "%H%M", "digits": 4}, 830, time(8, 30)),
        (
            {"kind": "moment", "pattern": "iso"},
            "2026-03-16T08:30:00+01:00",
            datetime(2026, 3, 16, 7, 30, tzinfo=UTC),
        ),
        (
            {"kind": "moment", "pattern": "iso"},
            "2026-07-16T08:30:00",
            datetime(2026, 7, 16, 6, 30, tzinfo=UTC),
        ),
        (
            {"kind": "moment", "pattern": "iso", "ignore_offset": True},
            "2026-03-16T08:30:00Z",
            datetime(2026, 3, 16, 7, 30, tzinfo=UTC),
        ),
        ({"kind": "moment", "epoch": "seconds"}, 0, datetime(1970, 1, 1, tzinfo=UTC)),
        (
            {"kind": "moment", "pattern": "iso"},
            "2026-10-25T02:30:00",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        ({"kind": "duration", "unit": "days", "round": "1min"}, 0.0625, timedelta(minutes=90)),
        ({"kind": "boolean", "yes": [-1], "no": [0]}, -1, True),
        ({"kind": "boolean", "yes": ["O"], "no": ["N"]}, "N", False),
        ({"kind": "boolean", "yes": [1], "no": [0]}, "1", True),
        ({"kind": "number", "decimal": ","}, "1 234,5", 1234.5),
        ({"kind": "id"}, 7, "7"),
        ({"kind": "id"}, "007", "007"),
        ({"kind": "id", "empty": [0]}, 0, None),
        ({"kind": "id", "strip": "^X_"}, "X_9", "9"),
        ({"kind": "text", "trim": True, "case": "lower"}, "  A@B.fr ", "a@b.fr"),
        ({"kind": "text", "split": ";", "part": -1}, "a;b", "b"),
        ({"kind": "text", "find": "n=(\\d+)"}, "x n=12", "12"),
        ({"kind": "text", "replace": "<[^>]*>", "with": ""}, "<b>x</b>", "x"),
        ({"kind": "text", "around": "'"}, "x", "'x'"),
        (
            {"kind": "person_name", "part": "last", "by": "capitals"},
            "LE GOFF Anne-Marie",
            "LE GOFF",
        ),
        ({"kind": "person_name", "part": "first", "by": "comma"}, "Dupont, Anne", "Anne"),
        ({"kind": "person_name", "part": "last", "by": "last_word"}, "Anne Marie Dupont", "Dupont"),
        ({"kind": "person_name", "part": "first", "by": "first_word"}, "Dupont Anne", "Anne"),
        ({"kind": "map", "values": {"P": "planned"}}, "P", "planned"),
        ({"kind": "map", "values": {"P": 1}, "other": "empty"}, "Q", None),
        ({"kind": "map", "values": {"P": 1}, "other": "keep"}, "Q", "Q"),
    ],
)
def test_format_reads(options: dict[str, Any], text: object, value: object) -> None:
    assert build_format(options, PARIS).read(text) == value


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"kind": "date", "pattern": "%d/%m/%Y"}, "2026-03-16"),
        ({"kind": "time", "pattern": "%H:%M"}, "25:00"),
        ({"kind": "time", "unit": "minutes"}, 1500),
        ({"kind": "moment", "pattern": "iso"}, "yesterday"),
        ({"kind": "moment", "pattern": "iso"}, "2026-03-29T02:30:00"),
        ({"kind": "duration", "unit": "hours"}, "long"),
        ({"kind": "boolean", "yes": [1], "no": [0]}, True),
        ({"kind": "boolean", "yes": [1], "no": [0]}, "vrai"),
        ({"kind": "number"}, "canary"),
        ({"kind": "id"}, {"a": 1}),
        ({"kind": "map", "values": {"P": 1}}, "canary"),
        ({"kind": "date", "pattern": "iso"}, {"a": 1}),
        ({"kind": "text"}, {"a": 1}),
    ],
)
def test_format_refuses_another_form_without_saying_the_value(
    options: dict[str, Any], text: object
) -> None:
    with pytest.raises(Unreadable) as refused:
        build_format(options, PARIS).read(text)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"kind": "date", "pattern": "day"}, "pattern"),
        ({"kind": "time"}, "kind"),
        ({"kind": "moment", "pattern": "iso", "zone": "Mars/Olympus"}, "zone"),
        ({"kind": "boolean", "yes": [1], "no": ["1"]}, "yes"),
        ({"kind": "text", "find": "("}, "find"),
        ({"kind": "text", "part": 1}, "part"),
        ({"kind": "moment"}, "kind"),
        ({"kind": "text", "with": "x"}, "with"),
    ],
)
def test_format_that_does_not_fit_together_names_its_key(options: dict[str, Any], key: str) -> None:
    with pytest.raises(BadFormat) as refused:
        build_format(options, PARIS)
    assert refused.value.key == key


@pytest.mark.promise("P19")
@pytest.mark.fault("F35")
def test_hopeless_regular_expression_takes_linear_time() -> None:
    assert build_format({"kind": "text", "find": "^(a+)+$"}, PARIS).read("a" * 5000 + "b") is None


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)))
def test_dates_survive_writing_and_reading(day: date) -> None:
    format_ = build_format({"kind": "date", "pattern": "%d-%m-%Y"}, PARIS)
    assert format_.read(format_.write(day)) == day


@given(
    st.times().map(lambda value: value.replace(second=0, microsecond=0)),
    st.sampled_from(["minutes", "seconds", "day_fraction"]),
)
def test_times_survive_writing_and_reading(clock: time, unit: str) -> None:
    format_ = build_format({"kind": "time", "unit": unit}, PARIS)
    assert format_.read(format_.write(clock)) == clock


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(2037, 1, 1)).map(  # noqa: DTZ001 - the zone is put on in the map
        lambda value: value.replace(microsecond=0, tzinfo=UTC)
    ),
    st.sampled_from([{"pattern": "iso"}, {"epoch": "seconds"}, {"epoch": "milliseconds"}]),
)
def test_moments_survive_writing_and_reading(moment: datetime, spelled: dict[str, Any]) -> None:
    format_ = build_format({"kind": "moment", **spelled}, PARIS)
    assert format_.read(format_.write(moment)) == moment


def test_lists_are_written_item_by_item() -> None:
    assert build_format({"kind": "date", "pattern": "iso"}, PARIS).write(
        [date(2026, 3, 16), None]
    ) == ["2026-03-16", None]


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ({"kind": "date", "pattern": "%Y%m%d", "number": True}, 20260316),
        ({"kind": "time", "pattern": "%H%M", "number": True}, 15),
        ({"kind": "time", "pattern": "%H%M%S", "number": True}, 75500),
        ({"kind": "moment", "pattern": "%Y%m%d%H%M", "number": True}, 202603160830),
        ({"kind": "moment", "epoch": "seconds"}, 1773646200),
        ({"kind": "moment", "epoch": "milliseconds"}, 1773646200123),
        ({"kind": "date", "parts": _DAY}, {"y": 2026, "m": 3, "d": 16}),
        (
            {"kind": "moment", "parts": {**_DAY, "hour": "h", "minute": "n", "second": "s"}},
            {"y": 2026, "m": 10, "d": 25, "h": 1, "n": 59, "s": 58},
        ),
        ({"kind": "time", "parts": {"hour": "h", "minute": "m"}}, {"h": 24, "m": 0}),
        ({"kind": "duration", "unit": "iso_duration"}, "PT1H30M"),
    ],
)
def test_what_was_read_is_written_as_it_came(options: dict[str, Any], value: object) -> None:
    made = build_format(options, PARIS)
    assert made.write(made.read(value)) == value
    assert type(made.write(made.read(value))) is type(value)


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ({"kind": "date", "pattern": "%Y%m%d", "number": True}, 120260316),
        ({"kind": "time", "pattern": "%H%M", "number": True}, "7:55"),
        ({"kind": "time", "pattern": "%H%M", "number": True}, 7.5),
        ({"kind": "time", "pattern": "%H%M", "number": True}, -1),
        ({"kind": "date", "parts": _DAY}, "2026-03-16"),
        ({"kind": "date", "parts": _DAY}, {"y": 2026, "m": None, "d": 16}),
        ({"kind": "date", "parts": _DAY}, {"y": 2026, "m": 2, "d": 30}),
        ({"kind": "moment", "parts": {**_DAY, "hour": "h"}}, {"y": 2026, "m": 3, "d": 1, "h": 25}),
        ({"kind": "time", "parts": {"hour": "h"}}, {"h": True}),
        ({"kind": "html_text"}, {"a": 1}),
    ],
)
def test_number_or_part_of_another_form_is_refused(options: dict[str, Any], value: object) -> None:
    with pytest.raises(Unreadable):
        build_format(options, PARIS).read(value)


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"kind": "date"}, "kind"),
        ({"kind": "date", "pattern": "iso", "parts": _DAY}, "kind"),
        ({"kind": "date", "pattern": "%d/%m/%Y", "number": True}, "number"),
        ({"kind": "date", "parts": {"year": "y"}}, "parts"),
        ({"kind": "date", "parts": {**_DAY, "hour": "h"}}, "parts"),
        ({"kind": "time", "unit": "minutes", "number": True}, "number"),
        ({"kind": "time", "pattern": "%H%M", "number": True, "digits": 4}, "digits"),
        ({"kind": "moment", "epoch": "seconds", "parts": _DAY}, "kind"),
        ({"kind": "moment", "parts": _DAY}, "parts"),
    ],
)
def test_keys_of_a_format_that_do_not_fit_together(options: dict[str, Any], key: str) -> None:
    with pytest.raises(BadFormat) as bad:
        build_format(options, PARIS)
    assert bad.value.key == key
