"""Record the exchanges of cases against a simulator.

`python -m edusync.testing.recorder FOLDER` for the folder of a connector's cases.

A request that the case answers itself is not passed on. What the simulator answered goes into the
shared `exchanges.yaml`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from edusync.testing.replay import CANARY, Replay, Unexpected, replied

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from edusync.hookspecs import Simulation


_UNPRINTED = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.2 (5.1) does not take for printable, and the breaks of lines that only some readers
know."""


class Recorder(Replay):
    """Pass requests that nobody answers on to a simulator.

    The exchanges are kept with the secrets taken out.
    """

    def __init__(
        self, own: list[Mapping[str, Any]], simulation: Simulation, secrets: tuple[str, ...]
    ) -> None:
        super().__init__(own)
        self.simulation, self.secrets = simulation, secrets
        self.any |= set(getattr(simulation, "volatile", ()))
        self.recorded: list[dict[str, Any]] = []

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Answer from the case, or ask the simulator."""
        try:
            return super().send(request, *args, **kwargs)
        except Unexpected:
            answer = self._ask(request)
        exchange = {"request": self.describe(request), "answer": answer}
        with self.lock:
            self.recorded.append(exchange)
        return replied(request, answer)

    def _ask(self, request: requests.PreparedRequest) -> dict[str, Any]:
        from werkzeug.test import Client

        parts = urlsplit(str(request.url))
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        with self.lock:
            response = Client(self.simulation.wsgi).open(
                unquote(parts.path) or "/",
                method=str(request.method),
                query_string=parts.query,
                headers=list(request.headers.items()),
                input_stream=BytesIO(body),
                base_url=f"{parts.scheme}://{parts.netloc}",
            )
        answer: dict[str, Any] = (
            {} if response.status_code == 200 else {"status": response.status_code}  # noqa: PLR2004 - HTTP
        )
        if "Content-Type" in response.headers and "json" not in response.headers["Content-Type"]:
            answer["headers"] = {"Content-Type": response.headers["Content-Type"]}
        text = self._clean(response.get_data(as_text=True))
        return answer | (
            {"json": json.loads(text)}
            if "json" in response.headers.get("Content-Type", "")
            else {"text": text}
        )

    def _clean(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, CANARY)
        return text

    def describe(self, request: requests.PreparedRequest) -> dict[str, Any]:
        """Return what a request asks, with the secrets taken out."""
        cleaned: dict[str, Any] = json.loads(
            self._clean(json.dumps(super().describe(request), ensure_ascii=False))
        )
        return cleaned


def record(folder: Path, spec_dirs: tuple[Path, ...] = ()) -> int:
    """Run every case of a connector against its simulator and write the shared exchanges.

    Return how many there are.
    """
    from edusync.plugins import load_registry
    from edusync.testing.cases import find_cases

    registry = load_registry(spec_dirs)
    by_request: dict[str, dict[str, Any]] = {}
    for case in find_cases(folder, spec_dirs):
        simulation = registry.simulators[folder.name].thing.start(date(2026, 3, 16))
        answers = simulation.answers("https://erp.example")["connection"]
        hidden = {
            name: str(answers[name])
            for name, value in case.told()["connection"].items()
            if "${env:EDUSYNC_CASE_SECRET}" in str(value) and name in answers
        }
        for name, value in hidden.items():
            os.environ[f"EDUSYNC_RECORD_{name.upper()}"] = value
        recorder = Recorder(
            case.own_exchanges(), simulation, tuple(sorted(hidden.values(), key=len, reverse=True))
        )
        case.run(
            recorder, secrets={name: f"${{env:EDUSYNC_RECORD_{name.upper()}}}" for name in hidden}
        )
        for exchange in recorder.recorded:
            by_request.setdefault(
                json.dumps(exchange["request"], sort_keys=True, ensure_ascii=False), exchange
            )
    (folder / "exchanges.yaml").write_text(
        _written(folder.name, [by_request[key] for key in sorted(by_request)]), encoding="utf-8"
    )
    return len(by_request)


def _written(connector: str, exchanges: list[dict[str, Any]]) -> str:
    head = [
        (
            f"# Recorded from the {connector} simulator; the people are invented. Shared by "
            f"the cases "
            "beside it."
        ),
        "# A case with an exchanges.yaml of its own replaces what has the same request.",
    ]
    return "\n".join([*head, *laid_out(exchanges)]) + "\n"


def laid_out(exchanges: list[dict[str, Any]]) -> list[str]:
    """Return the lines of exchanges in YAML, a row a line."""
    lines: list[str] = []
    for exchange in exchanges:
        lines.append(f"- request: {_quoted(exchange['request'])}")
        lines.append("  answer:")
        for name, value in exchange["answer"].items():
            if name == "text" and value and _is_plain(value):
                lines += [
                    "    text: |-",
                    *(f"      {line}" for line in value.rstrip("\n").split("\n")),
                ]
            else:
                lines += _flow(name, value)
    return lines


def _flow(name: str, value: Any) -> list[str]:
    """Write JSON so that every row of its lists stands on a line of its own."""
    if name == "rows" and value:
        return [f"    {name}:", *(f"      - {_quoted(row)}" for row in value)]
    if not isinstance(value, dict) or not any(isinstance(inner, list) for inner in value.values()):
        return [f"    {name}: {_quoted(value)}"]
    lines = [f"    {name}:"]
    for key, inner in value.items():
        if isinstance(inner, list) and inner:
            lines += [f"      {_quoted(key)}:", *(f"        - {_quoted(row)}" for row in inner)]
        else:
            lines.append(f"      {_quoted(key)}: {_quoted(inner)}")
    return lines


def _is_plain(text: str) -> bool:
    """Whether YAML can hold a text line by line as it stands."""
    return text[:1] not in {" ", "\n"} and _UNPRINTED.search(text) is None


def _quoted(value: Any) -> str:
    """Write JSON that is YAML, too: what YAML does not print is escaped."""
    return _UNPRINTED.sub(
        lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False)
    )


if __name__ == "__main__":
    print(f"{record(Path(sys.argv[1]))} exchanges")  # noqa: T201 - a tool of the developer's own
