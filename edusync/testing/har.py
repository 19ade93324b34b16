"""A trace as HAR 1.2, which browsers and other viewers open, with secrets and people masked.

Of people every value is masked that a row may hold: letters become x, digits 0; shapes stay. Dates,
hours, short numbers and what the spec itself names stay readable.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import orjson

from edusync import __version__
from edusync.testing.deciphering import readings
from edusync.testing.replacing import Edit, replaced
from edusync.testing.secrets import Secrets, in_base64

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from edusync.transport.trace import Exchanged, Trace

HIDDEN = "(secret)"
_SECRET_NAME = re.compile(
    r"authori[sz]ation|cookie|token|secret|passw|pwd|mot_?de_?passe|(?:api|access)[-_]?key|^x-key$"
    r"|signature|credential|session[-_]?id|jsessionid|^code_verifier$",
    re.IGNORECASE,
)
_PLAIN_HEADER = re.compile(
    r"^(?:accept.*|content-.*|transfer-encoding|connection|date|server|vary|user-agent|host|allow"
    r"|cache-control|expires|etag|last-modified|age|retry-after|soapaction|x-ratelimit-.*"
    r"|x-total.*|link|location|www-authenticate|strict-transport-security|keep-alive|pragma)$",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"(?:(?P<y1>\d{4})[-/.]?\d{2}[-/.]?\d{2}|\d{1,2}[-/.]\d{1,2}[-/.](?P<y2>\d{4}))"
    r"(?:[T ]\d{1,2}[:h]?\d{2}(?::?\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2}[:h]\d{2}(?::\d{2})?"
)
_YEARS = 12
"""A day so long ago may be somebody's birthday."""
_SHORT = 8
"""A number of more digits may be a phone number, or that of an identity card."""
_WORD = re.compile(r"[^\W\d_]+|\d+")


def har(trace: Trace, *, with_people: bool = False) -> str:
    """Return the text of the file."""
    mask = _Mask(trace, with_people=with_people)
    entries = [mask.entry(one) for one in trace.exchanged]
    about = "Secrets are masked." if with_people else "Secrets and people are masked."
    log = {
        "version": "1.2",
        "creator": {"name": "edusync", "version": __version__},
        "entries": entries,
        "comment": about,
    }
    return json.dumps({"log": log}, indent=1, ensure_ascii=False)


class _Mask:
    """Masks the exchanges of one trace."""

    def __init__(self, trace: Trace, *, with_people: bool) -> None:
        self.secrets, self.with_people = Secrets(trace.secrets), with_people
        self.words = trace.words

    def entry(self, one: Exchanged) -> dict[str, Any]:
        """Return one exchange as HAR says it."""
        milliseconds = round(one.took * 1000, 3)
        what = ", ".join(filter(None, (one.place, one.label)))
        return {
            "startedDateTime": one.started.isoformat(),
            "time": milliseconds,
            "request": self._request(one),
            "response": self._response(one),
            "cache": {},
            "timings": {"send": 0, "wait": milliseconds, "receive": 0},
            "comment": self.secret(what if self.with_people else self._label(what)),
            **({"_error": self.secret(self._error_text(one.error))} if one.error else {}),
        }

    def _request(self, one: Exchanged) -> dict[str, Any]:
        kind = _kind(one.headers) or ("application/json" if one.verb == "SQL" else "")
        url, query = self._url(one.url)
        request = {
            "method": one.verb,
            "url": url,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(one.headers),
            "queryString": query,
            "headersSize": -1,
            "bodySize": len(one.sent),
        }
        if one.sent:
            text = self.body(one.sent, kind, signs_in=one.signs_in)
            request["postData"] = {"mimeType": kind or "text/plain", "text": text}
        return request

    def _response(self, one: Exchanged) -> dict[str, Any]:
        kind = _kind(one.answer_headers) or ("application/json" if one.verb == "SQL" else "")
        content: dict[str, Any] = {"size": one.size, "mimeType": kind or "text/plain"}
        if one.is_cut:
            content["comment"] = f"the first {len(one.came)} bytes of {one.size}"
        if one.came:
            content["text"] = self.body(bytes(one.came), kind, signs_in=one.signs_in)
        return {
            "status": one.status,
            "statusText": one.reason,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(one.answer_headers),
            "content": content,
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": one.size,
        }

    # parts of an exchange

    def _headers(self, headers: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
        return [{"name": name, "value": self._header(name, value)} for name, value in headers]

    def _header(self, name: str, value: str) -> str:
        if _SECRET_NAME.search(name):
            return HIDDEN
        if name.lower() in {"location", "link"}:
            return self.secret(self._url(value)[0] if name.lower() == "location" else _EMPTY)
        plain = self.with_people or _PLAIN_HEADER.match(name)
        return self.secret(value if plain else self.value(value))

    def _url(self, url: str) -> tuple[str, list[dict[str, str]]]:
        parts = urlsplit(url)
        path = "/".join(
            quote(self._step(unquote(step)), safe="()@:,.;=*!") if step else ""
            for step in parts.path.split("/")
        )
        query = [
            (name, self._named(name, value))
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ]
        host = parts.netloc.rpartition("@")[2]
        whole = urlunsplit((parts.scheme, host, path, urlencode(query, safe="()/:,"), ""))
        return whole, [{"name": name, "value": value} for name, value in query]

    def _named(self, name: str, value: str) -> str:
        if name and _SECRET_NAME.search(name):
            return HIDDEN
        return self.secret(value if self.with_people else self.value(value))

    def _step(self, step: str) -> str:
        is_known = all(word in self.words or word.isdigit() for word in _WORD.findall(step))
        return self.secret(step if is_known else self._named("", step))

    def _label(self, text: str) -> str:
        """Return the name of a request, whose path may hold an e-mail."""
        parts = map(unquote, text.split("/"))
        return "/".join(part if self._is_plain(part) else _masked(part) for part in parts)

    def _is_plain(self, part: str) -> bool:
        return "@" not in part and all(
            word in self.words or word.isdigit() or word.isupper() or word.isascii()
            for word in _WORD.findall(part)
        )

    def _error_text(self, error: str) -> str:
        return error if self.with_people else error.partition(":")[0]

    def body(self, raw: bytes, kind: str, *, signs_in: bool) -> str:
        """Return a body as text; of a sign-in no value stays."""
        keep = partial(self._member, signs_in=signs_in)
        text = raw.decode("utf-8", "replace")
        if "\0" in text or text.startswith("PK\3\4"):
            return f"({len(raw)} bytes that are no text)"
        for read in (self._json, self._xml, self._form):
            shown = read(raw, kind, keep)
            if shown is not None:
                return self.secret(shown)
        return self.secret(text if self.with_people and not signs_in else self._lines(text))

    def _json(self, raw: bytes, _kind: str, keep: Callable[[str, Any], Any]) -> str | None:
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        return json.dumps(_each(data, "", keep), ensure_ascii=False)

    def _xml(self, raw: bytes, _kind: str, keep: Callable[[str, Any], Any]) -> str | None:
        if not raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or b"<html" in raw[:500].lower():
            return None
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
        for element in root.iter(etree.Element):
            name = etree.QName(element).localname
            for part in ("text", "tail"):
                value_text = getattr(element, part)
                if value_text and value_text.strip():
                    setattr(element, part, str(keep(name, value_text)))
            for attribute, value in element.attrib.items():
                word = etree.QName(attribute).localname
                if word not in {"type", "nil", "schemaLocation"}:
                    element.set(attribute, str(keep(word, value)))
        return etree.tostring(root, encoding="unicode")

    def _form(self, raw: bytes, kind: str, keep: Callable[[str, Any], Any]) -> str | None:
        if "x-www-form-urlencoded" not in kind:
            return None
        pairs = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
        return urlencode([(name, keep(name, value)) for name, value in pairs], safe="()")

    def _member(self, name: str, value: Any, *, signs_in: bool) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if _SECRET_NAME.search(name) or (signs_in and isinstance(value, str)):
            return HIDDEN
        if self.with_people:
            return value
        return self.value(value)

    def _lines(self, text: str) -> str:
        """Return a text whose first line may name its columns."""
        first, newline, rest = text.partition("\n")
        cells = {cell.strip('" \r') for cell in re.split(r"[;,\t|]", first)}
        is_table = bool(rest) and len(cells) > 1 and not cells.isdisjoint(self.words)
        is_named = is_table or text.startswith("BEGIN:VCALENDAR")
        head = first if is_named else self._words(first)
        return head + newline + self._words(rest)

    def _words(self, text: str) -> str:
        parts = re.split(r"([;,\t|\n\r:<>=\"])", text)
        return "".join(part if index % 2 else self.value(part) for index, part in enumerate(parts))

    # values

    def value(self, value: Any) -> Any:
        """Return what tells nobody: dates, hours, short numbers, and what the spec names."""
        if isinstance(value, int | float):
            return value if len(str(abs(int(value)))) <= _SHORT else int("9" * len(str(value)))
        text = str(value).strip()
        if text[:1] in ("<", "{", "["):  # a document inside another
            keep = partial(self._member, signs_in=False)
            shown = self._json(text.encode(), "", keep) or self._xml(text.encode(), "", keep)
            if shown is not None:
                return shown
        if text in self.words or (text.isdigit() and len(text) <= _SHORT):
            return value
        moment = _MOMENT.fullmatch(text)
        if moment is not None:
            year = moment["y1"] or moment["y2"]
            if year is None or int(year) > date.today().year - _YEARS:  # noqa: DTZ011 - a year
                return value
        return _masked(str(value))

    def secret(self, text: str) -> str:
        """Return a text without a secret, in whatever form a wire gives it."""
        edits = [
            Edit(*read.span(*span), HIDDEN, 0, is_secret=True)
            for read in readings(text)
            for span in self.secrets.spans(read.letters)
        ]
        edits += list(in_base64(text, self._within))
        return replaced(text, edits)

    def _within(self, text: str) -> str:
        found = [Edit(*span, HIDDEN, 0, is_secret=True) for span in self.secrets.spans(text)]
        return replaced(text, found)


_EMPTY = "(masked)"


def _each(data: Any, name: str, keep: Callable[[str, Any], Any]) -> Any:
    if isinstance(data, dict):
        return {key: _each(value, key, keep) for key, value in data.items()}
    if isinstance(data, list):
        return [_each(value, name, keep) for value in data]
    return keep(name, data)


def _masked(text: str) -> str:
    return "".join(
        "0" if one.isdigit() else ("X" if one.isupper() else "x") if one.isalpha() else one
        for one in text
    )


def _kind(headers: Iterable[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")
