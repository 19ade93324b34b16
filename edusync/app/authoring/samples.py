"""Samples of what an ERP sends, and what each column of them holds."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.names import wanted
from edusync.errors import UsageProblem
from edusync.model.ids import folded
from edusync.transport.decode import decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(slots=True)
class Sample:
    """One list of rows found in a file.

    Where it stands in the answer, and its fields with their values.
    """

    name: str
    items: str | None
    keyed: bool
    rows: Sequence[dict[str, Any]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    """Which entities it feeds."""
    call: tuple[str, ...] = ()
    """How it is asked for, as lines of YAML, where a description of the ERP says so."""
    source: str | None = None
    """The list that its rows stand in."""
    above: str | None = None
    """The list for each of whose rows it is asked, where a description of the ERP says so."""
    answer: str | None = None
    """The kind of answer, where it is not JSON."""
    charset: str | None = None
    """The charset that it seems to be written in, where that is not UTF-8."""
    file: str | None = None
    """The file of the folder that the ERP writes, when it is read from there."""
    columns: dict[str, str] = field(default_factory=dict)
    """Words for columns whose names are none, and these names."""
    path: str | None = None
    """The name of the file that it is a sample of, which often is the path."""
    texts: frozenset[str] = frozenset()
    """The columns that are described as texts, and taken for moments by their names."""
    people: tuple[str, ...] = ()
    """Whom it gives, where it is asked by ids that columns called like them hold."""
    made_up: bool = False
    """Nothing of the ERP shows such a list: it stands for one."""

    @property
    def key(self) -> str | None:
        """Return the field that tells rows apart.

        One with another value in every row, by preference one that is named like an id.
        """
        alone = [
            name
            for name, values in self.values.items()
            if len(values) == len(self.rows)
            and len(set(map(str, values))) == len(values)
            and not isinstance(values[0], list | float)
            and "[]" not in name
        ]
        named = [
            name
            for name in alone
            if re.search(r"(^|[._])(id|code|key|num|ref|uid)|(id|code|_cle)$", name, re.IGNORECASE)
            or name.lower().endswith(f"id{self.name.lower().rstrip('s')}")
        ]
        if self.source is not None:  # the same person stands in many rows
            return next((name for name in self.values if _is_id(name)), None)
        return min(named or alone[:1], key=len, default=None)


def _named(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return a word for each column, when one of them has a name that is none."""
    names = list(dict.fromkeys(str(key) for row in rows for key in row))
    if all(_step(name) == name for name in names):
        return {}
    found: dict[str, str] = {}
    for name in names:
        word = "_".join(re.findall(r"[a-z0-9]+", folded(name))) or "column"
        word = word if word[0].isalpha() else f"column_{word}"
        while word in found.values():
            word += "_"
        found[name] = word
    return found


def _step(name: str) -> str:
    """Return a name as a path says it."""
    is_plain = re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII)
    return name if is_plain else json.dumps(name, ensure_ascii=False)


def as_yaml(text: str) -> str:
    """Return a text as YAML: quoted, unless it is a plain word or path."""
    if re.fullmatch(r"[A-Za-z_/][\w./-]*", text) and text.lower() not in _NO_TEXTS:
        return text
    return "'" + text.replace("'", "''") + "'"


_NO_TEXTS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def _is_id(name: str) -> bool:
    words = r"id|code|uid|ref|num|numero|matricule"
    return re.search(rf"(?i:(^|[._])({words})$)|(Id|ID|Code|Num|Numero)$", name) is not None


_HEAD = 2000
"""So many bytes of a file show whether it is a table."""


def read_sample(file: Path) -> list[Sample]:
    """Return the lists of rows in a JSON, XML or CSV file; UsageProblem when there are none."""
    kind = file.suffix.lower().removeprefix(".")
    raw = file.read_bytes()
    if kind in {"txt", "tsv"} and any(sign in raw[:_HEAD] for sign in (b"\t", b";")):
        kind = "csv"  # a table, whatever its name; a text alone is none
    if kind not in {"json", "xml", "csv"}:
        hint = "give a .json, .xml or .csv file, or a table as .txt"
        raise UsageProblem("RUN_USAGE", f"{file.name} is no sample", hint)
    now = datetime(2026, 1, 1).astimezone()
    span = Span(now, now, UTC)  # only calendars look at it
    charset = charset_of(raw) if kind == "csv" else None
    decoded = decode_file(raw, AnswerKind(kind, charset=charset), span)
    unread = decoded.cause or next((str(flaw) for flaw in decoded.flaws), None)
    if decoded.kind not in {"json", "xml", "csv"} or unread:
        because = f": {unread}" if unread else ""
        raise UsageProblem(
            "RUN_USAGE",
            f"{file.name} cannot be read as {kind.upper()}{because}",
            "save the answer as it came",
        )
    outer = list(_lists(decoded.body, ()))
    for sample in outer:
        sample.answer, sample.charset = None if kind == "json" else kind, charset
        if not sample.name:  # the only list: what it stands in is an envelope, whatever its name
            steps = (sample.items or "").replace("[].node", "").split(".")
            named = [step for step in reversed(steps) if wanted(step)]
            sample.path = file.stem
            sample.name = file.stem if wanted(file.stem) or not named else named[0]
    samples = [one for sample in outer for one in (sample, *people_within(sample))]
    if not samples:
        raise UsageProblem(
            "RUN_USAGE",
            f"{file.name} holds no list of rows",
            "give an answer with a list of sessions, students, professors, groups or rooms",
        )
    return samples


def charset_of(raw: bytes) -> str | None:
    """Return the charset that a table seems to be written in, None when it says so, or is UTF-8.

    That of Windows in the West; where it has signs that are none there, Latin-1.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # a mark of UTF-16 says it
    for charset in ("utf-8-sig", "windows-1252"):
        with suppress(UnicodeDecodeError):
            raw.decode(charset)
            return None if charset == "utf-8-sig" else charset
    return "iso-8859-1"


def _lists(body: Any, above: tuple[str, ...]) -> Iterator[Sample]:
    """Yield the lists of rows of an answer, the outermost ones.

    One of several is named after what it stands under, the only one has no name.
    """
    rows = body if isinstance(body, list) else None
    keyed = (
        isinstance(body, dict)
        and len(body) > 1
        and all(isinstance(row, dict) for row in body.values())
        and all(re.fullmatch(r"\d+", str(key)) for key in body)
    )
    if keyed:
        rows = list(body.values())
    if rows is not None:
        rows = [row for row in rows if isinstance(row, dict)]
        if rows:
            path = ".".join(above)
            if path and all(set(row) <= {"node", "cursor"} and "node" in row for row in rows):
                rows, path = [row["node"] for row in rows], f"{path}[].node"
            columns = _named(rows)
            rows = [{columns.get(key, key): value for key, value in row.items()} for row in rows]
            sample = Sample("", path or None, keyed, rows)
            sample.columns = {word: column for column, word in columns.items()}
            for row in rows:
                for leaf, value in leaves_of(row):
                    sample.values.setdefault(leaf, []).append(value)
            yield sample
    elif isinstance(body, dict):
        found = {
            str(key): [*_lists(inner, (*above, str(key)))]
            for key, inner in body.items()
            if isinstance(inner, list | dict)
        }
        several = sum(map(bool, found.values())) > 1
        for key, samples in found.items():
            for sample in samples:
                sample.name = sample.name or (key if several else "")
            yield from samples


_PERSON = re.compile(r"(last|family|sur)_?name|^nom|prenom|first_?name|given_?name", re.IGNORECASE)


def people_within(sample: Sample) -> Iterator[Sample]:
    """Yield the people that stand within the rows of a list as rows of their own."""
    names = dict.fromkeys(
        key
        for row in sample.rows
        for key, value in row.items()
        if any(_is_person(one) for one in (value if isinstance(value, list) else [value]))
    )
    for name in names:
        found = [row[name] for row in sample.rows if row.get(name)]
        rows = [one for some in found for one in (some if isinstance(some, list) else [some])]
        people = [one for one in rows if isinstance(one, dict)]
        inner = Sample(f"{sample.name}_{name}", name, keyed=False, rows=people)
        inner.source = sample.name
        for row in people:
            for leaf, value in leaves_of(row):
                inner.values.setdefault(leaf, []).append(value)
        yield inner


def _is_person(value: Any) -> bool:
    return isinstance(value, dict) and sum(bool(_PERSON.search(str(key))) for key in value) > 1


def leaves_of(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a row by their path."""
    return _leaves(row, ())


def _leaves(row: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a row by their path.

    Plain values, lists of plain values, and the ids of lists of rows.
    """
    for key, value in row.items():
        step = _step(str(key))
        path = ".".join((*above, step))
        if isinstance(value, dict):
            yield from _leaves(value, (*above, step))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            ids = [name for name in value[0] if re.search(r"id|code", name, re.IGNORECASE)]
            inner = next((name for name in [*filter(_is_id, value[0]), *ids]), None)
            if inner is not None:
                yield f"{path}[].{inner}", [item.get(inner) for item in value]
        elif value not in (None, "", []):
            yield path, value


def word_of(name: str) -> str:
    """Return a name that a list of a spec can have."""
    word = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
    word = word.strip("_") or "rows"
    return word if word[:1].isalpha() else f"list_{word}"
