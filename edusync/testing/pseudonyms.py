"""Put invented people in the place of real ones, everywhere the same: names, e-mails, phones, and every secret.

What the spec reads of a person is replaced by value, wherever it stands and however the wire writes it (URL, XML, base64). What the spec does not
read at all is not needed by anybody, so it is blanked: birth dates, addresses, numbers of all kinds go without being recognised.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus
from xml.sax.saxutils import escape

from edusync.sandbox.invented import FIRST, LAST
from edusync.testing.replay import CANARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{2}|00\d{2}|0)(?:[ .-]?\d){8,11}(?![\w.])")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{8,}={0,2}(?![A-Za-z0-9+/=])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3  # names of fewer letters are replaced where a whole value is one, not inside of texts
_LONG_ENOUGH = 8
_INVENTED_EMAIL = re.compile(r"[\w.+'-]+@ecole\.test")
_WRITINGS: tuple[tuple[str, Callable[[str], str], Callable[[str], str]], ...] = (
    ("%", unquote, lambda text: quote(text, safe="/:?=&@+")),
    ("+", unquote_plus, lambda text: quote_plus(text, safe="/:?=&@")),
    ("&", unescape, escape),
    (
        "\\u",
        lambda text: re.sub(
            r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), text
        ),
        lambda text: json.dumps(text)[1:-1],
    ),
)
"""How the wire may write a text: by what that is known, how it is read, and how it is written again."""


class Pseudonyms:
    """Replacements that grow with the people that are met. `text` is the one way to replace anything."""

    def __init__(self, secrets: Iterable[str] = (), real: Iterable[str] = ()) -> None:
        """Take `secrets` out; none of the `real` names is given to anybody."""
        self.secrets: list[str] = []
        self.real = {_folded(name) for name in real}
        self.last: dict[str, str] = {}
        self.first: dict[str, str] = {}
        self.whole: dict[str, str] = {}
        """Whole values: e-mails, phones, badges, user names."""
        self.keys: dict[str, str] = {}
        """What stands under a key of an answer, when it is always the same of a person: last, first or whole."""
        for secret in secrets:
            self.hide(secret)

    def hide(self, secret: str) -> None:
        """Take a secret out of everything, in every form that the wire gives it."""
        if secret:
            forms = {
                secret,
                quote(secret, safe=""),
                quote_plus(secret),
                escape(secret, {'"': "&quot;"}),
                base64.b64encode(secret.encode()).decode(),
            }
            self.secrets = sorted({*self.secrets, *forms}, key=len, reverse=True)

    def person(
        self,
        last: object,
        first: object,
        email: object = None,
        phone: object = None,
        *others: object,
    ) -> None:
        """Invent a person in the place of another; who was met before keeps the name."""
        number = len(self.last) + len(self.first)
        new_last = self._named(self.last, last, LAST[number * 7 % len(LAST)])
        new_first = self._named(self.first, first, FIRST[number * 5 % len(FIRST)])
        if email and isinstance(email, str) and _folded(email) not in self.whole:
            plain = _plain(f"{new_first or 'x'}.{new_last or 'x'}")
            self.whole[_folded(email)] = f"{plain}.{1000 + len(self.whole)}@ecole.test"
        if phone and isinstance(phone, str) and _folded(phone) not in self.whole:
            self.whole[_folded(phone)] = _phone(len(self.whole))
        for other in others:
            if other and isinstance(other, str) and _folded(other) not in self.whole:
                self.whole[_folded(other)] = f"B{len(self.whole):0{max(len(other) - 1, 1)}d}"

    def text(self, text: str) -> str:
        """Return a text with everybody replaced, and every secret taken out."""
        for secret in self.secrets:
            if secret in text:  # a short one could be a part of anything
                text = (
                    text.replace(secret, CANARY)
                    if len(secret) >= _LONG_ENOUGH
                    else re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", CANARY, text)
                )
        known = (
            self.whole.get(_folded(text))
            or self.last.get(_folded(text))
            or self.first.get(_folded(text))
        )
        if known is not None:
            return _cased(known, text) if _folded(text) not in self.whole else known
        text = _BASE64.sub(self._in_base64, text)
        for mark, read, write in _WRITINGS:
            if (
                mark in text
                and (plain := read(text)) != text
                and (replaced := self._words(plain)) != plain
            ):
                text = write(replaced)
        return self._words(text)

    def said(self, key: str, text: str) -> str:
        """Return what stands under a key, replaced: a name is one there, whether or not anybody was met who bears it."""
        what = self.keys.get(key)
        if what is None or not text.strip():
            return self.text(text)
        if what in {"last", "first"} and _folded(text) not in self.whole:
            known = self.last if what == "last" else self.first
            pool = LAST if what == "last" else FIRST
            return _cased(self._named(known, text, pool[len(known) * 7 % len(pool)]) or "", text)
        replaced = self.text(text)
        return (
            replaced
            if replaced != text or _INVENTED_EMAIL.fullmatch(text)
            else self.whole.setdefault(_folded(text), f"B{len(self.whole)}")
        )

    def value(self, value: Any, keep: Callable[[str], bool]) -> Any:
        """Return JSON with everybody replaced; the values of keys that nobody reads are blanked, their names stay."""
        if isinstance(value, dict):
            return {
                self.text(str(key)): self.said(str(key), inner)
                if isinstance(inner, str) and keep(str(key))
                else self.value(inner, keep)
                if isinstance(inner, dict | list) or keep(str(key))
                else _blank(inner)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.value(item, keep) for item in value]
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int) and not isinstance(value, bool) and str(value) in self.whole:
            return self.whole[str(value)]
        return value

    def _words(self, text: str) -> str:
        """Replace e-mails, phones and names inside of a text."""
        text = _EMAIL.sub(
            lambda found: (
                found.group()
                if _INVENTED_EMAIL.fullmatch(found.group())
                else self._email(found.group())
            ),
            text,
        )
        text = _PHONE.sub(
            lambda found: (
                found.group()
                if found.group().startswith("+33 6 39 98")
                else self._phone_of(found.group())
            ),
            text,
        )
        return _WORD.sub(lambda found: self._name(found.group()), text)

    def _name(self, word: str) -> str:
        key = _folded(word)
        known = self.last.get(key) or self.first.get(key) if len(key) >= _SHORTEST else None
        if known is not None:
            return _cased(known, word)
        parts = re.split(r"(['’-])", word)
        return (
            "".join(part if index % 2 else self._name(part) for index, part in enumerate(parts))
            if len(parts) > 1
            else word
        )

    def _email(self, email: str) -> str:
        return self.whole.setdefault(_folded(email), f"person{len(self.whole)}@ecole.test")

    def _phone_of(self, phone: str) -> str:
        return self.whole.setdefault(_folded(phone), _phone(len(self.whole)))

    def _in_base64(self, found: re.Match[str]) -> str:
        try:
            plain = base64.b64decode(found.group(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return found.group()
        if not plain.isprintable():
            return found.group()
        replaced = self.text(plain) if plain != found.group() else plain
        return found.group() if replaced == plain else base64.b64encode(replaced.encode()).decode()

    def _named(self, known: dict[str, str], name: object, invented: str) -> str | None:
        if not isinstance(name, str) or not name.strip():
            return None
        key = _folded(name)
        if key not in known:
            taken = set(known.values())
            pool = LAST if known is self.last else FIRST
            singles = (invented, *pool)
            pairs = (f"{one}-{other}" for one in pool for other in pool if one != other)
            known[key] = next(
                other
                for other in (*singles, *pairs)
                if other not in taken and _folded(other) not in self.real and _folded(other) != key
            )
            for part in re.split(r"[\s'’-]+", key):  # "Le Goff" may stand as "M. Goff" elsewhere
                if len(part) >= _SHORTEST:
                    known.setdefault(part, known[key])
        return known[key]


def _phone(number: int) -> str:
    """Return a number of the block that is set aside for fiction (Arcep: 06 39 98 00 00 to 06 39 98 99 99)."""
    return f"+33 6 39 98 {number // 100 % 100:02d} {number % 100:02d}"


def _blank(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    return 0 if isinstance(value, int | float) else ""


def _cased(name: str, like: str) -> str:
    """Write a name as the one it replaces: in capitals, without any, or as it is."""
    return (
        name.upper()
        if like.isupper() and len(like) > 1
        else name.lower()
        if like.islower()
        else name
    )


def _folded(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.strip().casefold())
        if not unicodedata.combining(letter)
    )


def _plain(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.lower())
        if letter.isascii() and (letter.isalnum() or letter == ".")
    )
