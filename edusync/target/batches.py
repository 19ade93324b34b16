"""Create many items in one request: Edusign's API v3 (BETA).

A batch is no transaction: each item of it is settled by itself, and of an answer that never came
nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from edusync.errors import TargetError
from edusync.target import wire_v3
from edusync.target.failures import InDoubt, Technical
from edusync.target.turns import Turns
from edusync.transport.judging import retry_after
from edusync.transport.limits import limiter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import requests

    from edusync.target.exchange import Exchange

_MINUTE = 60_000
_HEAVY = 20
"""How many ordinary requests a heavy one counts as: 24 a minute where 480 are allowed."""
_SUCCESS = frozenset({200, 207})
_REFUSED = frozenset({400, 413, 422})
_CLOSED = frozenset({401, 402, 403, 404, 405})
_TOO_MANY, _SERVER = 429, 500


class Settled(NamedTuple):
    """What became of one item: its id on Edusign, or the code with which it was refused.

    Neither, when nobody knows.
    """

    edusign_id: str | None = None
    code: str | None = None


class Batches:
    """The batches of one account.

    `mails_credentials` is whether Edusign mails credentials to people who are created so, which no
    document says; None when nobody has said it.
    """

    def __init__(
        self, exchange: Exchange, base_url: str, *, per_minute: int, mails_credentials: bool | None
    ) -> None:
        self.exchange, self.mails_credentials = exchange, mails_credentials
        self.base_url = base_url.rstrip("/").removesuffix("/v3") + "/v3"
        name = f"edusign heavy {self.base_url} {exchange.key.decode()}"
        self.turns = Turns(limiter(name, max(per_minute // _HEAVY, 1), _MINUTE))

    def wait(self) -> None:
        """Wait until the rates let one batch through; what is intended then does not wait."""
        self.turns.wait()
        self.exchange.turns.wait()

    def check(self) -> None:
        """Ask for an empty batch, which writes nothing, to see whether v3 is open to this account.

        Raises:
            TargetError: `EDU_NO_BATCHES` when it is not, else that Edusign cannot be reached.

        """

        def once() -> None:
            response, content = self._answer("student", [])
            if response.status_code >= _SERVER or _json(content) is None:
                raise Technical(_message(response.status_code), sent=False)

        self.exchange.tried_again(once)

    def create(self, kind: str, items: Sequence[Mapping[str, Any]]) -> list[Settled]:
        """Create items of one kind, each with an id of ours, and return what became of each.

        Raises:
            InDoubt: Nobody knows what became of any of them.
            TargetError: `EDU_NO_BATCHES` when v3 is not open to this account: nothing was done.

        """

        def once() -> list[Settled]:
            try:
                response, content = self._answer(kind, items)
            except Technical as technical:
                if technical.sent:
                    raise InDoubt(str(technical)) from None
                raise
            return _settled(response.status_code, _json(content), items)

        return self.exchange.tried_again(once)

    def _answer(
        self, kind: str, items: Sequence[Mapping[str, Any]]
    ) -> tuple[requests.Response, bytes]:
        """Send a batch; Technical, or TargetError for an account that has none."""
        self.turns.take()
        url = f"{self.base_url}/{wire_v3.PATHS[kind]}/batch-upsert"
        response, content = self.exchange.answer("POST", url, wire_v3.body(kind, items))
        if response.status_code in _CLOSED:
            raise TargetError(
                "EDU_NO_BATCHES",
                f"Edusign's v3 is not open to this account ({response.status_code})",
                "ask Edusign to open v3 for the key, or take `api: v3` out of the connector file",
            )
        if response.status_code == _TOO_MANY:  # said before the work is begun
            wait = retry_after(response.headers)
            raise Technical(_message(response.status_code), sent=False, wait=wait)
        return response, content


def _settled(status: int, answer: object, items: Sequence[Mapping[str, Any]]) -> list[Settled]:
    """Return what an answer says of each item; InDoubt when it says nothing of any."""
    if status in _REFUSED and isinstance(answer, dict):
        return [Settled(code=f"HTTP {status}")] * len(items)
    results = wire_v3.read_results(answer, items) if status in _SUCCESS else {}
    if not results:
        raise InDoubt(f"Edusign answered {status} without saying what became of the items")
    settled = []
    for index in range(len(items)):
        edusign_id, code = results.get(index, (None, None))
        is_refusal = code is None or code in wire_v3.REFUSALS
        settled.append(Settled(edusign_id, code if is_refusal else None))
    return settled


def _message(status: int) -> str:
    return f"Edusign answered {status} to a batch"


def _json(content: bytes) -> object:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
