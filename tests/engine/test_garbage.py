"""Whatever stands in an answer, of the ERP or of Edusign, a run ends with events or with a code:
never with a traceback.
"""

from __future__ import annotations

import copy
import json
import logging
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from edusync.testing import Case
from edusync.testing.case_up import CannotPlay
from edusync.testing.replay import Replay, Unexpected, replied

CONNECTORS = Path(__file__).parents[1] / "connectors"
ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "horizon", "hyperplanning", "ypareo")
GARBAGE: tuple[Any, ...] = (
    None,
    "",
    0,
    -1,
    1e20,
    "x",
    True,
    [],
    {},
    [None],
    [{}],
    {"a": None},
    ["x", {"id": 1}],
    "9999-99-99",
    "25:61",
    "{{ 1/0 }}",
    "<a/>",
    12345678901234567890,
    "\x00",
    "😀",
)
TEXTS = ("", "x", "-1", "99999999999999999999", "true", "25:61", "é")
SEEDS = 28
"""Runs a case."""


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def spoilt(data: Any, random: Random) -> Any:
    """Return JSON with something else, or nothing, at one place or three."""
    for _ in range(random.choice((1, 1, 3))):
        places = list(_places(data))
        if not places:
            return copy.deepcopy(random.choice(GARBAGE))
        above, step = random.choice(places)
        if random.random() < 0.2:
            del above[step]
        else:
            above[step] = copy.deepcopy(random.choice(GARBAGE))
    return data


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    for step, inner in list(
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    ):
        yield data, step
        yield from _places(inner)


def spoilt_text(text: str, random: Random) -> str:
    """Return XML with another text in one element, or cut about."""
    at = random.randrange(len(text) + 1)
    element = re.compile(r">[^<]*<").search(text, at)
    if element and random.random() < 0.8:
        return text[: element.start() + 1] + random.choice(TEXTS) + text[element.end() - 1 :]
    return text[:at] + random.choice(("", "<", "&", "</x>")) + text[at + random.randrange(30) :]


class Spoilt(Replay):
    """An ERP that answers garbage now and then; what it then is asked for and has not, it does not
    find.
    """

    random: Random
    rate: float

    def leftovers(self) -> list[str]:
        return []

    def send(
        self, request: requests.PreparedRequest, *given: Any, **more: Any
    ) -> requests.Response:
        try:
            answer = super().send(request, *given, **more)
        except Unexpected:
            return replied(request, {"status": 404, "json": {}})
        text = answer.content.decode()
        told = {"status": answer.status_code, "headers": dict(answer.headers)}
        if (
            self.random.random() > self.rate
            or answer.status_code != 200
            or "wsdl" in text[:600].lower()
        ):
            return replied(request, {**told, "text": text})
        try:
            return replied(request, {**told, "json": spoilt(json.loads(text), self.random)})
        except ValueError:
            return replied(request, {**told, "text": spoilt_text(text, self.random)})


@pytest.mark.fault("F16")
@pytest.mark.walk(every=5)
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("erp", ERPS)
def test_garbage_from_the_erp_is_events_or_a_code(erp: str, seed: int) -> None:
    case = Case(
        next(
            folder
            for name in ("up-states", "nominal")
            if (folder := CONNECTORS / erp / name).is_dir()
        )
    )
    replay = Spoilt(*case.exchanges())
    replay.random, replay.rate = Random(seed), (0.1, 0.5, 1)[seed % 3]  # noqa: S311 - the same garbage every time
    found = _run(case, replay)
    assert found is None or "stopped" in found or isinstance(found["events"], list)


@pytest.mark.fault("F16")
@pytest.mark.walk(every=5)
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("erp", ["ammon", "ypareo"])
def test_garbage_from_edusign_is_events_or_a_code(
    erp: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, send = Random(seed), HTTPAdapter.send  # noqa: S311 - the same garbage every time
    spoilt_answers = []
    one, turns = (
        random.randrange(6),
        count(),
    )  # one of the first answers is spoilt whatever the rate

    def spoiling(
        adapter: HTTPAdapter, request: requests.PreparedRequest, *given: Any, **more: Any
    ) -> requests.Response:
        answer = send(adapter, request, *given, **more)
        if next(turns) != one and random.random() > (0.05, 0.4)[seed % 2]:
            return answer
        spoilt_answers.append(request.url)
        if random.random() < 0.2:
            return replied(
                request,
                {
                    "status": random.choice((200, 400, 404, 500, 502)),
                    "text": random.choice(("<html>no</html>", "", "null", "[]", "{", "42")),
                },
            )
        return replied(
            request, {"status": answer.status_code, "json": spoilt(answer.json(), random)}
        )

    monkeypatch.setattr(HTTPAdapter, "send", spoiling)
    case = Case(CONNECTORS / erp / "up-states")
    replay = Spoilt(*case.exchanges())  # whose sheet it is may be asked of the ERP: it has no more
    replay.random, replay.rate = Random(seed), 0  # noqa: S311 - nothing of the ERP is spoilt
    found = _run(case, replay)
    assert spoilt_answers
    assert found is None or "stopped" in found or isinstance(found["events"], list)


def _run(case: Case, replay: Replay | None) -> dict[str, Any] | None:
    """Run a case; None when its classes cannot be played because a sheet or a student never came
    down.
    """
    try:
        return case.run(replay)
    except CannotPlay:
        return None
