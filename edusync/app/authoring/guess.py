"""Look at samples of an ERP's answers and guess what they are.

Which list, which field, which format. Every guess says on what it rests.

No value of a sample is ever repeated: it may be somebody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
_PEOPLE = r"people|person|personne|user|utilisateur|contact|individu"
_FIELDS = {
    "last_name": r"(^|[._])(nom|name)?_?(last|family|sur)(_?name)?$"
    r"|^nom(_?(usage|famille|per|apprenant|personnel|stagiaire|formateur))?$"
    r"|\.nom$|lastname|familyname|surname",
    "first_name": r"prenom|first(_?name)?$|given(_?name)?$|firstname|forename",
    "email": r"mail|courriel",
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
_DATES = {
    "%d/%m/%Y": "day",
    "%Y-%m-%d": "day",
    "%d-%m-%Y": "day",
    "%Y%m%d": "day",
    "%d.%m.%Y": "day",
}
_TIMES = {"%H:%M": "clock", "%H:%M:%S": "clock", "%Hh%M": "clock"}
_MOMENTS = {
    "%d/%m/%Y %H:%M": "moment",
    "%Y-%m-%d %H:%M": "moment",
    "%Y-%m-%d %H:%M:%S": "moment",
    "%d-%m-%Y %H:%M": "moment",
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
        named = next(
            (
                kind
                for kind, pattern in _LISTS.items()
                if re.search(pattern, sample.name, re.IGNORECASE)
            ),
            None,
        )
        is_person = any(_matches(name, "last_name") for name in sample.values) and any(
            _matches(name, "first_name") for name in sample.values
        )
        has_time = any(
            _moment(values) or _pattern(values, _TIMES) for values in sample.values.values()
        )
        if is_person and (
            named not in {"student", "professor"} or re.search(_PEOPLE, sample.name, re.IGNORECASE)
        ):
            sample.kinds = ("student", "professor")
        elif named == "course" and not has_time:
            sample.kinds = ()
        elif named is not None:
            sample.kinds = (named,)
        elif has_time:
            sample.kinds = ("course",)


def person_fields(sample: Sample) -> dict[str, Guess]:
    """Return what makes a student or a professor."""
    found = {}
    for target in ("last_name", "first_name", "email", "phone"):
        name = next((name for name in sample.values if _matches(name, target)), None)
        if name is not None:
            found[target] = Guess(
                f"{{path: {name}, as: mail}}"
                if target == "email"
                else f"{{path: {name}, optional: true}}"
                if target == "phone"
                else name,
                f"'{name}' is named like one",
            )
    return found


def named_fields(sample: Sample) -> dict[str, Guess]:
    """Return what makes a group or a room."""
    name = next((name for name in sample.values if _matches(name, "name")), None) or next(
        (name for name in sample.values if _matches(name, "last_name")), None
    )
    return {"name": Guess(name, f"'{name}' is named like one")} if name else {}


def course_fields(
    sample: Sample, samples: Sequence[Sample]
) -> tuple[dict[str, Guess], dict[str, str]]:
    """Return what makes a sheet, and the formats of this list's columns."""
    fields: dict[str, Guess] = {}
    formats: dict[str, str] = {}
    name = next((name for name in sample.values if _matches(name, "name")), None)
    if name:
        fields["name"] = Guess(name, f"'{name}' is named like one")
    days = {
        name: pattern
        for name, values in sample.values.items()
        if (pattern := _pattern(values, _DATES))
    }
    clocks = {
        name: pattern
        for name, values in sample.values.items()
        if (pattern := _pattern(values, _TIMES))
    }
    moments = {
        name: pattern for name, values in sample.values.items() if (pattern := _moment(values))
    }
    for target, word in (("starts_at", _START), ("ends_at", _END)):
        whole = next((name for name in moments if re.search(word, name, re.IGNORECASE)), None)
        clock = next((name for name in clocks if re.search(word, name, re.IGNORECASE)), None)
        if whole is not None:
            fields[target], formats[whole] = (
                Guess(whole, f"'{whole}' looks like {moments[whole]}"),
                moments[whole],
            )
        elif clock is not None and days:
            day = next(iter(days))
            formats |= {day: days[day], clock: clocks[clock]}
            fields[target] = Guess(
                f"{{day: {day}, time: {clock}}}",
                f"'{day}' looks like {days[day]}, '{clock}' like {clocks[clock]}",
            )
    for target, pattern in _REFERENCES.items():
        found = next(
            (name for name in sample.values if re.search(pattern, name, re.IGNORECASE)), None
        )
        if found is not None:
            fields[target] = Guess(
                f"{{path: {found}, optional: true}}" if target == "classroom_name" else found,
                _reference_evidence(found, sample, samples),
            )
    return fields, formats


def _reference_evidence(name: str, sample: Sample, samples: Sequence[Sample]) -> str:
    mine = {
        str(one)
        for value in sample.values[name]
        for one in (value if isinstance(value, list) else [value])
    }
    for other in samples:
        keys = {str(value) for value in other.values.get(other.key or "", ())}
        if other is not sample and mine and len(mine & keys) >= _SURE * len(mine):
            return f"'{name}' holds what stands in '{other.key}' of '{other.name}'"
    return f"'{name}' is named like one"


def _matches(name: str, target: str) -> bool:
    return re.search(_FIELDS[target], name, re.IGNORECASE) is not None


def _pattern(values: Sequence[Any], patterns: dict[str, str]) -> str | None:
    texts = [value for value in values if isinstance(value, str) and value]
    return next(
        (pattern for pattern in patterns if texts and all(_reads(text, pattern) for text in texts)),
        None,
    )


def _moment(values: Sequence[Any]) -> str | None:
    texts = [value for value in values if isinstance(value, str) and value]
    if texts and all("T" in text and _reads_iso(text) for text in texts):
        return "iso"
    return _pattern(values, _MOMENTS)


def _reads(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007 - only whether it reads
    except ValueError:
        return False
    return True


def _reads_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
