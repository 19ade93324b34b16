"""Write the beginning of a connector.

Spec, connector file, a place for cases, and what pytest needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.authoring.guess import (
    Guess,
    course_fields,
    named_fields,
    person_fields,
    tell_kinds,
)
from edusync.app.authoring.samples import Sample, read_sample
from edusync.errors import UsageProblem
from edusync.spec.layout import formatted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MADE_UP = [
    Sample(
        "sessions",
        "sessions",
        keyed=False,
        rows=({},),
        values={
            "id": [1],
            "title": ["Accounting"],
            "date": ["17/03/2026"],
            "from": ["09:00"],
            "to": ["12:00"],
            "room": ["B12"],
            "teachers": [[1]],
            "students": [[1]],
        },
    ),
    Sample(
        "people",
        "people",
        keyed=False,
        rows=({},),
        values={"id": [1], "last_name": ["x"], "first_name": ["x"], "email": ["x@ecole.test"]},
    ),
]
_PERSONS = ("student", "professor")


def scaffold(
    name: str, label: str, url: str, samples: Sequence[Path], edusign: str | None = None
) -> dict[str, str]:
    """Return the files of a new connector, by path.

    The spec from samples when there are any, from made-up answers when not.
    """
    lists = [sample for file in samples for sample in read_sample(file)] or _MADE_UP
    tell_kinds(lists)
    if not any("course" in sample.kinds for sample in lists):
        raise UsageProblem(
            "RUN_USAGE",
            "no sample has sessions: rows with a day and hours",
            "give a sample of the planning too; several --from-sample go together",
        )
    return {
        f"specs/{name}.yaml": formatted(_spec(name, label, lists, made_up=not samples)),
        f"{name}-school.yaml": _school(name, url, edusign),
        f"cases/{name}/README.md": _README.format(name=name, label=label),
        "pytest.ini": _PYTEST,
    }


def _spec(name: str, label: str, lists: Sequence[Sample], *, made_up: bool) -> str:
    origin = (
        "made-up answers: put the ERP's own words in their place"
        if made_up
        else "samples: look at every line that says `guess`"
    )
    resources, entities, patterns = list[str](), list[str](), dict[str, str]()
    fed: set[str] = set()
    for sample in lists:
        mine = [kind for kind in sample.kinds if kind not in fed]
        fed.update(mine)
        if not mine:
            continue
        fields, formats = course_fields(sample, lists) if "course" in mine else ({}, {})
        for pattern in formats.values():
            patterns.setdefault(pattern, _format_name(pattern, patterns))
        resources += _resource(
            sample, {column: patterns[pattern] for column, pattern in formats.items()}
        )
        for kind in mine:
            entities += _entity(kind, sample, fields if kind == "course" else _fields(kind, sample))
    for kind in _PERSONS:
        if kind not in fed:
            missing = Sample(f"{kind}s", None, keyed=False, rows=({},), values=_MADE_UP[1].values)
            resources += _resource(missing, {})
            unseen = person_fields(missing).items()
            made = {field: Guess(guess.yaml, "no sample has them") for field, guess in unseen}
            entities += _entity(kind, missing, made)
    return _laid_out(name, label, origin, lists[0].name, patterns, resources, entities)


def _fields(kind: str, sample: Sample) -> dict[str, Guess]:
    """Return what a sample seems to say of a person, a group or a classroom."""
    return person_fields(sample) if kind in _PERSONS else named_fields(sample)


def _laid_out(
    name: str,
    label: str,
    origin: str,
    probe: str,
    patterns: Mapping[str, str],
    resources: Sequence[str],
    entities: Sequence[str],
) -> str:
    """Return the text of a spec; `patterns` are its formats, by how they are written."""
    formats = [
        f'  {found}: {{kind: {_kind(pattern)}, pattern: "{pattern}"}}'
        for pattern, found in patterns.items()
        if pattern != "iso"
    ]
    lines = [
        f"# {label}. Begun by `edusync new` from {origin}.",
        "edusync: 1",
        f"connector: {name}",
        f"label: {label}",
        "",
        "connection:",
        "  url: {type: url, label: {en: Address, fr: Adresse}, drop_end: [/]}",
        "  key: {type: secret, label: {en: API key, fr: Clé d'API}}",
        "",
        "transport:",
        "  kind: http",
        '  base_url: "{{ connection.url }}"',
        "  # guess: the documentation of the ERP says how it wants the key",
        '  headers: {X-Key: "{{ connection.key }}"}',
        f"  probe: {{get: /{probe}}}",
        "",
        *(["formats:", *formats, ""] if formats else []),
        "resources:",
        *resources,
        "entities:",
        *entities,
    ]
    return "\n".join(lines).rstrip() + "\n"


def _resource(sample: Sample, formats: Mapping[str, str]) -> list[str]:
    lines = [
        f"  {_word(sample.name)}:",
        (
            f"    get: /{sample.name}  # guess: the path is the name of the sample; add the "
            f"window to "
            "the query if the ERP wants it"
        ),
    ]
    if sample.items:
        lines.append(f"    items: {sample.items}")
    if sample.keyed:
        lines.append("    shape: list_or_keyed")
    if formats:
        lines.append(
            f"    as: {{{', '.join(f'{column}: {found}' for column, found in formats.items())}}}"
        )
    if sample.key:
        lines.append(f"    key: {sample.key}  # guess: no two rows of the sample share it")
    return [*lines, ""]


def _entity(kind: str, sample: Sample, fields: Mapping[str, Guess]) -> list[str]:
    needed = {
        "course": ("name", "starts_at", "ends_at", "professors"),
        "student": ("last_name", "first_name", "email"),
        "professor": ("last_name", "first_name", "email"),
    }.get(kind, ("name",))
    lines = [
        f"  {kind}:",
        f"    from: {_word(sample.name)}",
        f"    source_id: {sample.key or 'id'}"
        + ("" if sample.key else "  # guess: the sample has no field that tells rows apart"),
    ]
    lines += [
        f"    {field}: {guess.yaml}  # guess: {guess.evidence}" for field, guess in fields.items()
    ]
    lines += [
        f"    {field}: {{value: null}}  # guess: nothing in the sample looks like one; say where "
        "it stands"
        for field in needed
        if field not in fields
    ]
    return [*lines, ""]


def _kind(pattern: str) -> str:
    return (
        "moment" if "%d" in pattern and "%H" in pattern else "date" if "%d" in pattern else "time"
    )


def _format_name(pattern: str, known: Mapping[str, str]) -> str:
    if pattern == "iso":
        return "iso"
    word = {"moment": "instant", "date": "day", "time": "clock"}[_kind(pattern)]
    return word if word not in known.values() else f"{word}{len(known) + 1}"


def _word(name: str) -> str:
    word = "".join(letter if letter.isalnum() else "_" for letter in name)
    return word if word[:1].isalpha() else f"list_{word}"


def _school(name: str, url: str, edusign: str | None) -> str:
    base = f"\n      base_url: {edusign}" if edusign else ""
    return f"""edusync: 1
connector: {name}-school
spec: specs/{name}.yaml
connection:
  url: {url}
  key: "${{env:{name.upper().replace("-", "_")}_KEY}}"
accounts:
  - name: main
    edusign:{base}
      api_key: "${{env:EDUSIGN_KEY}}"
"""


_README = """# Cases of {label}

Each folder is a case: `case.yaml` says what it shows, `exchanges.yaml` what the ERP answered,
`expected.yml` what came of it.

    edusync record {name}-school.yaml --case nominal
    edusync test specs/{name}.yaml --update
"""

_PYTEST = """[pytest]
edusync_collect = true
edusync_cases = cases
edusync_spec_dirs = specs
"""
