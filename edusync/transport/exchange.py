"""One exchange with the ERP.

Send, judge, wait and try again, sign in again once, or fail with a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from edusync.errors import CallFailed, SourceError
from edusync.transport.message import BREAKS_OFF
from edusync.transport.session import ConnectionLost
from edusync.transport.stated import is_error_alone, is_protocol_error, own_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenacity import RetryCallState

    from edusync.transport.client import HttpClient
    from edusync.transport.message import Answer, Request
    from edusync.transport.sign_in import SignIn

LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer means.

    It is ok, empty, wait, sign_in_again, forbidden, refused, again, fail or undecided. The last
    five have a code and words. `undecided`: no line of the spec can say what it means.
    """

    then: str
    code: str | None = None
    message: str | None = None


class Forbidden(CallFailed):
    """The ERP forbids this call for our key."""


class RefusedWrite(CallFailed):
    """The ERP understood a write and does not want it.

    `answer` is what it says, None when there is nothing to read.
    """

    def __init__(self, code: str, message: str, answer: Answer | None = None) -> None:
        super().__init__(code, message)
        self.answer = answer


class ReadAgain(RefusedWrite):
    """The ERP did not take a write because it moved on: it is to be read and sent again."""


class WriteInDoubt(CallFailed):
    """A write was sent, and nobody knows whether it landed."""


class _Wait(Exception):
    def __init__(self, final: Exception, after: float | None) -> None:
        super().__init__(str(final))
        self.final, self.after = final, after


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
    ) -> None:
        self.client, self.sign_in, self.tries, self.sleep = client, sign_in, tries, sleep
        self.pace = _pace(per_second)

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

        A `write` is repeated only when it cannot have arrived, and may be answered with nothing.
        Raises CallFailed when the call fails, Forbidden when it is not allowed, SourceError when
        the ERP is out of reach; of a write also RefusedWrite, and WriteInDoubt when no answer says
        whether it landed.
        """
        renewed = False
        while True:
            generation = self.sign_in.ensure() if self.sign_in else 0
            answer, verdict = self._patiently(
                make, judge, repeat=repeat and not write, promised=promised, write=write
            )
            match verdict.then:
                case "ok":
                    return answer
                case "empty":
                    return replace(answer, body=None, type="empty")  # whatever it says is no row
                case "sign_in_again" if (
                    self.sign_in is not None and self.sign_in.can_renew and not renewed
                ):
                    self.sign_in.renew(generation)
                    renewed = True
                case "sign_in_again":
                    raise Forbidden(
                        "CONN_AUTH_FAILED", f"{answer.label} refused our sign-in ({answer.status})"
                    )
                case "forbidden":
                    raise Forbidden(
                        verdict.code or "CONN_ERP_ACCESS_NOT_OPENED",
                        verdict.message or f"{answer.label} is forbidden for our key",
                    )
                case "undecided" if write:
                    raise WriteInDoubt(
                        "CONN_CALL_FAILED", f"{answer.label}: {verdict.message or ''}"
                    )
                case "undecided":
                    raise CallFailed("CONN_CALL_FAILED", f"{answer.label}: {verdict.message or ''}")
                case "refused" | "again":
                    kind = ReadAgain if verdict.then == "again" else RefusedWrite
                    code = verdict.code or "CONN_CALL_FAILED"
                    raise kind(code, _told(answer, verdict, write=write), answer)
                case _ if write and answer.status < 500 and not _says_nothing(answer):  # noqa: PLR2004 - HTTP
                    code = verdict.code or "CONN_CALL_FAILED"
                    raise RefusedWrite(code, _told(answer, verdict, write=write), answer)
                case _ if write and answer.type != "fault":
                    raise WriteInDoubt(
                        verdict.code or "CONN_CALL_FAILED",
                        verdict.message or f"{answer.label} answered {answer.status}",
                    )
                case _:
                    raise CallFailed(
                        verdict.code or "CONN_CALL_FAILED",
                        verdict.message or f"{answer.label} answered {answer.status}",
                    )

    def _patiently(
        self,
        make: Callable[[], Request],
        judge: Callable[[Answer], Judgement | None],
        *,
        repeat: bool,
        promised: str,
        write: bool,
    ) -> tuple[Answer, Judgement]:
        def once() -> tuple[Answer, Judgement]:
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
                    raise _Wait(final, None) from None
                raise (WriteInDoubt(final.code, final.message) if write else final) from None
            said = judge(answer)
            verdict = said or (
                Judgement("ok")
                if write
                and answer.type == "empty"
                and promised != "soap"
                and 200 <= answer.status < 300  # noqa: PLR2004 - HTTP
                else built_in(answer, self.client, promised, write=write)
            )
            if write and said is not None and said.then == "empty":
                verdict = Judgement(
                    "refused",
                    said.code,
                    said.message or (fault_text(answer) if answer.type == "fault" else None),
                )  # what reads as "no rows" is no place to write to
            # somebody between us and the ERP gave up: the ERP may go on
            gave_up = answer.status in {502, 504} or (
                answer.status == 503 and "Retry-After" not in answer.headers  # noqa: PLR2004 - HTTP
            )
            if write and said is None and gave_up:
                raise WriteInDoubt("CONN_CALL_FAILED", f"{answer.label} answered {answer.status}")
            if verdict.then == "wait":
                failed = CallFailed(
                    verdict.code or "CONN_CALL_FAILED",
                    verdict.message or f"{answer.label} answered {answer.status} again and again",
                )
                raise _Wait(failed, retry_after(answer))
            return answer, verdict

        attempts = Retrying(
            stop=stop_after_attempt(self.tries),
            wait=_wait_time,
            retry=retry_if_exception_type(_Wait),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return attempts(once)
        except _Wait as waited:
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
        if promised in {answer.type, "any"}:
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


def _says_nothing(answer: Answer) -> bool:
    """Whether an answer does not tell what became of a write.

    It breaks off, or is a page or a text under 200.
    """
    return answer.type == "broken" or (
        200 <= answer.status < 300 and answer.type in {"html", "text", "empty"}  # noqa: PLR2004 - HTTP
    )


def _told(answer: Answer, verdict: Judgement, *, write: bool) -> str:
    """Return what is said of an answer that is no success: of a write, in the ERP's own words."""
    if verdict.message:
        return verdict.message
    said = f"{answer.label} answered {answer.status}"
    own = own_words(answer.body, answer.type, answer.raw) if write else None
    return f"{said}: {own}" if own else said


def fault_text(answer: Answer) -> str:
    """Return what a SOAP fault says."""
    found = re.search(rb"<(?:[\w.-]+:)?(?:faultstring|Text)[^>]*>([^<]*)<", answer.raw)
    return found.group(1).decode("utf-8", "replace").strip() if found else "no reason given"


def retry_after(answer: Answer) -> float | None:
    """Return the seconds that `Retry-After` asks for, at most five minutes.

    None when it says nothing usable.
    """
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT)
    date = answer.headers.get("Date", "")
    try:
        seconds = (parsedate_to_datetime(text) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _wait_time(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Wait) and error.after is not None:
        return error.after
    return float(wait_random_exponential(multiplier=0.5, max=30)(state))


def _pace(per_second: float | None) -> Callable[[], None]:
    if per_second is None:
        return lambda: None
    from pyrate_limiter import Limiter, Rate

    limiter = Limiter(Rate(1, int(1000 / per_second)))

    def pace() -> None:
        limiter.try_acquire("erp", blocking=True)

    return pace
