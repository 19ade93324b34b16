"""Put invented people in the place of real ones, everywhere the same.

Names, e-mails, log-ins, phones, and every secret.

First everybody is met, then texts are written anew. A text is replaced in one pass, whatever way a
wire wrote it; what was put in is not looked at again. The words of a name are replaced one by one,
so an invented name has the shape of the real one, and what a template or a format makes of it is
made of the invented one, too.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from edusync.testing.deciphering import as_read, readings
from edusync.testing.inventing import Inventor, cased, folded
from edusync.testing.meeting import (
    EMAIL,
    Met,
    Token,
    log_ins,
    telling,
    tokens,
)
from edusync.testing.replacing import Edit, replaced
from edusync.testing.replay import CANARY
from edusync.testing.secrets import Secrets, in_base64

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from edusync.testing.deciphering import Deciphered
    from edusync.testing.meeting import Phrase

_PHONE = re.compile(
    r"(?<![\w+])(?<!\d\.)(?:"
    r"(?:\+33 ?(?:\(0\) ?)?|0033 ?|0)\d([ .\-/]?)\d\d(?:\1\d\d){3}"
    r"|\+\d{1,3}(?:[ .()-]{0,2}\d){7,12}|00\d{2}(?:[ .-]?\d){7,11}"
    r")(?!\w|\.\d)"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_BETWEEN = re.compile(r"[\s'’ʼ`´.,\-–_+]{1,3}")
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LONG_NUMBER = 3
"""Of a log-in, shorter runs of digits stay: they tell namesakes apart."""


class Pseudonyms(Met):
    """Replacements.

    `spec_texts` are values that the spec itself names: they stay, and so do single words of them in
    a request.
    """

    def __init__(
        self,
        secrets: Iterable[str] = (),
        spec_texts: Collection[str] = (),
        hosts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.secrets = Secrets(secrets)
        self.spec_texts = frozenset(spec_texts)
        self.spec_words = frozenset(token.key for text in spec_texts for token in tokens(text))
        self.hosts = hosts or {}
        self.known: dict[tuple[str, bool], str] = {}

    @cached_property
    def inventor(self) -> Inventor:
        """What invents, once everybody was met."""
        domains = {
            domain.casefold() for text in self.spec_texts for domain in _DOMAIN.findall(text)
        }
        return Inventor({*self.roles, *self.spec_words}, domains)

    def _know_log_ins(self) -> None:
        """Know what log-ins are commonly made of the names of everybody who was met."""
        for key in sorted(self.names if self.pairs else ()):
            self.inventor.word(key, self.roles[key])
        while self.pairs:
            names = self.pairs.pop()
            invented = [
                tuple(
                    self.inventor.word(key, self.roles[key]).lower()
                    if key in telling(name)
                    else key
                    for key in name
                )
                for name in names
            ]
            for real, instead in zip(log_ins(*names), log_ins(*invented), strict=True):
                if len(real) > _LONG_NUMBER and real not in self.roles:
                    self.inventor.put(real, instead)
                    self.roles[real] = ""
                    self.names.add(real)

    # what stands in the place of a value

    def text(self, text: str, *, is_sent: bool = False) -> str:
        """Return a text with everybody replaced, and every secret taken out.

        `is_sent` for what a request holds.
        """
        key = (text, is_sent)
        if key not in self.known:
            self.known[key] = self._text(text, is_sent=is_sent)
        return self.known[key]

    def named(self, text: str) -> str:
        """Return what stands where a name stands.

        Every word of it is replaced, whether or not anybody was met who bears it.
        """
        is_replaced = _words_replaced(list(tokens(as_read(text).letters)), is_log_in=False)
        return self._written(text, lambda token: is_replaced(token) or token.key in self.names)

    def handled(self, text: str) -> str:
        """Return what stands where an e-mail, a log-in, a phone or badge number stands."""
        if text.strip().casefold() in self.domains:
            return self.inventor.domain(text.strip())
        return self._written(
            text, _words_replaced(list(tokens(as_read(text).letters)), is_log_in=True)
        )

    def secrets_only(self, text: str) -> str:
        """Return a text that tells nobody with every secret and the ERP's own address taken out."""
        read = next(readings(text))
        hidden = [_edit(read, *span, CANARY, is_secret=True) for span in self.secrets.spans(text)]
        return replaced(text, [*hidden, *self._hosts(read)])

    def _text(self, text: str, *, is_sent: bool) -> str:
        key = folded(text)
        if text in self.spec_texts and text not in self.secrets.forms:
            return text
        spared = self.spec_words if is_sent else frozenset[str]()
        if key in self.short_names - spared:
            return self.named(text)
        if key in self.short_handles - spared:
            return self.handled(text)
        return replaced(text, self._edits(text, spared))

    def _written(self, text: str, is_replaced: Callable[[Token], bool]) -> str:
        """Return a text with the words replaced that tell somebody, besides all that is known."""
        read = as_read(text)
        found = list(tokens(read.letters))
        plain = list(self._words(found, read.letters, is_replaced)) or self._digits(found)
        written = [_edit(read, edit.start, edit.end, edit.text, size=0) for edit in plain]
        return replaced(text, [*self._edits(text, frozenset()), *written])

    def _digits(self, found: Iterable[Token]) -> list[Edit]:
        return [
            Edit(one.start, one.end, self.inventor.number(one.key), 0)
            for one in found
            if one.is_number
        ]

    def _words(
        self, found: Iterable[Token], text: str, is_replaced: Callable[[Token], bool]
    ) -> Iterator[Edit]:
        """Yield what replaces words one by one."""
        for token in found:
            if token.is_number:
                if token.end - token.start >= _LONG_NUMBER:
                    yield Edit(token.start, token.end, self.inventor.number(token.key), 0)
            elif is_replaced(token):
                word = self.inventor.word(token.key, self.roles.get(token.key, ""))
                yield Edit(token.start, token.end, cased(word, text[token.start : token.end]), 0)

    # what is found in a text

    def _edits(self, text: str, spared: frozenset[str]) -> Iterator[Edit]:
        self._know_log_ins()
        for read in readings(text):
            secret = sorted(self._hidden(read.letters))
            for span in secret:
                yield _edit(read, *span, CANARY, is_secret=True)
            yield from self._hosts(read)
            for email in EMAIL.finditer(read.letters):
                yield _edit(read, *email.span(), self._email(email["local"], email["domain"]))
            for phone in _PHONE.finditer(read.letters):
                yield _edit(read, *phone.span(), self.inventor.phone(phone.group()))
            yield from self._known_words(read, list(tokens(read.letters)), spared)
            if secret:  # what stands right beside a secret is a word, too
                yield from self._known_words(read, _beside(read.letters, secret), spared)
        yield from in_base64(text, self.text)

    def _hidden(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where secrets stand.

        One that begins or ends within a name, with the rest of the name.
        """
        for start, end in self.secrets.spans(text):
            before, after = _LETTERS_BEFORE.search(text, 0, start), _LETTERS.match(text, end)
            yield (
                before.start() if before and self._begins_a_name(before.group()) else start,
                after.end() if after and self._ends_a_name(after.group()) else end,
            )

    def _begins_a_name(self, piece: str) -> bool:
        key = folded(piece)
        return key not in self.names and any(name.startswith(key) for name in self.names)

    def _ends_a_name(self, piece: str) -> bool:
        key = folded(piece)
        return key not in self.names and any(name.endswith(key) for name in self.names)

    def _email(self, local: str, domain: str) -> str:
        found = list(tokens(local))
        written = replaced(local, self._words(found, local, _words_replaced(found, is_log_in=True)))
        if written == local:
            written = self.inventor.word(local.casefold(), "").lower()
        return f"{written}@{self.inventor.domain(domain)}"

    def _hosts(self, read: Deciphered) -> Iterator[Edit]:
        for host, instead in self.hosts.items():
            for found in re.finditer(rf"(?<![\w.-]){re.escape(host)}(?![\w-])", read.letters):
                yield _edit(read, *found.span(), instead)

    def _known_words(
        self, read: Deciphered, found: list[Token], spared: frozenset[str]
    ) -> Iterator[Edit]:
        text = read.letters
        for at, token in enumerate(found):
            if token.key in self.names and token.key not in spared:
                word = self.inventor.word(token.key, self.roles.get(token.key, ""))
                stand_in = cased(word, text[token.start : token.end])
                yield _edit(read, token.start, token.end, stand_in)
            for phrase in self.phrases.get(token.key, ()):
                some = found[at : at + len(phrase.keys)]
                if tuple(one.key for one in some) == phrase.keys:
                    yield from self._phrase_edits(read, some, phrase)

    def _phrase_edits(
        self, read: Deciphered, phrase_tokens: list[Token], phrase: Phrase
    ) -> Iterator[Edit]:
        text, start, end = read.letters, phrase_tokens[0].start, phrase_tokens[-1].end
        between = [text[one.end : other.start] for one, other in pairwise(phrase_tokens)]
        if phrase.between is None:
            if not all(map(_BETWEEN.fullmatch, between)):
                return
        else:
            alone = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            if tuple(between) != phrase.between or not alone:
                return
        if text[start:end].casefold() in self.domains:
            yield _edit(read, start, end, self.inventor.domain(text[start:end]))
            return
        is_replaced = _words_replaced(phrase_tokens, is_log_in=phrase.between is not None)
        words = list(self._words(phrase_tokens, text, is_replaced))
        for edit in words or self._digits(phrase_tokens):
            yield _edit(read, edit.start, edit.end, edit.text, size=end - start)


def _edit(
    read: Deciphered,
    start: int,
    end: int,
    text: str,
    *,
    size: int | None = None,
    is_secret: bool = False,
) -> Edit:
    """Return what replaces letters where they stand in the raw text."""
    first, last = read.span(start, end)
    whole = last - first if size is None else size
    return Edit(first, last, read.written(start, end, text), whole, is_secret)


def _beside(text: str, secret: list[tuple[int, int]]) -> list[Token]:
    """Return the words of a text when its secrets are not a part of any."""
    found, at = list[Token](), 0
    for start, end in [*secret, (len(text), len(text))]:
        if start > at:
            found += [
                token._replace(start=token.start + at, end=token.end + at)
                for token in tokens(text[at:start])
            ]
        at = max(at, end)
    return found


def _words_replaced(found: Sequence[Token], *, is_log_in: bool) -> Callable[[Token], bool]:
    """Return which words are replaced.

    Not particles beside others, but of a log-in single letters, which are initials.
    """
    keys = telling([token.key for token in found if not token.is_number])
    return lambda token: token.key in keys or (is_log_in and len(token.key) == 1)
