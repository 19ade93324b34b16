"""A small FCA Manager around a given day.

Two activities, unconfirmed registrations, sessions whose professors stand on the teaching.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from edusync.sandbox.invented import someone

Record = dict[str, Any]


class Seed:
    """Every object of the centre."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.activities = [
            {
                "ID": 10,
                "COD_REF_COM_ACV": "FCA-DROIT-2026",
                "LIB_ACV": "Droit social",
                "TEM_EN_SVE_ACV": 1,
            },
            {
                "ID": 11,
                "COD_REF_COM_ACV": "PEG-LANGUES-2026",
                "LIB_ACV": "Langues",
                "TEM_EN_SVE_ACV": 1,
            },
        ]
        self.actions = [
            {
                "ID": number,
                "COD_REF_COM_ACN": ref,
                "LIB_ACN": label,
                "COD_ACV": activity,
                "TEM_EN_SVE_ACN": 1,
                "TEM_EMA_ACN": 1,
            }
            for number, ref, label, activity in (
                (1187, "FCA-DROIT-2026-1", "Droit du travail", 10),
                (1188, "PEG-ANG-2026", "Anglais", 11),
            )
        ]
        self.teachings = {4402: [510, 511], 4403: [512], 4404: []}
        self.people = {9000 + n: self._person(9000 + n, "STA") for n in range(1, 11)} | {
            510 + n: self._person(510 + n, "INT") for n in range(6)
        }
        self.people[9004]["MAIL_PER"] = ""
        self.people[513]["MAIL_PER"] = self.people[512]["MAIL_PER"]
        self.people[514]["MAIL_PER"] = None
        self.rooms = [
            {"COD_SAL": "A-112", "LIB_SAL": "Salle A 112"},
            {"COD_SAL": "LAB", "LIB_SAL": "Laboratoire de langues"},
        ]
        self.groups: dict[str, Record] = {
            "G1": {"COD_GRP": "G1", "LIB_GRP": "Droit groupe 1", "MEMBRES": [9001, 9002, 9003]},
            "G2": {"COD_GRP": "G2", "LIB_GRP": "Anglais", "MEMBRES": []},
        }
        self.reasons = [
            {"COD_MAB": 4, "LIB_MAB": "Maladie", "TEM_JUS_MAB": 1},
            {"COD_MAB": 5, "LIB_MAB": "Convocation", "TEM_JUS_MAB": 1},
            {"COD_MAB": 9, "LIB_MAB": "Sans motif", "TEM_JUS_MAB": 0},
        ]
        self.registrations: dict[int, list[Record]] = {}
        self.sessions = self._sessions()

    def session(
        self,
        number: int,
        days: int,
        name: str,
        start: str,
        end: str,
        teaching: int,
        action: int,
        professors: list[int],
        students: dict[int, str],
        groups: list[str],
        *,
        cancelled: int = 0,
    ) -> Record:
        """Return one session, so many days after the day of the seed.

        Its registrations are noted with their state.
        """
        at = (self.day + timedelta(days=days)).strftime("%d-%m-%Y")
        self.registrations[number] = [
            {
                "ID_INS": number * 100 + n,
                "COD_PER": person,
                "COD_GRP": groups[0] if groups else None,
                "ETA_INS": state,
            }
            for n, (person, state) in enumerate(students.items())
        ]
        return {
            "ID_SES": number,
            "LIB_SES": name,
            "DAT_DEB_SES": f"{at} {start}",
            "DAT_FIN_SES": f"{at} {end}",
            "COD_ENS": teaching,
            "COD_ACN": action,
            "COD_SAL": "LAB" if groups == ["G2"] else "A-112",
            "TEM_ANN_SES": cancelled,
            "TEM_VAL_OBL_SES": 1,
            "DAT_CRE_SES": "02-12-2025 10:14",
            "INTERVENANTS": professors,
            "GROUPES": groups,
        }

    def _sessions(self) -> list[Record]:
        law = {9001: "C", 9002: "C", 9003: "N", 9004: "C", 9005: "A"}
        return [
            self.session(
                70115,
                1,
                "Droit social - séance 3",
                "09:00",
                "12:00",
                4402,
                1187,
                [510],
                law,
                ["G1"],
            ),
            self.session(
                70116, 1, "Droit social - séance 4", "13:30", "16:30", 4402, 1187, [], law, ["G1"]
            ),
            self.session(
                70117,
                2,
                "Anglais",
                "09:00",
                "11:00",
                4403,
                1188,
                [512],
                {9006: "C", 9007: "C"},
                ["G2"],
            ),
            self.session(
                70118, 3, "Annulée", "09:00", "12:00", 4402, 1187, [510], law, ["G1"], cancelled=1
            ),
            self.session(
                70119, 4, "Non confirmés", "09:00", "12:00", 4402, 1187, [510], {9008: "N"}, []
            ),
            self.session(
                70120, 5, "Sans intervenant", "09:00", "12:00", 4404, 1187, [], law, ["G1"]
            ),
            self.session(
                70121, 6, "E-mail en double", "09:00", "12:00", 4403, 1187, [513], law, ["G1"]
            ),
            self.session(
                70122,
                6,
                "Intervenant sans e-mail",
                "14:00",
                "17:00",
                4402,
                1187,
                [514],
                law,
                ["G1"],
            ),
            self.session(
                70123,
                7,
                "Sans stagiaire valable",
                "09:00",
                "12:00",
                4402,
                1187,
                [510],
                {9004: "C"},
                [],
            ),
            self.session(
                70124, 14, "Dernier jour", "09:00", "12:00", 4402, 1187, [510], law, ["G1"]
            ),
            self.session(70125, 15, "Trop tard", "09:00", "12:00", 4402, 1187, [510], law, ["G1"]),
            self.session(70126, 0, "Aujourd'hui", "09:00", "10:00", 4402, 1187, [510], law, ["G1"]),
            self.session(70127, -1, "Hier", "09:00", "12:00", 4402, 1187, [510], law, ["G1"]),
        ]

    def _person(self, number: int, kind: str) -> Record:
        who = someone(number % 100 + (40 if kind == "INT" else 0))
        return {
            "COD_PER": number,
            "NOM_PER": who.last.upper(),
            "PRE_PER": who.first,
            "MAIL_PER": who.email,
            "TEL_PER": None,
            "TYP_PER": kind,
        }
