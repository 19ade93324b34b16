"""Write what was heard as a case holds it: requests, answers of every kind, files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.testing import ics_rows, xlsx_rows
from edusync.testing.cleaning import Cleaner, log_ins, meet, scalars
from edusync.testing.csv_rows import rewritten
from edusync.testing.replay import charset_of
from edusync.testing.tape import OK, Asked
from edusync.testing.xml_rows import blank, parsed, put_back, put_back_soap, text_of
from edusync.transport.charset import NotReadable
from edusync.transport.charset import text_of as decoded
from edusync.transport.message import AnswerKind, Decoded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.spec.places import Place
    from edusync.spec.read_rows import Body
    from edusync.spec.reading import Reading
    from edusync.testing.pseudonyms import Pseudonyms
    from edusync.testing.tape import Heard

_DECLARATION = re.compile(r"""\s*<\?xml[^>]*?(?:encoding=["']([\w.-]+)["'][^>]*)?\?>""")
_HEAD = 2048
_MARKUP = re.compile(r"(<!\[CDATA\[.*?\]\]>|<[^>]*>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\s(?!xmlns|xsi:)[\w:.-]+=)("[^"]*"|'[^']*')""")
_NOTHING = {"html": "<html></html>", "text": "-", "broken": "{", "empty": ""}
"""Stands for an answer that cannot be read as what was promised, where the spec does not look into
its text."""


class Answers:
    """Requests and answers of one recording."""

    def __init__(self, people: Pseudonyms, reading: Reading) -> None:
        self.people, self.reading = people, reading
        self.cleaner = Cleaner(people, self._document)

    # what is read

    def meet(self, heard: Heard, bodies: Sequence[Body]) -> None:
        """Meet everybody whose name stands where the spec reads one."""
        body, kind, *_ = _decoded(heard)
        if kind not in {"html", "text", "broken", "empty", "fault"}:
            self._meet(body, [body_.root for body_ in bodies])

    def _meet(self, value: Any, places: Sequence[Place]) -> None:
        for log_in in log_ins(value, places):
            self.people.handle(log_in)
        for found, readers in scalars(value, places):
            document = next((place.document for place in readers if place.document), None)
            if document is not None and isinstance(found, str):
                kind, root = document
                inner = Asked(promised=replace(kind, charset=None)).decoded(found.strip().encode())
                self._meet(inner[0], [root])
            else:
                meet(found, readers, self.people)

    # what is written

    def request(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return a request as a case holds it."""
        return {
            name: self.path(value)
            if name == "path"
            else value
            if name in {"verb", "sql"}
            else self.sent(value)
            for name, value in request.items()
        }

    def path(self, path: str) -> str:
        """Return the path of a URL, or of a file, piece by piece."""
        return "/".join(self.people.text(piece, is_sent=True) for piece in path.split("/"))

    def answer(self, heard: Heard, bodies: Sequence[Body]) -> dict[str, Any]:
        """Return an answer as a case holds it."""
        answer: dict[str, Any] = {} if heard.status == OK else {"status": heard.status}
        body, kind, *_ = _decoded(heard)
        roots = [body_.root for body_ in bodies]
        headers = self._headers(heard, bodies)
        if kind == "json":
            headers.pop("Content-Type", None)
            content: dict[str, Any] = {"json": self.cleaner.value(body, roots)}
        else:
            is_looked_into = any(body_.text.read for body_ in bodies)
            content = {"text": self._text(heard, body, kind, roots, is_looked_into=is_looked_into)}
        return answer | ({"headers": headers} if headers else {}) | content

    def file(self, heard: Heard, bodies: Sequence[Body]) -> bytes:
        """Return a file as a case holds it."""
        body, kind, *_ = _decoded(heard)
        if kind == "xlsx":
            roots = [body_.root for body_ in bodies]
            return xlsx_rows.rewritten(
                body,
                heard.asked.promised,
                lambda name: self.cleaner.caption(name, roots),
                lambda row: self.cleaner.cells(row, roots),
            )
        answer = self.answer(heard, bodies)
        text = (
            json.dumps(answer["json"], ensure_ascii=False) if "json" in answer else answer["text"]
        )
        return str(text).encode(heard.asked.promised.charset or "utf-8", "replace")

    def _headers(self, heard: Heard, bodies: Sequence[Body]) -> dict[str, str]:
        """Return the headers that count.

        The content type, where a redirect leads, and what the spec reads.
        """
        wanted = {
            name for body in bodies for name, place in body.headers.members.items() if place.read
        }
        headers = {
            name.title(): self.people.text(heard.headers[name])
            for name in sorted(wanted)
            if name in heard.headers
        }
        if "location" in heard.headers:
            where = self.people.text(heard.headers["location"])
            is_ours = "://" not in where or any(one in where for one in self.people.hosts.values())
            headers["Location"] = where if is_ours else "https://elsewhere.example"
        if heard.kind:
            charset = heard.asked.promised.charset or "utf-8"
            plain = heard.kind.partition(";")[0]
            headers["Content-Type"] = (
                f"{plain}; charset={charset}"
                if "charset" in heard.kind or charset != "utf-8"
                else plain
            )
        return headers

    def _text(
        self, heard: Heard, body: Any, kind: str, roots: list[Place], *, is_looked_into: bool
    ) -> str:
        try:
            read = decoded(heard.raw, _charset(heard))
        except NotReadable:
            read = heard.raw.decode(_charset(heard), "replace")
        text = _DECLARATION.sub("", read, count=1)
        if kind == "csv":
            return self._table(text, heard.asked.promised, roots)
        if kind == "ics":
            charset = heard.asked.promised.charset
            return ics_rows.rewritten(
                heard.raw, charset, lambda event: self.cleaner.value(event, roots)
            )
        if kind in {"xml", "soap"}:
            return self._markup(heard, body, kind, roots)
        if is_looked_into:
            return str(self.sent(text))
        if kind == "fault":
            return self._without_words(heard)
        return _NOTHING.get(kind, "")

    def _table(self, text: str, promised: AnswerKind, places: list[Place]) -> str:
        return rewritten(
            text.removeprefix("\ufeff"),
            promised,
            lambda name: self.cleaner.caption(name, places),
            lambda row: self.cleaner.cells(row, places),
        )

    def _markup(self, heard: Heard, body: Any, kind: str, roots: list[Place]) -> str:
        """Return XML with what became of its values.

        The description of a service stays, without what people say in it.
        """
        promised = heard.asked.promised
        root = parsed(heard.raw, promised.charset if promised.kind == "xml" else None)
        name = str(root.tag)
        if name.endswith(("}definitions", "}schema")):
            for element in root.iter("{*}documentation"):
                blank(element)
            return self.people.secrets_only(text_of(root))
        cleaned = self.cleaner.value(body, roots)
        if kind == "xml":
            put_back(root, body, cleaned, promised)
            return text_of(root)
        for within in root:
            if str(within.tag).endswith("}Body") and len(within):
                put_back_soap(within[0], body, cleaned)
            else:
                blank(within)
        return text_of(root)

    def _without_words(self, heard: Heard) -> str:
        root = parsed(heard.raw)
        blank(root)
        return text_of(root)

    def _document(self, text: str, kind: AnswerKind, root: Place) -> str:
        """Return a document inside of an answer as a case holds it."""
        plain = replace(kind, charset=None)
        body, form, *_ = Asked(promised=plain).decoded(text.strip().encode())
        if form == "json":
            return json.dumps(self.cleaner.value(body, [root]), ensure_ascii=False)
        if form == "csv":
            return self._table(text.strip(), plain, [root])
        if form == "ics":
            return ics_rows.rewritten(
                text.strip().encode(), None, lambda event: self.cleaner.value(event, [root])
            )
        if form != "xml":
            return _NOTHING.get(form, "")
        inner = parsed(text.strip().encode())
        put_back(inner, body, self.cleaner.value(body, [root]), plain)
        return text_of(inner)

    def sent(self, value: Any) -> Any:
        """Return what a request holds.

        Of XML the names of elements and attributes stay as they are.
        """
        if isinstance(value, dict):
            return {key: self.sent(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.sent(inner) for inner in value]
        if isinstance(value, bool) or not isinstance(value, str | int):
            return value
        text = str(value)
        if text.lstrip().startswith("<"):
            return "".join(map(self._piece, _MARKUP.split(text)))
        replaced = self.people.text(text, is_sent=True)
        return (
            value
            if replaced == text
            else int(replaced)
            if isinstance(value, int) and replaced.isdigit()
            else replaced
        )

    def _piece(self, piece: str) -> str:
        if piece.startswith("<![CDATA["):
            return f"<![CDATA[{self.sent(piece[9:-3])}]]>"
        if piece.startswith("<"):
            return _ATTRIBUTE.sub(
                lambda found: f"{found[1]}{found[2][0]}{self.sent(found[2][1:-1])}{found[2][0]}",
                piece,
            )
        return self.people.text(piece, is_sent=True)


def _decoded(heard: Heard) -> Decoded:
    asked = heard.asked
    if asked.place is None or _describes_a_service(heard.raw):
        is_markup = heard.raw.lstrip()[:1] == b"<"
        asked = Asked(promised=AnswerKind("xml" if is_markup else "json"))
    decoded = asked.decoded(heard.raw, heard.status, heard.kind)
    return Decoded(None, "text") if decoded[1] == "csv" and heard.status != OK else decoded


def _describes_a_service(raw: bytes) -> bool:
    """Whether an answer is a WSDL, or a schema that one includes."""
    return b"http://schemas.xmlsoap.org/wsdl/" in raw[:_HEAD] or b":schema" in raw[:_HEAD]


def _charset(heard: Heard) -> str:
    declared = _DECLARATION.match(heard.raw[:200].decode("latin-1"))
    promised = heard.asked.promised.charset
    return charset_of(heard.kind, promised, declared.group(1) if declared else None)
