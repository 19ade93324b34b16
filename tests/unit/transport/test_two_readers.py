"""JSON with long numbers is read by another reader than the rest: both refuse the same (P19)."""

from __future__ import annotations

import pytest

from edusync.transport.decode import decode
from edusync.transport.judging import retry_after
from edusync.transport.message import AnswerKind

LONG = "12345678901234567890"
"""A number that the quick reader would change."""
REFUSED = {
    "half of a pair": r'"\ud800"',
    "the other half": r'"\udfff"',
    "two first halves": r'"\ud800\ud800"',
    "half of a pair in a name": r'{"\ud800": 1}',
    "no number": "NaN",
    "no end": "Infinity",
    "no end below": "-Infinity",
    "more than a float holds": "1e999",
    "a number of a hundred million digits": "1e99999999",
    "an exponent without bound": "1e99999999999999999999",
    "digits without bound": "9" * 5000,
    "digits that a float does not hold": "9" * 400,
    "a letter that is no letter": '"\x01"',
    "lists in each other": "[" * 2000 + "]" * 2000,
    "a comma at the end": "[1,]",
    "a comment": "1 // one",
    "digits of another alphabet": "٣",
    "a zero before": "007",
    "a plus before": "+1",
}
TAKEN = {
    "a pair": (r'"\ud83d\ude00"', "\U0001f600"),
    "nothing in between": (r'"a\u0000b"', "a\0b"),
    "as good as zero": ("1e-99999999999999999999", 0.0),
    "small": ("0.5e-3", 0.0005),
    "a long whole number with a point": ("12345678901234567890.0", 12345678901234567890),
    "a name twice": ('{"a": 1, "a": 2}', {"a": 2}),
}


@pytest.mark.promise("P19")
@pytest.mark.parametrize("beside", ["7", LONG], ids=["alone", "beside a long number"])
@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_what_one_reader_refuses_the_other_refuses(value: str, beside: str) -> None:
    answer = f'[{{"id": {value}, "number": {beside}}}]'.encode()
    assert decode(answer, {}, AnswerKind()).kind == "broken"


@pytest.mark.promise("P19")
@pytest.mark.parametrize("beside", [7, int(LONG)], ids=["alone", "beside a long number"])
@pytest.mark.parametrize(("value", "read"), TAKEN.values(), ids=TAKEN)
def test_what_one_reader_takes_the_other_takes(value: str, read: object, beside: int) -> None:
    answer = f'[{{"id": {value}, "number": {beside}}}]'.encode()
    assert decode(answer, {}, AnswerKind()).body == [{"id": read, "number": beside}]


@pytest.mark.promise("P19")
@pytest.mark.parametrize(
    "said",
    [
        "Mon, 16 Mar 99999999999999999999 10:00:00 GMT",
        "Mon, 16 Mar 2026 10:00:00 +99999999999999",
        "Mon, 16 Mar 0001 10:00:00 +2359",
        "Mon, 99 Mar 2026 10:00:00 GMT",
        "-7",
        "",
    ],
)
def test_a_wait_until_no_moment_is_no_wait(said: str) -> None:
    moment = "Mon, 16 Mar 2026 10:00:00 GMT"
    assert retry_after({"Retry-After": said, "Date": moment}) in {None, 0.0}
    assert retry_after({"Retry-After": moment, "Date": said}) in {None, 300.0}
