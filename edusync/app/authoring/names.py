"""What names of lists and columns say."""

from __future__ import annotations

import re

from edusync.model.ids import folded

WANTED = (
    r"seance|session|lesson|cours|course|event|evenement|planning|planif|class(es)?$|creneau|slot"
    r"|schedule|timetable|activit|student|stagiaire|apprenant|eleve|learner|etudiant|trainee|pupil"
    r"|prof|teacher|formateur|enseignant|intervenant|instructor|trainer|staff|personnel|group"
    r"|promotion|cohort|room|salle|location|people|person|user|contact|individu|participant"
)
"""Names of what a school has."""


def wanted(name: str) -> bool:
    """Whether something is named like what comes down."""
    return name_is(name, WANTED)


def name_is(name: str, pattern: str) -> bool:
    """Whether a column is named so."""
    return re.search(pattern, folded(name.replace('"', "")), re.IGNORECASE) is not None
