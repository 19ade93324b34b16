"""One exchange with the ERP.

Send, judge, wait and try again, sign in again once, or fail with a code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from edusync.errors import CallFailed, SourceError
from edusync.transport.judging import (
    AskAgain,
    Judged,
    Judgement,
    WriteInDoubt,
    fault_text,
)
from edusync.transport.limits import limiter
from edusync.transport.message import BREAKS_OFF
from edusync.transport.session import ConnectionLost
from edusync.transport.stated import is_error_alone, is_protocol_error, own_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenacity import RetryCallState

    from edusync.transport.client import HttpClient
    from edusync.transport.judging import Settling
    from edusync.transport.message import Answer, Request
    from edusync.transport.sign_in import SignIn


class Exchanger:
    """Exchange requests for judged answers, within the limits of the spec."""

    def __init__(
        self,
        client: HttpClient,
        sign_in: SignIn | None,
        *,
        tries: int,
        per_second: float | None,
        sleep: Callable[[float], None],
        verdicts: Callable[[str], type[Settling]],
    ) -> None:
        self.verdicts = verdicts
        self.client, self.sign_in, self.tries, self.sleep = client, sign_in, tries, sleep
        self.pace = _pace(client.base_url, per_second)

    def exchange(
        self,
        make: Callable[[], Request],
        judge: Callable[[Answer], Judgement | None],
        *,
        repeat: bool = True,
        promised: str = "json",
        write: bool = False,
    ) -> Answer:
        """Send until the answer can be used.

        `make` is called anew for each try, so that it carries the current sign-in; `judge` holds
        the lines of the spec, and None leaves an answer to the built-in ones.

        What is not to `repeat`, and any `write`, is sent again only when it cannot have arrived; a
        write may be answered with nothing.
        Raises CallFailed when the call fails, Forbidden when it is not allowed, SourceError when
        the ERP is out of reach; of a write also RefusedWrite, and WriteInDoubt when no answer says
        whether it landed.
        """
        renewed = False
        while True:
            generation = self.sign_in.ensure() if self.sign_in else 0

            def renew(generation: int = generation) -> bool:
                nonlocal renewed
                if self.sign_in is None or not self.sign_in.can_renew or renewed:
                    return False
                self.sign_in.renew(generation)
                renewed = True
                return True

            answer = self._patiently(
                make,
                judge,
                renew,
                repeat=repeat and not write,
                promised=promised,
                write=write,
            )
            if answer is not None:
                return answer

    def _settled(
        self,
        answer: Answer,
        judgement: Judgement | None,
        renew: Callable[[], bool],
        *,
        promised: str,
        write: bool,
    ) -> Answer | None:
        """Return what a call answers by the lines of the spec, else by the built-in ones."""
        verdict = judgement or (
            Judgement("ok")
            if write
            and answer.type == "empty"
            and promised != "soap"
            and 200 <= answer.status < 300  # noqa: PLR2004 - HTTP
            else built_in(answer, self.client, promised, write=write)
        )
        if verdict.then == "undecided":
            kind = WriteInDoubt if write else CallFailed
            raise kind("CONN_CALL_FAILED", f"{answer.label}: {verdict.message or ''}")
        if judgement and judgement.then == "ok":
            answer = replace(answer, taken_by=judgement.line)
        judged = Judged(
            answer,
            verdict.code or "CONN_CALL_FAILED",
            verdict.message,
            write,
            judgement is not None,
            verdict.code is not None,
            renew,
        )
        try:
            return self.verdicts(verdict.then).settle(judged)
        except CallFailed as failed:
            if not write and not (judgement and judgement.message):
                failed.saw(answer.outline)
            raise

    def _patiently(
        self,
        make: Callable[[], Request],
        judge: Callable[[Answer], Judgement | None],
        renew: Callable[[], bool],
        *,
        repeat: bool,
        promised: str,
        write: bool,
    ) -> Answer | None:
        def once() -> Answer | None:
            self.pace()
            request = make()
            try:
                answer = self.client.send(request)
            except ConnectionLost as lost:
                final = SourceError(
                    "CONN_NETWORK_BLOCKED",
                    f"{request.label}: {lost}",
                    "check the URL and the network, an allow-list or a proxy",
                )
                if repeat or not lost.sent:
                    raise AskAgain(final, None) from None
                raise (WriteInDoubt(final.code, final.message) if write else final) from None
            judgement = judge(answer)
            # somebody between us and the ERP gave up: the ERP may go on
            gave_up = answer.status in {502, 504} or (
                answer.status == 503 and "Retry-After" not in answer.headers  # noqa: PLR2004 - HTTP
            )
            if judgement is None and gave_up and not repeat:
                kind = WriteInDoubt if write else CallFailed
                raise kind("CONN_CALL_FAILED", f"{answer.label} answered {answer.status}")
            return self._settled(answer, judgement, renew, promised=promised, write=write)

        attempts = Retrying(
            stop=stop_after_attempt(self.tries),
            wait=_wait_time,
            retry=retry_if_exception_type(AskAgain),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return attempts(once)
        except AskAgain as waited:
            raise waited.final from None


_NOT_PROMISED = {"json": "CONN_NOT_JSON", "xml": "CONN_NOT_XML"}


def built_in(
    answer: Answer, client: HttpClient, promised: str, *, write: bool = False
) -> Judgement:
    """Return the verdict of the built-in lines, which come after those of the spec."""
    status = answer.status
    if status == 204 or (200 <= status < 300 and answer.type == "empty" and promised == "any"):  # noqa: PLR2004 - HTTP
        return Judgement("empty")
    if 200 <= status < 300:  # noqa: PLR2004
        if is_protocol_error(answer.body) or (write and is_error_alone(answer.body)):
            own = own_words(answer.body, answer.type, answer.raw) if write else None
            more = f": {own}" if own else ""
            return Judgement("fail", None, f"{answer.label} states an error{more}")
        if promised == answer.type or (promised == "any" and answer.type != "broken"):
            return Judgement("ok")
        if answer.type == "fault":
            return Judgement(
                "fail", None, f"{answer.label} answered with a fault: {fault_text(answer)}"
            )
        if answer.type == "broken":
            return Judgement("fail", *unreadable(answer, promised))
        what = "nothing" if answer.type == "empty" else answer.type
        return Judgement(
            "fail",
            _NOT_PROMISED.get(promised, "CONN_NOT_PROMISED"),
            f"{answer.label} answered with {what} instead of {promised.upper()}",
        )
    if 300 <= status < 400:  # noqa: PLR2004
        where = answer.headers.get("Location", "")
        code = "CONN_CALL_FAILED" if client.same_host(where) else "CONN_REDIRECTED"
        return Judgement("fail", code, f"{answer.label} redirects elsewhere ({status})")
    if answer.type == "fault":
        return Judgement(
            "fail", None, f"{answer.label} answered with a fault: {fault_text(answer)}"
        )
    return Judgement(
        {
            401: "sign_in_again",
            403: "forbidden",
            429: "wait",
            502: "wait",
            503: "wait",
            504: "wait",
        }.get(status, "fail")
    )


def unreadable(answer: Answer, promised: str) -> tuple[str, str]:
    """Return the code and the words for an answer that is broken: where and why."""
    what, cause = f"{answer.label} answered with {promised.upper()}", answer.cause
    if cause is None or cause.startswith(BREAKS_OFF):
        at = (cause or "").removeprefix(BREAKS_OFF)
        return "CONN_TRUNCATED", f"{what} that breaks off{at}"
    return "CONN_UNREADABLE", f"{what} that cannot be read: {cause}"


def _wait_time(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, AskAgain) and error.after is not None:
        return error.after
    return float(wait_random_exponential(multiplier=0.5, max=30)(state))


def _pace(base_url: str, per_second: float | None) -> Callable[[], None]:
    """Return how to wait for a turn at the host of an ERP, which all its schools share."""
    if per_second is None:
        return lambda: None
    parts = urlsplit(base_url)
    turns = limiter(f"erp {parts.scheme}://{parts.netloc}", 1, int(1000 / per_second))

    def pace() -> None:
        turns.try_acquire("erp", blocking=True)

    return pace
