"""Check a document against its JSON Schema and say every mistake at its place, in words.

A fast validator says yes or no; only a document with mistakes is looked at again by the one that
explains.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from edusync.resources import bundled
from edusync.spec.mending import Mend, mended
from edusync.spec.schema_errors import UNKNOWN, explain, left_out, misspelt_keys
from edusync.spec.whole_schema import CHANGING, spec_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.diagnostics import Route
    from edusync.spec.document import Document

Name = Literal["spec", "connector", "case", "exchanges", "project", "pairs"]

_CODES: Mapping[str, Mapping[str, str]] = {
    "spec": {
        "unknown": "SPEC_UNKNOWN_KEY",
        "missing": "SPEC_MISSING_KEY",
        "type": "SPEC_WRONG_TYPE",
        "value": "SPEC_WRONG_VALUE",
    },
    "connector": {
        "unknown": "CONF_UNKNOWN_KEY",
        "missing": "CONF_FIELD_MISSING",
        "type": "CONF_WRONG_TYPE",
        "value": "CONF_OPTION_VALUE",
    },
}


@cache
def schema_text(name: Name) -> str:
    """Return a schema as it is shipped, for editors."""
    return (bundled("schemas") / f"{name}.v1.schema.json").read_text(encoding="utf-8")


def check_schema(document: Document, name: Name) -> Document | None:
    """Add a finding to the document for everything that its schema does not allow.

    Returns a document to go on with: the same when all is well, one with misspelt words put right,
    None when too much is wrong.
    """
    if fits_schema(document, name):
        return document
    codes = _CODES["spec" if name == "spec" else "connector"]
    errors = [*_slow(name).iter_errors(document.data)]
    renamed = [mend for error in errors for mend in misspelt_keys(error)]
    spelled = (mended(document, renamed) if renamed else None) or document
    mends: list[Mend | None] = []
    for error in errors:
        if error.validator == UNKNOWN:
            mends += [one for one in explain(document, error, codes) if one not in renamed]
    if renamed:
        is_right = fits_schema(spelled, name)
        errors = [] if is_right else [*_slow(name).iter_errors(spelled.data)]
    for error in errors:
        if _is_below(tuple(error.absolute_path), renamed):
            mends.append(left_out(tuple(error.absolute_path)))  # perhaps another key was meant
        elif error.validator != UNKNOWN:
            mends += explain(spelled, error, codes)
    corrected = mended(spelled, mends) if mends else spelled
    return corrected if corrected is not None and fits_schema(corrected, name) else None


def _is_below(route: Route, renamed: Sequence[Mend]) -> bool:
    """Whether a place is that of a key which was put right, or below it."""
    return any(route[: len(one.route)] == (*one.route[:-1], one.to) for one in renamed)


def fits_schema(document: Document, name: Name) -> bool:
    """Whether a document is what its schema wants.

    JSON Schema takes 4.0 for a whole number, and what counts with it does not: it is refused.
    """
    data = document.data
    if not (
        has_form(data, name) and isinstance(data, list | None if name == "exchanges" else dict)
    ):
        return False
    return name == "exchanges" or not _has_point(data) or _slow(name).is_valid(data)


def _has_point(data: Any) -> bool:
    """Whether a whole number stands anywhere in data that is written with a point."""
    if isinstance(data, dict | list):
        return any(_has_point(one) for one in (data.values() if isinstance(data, dict) else data))
    return isinstance(data, float) and data.is_integer()


def has_form(data: Any, name: Name) -> bool:
    """Whether data is what its schema wants."""
    return bool(_fast(name).is_valid(data))


def schema_of(name: Name) -> Any:
    """Return a schema as data, with the kinds that were added from outside."""
    return _parsed(name, _changes())


def _fast(name: Name) -> Any:
    return _fast_of(name, _changes())


@cache
def _fast_of(name: Name, changes: int) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(_parsed(name, changes))


def _slow(name: Name) -> Any:
    return _slow_of(name, _changes())


def _changes() -> int:
    """Return what tells apart the languages before and after a kind was added; 0 as shipped."""
    return sum(kinds.changes for kinds in CHANGING)


@cache
def _slow_of(name: Name, changes: int) -> Any:
    """Return the validator that explains.

    To it, as to the fast one, a text that ends in a newline does not end before it; a whole number
    has no point.
    """
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_validator: Any, wanted: str, text: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(text, str) and not re.search(re.sub(r"\$$", r"\\Z", wanted), text):
            yield ValidationError(f"{text!r} does not match {wanted!r}")

    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole)
    kind: Any = extend(Draft202012Validator, {"pattern": pattern}, type_checker=types)  # type: ignore[no-untyped-call]  # jsonschema has no types
    return kind(_parsed(name, changes))


def _is_whole(_checker: Any, number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


@cache
def _parsed(name: Name, _changes: int) -> Any:
    import json

    return spec_schema() if name == "spec" else json.loads(schema_text(name))
