"""A log-in answer without its token: the line of the spec, and the names that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edusync.errors import SourceError
from edusync.spec import load_spec
from edusync.transport.message import Answer

ROOT = Path(__file__).parents[3]
LINE = next(
    number
    for number, line in enumerate(
        (ROOT / "specs/examples/horizon.yaml").read_text(encoding="utf-8").splitlines(), 1
    )
    if "read: {token: access_token}" in line
)
SAID: dict[str, tuple[str, Any, str]] = {
    "another name": (
        "access_token",
        {"token": "s3cret", "expires": 3},
        "answer has token, expires",
    ),
    "inside": ("data.token", {"data": {"jeton": "s3cret"}}, "'data' of the answer has jeton"),
    "no text of names": ("access_token", {"s3cret@ecole.test": "s3cret"}, "check the URL"),
    "a list": ("access_token", ["s3cret"], "check the URL"),
    "nothing": ("access_token", None, "check the URL"),
    "a header": ("header.x-token", {}, "the answer has the headers date"),
}


@pytest.mark.parametrize(("path", "body", "words"), SAID.values(), ids=SAID)
def test_line_and_names_are_said_and_no_value(path: str, body: Any, words: str) -> None:
    class Door:
        def counts(self, *_: Any) -> bool:
            return True

        def step(self, *_: Any) -> Answer:
            return Answer(200, {"date": "s3cret"}, b"", body, "json")

    text = (ROOT / "specs/examples/horizon.yaml").read_text(encoding="utf-8")
    spec, _ = load_spec(text.replace("token: access_token", f"token: {path}"), "horizon.yaml", {})
    assert spec is not None
    auth: Any = spec.transport.auth
    with pytest.raises(SourceError) as stopped:
        auth.enter(Door())
    hint = str(stopped.value.hint)
    assert (stopped.value.code, words in hint) == ("CONN_AUTH_FAILED", True), hint
    assert hint.startswith(f"horizon.yaml:{LINE}:")
    assert "s3cret" not in hint + stopped.value.message
