"""A server that is busy is waited for as long as it says, five minutes at most, on both sides; a
word that is none counts as no word (P12, F19).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask, Response

from edusync.sandbox.serve import serving
from edusync.target.client import EdusignClient
from tests.unit.transport.test_exchange import Bench, ids

LONGEST = 300.0
NOW = "Mon, 16 Mar 2026 10:30:00 GMT"
SAID = {
    "0": 0.0,
    "1": 1.0,
    "299": 299.0,
    "300": 300.0,
    "86400": LONGEST,
    "9" * 400: LONGEST,
    "Mon, 16 Mar 2026 10:30:40 GMT": 40.0,
    "Mon, 16 Mar 2026 10:20:00 GMT": 0.0,
    "Tue, 17 Mar 2026 10:30:00 GMT": LONGEST,
    "Monday, 16-Mar-26 10:30:20 GMT": 20.0,
    "": None,
    "-5": None,
    "1.5": None,
    "1e3": None,
    "soon": None,
    "²": None,
    "Mon, 99 Mar 2026 10:30:00 GMT": None,
    "Mon, 16 Mar 99999 10:30:00 GMT": None,
}
"""What a server may say, and the seconds that are waited; None for a time that nobody said."""


@pytest.fixture
def bench() -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(stack)


def busy(status: int, said: str) -> Response:
    headers = {"Retry-After": said.encode().decode("latin-1"), "Date": NOW}
    return Response("later", status, headers)


def fine(body: object) -> Response:
    return Response(json.dumps(body), content_type="application/json")


def assert_waited(slept: list[float], said: str) -> None:
    wanted = SAID[said]
    assert len(slept) == 1
    assert 0 <= slept[0] <= 2 if wanted is None else slept == [wanted]


@pytest.mark.promise("P12")
@pytest.mark.fault("F19")
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("said", SAID, ids=lambda said: said[:30])
def test_erp_is_waited_for_as_long_as_it_says(bench: Bench, said: str, status: int) -> None:
    answers = iter([busy(status, said), fine([{"id": 1}])])
    bench.app.add_url_rule("/rows", "rows", lambda: next(answers))
    assert ids(bench.lists("rows: {get: /rows, key: id}")) == [1]
    assert_waited(bench.slept, said)


@pytest.mark.promise("P12")
@pytest.mark.fault("F19")
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("said", SAID, ids=lambda said: said[:30])
def test_edusign_is_waited_for_as_long_as_it_says(said: str, status: int) -> None:
    school = {"status": "success", "result": {"ID": "s", "NAME": "S"}}
    answers = iter([busy(status, said), fine(school)])
    app = Flask("edusign")
    app.add_url_rule("/v1/school", "school", lambda: next(answers))
    slept: list[float] = []
    with serving(app) as address:
        client = EdusignClient(address, "key", per_minute=1000, sleep=slept.append)
        assert client.school()["ID"] == "s"
        client.close()
    assert_waited(slept, said)
