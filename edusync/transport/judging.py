"""What an answer means to the call that was made, and what becomes of the call."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from edusync.errors import CallFailed
from edusync.transport.stated import own_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.transport.message import Answer

LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer means: the word of a verdict, or `undecided` when no line can say it.

    Some have a code and words of their own.
    """

    then: str
    code: str | None = None
    message: str | None = None
    line: str = ""
    """The condition that says so; empty where it is no line of the spec."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer together with what is known when its verdict is settled."""

    answer: Answer
    code: str
    """That of the line, or the one of any call that failed."""
    message: str | None
    is_write: bool
    by_line: bool
    """Whether a line of the spec says so; the built-in lines otherwise."""
    is_own: bool
    """Whether the line has a code of its own."""
    renew: Callable[[], bool]
    """Sign in again; false when that cannot help, or was done already."""

    @property
    def words(self) -> str:
        """The words of the line, else the status, and of a write what the ERP says itself."""
        if self.message:
            return self.message
        answer = self.answer
        text = f"{answer.label} answered {answer.status}"
        own = own_words(answer.body, answer.type, answer.raw) if self.is_write else None
        return f"{text}: {own}" if own else text


class Settling(Protocol):
    """A verdict: what becomes of a call whose answer it is about."""

    @classmethod
    def settle(cls, judged: Judged) -> Answer | None:
        """Return what the call answers, None to make it again; AskAgain to wait before that.

        Raises what the call fails with.
        """


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


class AskAgain(Exception):
    """The call may succeed later: after some seconds when the answer says so, else a little later.

    `final` is what it fails with when it was tried often enough.
    """

    def __init__(self, final: Exception, after: float | None) -> None:
        super().__init__(str(final))
        self.final, self.after = final, after


def says_nothing(answer: Answer) -> bool:
    """Whether an answer does not tell what became of a write.

    It breaks off, or is a page or a text under 200. It leads to another page, as many servers do
    once they have done what was sent; 307 and 308 say that it is to be sent again elsewhere.
    """
    status = answer.status
    if 300 <= status < 400:  # noqa: PLR2004 - HTTP
        return status not in {HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT}
    is_page = 200 <= status < 300 and answer.type in {"html", "text", "empty"}  # noqa: PLR2004
    return answer.type == "broken" or is_page


def fault_text(answer: Answer) -> str:
    """Return what a SOAP fault says, of version 1.1 (`faultstring`) or 1.2 (`Reason/Text`)."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(answer.raw, parser)
    except etree.XMLSyntaxError:
        root = None
    for element in () if root is None else root.iter("faultstring", "{*}Text"):
        text = " ".join(str(element.xpath("string()")).split())
        if text:
            return text
    return "no reason given"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for, at most five minutes.

    None when it says nothing usable.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT)
    date = headers.get("Date", "")
    try:
        seconds = (parsedate_to_datetime(text) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
