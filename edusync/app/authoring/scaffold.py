"""Write the beginning of a connector.

Spec, connector file, a place for cases, and what pytest needs.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.app.authoring.beginning import (
    MADE_UP,
    PYTEST,
    README,
    Beginning,
    from_samples,
    school_file,
)
from edusync.app.authoring.guess import (
    course_fields,
    members_of,
    named_fields,
    person_fields,
    tell_kinds,
)
from edusync.app.authoring.mended import valid
from edusync.app.authoring.samples import Sample, as_yaml, people_within, word_of
from edusync.app.authoring.spellings import CLOCK_NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from edusync.app.authoring.guess import Guess

_PERSONS = ("student", "professor")


def scaffold(
    name: str, label: str, url: str, samples: Sequence[Path], edusign: str | None = None
) -> dict[str, str]:
    """Return the files of a new connector, by path.

    The spec from samples when there are any, from made-up answers when not.
    """
    return begun(name, label, url, from_samples(samples), edusign)


def begun(
    name: str, label: str, url: str, beginning: Beginning, edusign: str | None = None
) -> dict[str, str]:
    """Return the files of a new connector, by path. What was not understood is noted.

    The spec always validates: a guess that does not is left out, and named.
    """
    lists, notes = beginning.lists, beginning.notes
    lists += [inner for one in lists if one.call for inner in people_within(one)]
    tell_kinds(lists)
    if not any("course" in sample.kinds for sample in lists):
        notes.append(
            "no list has sessions, which are rows with a day and hours: those of the spec are "
            "made up; give a sample of the planning"
        )
        lists.append(deepcopy(MADE_UP[0]))
        tell_kinds(lists)
    text, spec = valid(_spec(name, label, beginning), name, notes)
    if spec is None:  # what was guessed cannot be mended: the frame alone, with made-up lists
        notes.append("left out: every list, since no spec can be made of them")
        beginning.lists = deepcopy(MADE_UP)
        tell_kinds(beginning.lists)
        text, spec = valid(_spec(name, label, beginning), name, notes)
    assert spec is not None  # noqa: S101 - nothing in it is the ERP's own
    return {
        f"specs/{name}.yaml": text,
        f"{name}-school.yaml": school_file(name, url, edusign, spec),
        f"cases/{name}/README.md": README.format(name=name, label=label),
        "pytest.ini": PYTEST,
    }


def _spec(name: str, label: str, beginning: Beginning) -> str:
    lists, notes = beginning.lists, beginning.notes
    resources, entities, patterns = list[str](), list[str](), dict[str, str]()
    fed = _fed(lists)
    for sample in lists:
        sample.kinds = tuple(kind for kind, one in fed.items() if one is sample)
    used = {sample.name for sample in lists if any(one is sample for one in fed.values())}
    used |= {sample.source for sample in lists if sample.name in used and sample.source}
    members = members_of(fed["group"], lists) if "group" in fed else None
    used |= {members.name} if members else set()
    for sample in lists:
        mine = [kind for kind, one in fed.items() if one is sample]
        if sample.name not in used:
            columns = ", ".join(list(sample.values)[:_SHOWN])
            notes.append(f"not used: the list '{sample.name}' ({columns})")
            continue
        fields, formats = course_fields(sample, lists) if "course" in mine else ({}, {})
        for pattern in formats.values():
            patterns.setdefault(pattern, _format_name(pattern, patterns))
        read = set(formats) | {sample.key or ""}
        for kind in mine:
            guesses = fields if kind == "course" else _fields(kind, sample, lists)
            entities += _entity(kind, sample, guesses)
            read |= {column for guess in guesses.values() for column in _columns_of(guess.yaml)}
        as_ = {column: patterns[pattern] for column, pattern in formats.items()}
        resources += _resource(sample, as_, read, beginning.asks)
        _note_unread(sample, read, notes)
    for kind in _PERSONS:
        if kind not in fed:
            notes.append(f"no list of {kind}s was found: that of the spec is made up")
            missing = replace(MADE_UP[1], name=f"{kind}s", items=None)
            resources += _resource(missing, {}, set(), beginning.asks)
            entities += _entity(kind, missing, person_fields(missing))
    return _laid_out(name, label, beginning, patterns, resources, entities)


_SHOWN = 8


def _fed(lists: Sequence[Sample]) -> dict[str, Sample]:
    """Return the list that each kind comes from: one that is only that kind before others."""
    found: dict[str, Sample] = {}
    for sample in sorted(lists, key=lambda one: (len(one.kinds), one.source is not None)):
        for kind in sample.kinds:
            found.setdefault(kind, sample)
    return found


def _columns_of(yaml: str) -> list[str]:
    return re.findall(r'[\w."\[\]]+', yaml)


def _note_unread(sample: Sample, read: set[str], notes: list[str]) -> None:
    left = [name for name in sample.values if name not in read and name != sample.key]
    if left:
        more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        notes.append(f"'{sample.name}': nothing reads {', '.join(left[:_SHOWN])}{more}")


def _fields(kind: str, sample: Sample, lists: Sequence[Sample]) -> dict[str, Guess]:
    """Return what a sample seems to say of a person, a group or a classroom."""
    if kind in _PERSONS:
        return person_fields(sample)
    return named_fields(sample, lists if kind == "group" else ())


def _laid_out(
    name: str,
    label: str,
    beginning: Beginning,
    patterns: Mapping[str, str],
    resources: Sequence[str],
    entities: Sequence[str],
) -> str:
    """Return the text of a spec; `patterns` are its formats, by how they are written."""
    formats = [
        f"  {found}: {_format(pattern)}" for pattern, found in patterns.items() if pattern != "iso"
    ]
    probe = beginning.lists[0].path or beginning.lists[0].name
    lines = [
        f"# {label}. Begun by `edusync new` from {beginning.origin}.",
        "edusync: 1",
        f"connector: {name}",
        f"label: {as_yaml(label)}",
        "",
        "connection:",
        *(beginning.connection or _CONNECTION),
        "",
        "transport:",
        *(beginning.transport or [*_TRANSPORT, f"  probe: {{get: {as_yaml(f'/{probe}')}}}"]),
        "",
        *(["formats:", *formats, ""] if formats else []),
        "resources:",
        *resources,
        "entities:",
        *entities,
    ]
    return "\n".join(lines).rstrip() + "\n"


_CONNECTION = [
    "  url: {type: url, label: {en: Address, fr: Adresse}, drop_end: [/]}",
    "  key: {type: secret, label: {en: API key, fr: Clé d'API}}",
]
_TRANSPORT = [
    "  kind: http",
    '  base_url: "{{ connection.url }}"',
    "  # guess: the documentation of the ERP says how it wants the key",
    '  headers: {X-Key: "{{ connection.key }}"}',
]


def _resource(
    sample: Sample, formats: Mapping[str, str], read: set[str], asks: str | None
) -> list[str]:
    lines = [f"  {word_of(sample.name)}:"]
    if sample.source:
        lines.append(f"    from: {word_of(sample.source)}  # they stand in its rows")
    elif sample.call:
        lines += [f"    {line}" for line in sample.call]
    elif sample.file:
        lines += [f"    file: {as_yaml(sample.file)}", *_answer(sample)]
    elif asks is not None:
        lines.append(
            f"    {asks.format(name=word_of(sample.name))}  # guess: made up, like its rows"
        )
    else:
        why = (
            "made up, like its rows"
            if sample.made_up
            else "the path is the name of the sample; add the window to the query if the ERP wants "
            "it"
        )
        lines.append(f"    get: {as_yaml(f'/{sample.path or sample.name}')}  # guess: {why}")
        lines += _answer(sample)
    if sample.items and not (sample.made_up and asks):
        lines.append(f"    items: {as_yaml(sample.items)}")
    if sample.keyed:
        lines.append("    shape: list_or_keyed")
    named = {word: name for word, name in sample.columns.items() if word in read}
    if named:
        pairs = ", ".join(f"{word}: {as_yaml(name)}" for word, name in named.items())
        lines.append(f"    columns: {{{pairs}}}")
    if formats:
        columns = ", ".join(f"{as_yaml(column)}: {found}" for column, found in formats.items())
        lines.append(f"    as: {{{columns}}}")
    if sample.key and (sample.kinds or sample.above is None):
        why = "the same person may stand in many" if sample.source else "it tells rows apart"
        lines.append(f"    key: {as_yaml(sample.key)}  # guess: {why}")
    if sample.source and sample.key:
        lines.append("    same_key: first")
    return [*lines, ""]


def _answer(sample: Sample) -> list[str]:
    """Return the line that says what kind of answer it is."""
    if sample.charset:
        kind = f"{{kind: {sample.answer}, charset: {sample.charset}}}"
        return [f"    answer: {kind}  # guess: it is not written in UTF-8"]
    return [f"    answer: {sample.answer}"] if sample.answer else []


_MADE_UP = "made up: nothing of the ERP shows such a list"


def _entity(kind: str, sample: Sample, fields: Mapping[str, Guess]) -> list[str]:
    needed = {
        "course": ("name", "starts_at", "ends_at", "professors"),
        "student": ("last_name", "first_name", "email"),
        "professor": ("last_name", "first_name", "email"),
    }.get(kind, ("name",))
    lines = [
        f"  {kind}:",
        f"    from: {word_of(sample.name)}",
        f"    source_id: {as_yaml(sample.key or 'id')}"
        + ("" if sample.key else "  # guess: the sample has no field that tells rows apart"),
    ]
    lines += [
        f"    {field}: {guess.yaml}  # guess: {_MADE_UP if sample.made_up else guess.evidence}"
        for field, guess in fields.items()
    ]
    lines += [
        f"    {field}: {{value: null}}  # guess: nothing in the sample looks like one; say where "
        "it stands"
        for field in needed
        if field not in fields
    ]
    return [*lines, ""]


def _format(pattern: str) -> str:
    """Return a format as YAML."""
    if pattern.startswith("epoch "):
        return f"{{kind: moment, epoch: {pattern.removeprefix('epoch ')}}}"
    if pattern == CLOCK_NUMBER:
        return f'{{kind: time, pattern: "{pattern}", digits: 4}}'
    return f'{{kind: {_kind(pattern)}, pattern: "{pattern}"}}'


def _kind(pattern: str) -> str:
    if pattern.startswith("epoch") or ("%d" in pattern and "%H" in pattern):
        return "moment"
    return "date" if "%d" in pattern else "time"


def _format_name(pattern: str, known: Mapping[str, str]) -> str:
    if pattern == "iso":
        return "iso"
    word = {"moment": "instant", "date": "day", "time": "clock"}[_kind(pattern)]
    return word if word not in known.values() else f"{word}{len(known) + 1}"
