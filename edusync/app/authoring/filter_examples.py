"""One example a filter, for the reference and `edusync help`; a test evaluates each."""

from __future__ import annotations

from datetime import date
from typing import Any

FILTER_EXAMPLES: dict[str, tuple[Any, str, Any]] = {
    "base64": ("é", "base64", "w6k="),
    "cdata": ("<a>", "cdata", "<![CDATA[<a>]]>"),
    "days_since": (date(2026, 3, 24), "days_since(window.first)", 8),
    "digest": ("a", "digest('md5')", "0cc175b9c0f1b6a831c399e269772661"),
    "first": ([1, 2], "first", 1),
    "hmac": ("a", "hmac('key', 'sha1', 'base64')", "DbIfBQUvMj5xTvm/H3sAD/6X6KA="),
    "join": (["a", "b"], "join(';')", "a;b"),
    "last": ([1, 2], "last", 2),
    "length": ([1, 2], "length", 2),
    "lower": ("ÉCOLE", "lower", "école"),
    "merge": ({"a": 1, "b": 2}, "merge({'b': 3})", {"a": 1, "b": 3}),
    "number": ("42", "number", 42),
    "part": ("36/7712", "part(1)", "7712"),
    "percent": ("a b/é", "percent", "a%20b%2F%C3%A9"),
    "plain": ("Étudiants", "plain", "etudiants"),
    "replace": ("a-b", "replace('-', '+')", "a+b"),
    "shorten": ("Mathématiques", "shorten(5)", "Mathé"),
    "trim": ("  B102 ", "trim", "B102"),
    "unique": ([1, 1, 2], "unique", [1, 2]),
    "upper": ("école", "upper", "ÉCOLE"),
}
"""By the filter: a value, how the filter is written, and what comes out. The window of the examples
begins on 16 March 2026."""
