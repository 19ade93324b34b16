"""A request that is ready to be sent, and the answer to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from edusync.spec.texts import Path


PARAMETER = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)")
"""A place in a statement that a value is bound to."""


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """What an answer promises to be.

    `listed` names the XML elements that are lists, even of one, because a path treats them so, and
    `places` the columns that are told by their place, such as `E-mail#2` and `#5`.
    """

    kind: str = "json"
    charset: str | None = None
    attributes: str | None = None
    separator: str | None = None
    sheet: str | int | None = None
    header: int = 1
    """The line that names the columns, from 1; 0 where none does."""
    skip: int = 0
    """So many lines below it are no rows."""
    places: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()


JSON = AnswerKind()
_FIRST_FIELD = re.compile(r"^\s*(?:(?:query|mutation)\b[^{]*)?\{\s*(?P<name>[A-Za-z_]\w*)")
_XML_RPC = re.compile(r"<methodName>\s*(?P<name>[\w.:/-]+)\s*</methodName>")
_KEY = re.compile(r"[^\W\d][\w.:-]{0,40}")
_MANY = 8
_BODY = ("answer", "body")
BREAKS_OFF = "it breaks off"
"""Begins the cause of an answer that is cut, or not well-formed."""


class Flaw(NamedTuple):
    """Something of an answer that could not be read.

    `rows` are missing, a `column` that stands twice cannot be read at all, and a `cell` is UNKNOWN
    in its row. A list that does not read the column has no flaw.
    """

    kind: Literal["rows", "column", "cell"]
    where: str
    """The line, the sheet and the cell, or the UID."""
    why: str
    column: str | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


class Decoded(NamedTuple):
    """What the bytes of an answer hold.

    `kind` is what it turned out to be: json, xml, soap, fault, csv, xlsx, ics, html, text, empty
    or broken; `root` is the name of the root of an XML document, and `cause` is why it is broken.
    `only` is the name of the one element that the body stands for (SOAP), and `declares` says
    whether it can have a path of names at all.
    """

    body: Any
    kind: str
    root: str | None = None
    cause: str | None = None
    flaws: tuple[Flaw, ...] = ()
    only: str | None = None
    declares: Callable[[tuple[str, ...]], bool] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, all holes filled.

    `query` holds pairs in order; a URL may be a path below the base URL.
    """

    verb: str
    url: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    form: Mapping[str, str] | None = None
    text: str | None = None
    xml: str | None = None
    raw: bytes | None = None
    answer: AnswerKind = JSON
    read: Callable[[bytes, int], Decoded] | None = None
    """Reads the answer in place of `answer`, where reading needs more than its kind."""
    basic: tuple[str, str] | None = None
    name: str | None = None
    anywhere: bool = False
    """A step that signs in, which may be asked of any host."""
    place: str = ""
    """The line of the spec that asks, for a trace."""

    @property
    def label(self) -> str:
        """Name the request for people: verb and path, without query, host or secrets."""
        if self.name is not None:
            return self.name
        path = (
            self.url.partition("://")[2].partition("/")[2]
            if "://" in self.url
            else self.url.lstrip("/")
        )
        method = self._method()
        return f"{self.verb} /{path.partition('?')[0]}" + (f" {method}" if method else "")

    def _method(self) -> str | None:
        """Return the method of a remote procedure, or the operation of GraphQL, that is called."""
        if isinstance(self.json, dict):
            if isinstance(method := self.json.get("method"), str):
                return method
            query = self.json.get("query")
            named = self.json.get("operationName")
            match = _FIRST_FIELD.search(query) if isinstance(query, str) else None
            return str(named) if named else match["name"] if match else None
        match = _XML_RPC.search(self.xml or self.text or "")
        return match["name"] if match else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    `type` is json, xml, rows, fault, html, text, empty or broken; `body` is what was read, None
    when there is nothing.
    """

    status: int
    headers: Mapping[str, str]
    raw: bytes
    body: Any
    type: str
    label: str = ""
    url: str = ""
    root: str | None = None
    digest: bytes = b""
    """Stands for the bytes of an answer that was read as it came; `raw` is their beginning."""
    cause: str | None = None
    """Why it is broken."""
    flaws: tuple[Flaw, ...] = ()
    only: str | None = None
    """The name of the one element whose value the body is (SOAP)."""
    declares: Callable[[tuple[str, ...]], bool] | None = None
    """Whether an answer of its type can have a path of names; None where no type says so."""
    files: tuple[tuple[str, int | None], ...] = ()
    """The files that its rows came in, with the count of each; None for an unreadable one."""
    taken_by: str = ""
    """The condition of the spec by which it is what was asked for; empty where no line says so."""

    @property
    def outline(self) -> str:
        """What came, without a value of it: status, type, size, and the names of its keys."""
        text = f"{self.status} {self.type}"
        if self.raw and not self.digest:  # of what was read as it came, the beginning alone is kept
            text += f", {len(self.raw)} bytes"
        keys = _keys(self.body)
        if not keys:
            return text
        shown = [key for key in keys[:_MANY] if _KEY.fullmatch(key)]
        if not shown:
            return f"{text}, {len(keys)} keys"
        more = len(keys) - len(shown)
        return f"{text}, keys {', '.join(shown)}" + (f" and {more} more" if more else "")

    def read(self, path: Path) -> Any:
        """Return what a path leads to.

        The value of an only element is found without the element and by its name as well.
        """
        return path.read(self._body_for([path.first]))

    def _body_for(self, members: Iterable[str | None]) -> Any:
        return {self.only: self.body} if self.only in {*members} - {None} else self.body

    def scope(self, reads: Iterable[tuple[str, ...]] = ()) -> dict[str, Any]:
        """Return the answer as the `answer` of expressions, which read some names."""
        members = [name[2] for name in reads if name[:2] == _BODY and len(name) > len(_BODY)]
        return {
            "status": self.status,
            "headers": {key.lower(): value for key, value in self.headers.items()},
            "body": self._body_for(members),
            "text": self.raw[:4096].decode("utf-8", "replace"),
            "type": self.type,
            "root": self.root,
        }


def _keys(body: Any) -> list[str]:
    """Return the names of the keys of a body, or of its first row."""
    while isinstance(body, list) and body:
        body = body[0]
    return [str(key) for key in body] if isinstance(body, dict) else []
