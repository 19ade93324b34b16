"""A school's exports, read as they are, and its CSV written as its ERP wants it: real runs."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from edusync.app.runs.moment import Moment
from edusync.app.runs.writeback import plan_writeback
from edusync.engine.read.source import Tools
from edusync.state.open import open_store
from tests.bugs.school import LINES, PEOPLE, workbook
from tests.contract.scenes.scene import School as Scened
from tests.contract.scenes.scene import evening, with_functions
from tests.contract.scenes.wires import over_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bugs.conftest import Open

BOTH = {"S1": ["001", "002"], "S2": ["001", "002"]}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_with_titles_units_and_two_columns_of_one_name_comes_down(
    school_of: Open, kind: str
) -> None:
    school = school_of(kind)
    lines = [line.split(";") for line in PEOPLE.splitlines()]
    lines = [
        ["Élèves du 16/03/2026"],
        [],
        [*lines[0][:4], "E-mail", *lines[0][4:]],
        ["texte", "", "", "parents", "élève", ""],
        *([*line[:3], "parents@ecole.test", *line[3:]] for line in lines[1:]),
    ]
    text = "\n".join(";".join(line) for line in lines) + "\n"
    school.write(f"people.{kind}", text if kind == "csv" else workbook(lines))
    people = school.spec["resources"]["people"]
    people["columns"]["mail"] = "E-mail#2"
    people["answer"] = {"kind": kind, "header": 3, "skip": 1}
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH), run.events


def test_groups_in_one_cell_are_a_list(school_of: Open) -> None:
    school = school_of("csv")
    school.spec["formats"]["listed"] = {"kind": "text", "split": ","}
    school.spec["resources"]["people"]["as"] = {"group": "listed"}
    school.write("people.csv", PEOPLE.replace(";A\n", ";Z, A\n"))
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH), run.events


def test_sheet_that_is_named_is_read_beside_others(school_of: Open) -> None:
    school = school_of("xlsx")
    assert len(LINES) == 3
    school.spec["resources"]["people"]["answer"] = {"kind": "xlsx", "sheet": "Nowhere"}
    run = school.sync()
    assert run.code != 0
    assert "no sheet is called 'Nowhere'" in run.events


@pytest.mark.parametrize(
    ("items", "body"),
    [
        ("data", {"data": [], "total": 2}),
        ("planning.people", {"planning": {"people": []}}),
        ("[].data[]", {"data": []}),
        (None, []),
    ],
    ids=["data", "below", "as one of several", "list"],
)
def test_json_file_is_addressed_like_an_answer(
    school_of: Open, items: str | None, body: object
) -> None:
    school = school_of("csv")
    head, *lines = (line.split(";") for line in PEOPLE.splitlines())
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    text = json.dumps(body).replace("[]", json.dumps(rows), 1)
    school.write("people.json", text)
    people = school.spec["resources"]["people"]
    people |= {"file": "people.json", "answer": "json"}
    if items:
        people["items"] = items
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH), run.events


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (None, "élève;état\r\n1;A\r\n2;A\r\n".encode()),
        (
            {"charset": "windows-1252", "separator": ",", "quote": "all", "line_end": "lf"},
            '"élève","état"\n"1","A"\n"2","A"\n'.encode("cp1252"),
        ),
        ({"charset": "utf-8-sig"}, "\ufeffélève;état\r\n1;A\r\n2;A\r\n".encode()),
    ],
    ids=["as ever", "windows", "byte order mark"],
)
def test_csv_that_goes_back_is_written_as_the_erp_wants_it(
    tmp_path: Path, form: dict[str, str] | None, written: bytes
) -> None:
    with ExitStack() as stack:
        school = Scened(tmp_path, with_functions(), stack)
        over_files(school)
        school.goes_up()
        school.spec["resources"]["reasons"] = {"file": "reasons.json", "key": "id"}
        step = {"file": "up.csv", "csv": {"élève": "{{ line.who }}", "état": "{{ line.state }}"}}
        step |= {"in_doubt": "repeat"} | ({"csv_as": form} if form else {})
        school.spec["writeback"]["for_sheet"] = [step]
        evening("absent", "absent")(school)
        assert (tmp_path / "erp" / "up.csv").read_bytes() == written, school.look().events


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-8-sig", "iso-8859-15"])
def test_plan_shows_the_lines_of_a_file_in_any_charset(tmp_path: Path, charset: str) -> None:
    with ExitStack() as stack:
        school = Scened(tmp_path, with_functions(), stack)
        over_files(school)
        school.goes_up()
        school.spec["resources"]["reasons"] = {"file": "reasons.json", "key": "id"}
        step = {"file": "up.csv", "csv": {"élève": "{{ line.who }}"}, "in_doubt": "repeat"}
        school.spec["writeback"]["for_sheet"] = [{**step, "csv_as": {"charset": charset}}]
        school.sync()
        school.play("1", "absent", "absent")
        with closing(open_store(str(school.folder / "state.db"))) as store:
            moment = Moment(school.now, Tools(lambda: 0.0, lambda _seconds: None))
            planned = plan_writeback(school.instance(), store, school.registry, moment)
        assert not (tmp_path / "erp" / "up.csv").exists()
    assert [one.body for one in planned.accounts[0].would] == [["élève", "1", "2"]]


def test_letter_that_the_charset_lacks_holds_the_sheet(tmp_path: Path) -> None:
    with ExitStack() as stack:
        school = Scened(tmp_path, with_functions(), stack)
        over_files(school)
        school.goes_up()
        school.spec["resources"]["reasons"] = {"file": "reasons.json", "key": "id"}
        school.spec["writeback"]["for_sheet"] = [
            {
                "file": "up.csv",
                "csv": {"who": "{{ line.who }} ‰ 日"},
                "csv_as": {"charset": "windows-1252"},
                "in_doubt": "repeat",
            }
        ]
        evening("absent", "absent")(school)
        assert not (tmp_path / "erp" / "up.csv").exists()
        assert any("cannot be written" in str(event) for event in school.look().events)
