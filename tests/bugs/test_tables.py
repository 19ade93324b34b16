"""CSV and Excel as programs and people write them (B04, B05, B18, B21, B22, B23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from edusync.transport.number_format import shown
from tests.bugs.school import LESSONS, LINES, PEOPLE, TEACHERS, School, workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bugs.conftest import Open

BOTH = {"S1": ["001", "002"], "S2": ["001", "002"]}
TWICE = PEOPLE.replace("Groupe\n", "Groupe;Nom;E-mail\n").replace(
    ";A\n", ";A;RESPONSABLE;parent@famille.test\n"
)


def test_school_comes_down(school: School) -> None:
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH)


# B05


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("named", [True, False], ids=["columns", "no columns"])
def test_b05_column_that_stands_twice_is_refused_by_its_name(
    school_of: Open, kind: str, named: bool
) -> None:
    school = school_of(kind)
    before = school.sync()
    lines = [line.split(";") for line in TWICE.splitlines()]
    school.write(f"people.{kind}", TWICE if kind == "csv" else workbook(lines))
    if not named:
        school.spec["resources"]["people"].pop("columns")
        student = school.spec["entities"]["student"]
        student.update(source_id="Matricule", last_name="Nom", first_name='"Prénom"')
        student["email"] = {"path": '"E-mail"', "as": "mail"}
        school.spec["resources"]["people"]["key"] = "Matricule"
        school.spec["entities"]["course"]["students"].update(on="Groupe", take="Matricule")
    code, said = school.command("check", "school.yaml", at=None)
    after = school.sync()
    assert before.sheets == after.sheets == BOTH
    assert "parent@famille.test" not in after.names
    assert after.code != 0
    assert code != 0
    for told in (said, after.events):
        assert "2 columns are called 'Nom'" in told


def test_b05_column_that_nobody_reads_may_stand_twice(school: School) -> None:
    school.write("people.csv", PEOPLE.replace("Groupe\n", "Groupe;x;x\n").replace(";A\n", ";A;;\n"))
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH)


# B21


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lessons.csv", f"sep=;\r\n{LESSONS}"),
        ("lessons.csv", f"SEP=,\n{LESSONS.replace(';', ',')}"),
        ("lessons.csv", LESSONS.replace(";A\n", ";A;;;\n")),
        ("lessons.csv", LESSONS.replace("Groupe\n", "Groupe;;\n").replace(";A\n", ";A;;\n")),
        (
            "people.csv",
            PEOPLE.replace("Groupe\n", 'Groupe;"a, b, c, d, e, f"\n').replace(";A\n", ";A;\n"),
        ),
        ("people.csv", PEOPLE.replace(";", "\t")),
        ("people.csv", PEOPLE.replace("001", '="001"').replace("002", '"=""002"""')),
        ("people.csv", "\ufeff" + PEOPLE),
        ("people.csv", PEOPLE.encode("utf-16")),
        ("people.csv", PEOPLE.replace("MARTEL", '"MARTEL\nde; Ville"')),
        ("people.csv", PEOPLE + "\n;;;;\n"),
        ("lessons.csv", LESSONS.replace("Compta", 'Écran "24 pouces"')),
    ],
    ids=[
        "sep line",
        "sep line of a comma",
        "cells behind",
        "columns without a name",
        "quoted header",
        "tabs",
        "text as formula",
        "byte order mark",
        "unicode text",
        "line break in a cell",
        "empty lines",
        "quotes inside",
    ],
)
def test_b21_what_excel_writes_is_read(school: School, name: str, content: str | bytes) -> None:
    school.write(name, content)
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH), run.events


def test_b21_a_byte_order_mark_is_no_part_of_the_first_name_whatever_the_spec_says(
    school: School,
) -> None:
    school.spec["transport"]["answer"] = {"kind": "csv", "charset": "utf-8"}
    school.write("people.csv", "\ufeff" + PEOPLE)
    assert school.sync().sheets == BOTH


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (PEOPLE.replace("Inès;", ""), "line 2: it has 4 cells, and line 1 names 5 columns"),
        (PEOPLE.replace("Tim", "Tim;junior"), "line 3: it has 6 cells, and line 1 names 5 columns"),
        (PEOPLE.replace("Tim", '"Tim" junior'), "line 3: ';' expected after '\"'"),
        (PEOPLE.replace("ROLAND", '"ROLAND'), "line 3: unexpected end of data"),
        (PEOPLE.encode("cp1252"), "line 1: it is not written in UTF-8; say its charset"),
        (
            PEOPLE.partition("\n")[2].replace("001;MARTEL;Inès;ines.martel@ecole.test;A", ";;;;"),
            "no column has a name",
        ),
    ],
    ids=["short row", "long row", "stray quote", "quote that never ends", "charset", "no header"],
)
def test_b21_what_cannot_be_read_is_named_with_its_line_and_takes_nobody_off(
    school: School, people: str | bytes, told: str
) -> None:
    school.sync()
    school.write("people.csv", people)
    run = school.sync()
    assert run.sheets == BOTH
    assert run.code != 0
    assert "CONN_UNREADABLE" in run.events
    assert told in run.events


@pytest.mark.promise("P10")
def test_b21_lines_around_a_bad_one_come_down(school: School) -> None:
    school.write("lessons.csv", LESSONS + "S3;cut\n")
    run = school.sync()
    assert run.sheets == BOTH
    assert "line 4: it has 2 cells" in run.events


# B04 and B22


def _retold(raw: bytes, folder: Path, size: bytes) -> bytes:
    """Return a workbook that says another size of its sheet."""
    import re
    from io import BytesIO

    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % size, data)
                assert size in data
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("size", [b"A1", b"A1:H2", b"A1:B2", b"A1:Z9999"])
@pytest.mark.parametrize("name", ["lessons", "people", "teachers"])
def test_b04_all_rows_of_a_sheet_that_says_a_wrong_size(
    school_of: Open, tmp_path: Path, name: str, size: bytes
) -> None:
    school = school_of("xlsx")
    school.write(f"{name}.xlsx", _retold(workbook(LINES[name]), tmp_path, size))
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH), run.events


def _errors(*cells: str) -> Any:
    def mark(_book: Any, sheet: Any) -> None:
        for cell in cells:
            sheet[cell], sheet[cell].data_type = "#N/A", "e"

    return mark


@pytest.mark.parametrize("cell", ["A3", "B3", "C3", "D3", "E3"])
def test_b22_a_cell_that_holds_an_error_is_named_and_changes_nothing(
    school_of: Open, cell: str
) -> None:
    school = school_of("xlsx")
    school.sync()
    school.write("people.xlsx", workbook(LINES["people"], _errors(cell)))
    run = school.sync()
    assert run.sheets == BOTH, run.events
    assert not any("#N/A" in name for name in run.names)
    assert f"sheet 'Sheet', cell {cell}: it holds the error #N/A" in run.events


@pytest.mark.parametrize("cell", ["A3", "B3", "C3", "D3", "E3", "G3", "H3"])
def test_b22_a_session_of_which_a_cell_holds_an_error_keeps_its_sheet(
    school_of: Open, cell: str
) -> None:
    school = school_of("xlsx")
    school.sync()
    school.write("lessons.xlsx", workbook(LINES["lessons"], _errors(cell)))
    run = school.sync()
    assert run.sheets == BOTH, run.events
    assert f"cell {cell}: it holds the error #N/A" in run.events


def test_b22_nobody_is_created_from_a_cell_that_holds_an_error(school_of: Open) -> None:
    school = school_of("xlsx")
    school.write("people.xlsx", workbook(LINES["people"], _errors("B3", "C3")))
    run = school.sync()
    assert "002" not in {student for sheet in run.sheets.values() for student in sheet}
    assert not any("#" in name for name in run.names)


def test_b22_the_visible_sheet_is_read(school_of: Open) -> None:
    def hide(book: Any, _sheet: Any) -> None:
        first = book.create_sheet("Paramètres", 0)
        first.append(LINES["people"][0])
        first.append(["900", "MODELE", "Exemple", "exemple@ecole.test", "A"])
        first.sheet_state, book.active = "hidden", 1

    school = school_of("xlsx")
    school.write("people.xlsx", workbook(LINES["people"], hide))
    assert school.sync().sheets == BOTH


def test_b22_numbers_are_the_text_that_people_see(school_of: Open) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet["A2"].number_format = "000"

    lines = [LINES["people"][0], [1, *LINES["people"][1][1:]], LINES["people"][2]]
    school = school_of("xlsx")
    school.write("people.xlsx", workbook(lines, fill))
    assert school.sync().sheets == BOTH


def test_b22_the_lock_of_an_open_workbook_is_no_file(school_of: Open) -> None:
    school = school_of("xlsx")
    school.write("~$people.xlsx", b"\x06Secretariat" + b" " * 150)
    run = school.sync()
    assert (run.code, run.sheets) == (0, BOTH), run.events


# B23


def test_b23_several_values_in_a_cell_are_a_list(school: School) -> None:
    school.write("lessons.csv", LESSONS.replace("B12;T1;A", 'B12;"T1, T2 ,";A'))
    school.write("teachers.csv", TEACHERS + "T2;LEROY;Anne;anne.leroy@ecole.test\n")
    school.spec["formats"]["several"] = {"kind": "text", "split": ","}
    school.spec["resources"]["lessons"]["as"]["prof"] = "several"
    run = school.sync()
    assert run.code == 0, run.events
    assert {"GARNIER", "LEROY"} <= set(run.names)


# B18 and its kind


@pytest.mark.parametrize("text", ["MART\ufffdL", "\ufffd"])
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("people.csv", "MARTEL"),
        ("people.csv", "Inès"),
        ("people.csv", "001"),
        ("teachers.csv", "GARNIER"),
        ("teachers.csv", "Paule"),
        ("lessons.csv", "Compta"),
        ("lessons.csv", "B12"),
        ("lessons.csv", "S1"),
    ],
)
def test_b18_a_letter_that_was_lost_is_never_written(
    school: School, name: str, word: str, text: str
) -> None:
    content = {"people.csv": PEOPLE, "teachers.csv": TEACHERS, "lessons.csv": LESSONS}[name]
    fresh = content.replace(word, text)
    school.sync()
    school.write(name, fresh)
    run = school.sync()
    assert run.sheets == BOTH, run.events
    assert not any("\ufffd" in name for name in run.names)
    assert not any("\ufffd" in str(row) for row in school.book.all("courses"))
    assert "DOWN_" in run.events


@pytest.mark.parametrize("cell", ["D3", "E3"])
def test_b22_a_formula_without_its_result_is_named_and_changes_nothing(
    school_of: Open, cell: str
) -> None:
    def count(_book: Any, sheet: Any) -> None:
        sheet[cell] = "=LOWER(B3)"

    school = school_of("xlsx")
    school.sync()
    school.write("people.xlsx", workbook(LINES["people"], count))
    run = school.sync()
    assert run.sheets == BOTH, run.events
    assert f"cell {cell}: it holds a formula without its result" in run.events


@pytest.mark.parametrize(
    ("number", "number_format", "is_read"),
    [
        (7, "000", "007"),
        (612345678, '00" "00" "00" "00" "00', "06 12 34 56 78"),
        (612345678, r"00\ 00\ 00\ 00\ 00", "06 12 34 56 78"),
        (12, '"S"000', "S012"),
        (1234, "00-00", "12-34"),
        (12345, "000", "12345"),
        (7, "000;-000", "007"),
        (0, "000", "000"),
        (7, "0", 7),
        (7, "General", 7),
        (7, "#,##0", 7),
        (7, "# ##0", 7),
        (7.5, "0.00", 7.5),
        (7.5, "000", 7.5),
        (0.5, "0%", 0.5),
        (7, '0" h"', 7),
        (7, "@", 7),
        (-7, "000", -7),
    ],
)
def test_b22_a_number_format_that_fills_up_is_what_people_see(
    number: float, number_format: str, is_read: object
) -> None:
    assert shown(number, number_format) == is_read


def test_b22_a_workbook_of_the_old_format_or_with_a_password_says_so(school_of: Open) -> None:
    school = school_of("xlsx")
    school.write("people.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "save it as .xlsx, without a password" in school.sync().events


@pytest.mark.parametrize("cut", [30, 200, 2000])
def test_b22_a_workbook_that_breaks_off_is_named(school_of: Open, cut: int) -> None:
    school = school_of("xlsx")
    before = school.sync()
    school.write("people.xlsx", workbook(LINES["people"])[:cut])
    after = school.sync()
    assert after.sheets == before.sheets
    assert "FILE people.xlsx cannot be read as XLSX: it is no Excel workbook" in after.events


def test_try_shows_a_cell_that_holds_an_error(school_of: Open) -> None:
    school = school_of("xlsx")
    school.write("people.xlsx", workbook(LINES["people"], _errors("B3")))
    code, said = school.command("try", "school.yaml", "--state", "state.db")
    assert code in {0, 1}
    assert "cell B3: it holds the error #N/A" in said


@pytest.mark.parametrize("ends", ["08:00", "09:00"])
def test_b16_a_session_that_ends_before_it_starts_is_named_and_keeps_its_sheet(
    school: School, ends: str
) -> None:
    school.sync()
    school.write("lessons.csv", LESSONS.replace("09:00;12:00", f"09:00;{ends}"))
    run = school.sync()
    assert run.sheets == BOTH
    assert "is not after the start" in run.events


def test_text_that_is_no_moment_says_so_and_is_not_called_empty(school: School) -> None:
    before = school.sync()
    school.spec["entities"]["course"]["starts_at"] = {"template": "at nine"}
    after = school.sync()
    assert after.sheets == before.sheets == BOTH
    assert "expected a moment; say `as`" in after.events
    assert "is empty" not in after.events
