"""`edusync new` from what vendors publish, and from samples that are hard to read."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.described.wsdl import list_name
from edusync.spec import load_spec
from edusync.spec.tree import Operation, Spec, Statement
from tests.support import commands

HERE = Path(__file__).parent / "descriptions"


def edusync(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return commands.edusync(*arguments, cwd=folder, env={"COLUMNS": "200", **env})


def made(folder: Path, name: str, *given: str) -> tuple[Spec, str, str]:
    """Return the spec that is begun, its text, and what the command printed."""
    told = edusync(folder, "new", name, *given)
    assert told.returncode == 0, told.stdout + told.stderr
    text = (folder / f"specs/{name}.yaml").read_text(encoding="utf-8")
    school = (folder / f"{name}-school.yaml").read_text(encoding="utf-8")
    secrets = dict.fromkeys(re.findall(r"\$\{env:(\w+)\}", school), "x")
    checked = edusync(folder, "validate", "specs", f"{name}-school.yaml", **secrets)
    assert checked.returncode == 0, checked.stdout
    warned = [line for line in checked.stdout.splitlines() if "warning " in line]
    assert [line for line in warned if "SPEC_FIELD_NEVER_FILLED" not in line] == []
    laid_out = edusync(folder, "fmt", "--check", "specs")
    assert laid_out.returncode == 0, laid_out.stdout
    spec, _ = load_spec(text, f"{name}.yaml")
    assert spec is not None
    return spec, text, told.stdout


def sources(spec: Spec) -> dict[str, str]:
    return {kind: entity.source for kind, entity in spec.entities.items()}


DESCRIPTIONS: list[tuple[str, str, dict[str, str], list[str], list[str]]] = [
    (
        "cedar.openapi.yaml",
        "openapi",
        {"course": "sessions", "student": "students", "professor": "trainers", "group": "groups"},
        [
            'from: "{{ window.starts_at | iso }}"',
            "{kind: number, until: empty_page, size: 100}",
            "items: data",
            'Authorization: "Bearer {{ connection.key }}"',
            "professors: trainerIds",
            "for_each: groups",
            "students: {look_up_all: groups_students, by: id, on: groups.id, take: id}",
        ],
        ["GET /health", "'students': nothing reads groupId"],
    ),
    (
        "birch.openapi.json",
        "openapi",
        {"course": "planning", "student": "stagiaires", "professor": "formateurs"},
        [
            'date_debut: "{{ window.first | iso_day }}"',
            "{kind: offset, until: empty_page, size: 100}",
            'X-Api-Key: "{{ connection.key }}"',
            "{day: jour, time: heureDebut}",
        ],
        ["GET /factures"],
    ),
    (
        "aspen.openapi.yaml",
        "openapi",
        {
            "course": "v1_lessons",
            "student": "v1_lessons_learners",
            "professor": "v1_lessons_teacher",
        },
        [
            "{kind: cursor, next: paging.nextCursor, size: 100}",
            "grant_type: client_credentials",
            "from: v1_lessons",
            "students: 'learners[].id'",
        ],
        ["the needed parameter campus"],
    ),
    (
        "maple.wsdl",
        "wsdl",
        {"course": "sessions", "student": "students", "professor": "teachers"},
        [
            "soap: Planning.GetSessions",
            'from: "{{ window.first | iso_day }}"',
            "kind: soap",
            "professors: TeacherId",
        ],
        ["the operation Planning.Ping"],
    ),
    (
        "alder.wsdl",
        "wsdl",
        {"course": "cours", "student": "students", "professor": "professors"},
        ["items: cours", "{day: Date, time: Debut}", "dateDebut:"],
        ["the arguments session of Plan.ListeCours", "no list of students was found"],
    ),
    (
        "rowan.wsdl",
        "wsdl",
        {
            "course": "cours",
            "student": "groupes_eleve",
            "professor": "enseignants",
            "group": "groupes",
        },
        [
            "soap: Planning.ListerCours",
            "# guess: 'debut' is described as a text",
            "source_id: numero",
            "students: 'eleve[].numero'",
            "email: {path: mel, as: mail}",
        ],
        ["the operation Planning.Ouvrir"],
    ),
    (
        "juniper.odata.xml",
        "odata",
        {"course": "Sessions", "student": "Students", "professor": "Teachers"},
        [
            "'\"@odata.nextLink\"'",
            "items: value",
            '$expand: "Teachers,Students"',
            "StartsOn ge {{ window.starts_at | iso }}",
        ],
        ["the entity set Invoices"],
    ),
    (
        "hazel.odata.xml",
        "odata",
        {"course": "EventSet", "student": "LearnerSet", "professor": "professors"},
        ["path: d.__next", "items: d.results", "professors: InstructorId"],
        ["no list of professors was found"],
    ),
    (
        "linden.graphql.json",
        "graphql",
        {
            "course": "sessions",
            "student": "sessions_learners",
            "professor": "sessions_trainers",
            "classroom": "rooms",
        },
        [
            "next: data.sessions.pageInfo.endCursor",
            "items: data.sessions.nodes",
            "$from: DateTime!",
            "professors: 'trainers[].id'",
        ],
        ["the query version"],
    ),
    (
        "willow.graphql.json",
        "graphql",
        {"course": "lessons", "student": "students", "professor": "teachers"},
        ["items: 'data.lessons.edges[].node'", "{day: day, time: from}", "professors: teacher.id"],
        ["the query invoices"],
    ),
]


@pytest.mark.parametrize(
    ("file", "kind", "lists", "says", "notes"), DESCRIPTIONS, ids=[one[0] for one in DESCRIPTIONS]
)
def test_description_becomes_a_spec_that_validates_and_names_what_was_not_understood(
    tmp_path: Path, file: str, kind: str, lists: dict[str, str], says: list[str], notes: list[str]
) -> None:
    name = file.partition(".")[0]
    spec, text, told = made(tmp_path, name, f"--from-{kind}", str(HERE / file))
    assert sources(spec) == lists
    if kind == "wsdl":
        calls = [resource.call for resource in spec.resources.values()]
        assert all(call is None or isinstance(call, Operation) for call in calls)
    assert [line for line in says if line not in text] == []
    assert [note for note in notes if note not in told] == []
    assert text.count("# guess") > 5


SOLFEGE = Path(__file__).parents[2] / "specs/examples/solfege.wsdl"
IDS = '<xs:element name="Id" type="xs:string" maxOccurs="unbounded"/>'
WRAPPED = (
    '<xs:element name="personIds"><xs:complexType><xs:sequence>'
    '<xs:element name="int" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>'
    "</xs:sequence></xs:complexType></xs:element>"
)


@pytest.mark.parametrize(
    ("element", "argument"),
    [(IDS, "Id"), (WRAPPED, "personIds"), (IDS.replace('"Id"', '"Codes"'), "Codes")],
)
def test_people_that_a_wsdl_gives_by_their_ids_are_asked_for_in_batches(
    tmp_path: Path, element: str, argument: str
) -> None:
    text = SOLFEGE.read_text(encoding="utf-8")
    assert IDS in text
    (tmp_path / "sorrel.wsdl").write_text(text.replace(IDS, element, 1), encoding="utf-8")
    spec, begun, told = made(tmp_path, "sorrel", "--from-wsdl", "sorrel.wsdl")
    assert sources(spec) == {"course": "sessions", "student": "persons", "professor": "persons"}
    each = spec.resources["persons"].for_each
    assert each is not None
    assert [(name, path.source) for name, path in each.values] == [
        ("sessions", "Teacher"),
        ("sessions", "Students"),
    ]
    assert each.batch == 50
    assert f'arguments: {{{argument}: "{{{{ batch }}}}"}}' in begun
    assert "last_name: Name  # guess: 'Name' stands beside a first name" in begun
    assert "GetPersons" not in told


def test_ids_that_no_row_of_another_list_holds_are_not_understood(tmp_path: Path) -> None:
    text = SOLFEGE.read_text(encoding="utf-8")
    text = text.replace('"Teacher"', '"Colour"').replace('"Students"', '"Seats"')
    (tmp_path / "sorrel.wsdl").write_text(text, encoding="utf-8")
    _, begun, told = made(tmp_path, "sorrel", "--from-wsdl", "sorrel.wsdl")
    assert "for_each" not in begun
    assert "not understood: the arguments Id of SolfegePort.GetPersons, a list of ids" in told


def test_operation_with_a_list_of_words_is_not_asked_by_ids(tmp_path: Path) -> None:
    words = IDS.replace('"Id"', '"Colours"')
    text = SOLFEGE.read_text(encoding="utf-8").replace(IDS, words, 1)
    (tmp_path / "sorrel.wsdl").write_text(text, encoding="utf-8")
    _, begun, told = made(tmp_path, "sorrel", "--from-wsdl", "sorrel.wsdl")
    assert "for_each" not in begun
    assert "not understood: the arguments Colours of SolfegePort.GetPersons" in told


def test_database_is_looked_at_and_no_row_is_read(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "oak.db") as database:
        database.executescript((HERE / "oak.sql").read_text(encoding="utf-8"))
        database.execute("insert into apprenant values (1, 'SECRETNAME', 'x', 'y')")
    spec, text, told = made(tmp_path, "oak", "--from-database", f"sqlite:///{tmp_path}/oak.db")
    assert sources(spec) == {"course": "seance", "student": "apprenant", "professor": "formateur"}
    assert "where jour between :first and :last" in text
    assert "{day: jour, time: heure_debut}" in text
    assert "the table facture" in told
    assert "1 columns of formateur" in told
    for path in tmp_path.rglob("*.yaml"):
        assert "SECRETNAME" not in path.read_text(encoding="utf-8")
        assert "oak.db" not in path.read_text(encoding="utf-8")


TABLES = {
    "nothing": "",
    "people": "create table PERSONNE(ID integer primary key, NOM text, PRENOM text, EMAIL text)",
    "groups": "create table GROUPE(CODE text primary key, LIBELLE text)",
    "nothing known": "create table ZOZO(A blob)",
    "names that need quotes": 'create table "a b"("c d" text)',
    "sessions without hours": "create table SESSIONS(ID integer primary key, NOM text)",
    "no key": "create table ELEVE(NOM text, PRENOM text)",
    "one column": "create table SEANCE(DEBUT timestamp)",
    "words of SQL": 'create table "ORDER_COURS"("GROUP" text, "FROM" timestamp, "TO" timestamp)',
    "a view alone": "create table T(A text, J date); create view COURS as select A, J from T",
}
"""Databases that hold no planning, or little of one."""


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        ("ListerCours", "cours"),
        ("ListCours", "cours"),
        ("ListeCours", "cours"),
        ("listCourses", "courses"),
        ("get_students", "students"),
        ("GetSessions", "sessions"),
        ("TousLesCours", "lesCours"),
        ("getaways", "getaways"),
        ("AllocationSalles", "allocationSalles"),
        ("Listes", "listes"),
        ("Lister", "lister"),
    ],
)
def test_an_operation_is_named_without_its_verb_alone(operation: str, word: str) -> None:
    assert list_name(operation) == word


@pytest.mark.parametrize("tables", TABLES)
def test_whatever_a_database_holds_becomes_a_spec_that_validates(
    tmp_path: Path, tables: str
) -> None:
    with sqlite3.connect(tmp_path / "oak.db") as database:
        database.executescript(TABLES[tables])
    spec, text, told = made(tmp_path, "oak", "--from-database", f"sqlite:///{tmp_path}/oak.db")
    assert {"course", "student", "professor"} <= spec.entities.keys()
    for name, resource in spec.resources.items():
        assert isinstance(resource.call, Statement), name
    if "no list has sessions" in told:
        assert "select * from sessions  # guess: made up" in text
        assert "students: students  # guess: made up" in text


@pytest.mark.parametrize(
    ("option", "text", "words"),
    [
        ("openapi", "a: 1", "no OpenAPI description"),
        ("wsdl", "<a/>", "describes no service"),
        ("wsdl", "x", "no WSDL"),
        ("odata", "<a/>", "no metadata of OData"),
        ("graphql", '{"data": {}}', "no introspection of GraphQL"),
        ("graphql", "{", "no introspection of GraphQL"),
    ],
)
def test_file_that_is_none_says_so_and_nothing_is_written(
    tmp_path: Path, option: str, text: str, words: str
) -> None:
    (tmp_path / "file").write_text(text, encoding="utf-8")
    told = edusync(tmp_path, "new", "x", f"--from-{option}", "file")
    assert (told.returncode, words in told.stderr) == (2, True), told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_database_that_is_not_there_and_two_descriptions_are_refused(tmp_path: Path) -> None:
    url = "postgresql://nobody:s3cretword@127.0.0.1:1/none"
    told = edusync(tmp_path, "new", "x", "--from-database", url)
    assert (told.returncode, "s3cretword" in told.stdout + told.stderr) in {(2, False), (5, False)}
    told = edusync(tmp_path, "new", "x", "--from-database", "sqlite:///none.db")
    assert (told.returncode, [*tmp_path.iterdir()]) == (5, []), told.stderr
    both = ("--from-database", "sqlite://", "--from-wsdl", str(HERE / "maple.wsdl"))
    assert edusync(tmp_path, "new", "x", *both).returncode == 2


PERSON = {"lastName": "Roy", "firstName": "Anne", "email": "a.roy@ecole.test"}
SAMPLES: list[tuple[str, Any, dict[str, str], list[str]]] = [
    (
        "people within a session, epochs, edges and nodes",
        {
            "data": {
                "lessons": {
                    "edges": [
                        {
                            "node": {
                                "id": f"L{n}",
                                "subject": f"S{n}",
                                "start": 1773730800 + n,
                                "end": 1773741600 + n,
                                "trainer": {"id": 5 + n, **PERSON},
                                "attendees": [{"id": 1, **PERSON}, {"id": 2 + n, **PERSON}],
                            }
                        }
                        for n in range(3)
                    ]
                }
            }
        },
        {"course": "lessons", "student": "lessons_attendees", "professor": "lessons_trainer"},
        [
            "{kind: moment, epoch: seconds}",
            "items: 'data.lessons.edges[].node'",
            "students: 'attendees[].id'",
            "professors: trainer.id",
        ],
    ),
    (
        "days and hours as numbers, a list of professors of another name",
        {
            "cours": [
                {"num": n, "matiere": f"M{n}", "jour": 20260323 + n, "h_debut": 755 + n * 500}
                | {"h_fin": 1000 + n * 500, "equipe": [901 + n], "inscrits": [1, 2]}
                for n in range(2)
            ],
            "equipe_pedagogique": [
                {"id": 901 + n, "nom": "A", "prenom": "B", "mail": f"{n}@x.test"} for n in range(2)
            ],
            "apprenants": [
                {"id": 1 + n, "nom": "A", "prenom": "B", "mail": f"{n}@y.test"} for n in range(2)
            ],
        },
        {"course": "cours", "student": "apprenants", "professor": "equipe_pedagogique"},
        [
            '{kind: date, pattern: "%Y%m%d"}',
            '{kind: time, pattern: "%H%M", digits: 4}',
            "{day: jour, time: h_debut}",
            "professors: equipe",
            "students: inscrits",
        ],
    ),
    (
        "epochs in milliseconds",
        [
            {"id": n, "title": f"T{n}", "begin": 1773730800000 + n, "finish": 1773741600000 + n}
            for n in range(3)
        ],
        {"course": "sample", "student": "students", "professor": "professors"},
        ["{kind: moment, epoch: milliseconds}", "starts_at: begin"],
    ),
    (
        "no sessions",
        [{"id": 1, "nom": "A", "prenom": "B", "mail": "x@y.test"}],
        {"course": "sessions", "student": "sample", "professor": "sample"},
        ["from: sessions"],
    ),
    (
        "nothing that is known",
        [{"x": 1, "y": "z"}],
        {"course": "sessions", "student": "students", "professor": "professors"},
        ["from: sessions"],
    ),
]


@pytest.mark.parametrize(
    ("data", "lists", "says"), [one[1:] for one in SAMPLES], ids=[one[0] for one in SAMPLES]
)
def test_sample_becomes_a_spec_that_validates(
    tmp_path: Path, data: Any, lists: dict[str, str], says: list[str]
) -> None:
    (tmp_path / "sample.json").write_text(json.dumps(data), encoding="utf-8")
    spec, text, _ = made(tmp_path, "x", "--from-sample", "sample.json")
    assert {kind: source for kind, source in sources(spec).items() if kind in lists} == lists
    assert [line for line in says if line not in text] == []


ENVELOPES = ("donnees", "data", "reponse.lignes", "d.results", "retour", "")
"""What rows stand in, which says nothing of them."""


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_lists_in_one_envelope_are_named_after_their_files(tmp_path: Path, envelope: str) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "seances": [
            {"id": n, "titre": "T", "debut": f"2026-03-17T0{n}:00", "fin": f"2026-03-17T1{n}:00"}
            for n in (1, 2)
        ],
        "stagiaires": [{"id": 1, "nom": "A", "prenom": "B", "mail": "a@x.test"}],
        "formateurs": [{"id": 7, "nom": "C", "prenom": "D", "mail": "c@x.test"}],
        "lot7": [{"code": "G1", "intitule": "BTS"}],
    }
    for name, body in rows.items():
        wrapped: Any = body
        for step in reversed(envelope.split(".") if envelope else []):
            wrapped = {step: wrapped, "total": len(body)}
        (tmp_path / f"{name}.json").write_text(json.dumps(wrapped), encoding="utf-8")
    given = [word for name in rows for word in ("--from-sample", f"{name}.json")]
    spec, text, told = made(tmp_path, "x", *given)
    lists = {"course": "seances", "student": "stagiaires", "professor": "formateurs"}
    assert sources(spec) == lists
    for name in lists.values():
        assert f"get: /{name}" in text
    assert text.count(f"items: {envelope}\n") == (len(lists) if envelope else 0)
    assert "not used: the list 'lot7' (code, intitule)" in told


def test_two_files_of_one_name_become_two_lists(tmp_path: Path) -> None:
    for folder, number in (("a", 1), ("b", 2)):
        (tmp_path / folder).mkdir()
        row = {"id": number, "nom": "A", "prenom": "B", "mail": "a@x.test"}
        (tmp_path / folder / "stagiaires.json").write_text(json.dumps([row]), encoding="utf-8")
    given = ("--from-sample", "a/stagiaires.json", "--from-sample", "b/stagiaires.json")
    _, _, told = made(tmp_path, "x", *given)
    assert "not used: the list 'stagiaires_stagiaires'" in told


def test_columns_with_blanks_and_accents_get_words(tmp_path: Path) -> None:
    (tmp_path / "planning.csv").write_text(
        "Code séance;Libellé;Date;Heure début;Heure fin;Formateur (id)\n"
        "1;Droit;17/03/2026;09:00;12:00;7\n2;Art;18/03/2026;09:00;12:00;8\n",
        encoding="utf-8",
    )
    _, text, told = made(tmp_path, "x", "--from-sample", "planning.csv")
    assert "heure_debut: 'Heure début'" in text
    assert "answer: csv" in text
    assert "{day: date, time: heure_debut}" in text
    assert "no list of students was found" in told


def test_what_is_not_understood_is_named(tmp_path: Path) -> None:
    data = {
        "seances": [
            {"id": n, "titre": "x", "debut": "2026-03-17T09:00", "fin": "2026-03-17T10:00"}
            | {"couleur": "red"}
            for n in range(2)
        ],
        "divers": [{"x": 1}],
    }
    (tmp_path / "sample.json").write_text(json.dumps(data), encoding="utf-8")
    _, _, told = made(tmp_path, "x", "--from-sample", "sample.json")
    assert "'seances': nothing reads couleur" in told
    assert "not used: the list 'divers' (x)" in told


def test_tables_that_are_called_txt_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    planning = "Id\tDate\tDébut\tFin\tMatière\tProf.\n1\t17/03/2026\t08:30\t10:00\tDroit\tT1\n"
    (folder / "planning.txt").write_bytes(planning.encode("utf-16"))
    (folder / "profs.tsv").write_text("Code\tNom\tPrénom\nT1\tROY\tAnne\n", encoding="utf-8")
    (folder / "readme.txt").write_text("Read me first.\n", encoding="utf-8")
    told = commands.edusync(
        "new", "pap", "--label", "P", "--url", "exports", "--from-folder", "exports", cwd=tmp_path
    )
    assert "not understood: readme.txt is no sample" in told.stdout, told.stdout + told.stderr
    spec = (tmp_path / "specs/pap.yaml").read_text(encoding="utf-8")
    assert "prof: Prof." in spec
    assert "file: profs.tsv" in spec
    assert commands.edusync("validate", "specs", cwd=tmp_path).returncode == 0
