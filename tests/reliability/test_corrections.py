"""A sheet is corrected and sent again: every ERP × every way through its states ends as if the last
states alone had been sent, or each line that does not is named.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from edusync.sandbox.edusign.book import parse
from edusync.sandbox.edusign.play import EVERYTHING, play
from tests.conftest import DAY, World
from tests.support.walks import Sample

pytestmark = pytest.mark.slow
WHO = {
    "adesoft": "studentId",
    "aimaira": "Code",
    "ammon": "idStagiaire",
    "aurion": "individu",
    "fca": "COD_PER",
    "hyperplanning": "etudiant",
    "scform": "ID_APPRENANT",
    "ypareo": "codeApprenant",
}
"""What names the student in a row that the ERP holds."""
OVER_HTTP = sorted(WHO.keys() - {"adesoft", "scform"})
"""Where an answer can be lost: a file, or a transaction of a database, has none."""
OWN = frozenset({"codeAbsence", "ControlePresence"})
"""The numbers that the ERP gives, and the moment of a signature."""
SIGN_IN = "/authentification"
WRITES = {"aurion": [b"importData"], "hyperplanning": [b"Ajouter", b"Creer", b"Modifier"]}
"""What stands in a write where every call is a POST."""
CANNOT = "UP_CORRECTION_IMPOSSIBLE"
NAMED = frozenset({CANNOT, "UP_IN_DOUBT", "UP_COURSE_CHANGED_AFTER_SEND"})
"""What says of a line that the ERP may hold something else."""
Rows = Mapping[str, list[str]]


class Unanswered:
    """The ERP, behind a gateway that loses the answer of everything that is written."""

    def __init__(self, world: World) -> None:
        self.application, self.erp = world.erp.application, world.spec

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        body = request.get_data()
        environ["wsgi.input"] = BytesIO(body)
        writes = request.method != "GET" and SIGN_IN not in request.path
        if self.erp in WRITES:
            writes = any(word in body for word in WRITES[self.erp])
        if not writes:
            return self.application(environ, start_response)
        b"".join(self.application(environ, lambda *_said: None))
        return Response("Gateway Timeout", 504)(environ, start_response)


class Class:
    """One class of an ERP, whose sheet is played, sent and corrected again and again."""

    def __init__(self, world: World) -> None:
        self.world, self.column = world, WHO[world.spec]
        self.write_file()
        world.sync()
        world.to_evening()
        self.sheet = max(
            (row for row in world.book.all("courses") if parse(row["END"]) <= world.now),
            key=lambda row: (len(row["STUDENTS"]), row["API_ID"]),
        )
        self.students = world.names(self.sheet)
        self.kept = world.folder / "kept"
        self.kept.mkdir()
        for file in world.folder.glob("state.*"):
            shutil.copy(file, self.kept)

    def write_file(self) -> None:
        """Write the connector file with every option of the simulator's school."""
        answers = self.world.simulation.answers(self.world.erp_url)
        self.world.write(
            grace="1ms", options=dict(answers["options"]), reasons=answers.get("reasons", {})
        )

    def anew(self) -> None:
        """Begin with an ERP and a store in which nothing was sent."""
        world = self.world
        world.simulation = world.registry.simulators[world.spec].thing.start(DAY)
        world.erp.application = world.simulation.door()
        world.to_evening()
        self.write_file()
        for file in world.folder.glob("state.*"):
            file.unlink()
        for file in self.kept.glob("state.*"):
            shutil.copy(file, world.folder)

    def says(self, said: Sequence[Any]) -> None:
        """Open the sheet, let it say this of its students, and archive it."""
        self.sheet["LOCKED"] = 0
        everybody = [*said, *["present"] * (len(self.students) - len(said))]
        for student, what in zip(self.sheet["STUDENTS"], everybody, strict=True):
            nothing = dict.fromkeys(("excluded", "earlyDeparture", "absenceId", "signature"))
            student.update(state=False, delay=0, timestamp=None, **nothing)
            play(self.world.courses, self.sheet["ID"], {student["studentId"]: what}, archive=False)
        self.sheet.update(LOCKED=1, DATE_UPDATED=self.world.book.now())

    def sends(self, *, again: bool = False) -> tuple[str, dict[str, set[str]]]:
        """Send; return how the run ended, and the codes that name each student or their sheet."""
        self.world.later(minutes=30)
        result = self.world.write_back(resend=[self.sheet["API_ID"]] if again else [])
        named = {
            student: {
                one.code
                for one in result.outcomes
                if one.kind == "course"
                or (one.kind == "student" and f"/{student}".endswith(f"/{one.source_id}"))
            }
            for student in self.students
        }
        return result.status, named

    def rows(self) -> Rows:
        """Return what the ERP holds of each student."""
        found: dict[str, list[str]] = {student: [] for student in self.students}
        for row in self.world.simulation.attendance():
            for student in self.students:
                if str(row.get(self.column)) in {student, student.rpartition("/")[2]}:
                    found[student].append(
                        str(sorted((k, v) for k, v in row.items() if k not in OWN))
                    )
        return {student: sorted(rows) for student, rows in found.items()}

    def sent_alone(self) -> list[Rows]:
        """Return what the ERP holds when each state alone was sent of everybody."""
        found = []
        for state in EVERYTHING:
            self.anew()
            self.says([state] * len(self.students))
            self.sends()
            found.append(self.rows())
        return found

    def at_once(self, chains: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
        """Yield as many chains as there are students at a time."""
        size = len(self.students)
        return (list(chains[start : start + size]) for start in range(0, len(chains), size))


@pytest.mark.promise("P13")
@pytest.mark.walk(every=7)
@pytest.mark.parametrize("erp", sorted(WHO))
def test_corrections_end_as_the_last_state_or_are_named(
    make_world: Callable[..., World], erp: str, sample: Sample
) -> None:
    school = Class(make_world(erp))
    alone = school.sent_alone()
    harmful: list[tuple[Any, ...]] = []
    for chains in school.at_once(sample(product(range(len(EVERYTHING)), repeat=3))):
        school.anew()
        for step in range(3):
            before = school.rows()
            school.says([EVERYTHING[chain[step]] for chain in chains])
            status, named = school.sends(again=step > 0)
            rows = school.rows()
            for student, chain in zip(school.students, chains, strict=False):
                if CANNOT in named[student]:
                    if status == "success" or rows[student] != before[student]:
                        harmful.append(
                            (chain, step, "named, and success or written", rows[student])
                        )
                elif rows[student] != alone[chain[step]][student]:
                    harmful.append((chain, step, status, named[student], rows[student]))
        held = {student for student, codes in named.items() if CANNOT in codes}
        still = {student for student, codes in school.sends()[1].items() if CANNOT in codes}
        assert still == held, "every run names it"
    assert harmful == []


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("erp", OVER_HTTP)
def test_corrections_of_what_was_in_doubt_end_as_the_last_state_or_are_named(
    make_world: Callable[..., World], erp: str, sample: Sample
) -> None:
    school = Class(make_world(erp))
    alone = school.sent_alone()
    harmful = []
    for chains in school.at_once(sample(product(range(len(EVERYTHING)), repeat=2))):
        school.anew()
        school.says([EVERYTHING[first] for first, _ in chains])
        door, school.world.erp.application = school.world.erp.application, Unanswered(school.world)
        school.sends()
        school.world.erp.application = door
        school.says([EVERYTHING[last] for _, last in chains])
        status, named = school.sends()
        rows = school.rows()
        for student, (first, last) in zip(school.students, chains, strict=False):
            if not named[student] & NAMED and rows[student] != alone[last][student]:
                harmful.append((first, last, status, named[student], rows[student]))
    assert harmful == []
