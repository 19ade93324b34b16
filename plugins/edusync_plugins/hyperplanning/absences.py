"""Absences, lates and roll calls, which are read and written."""

from __future__ import annotations

from datetime import datetime, timedelta

from lxml import etree

from edusync_plugins.hyperplanning.seed import Absence, Course, Seed

USER, PASSWORD = "ECOLE\\edusync", "sandbox-password"
INTERNAL = "http://planning.interne.example:8080/hpsw"
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class UnknownKey(Exception):
    """A key that the planning does not have."""


class Absences:
    """The operations of the service that are about absences."""

    seed: Seed

    def _course(self, key: str) -> Course:
        return self.seed.courses[int(key)]

    def AbsencesEntre2Dates(self, ADateHeureDebut: str, ADateHeureFin: str) -> list[int]:
        start, end = _moment(ADateHeureDebut), _moment(ADateHeureFin)
        return [
            key for key, row in self.seed.absences.items() if row.start < end and row.end > start
        ]

    def AbsencesEtudiantEntre2Dates(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
    ) -> list[int]:
        return [
            key
            for key in self.AbsencesEntre2Dates(ADateHeureDebut, ADateHeureFin)
            if self.seed.absences[key].student == int(AEtudiant)
        ]

    def EtudiantAbsenceEtudiant(self, AAbsence: str) -> int:
        return self.seed.absences[int(AAbsence)].student

    def DateHeureDebutAbsenceEtudiant(self, AAbsence: str) -> str:
        return f"{self.seed.absences[int(AAbsence)].start.isoformat()}Z"

    def AjouterAbsenceEtudiant(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
        AJustifie: str,
    ) -> bool:
        self._allowed(AEtudiant)
        self.seed.absences[max(self.seed.absences, default=7000) + 1] = Absence(
            int(AEtudiant), _moment(ADateHeureDebut), _moment(ADateHeureFin), AJustifie == "true"
        )
        return True

    def EnleverAbsenceEtudiant(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
    ) -> bool:
        """Take away what lies within an interval."""
        self._allowed(AEtudiant)
        for key in self.AbsencesEtudiantEntre2Dates(AEtudiant, ADateHeureDebut, ADateHeureFin):
            del self.seed.absences[key]
        return True

    def ModifierMotifAbsenceEtudiant(self, AAbsence: str, AMotif: str) -> bool:
        if AMotif not in self.seed.reasons:
            raise UnknownKey
        self.seed.absences[int(AAbsence)].reason = AMotif
        return True

    def RetardsEtudiantEntre2Dates(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
    ) -> list[int]:
        start, end = _moment(ADateHeureDebut), _moment(ADateHeureFin)
        return [
            key
            for key, row in enumerate(self.seed.lates, 9001)
            if row.student == int(AEtudiant) and row.start < end and row.end > start
        ]

    def AbsenceEtudiantEstJustifiee(self, AAbsence: str) -> bool:
        return self.seed.absences[int(AAbsence)].justified

    def MotifAbsenceEtudiant(self, AAbsence: str) -> str:
        return self.seed.absences[int(AAbsence)].reason

    def DateHeureRetardEtudiant(self, ARetard: str) -> str:
        return f"{self.seed.lates[int(ARetard) - 9001].start.isoformat()}Z"

    def DureeRetardEtudiant(self, ARetard: str) -> float:
        """Return how long it was, in days."""
        late = self.seed.lates[int(ARetard) - 9001]
        return (late.end - late.start) / timedelta(days=1)

    def CreerRetardEtudiant(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
        AJustifie: str,
    ) -> bool:
        self._allowed(AEtudiant)
        self.seed.lates.append(
            Absence(
                int(AEtudiant),
                _moment(ADateHeureDebut),
                _moment(ADateHeureFin),
                AJustifie == "true",
            )
        )
        return True

    def ModifierAppelTermineCours(self, ACours: str, ASemaine: str, AAppelTermine: str) -> bool:
        key = (self._course(ACours).key, int(ASemaine))
        self.seed.roll_calls.add(key) if AAppelTermine == "true" else self.seed.roll_calls.discard(
            key
        )
        return True

    def _allowed(self, student: str) -> None:
        if int(student) not in self.seed.students:
            raise UnknownKey


def _moment(text: str) -> datetime:
    """Read a local time, whatever Z stands behind it."""
    return datetime.fromisoformat(text).replace(tzinfo=None)
