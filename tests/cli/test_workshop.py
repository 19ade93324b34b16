"""`new`, `coverage`, `mutate` and `docs`, as somebody who writes a spec meets them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from edusync.app.authoring.guess import tell_kinds
from edusync.app.authoring.samples import charset_of, read_sample
from edusync.app.authoring.scaffold import scaffold
from edusync.errors import UsageProblem
from edusync.spec import load_spec
from edusync.spec.tree import Path as TreePath
from edusync.spec.tree import PathValue
from tests.support import commands

ROOT = Path(__file__).parents[2]
PEOPLE = (
    "<answer><person><code>7</code><nom>SECRETNAME</nom><prenom>Zorglub</prenom>"
    "<courriel>z@x.test</courriel></person>"
    "<person><code>8</code><nom>B</nom><prenom>C</prenom><courriel/></person></answer>"
)
PLANNING = (
    "numero;intitule;debut;fin;salle;formateur\n1;Droit;17/03/2026 09:00;17/03/2026 "
    "12:00;B1;7\n2;Anglais;18/03/2026 09:00;18/03/2026 12:00;B2;8\n"
)


def edusync(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return commands.edusync(*arguments, cwd=folder, env={"COLUMNS": "200", "EDUSIGN_KEY": "x"})


@pytest.fixture
def horizon(tmp_path: Path) -> Path:
    """A folder of somebody's own: one spec and its cases."""
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / "specs/examples/horizon.yaml", tmp_path / "specs/horizon.yaml")
    shutil.copytree(ROOT / "tests/connectors/horizon", tmp_path / "cases/horizon")
    return tmp_path


def test_new_from_nothing_is_a_spec_that_validates(tmp_path: Path) -> None:
    made = edusync(tmp_path, "new", "lumen")
    assert made.returncode == 0, made.stdout + made.stderr
    assert {
        "specs/lumen.yaml",
        "lumen-school.yaml",
        "cases/lumen/README.md",
        "docs/lumen.md",
        "pytest.ini",
    } == {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    checked = edusync(tmp_path, "validate", "specs")
    assert (checked.returncode, checked.stdout) == (0, "1 file checked: 0 errors, 0 warnings\n")
    assert "made-up" in (tmp_path / "specs/lumen.yaml").read_text(encoding="utf-8")


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/lumen.md").write_text("mine", encoding="utf-8")
    made = edusync(tmp_path, "new", "lumen")
    assert (
        made.returncode,
        "exists already" in made.stderr,
        "nothing was written" in made.stderr,
    ) == (2, True, True)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["lumen.md"]


@pytest.mark.parametrize("name", ["Lumen", "7up", "lu men", "../x"])
def test_new_wants_a_name_that_a_spec_can_have(tmp_path: Path, name: str) -> None:
    made = edusync(tmp_path, "new", name)
    assert (made.returncode, "small letters" in made.stderr) == (2, True)


def test_samples_in_xml_and_csv_become_lists_with_their_formats(tmp_path: Path) -> None:
    (tmp_path / "formateurs.xml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "planning.csv").write_text(PLANNING, encoding="utf-8")
    spec_text = scaffold(
        "x", "X", "https://x.example", [tmp_path / "planning.csv", tmp_path / "formateurs.xml"]
    )["specs/x.yaml"]
    spec, document = load_spec(spec_text, "x.yaml")
    assert spec is not None, document.findings
    assert '{kind: moment, pattern: "%d/%m/%Y %H:%M"}' in spec_text
    assert "'formateur' holds what stands in 'code' of 'formateurs'" in spec_text
    assert spec.entities["course"].fields["professors"] == PathValue(TreePath("formateur"))
    assert {"last_name", "first_name", "email"} <= spec.entities["professor"].fields.keys()
    assert "SECRETNAME" not in spec_text
    assert "Zorglub" not in spec_text


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.txt", "x", "no sample"),
        ("a.json", "{", "cannot be read as JSON"),
        ("a.json", '{"a": 1}', "no list of rows"),
    ],
)
def test_sample_that_is_none_says_why(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=words):
        scaffold("x", "X", "https://x.example", [tmp_path / name])


EXPORTS = {
    "stagiaires.csv": "Matricule;Nom;Prénom;Courriel\n1;Lefèvre;Zoé;zoe@ecole.test\n"
    "2;Noël;Rémi;remi@ecole.test\n",
    "planning.csv": "Code;Intitulé;Date;Début;Fin;Salle;Formateur;Stagiaires\n"
    "S1;Comptabilité;17/03/2026;08:30;12:00;B12;F1;1\n",
    "formateurs.csv": "Code;Nom;Prénom;Mél\nF1;Dupré;Anaïs;anais@ecole.test\n",
}


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "mes exports"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("charset", "said"),
    [
        ("utf-8", "answer: csv"),
        ("utf-8-sig", "answer: csv"),
        ("cp1252", "answer: {kind: csv, charset: windows-1252}"),
        ("latin-1", "answer: {kind: csv, charset: windows-1252}"),
    ],
)
def test_a_folder_of_french_exports_is_right_at_once(
    tmp_path: Path, exports: Path, charset: str, said: str
) -> None:
    """Each file is a list; the spec reads what stands there, without a change."""
    for name, text in EXPORTS.items():
        (exports / name).write_bytes(text.encode(charset))
    begun = edusync(tmp_path, "new", "bocage", "--from-folder", str(exports))
    assert begun.returncode == 0, begun.stdout + begun.stderr
    spec = (tmp_path / "specs" / "bocage.yaml").read_text(encoding="utf-8")
    assert spec.count(said) == len(EXPORTS)
    assert "made up" not in spec
    for line in ("last_name: nom", "first_name: prenom", "professors: formateur"):
        assert line in spec
    for line in ("starts_at: {day: date, time: debut}", "path: salle", "students: stagiaires"):
        assert line in spec
    school = tmp_path / "bocage-school.yaml"
    at = ["--at", "2026-03-16T12:00", "--format", "json"]
    seen = edusync(tmp_path, "try", str(school), *at)
    assert "Comptabilité" in seen.stdout, seen.stdout + seen.stderr
    told = begun.stdout + spec + school.read_text(encoding="utf-8")
    assert not [word for word in ("Lefèvre", "zoe@", "Dupré") if word in told]


def test_what_windows_does_not_know_is_latin_1(tmp_path: Path) -> None:
    raw = "nom;prenom\nLefèvre;Zo\x81\n".encode("latin-1")
    assert charset_of(raw) == "iso-8859-1"
    assert charset_of("\ufeffnom\n".encode("utf-16")) is None


def test_files_of_a_folder_that_are_no_lists_are_named(tmp_path: Path, exports: Path) -> None:
    (exports / "planning.csv").write_text(EXPORTS["planning.csv"], encoding="utf-8")
    (exports / "lisez-moi.txt").write_text("Bonjour", encoding="utf-8")
    (exports / "~$planning.csv").write_text("x", encoding="utf-8")
    begun = edusync(tmp_path, "new", "bocage", "--from-folder", str(exports))
    assert "note not understood: lisez-moi.txt is no sample" in begun.stdout
    assert "~$" not in begun.stdout
    (exports / "planning.csv").unlink()
    empty = edusync(tmp_path, "new", "haies", "--from-folder", str(exports))
    assert (empty.returncode, "has no .csv, .txt, .json or .xml file" in empty.stderr) == (2, True)


def test_kinds_are_told_by_name_by_fields_and_by_who_refers(tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(
        json.dumps(
            {
                "seances": [
                    {
                        "id": 1,
                        "libelle": "a",
                        "date": "2026-03-17",
                        "debut": "09:00",
                        "fin": "10:00",
                    }
                ],
                "stagiaires": [{"id": 1, "nom": "a", "prenom": "b"}],
                "groupes": {"4": {"id": 4, "nom": "G"}, "5": {"id": 5, "nom": "H"}},
                "salles": [{"code": "B1", "libelle": "x"}],
                "divers": [{"x": 1}],
            }
        ),
        encoding="utf-8",
    )
    samples = read_sample(tmp_path / "all.json")
    tell_kinds(samples)
    assert {sample.name: (sample.kinds, sample.keyed) for sample in samples} == {
        "seances": (("course",), False),
        "stagiaires": (("student",), False),
        "groupes": (("group",), True),
        "salles": (("classroom",), False),
        "divers": ((), False),
    }


def test_coverage_names_the_line_and_what_no_case_showed(horizon: Path) -> None:
    whole = edusync(horizon, "coverage", "specs/horizon.yaml", "--fail-under", "100")
    assert (whole.returncode, "100.0 %" in whole.stdout) == (0, True), whole.stdout
    for case in (horizon / "cases/horizon").iterdir():
        if case.is_dir() and case.name != "nominal":
            shutil.rmtree(case)
    spec = horizon / "specs/horizon.yaml"
    spec.write_text(
        spec.read_text(encoding="utf-8").replace(
            "        done: found",
            "        # edusync: uncovered nobody loses an answer here\n        done: found",
        ),
        encoding="utf-8",
    )
    less = edusync(
        horizon,
        "coverage",
        "specs/horizon.yaml",
        "--fail-under",
        "100",
        "--html",
        "cover.html",
        "--no-color",
    )
    lines = (horizon / "specs/horizon.yaml").read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines, start=1) if line.strip() == "campuses:")
    assert less.returncode == 1
    assert f"specs/horizon.yaml:{number}:3 filter never set" in less.stdout
    page = (horizon / "cover.html").read_text(encoding="utf-8")
    assert page.count("<tr class=") == len(lines)
    assert {
        state
        for state in ("whole", "part", "none", "excused", "plain")
        if f'<tr class="{state}"' in page
    } == {"whole", "part", "none", "excused", "plain"}


def test_excuse_that_excuses_nothing_is_reported(horizon: Path) -> None:
    spec = horizon / "specs/horizon.yaml"
    text = spec.read_text(encoding="utf-8").replace(
        "    source_id: id\n", "    source_id: id  # edusync: uncovered for fun\n", 1
    )
    spec.write_text(text, encoding="utf-8")
    found = edusync(horizon, "coverage", "specs/horizon.yaml", "--no-color")
    assert (
        found.returncode,
        "is excused, and wholly covered: remove the comment" in found.stdout,
    ) == (1, True)


def test_mutate_lists_what_nobody_notices(horizon: Path) -> None:
    few = edusync(
        horizon, "mutate", "specs/horizon.yaml", "--every", "10", "--fail-over", "5", "--no-color"
    )
    assert few.returncode == 0, few.stdout
    assert "noticed by validate" in few.stdout
    for golden in (horizon / "cases/horizon").iterdir():
        if golden.is_dir() and golden.name != "refused-sign-in":
            shutil.rmtree(golden)
    blind = edusync(
        horizon, "mutate", "specs/horizon.yaml", "--every", "10", "--fail-over", "5", "--no-color"
    )
    assert blind.returncode == 1
    assert "→" in blind.stdout
    assert (horizon / "specs/horizon.yaml").read_bytes() == (
        ROOT / "specs/examples/horizon.yaml"
    ).read_bytes()


def test_commands_of_the_bench_say_that_there_are_no_cases(tmp_path: Path) -> None:
    shutil.copy(ROOT / "specs/examples/horizon.yaml", tmp_path / "other.yaml")
    for name in ("coverage", "mutate"):
        told = edusync(tmp_path, name, "other.yaml")
        assert (told.returncode, "there are no cases" in told.stderr) == (2, True)


def test_docs_keep_what_stands_around_the_markers(horizon: Path) -> None:
    page = horizon / "page.md"
    page.write_text("# My school\n\nBefore.\n", encoding="utf-8")
    assert edusync(horizon, "docs", "specs/horizon.yaml", "--into", "page.md").returncode == 0
    page.write_text(page.read_text(encoding="utf-8") + "\nAfter.\n", encoding="utf-8")
    assert (
        edusync(horizon, "docs", "specs/horizon.yaml", "--into", "page.md", "--check").returncode
        == 0
    )
    spec = horizon / "specs/horizon.yaml"
    spec.write_text(
        spec.read_text(encoding="utf-8").replace("Campus codes", "Codes of campuses"),
        encoding="utf-8",
    )
    stale = edusync(horizon, "docs", "specs/horizon.yaml", "--into", "page.md", "--check")
    assert (stale.returncode, "not up to date" in stale.stdout) == (1, True)
    edusync(horizon, "docs", "specs/horizon.yaml", "--into", "page.md")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# My school\n\nBefore.\n")
    assert text.endswith("\nAfter.\n")
    assert "Codes of campuses" in text
    assert "Codes campus" in edusync(horizon, "docs", "specs/horizon.yaml", "--lang", "fr").stdout
