"""Find secrets in a text, in every form that a wire gives them."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from edusync.testing.replacing import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LONG_ENOUGH = 8
"""A shorter secret is looked for as a word of its own: as a part of another it could be anything.
"""
_BASE64 = tuple(
    re.compile(rf"(?<![=A-Za-z0-9{signs}])[A-Za-z0-9{signs}]{{4,}}={{0,2}}(?![=A-Za-z0-9{signs}])")
    for signs in ("+/", "_-", "")
)


class Secrets:
    """Secrets in clear and as JSON, URLs and base64 write them.

    Escapes are undone before a text comes here.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self.forms: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Look for one more."""
        if secret:
            raw = secret.encode()
            encoded = {base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()}
            self.forms |= {secret, json.dumps(secret)[1:-1], quote_plus(secret)} | encoded
            self.forms |= {form.rstrip("=") for form in encoded}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where secrets stand in a text."""
        for form in self.forms:
            if form not in text:
                continue
            pattern = re.escape(form)
            if len(form) < _LONG_ENOUGH:
                pattern = rf"(?<!\w){pattern}(?!\w)"
            yield from (found.span() for found in re.finditer(pattern, text))


def in_base64(text: str, replace: Callable[[str], str]) -> Iterator[Edit]:
    """Yield what replaces runs of base64 in which something is replaced."""
    for signs, pattern in zip(("+/", "-_", "+/"), _BASE64, strict=True):
        for match in pattern.finditer(text):
            run = match.group().rstrip("=")
            try:
                plain = base64.b64decode(
                    run + "=" * (-len(run) % 4), altchars=signs.encode(), validate=True
                ).decode()
            except (binascii.Error, UnicodeDecodeError, ValueError):
                continue
            if not plain.isprintable() or (replaced := replace(plain)) == plain:
                continue
            written = base64.b64encode(replaced.encode(), altchars=signs.encode()).decode()
            if not match.group().endswith("="):
                written = written.rstrip("=")
            yield Edit(match.start(), match.end(), written, match.end() - match.start())
