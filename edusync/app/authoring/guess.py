"""Look at samples of an ERP's answers and guess what they are.

Which list, which field, which format. Every guess says on what it rests.

No value of a sample is ever repeated: it may be somebody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.names import name_is
from edusync.app.authoring.samples import as_yaml, word_of
from edusync.app.authoring.spellings import DATES, TIMES, moment_of, spelled_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.authoring.samples import Sample

_LISTS = {
    "course": r"seance|session|lesson|cours|event|evenement|planning|planif|class(es)?$"
    r"|creneau|slot|schedule|timetable",
    "student": r"student|stagiaire|apprenant|eleve|learner|etudiant|trainee|pupil",
    "professor": r"prof|teacher|formateur|enseignant|intervenant|instructor|trainer"
    r"|personnel|staff",
    "group": r"group|groupe|promotion|cohort|classe$",
    "classroom": r"room|salle|classroom|lieu|local",
}
PEOPLE = {kind: _LISTS[kind] for kind in ("student", "professor")}
"""How columns and lists of learners and of professors are called."""
PEOPLE_CALLED = r"people|person|personne|user|utilisateur|contact|individu"
_FIELDS = {
    "last_name": r"(^|[._])(nom|name)?_?(last|family|sur)(_?name)?$"
    r"|^nom(_?(usage|famille|per|apprenant|personnel|stagiaire|formateur))?$"
    r"|\.nom$|lastname|familyname|surname",
    "first_name": r"prenom|first(_?name)?$|given(_?name)?$|firstname|forename",
    "email": r"mail|courriel|(^|[._])mel$",
    "phone": r"phone|tel(_|$|eph|mob|port)|portable|mobile|gsm",
    "name": r"libelle|intitule|title|titre|label|^name$|\.name$|subject|matiere"
    r"|^nom(matiere|groupe|salle)?$",
}
_REFERENCES = {
    "professors": _LISTS["professor"],
    "students": _LISTS["student"],
    "groups": _LISTS["group"],
    "classroom_name": _LISTS["classroom"],
}
_START = r"start|begin|debut|deb$|from|^de$|begin"
_END = r"end|fin$|finish|until|^to$|^a$"
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Guess:
    """What a field is made of, in YAML, and on what that rests."""

    yaml: str
    evidence: str


def tell_kinds(samples: Sequence[Sample]) -> None:
    """Say which entities each list feeds: by its name, by its fields, or by who refers to it."""
    for sample in samples:
        if sample.people:
            sample.kinds = sample.people
            continue
        named = next(
            (kind for kind, pattern in _LISTS.items() if name_is(_called(sample), pattern)),
            None,
        )
        is_person = any(_matches(name, "last_name") for name in sample.values) and any(
            _matches(name, "first_name") for name in sample.values
        )
        has_time = any(
            moment_of(values) or spelled_as(values, TIMES) or spelled_as(values, DATES)
            for name, values in sample.values.items()
            if name_is(name, f"{_START}|{_END}|date|jour|day")
        )
        if is_person and (
            named not in {"student", "professor"} or name_is(_called(sample), PEOPLE_CALLED)
        ):
            sample.kinds = _who(sample, samples)
        elif named == "course" and not has_time:
            sample.kinds = ()
        elif named is not None:
            sample.kinds = (named,)
        elif has_time and any(
            moment_of(values) or spelled_as(values, TIMES) for values in sample.values.values()
        ):
            sample.kinds = ("course",)
    if not any("course" in sample.kinds for sample in samples):
        timed = (one for one in samples if one.source is None and _tells_times(one))
        found = next(timed, None)
        if found is not None:
            found.kinds = ("course",)


def _called(sample: Sample) -> str:
    """Return what a list is called; rows within others by their own name alone."""
    return str(sample.items) if sample.source else sample.name


def _is_told(sample: Sample, other: Sample) -> bool:
    """Whether values of two lists may be compared: a description has no values."""
    return sample is not other and not (sample.call or other.call)


def _tells_times(sample: Sample) -> bool:
    return any(moment_of(values) or spelled_as(values, TIMES) for values in sample.values.values())


def _who(sample: Sample, samples: Sequence[Sample]) -> tuple[str, ...]:
    """Return whether people are learners or professors, by the column that refers to them.

    Both, when nothing tells.
    """
    keys = {str(value) for value in sample.values.get(sample.key or "", ())}
    found = {
        kind
        for kind, pattern in (("student", "student"), ("professor", "professor"))
        for other in samples
        if _is_told(sample, other)
        for name, values in other.values.items()
        if name_is(name, _LISTS[pattern]) and keys & _ids(values)
    }
    return tuple(kind for kind in ("student", "professor") if kind in found) or (
        "student",
        "professor",
    )


def _ids(values: Sequence[Any]) -> set[str]:
    return {str(one) for value in values for one in (value if isinstance(value, list) else [value])}


def person_fields(sample: Sample) -> dict[str, Guess]:
    """Return what makes a student or a professor."""
    fields = {}
    for target in ("last_name", "first_name", "email", "phone"):
        name = next((name for name in sample.values if _matches(name, target)), None)
        if name is not None:
            fields[target] = Guess(
                f"{{path: {as_yaml(name)}, as: mail}}"
                if target == "email"
                else f"{{path: {as_yaml(name)}, optional: true}}"
                if target == "phone"
                else as_yaml(name),
                f"'{name}' is named like one",
            )
    alone = next((name for name in sample.values if name_is(name, r"^(name|nom)$")), None)
    if "first_name" in fields and "last_name" not in fields and alone is not None:
        last = Guess(as_yaml(alone), f"'{alone}' stands beside a first name")
        fields = {"last_name": last, **fields}
    return fields


def members_of(group: Sample, samples: Sequence[Sample]) -> Sample | None:
    """Return the list that holds the students of each group, where it is asked for each."""
    return next(
        (
            one
            for one in samples
            if one.above == group.name
            and one.key
            and group.key
            and name_is(one.name.rpartition("_")[2], _LISTS["student"])
        ),
        None,
    )


def named_fields(sample: Sample, samples: Sequence[Sample] = ()) -> dict[str, Guess]:
    """Return what makes a group or a room; the students of a group where a list has them."""
    fields = _name_of(sample)
    members = members_of(sample, samples)
    if members is not None and "student" not in members.kinds:
        above, of = word_of(sample.name), sample.key
        fields["students"] = Guess(
            f"{{look_up_all: {word_of(members.name)}, by: {as_yaml(of or '')}, "
            f"on: {as_yaml(f'{above}.{of}')}, take: {as_yaml(members.key or '')}}}",
            f"'{members.name}' is asked for each of them",
        )
    within = next(
        (one for one in samples if one.source == sample.name and "student" in one.kinds), None
    )
    if within is not None and within.key and "students" not in fields:
        path = f"{within.items}[].{within.key}"
        fields["students"] = Guess(as_yaml(path), f"'{within.items}' are rows within it")
    return fields


def _name_of(sample: Sample) -> dict[str, Guess]:
    name = next((name for name in sample.values if _matches(name, "name")), None) or next(
        (name for name in sample.values if _matches(name, "last_name")), None
    )
    return {"name": Guess(as_yaml(name), f"'{name}' is named like one")} if name else {}


def course_fields(
    sample: Sample, samples: Sequence[Sample]
) -> tuple[dict[str, Guess], dict[str, str]]:
    """Return what makes a sheet, and the formats of this list's columns."""
    fields: dict[str, Guess] = {}
    formats: dict[str, str] = {}
    name = next((name for name in sample.values if _matches(name, "name")), None)
    if name:
        fields["name"] = Guess(as_yaml(name), f"'{name}' is named like one")
    days = {
        name: pattern
        for name, values in sample.values.items()
        if (pattern := spelled_as(values, DATES))
    }
    clocks = {
        name: pattern
        for name, values in sample.values.items()
        if (pattern := spelled_as(values, TIMES))
    }
    moments = {
        name: pattern for name, values in sample.values.items() if (pattern := moment_of(values))
    }
    for target, word in (("starts_at", _START), ("ends_at", _END)):
        whole = next((name for name in moments if name_is(name, word)), None)
        timed = [name for name in clocks if name not in days]
        clock = next((name for name in timed if name_is(name, word)), None)
        if whole is not None:
            fields[target], formats[whole] = (
                Guess(as_yaml(whole), _spelling(sample, whole, moments[whole])),
                moments[whole],
            )
        elif clock is not None and days:
            day = next(iter(days))
            formats |= {day: days[day], clock: clocks[clock]}
            fields[target] = Guess(
                f"{{day: {as_yaml(day)}, time: {as_yaml(clock)}}}",
                f"'{day}' looks like {days[day]}, '{clock}' like {clocks[clock]}",
            )
    for target, pattern in _REFERENCES.items():
        found = _reference(target, pattern, sample, samples)
        if found is not None:
            fields[target] = Guess(
                f"{{path: {as_yaml(found)}, optional: true}}"
                if target == "classroom_name"
                else as_yaml(found),
                _reference_evidence(found, sample, samples),
            )
    return fields, formats


def _spelling(sample: Sample, name: str, pattern: str) -> str:
    if name in sample.texts:
        return f"'{name}' is described as a text; its format below `as` is a guess as well"
    return f"'{name}' looks like {pattern}"


def _reference(target: str, pattern: str, sample: Sample, samples: Sequence[Sample]) -> str | None:
    """Return the column of a session that refers to people, groups or a room.

    One whose values stand in the list of those first; then one that is named so, an id before
    anything else.
    """
    kind = {"students": "student", "professors": "professor", "groups": "group"}.get(target)
    keyed = [
        {str(value) for value in other.values.get(other.key or "", ())}
        for other in samples
        if _is_told(sample, other) and kind in other.kinds
    ]
    for name, values in sample.values.items():
        mine = _ids(values)
        if name != sample.key and any(
            mine and len(mine & keys) >= _SURE * len(mine) for keys in keyed
        ):
            alone = sum(name_is(name, other) for other in _REFERENCES.values())
            if not alone or name_is(name, pattern):
                return name
    named = [name for name in sample.values if name_is(name, pattern)]
    preferred = [name for name in named if re.search(r"(id|ids|code|codes)$", name, re.IGNORECASE)]
    plain = [name for name in named if not any(_matches(name, one) for one in _FIELDS)]
    if target == "classroom_name":
        preferred = [name for name in named if _matches(name, "name")]
    return next(iter(preferred or plain or named), None)


def _reference_evidence(name: str, sample: Sample, samples: Sequence[Sample]) -> str:
    mine = {
        str(one)
        for value in sample.values[name]
        for one in (value if isinstance(value, list) else [value])
    }
    for other in samples:
        keys = {str(value) for value in other.values.get(other.key or "", ())}
        if _is_told(sample, other) and mine and len(mine & keys) >= _SURE * len(mine):
            return f"'{name}' holds what stands in '{other.key}' of '{other.name}'"
    return f"'{name}' is named like one"


def _matches(name: str, target: str) -> bool:
    return name_is(name, _FIELDS[target])
