"""Files come and go: what went with one is unknown, not gone from the ERP (issue 13)."""

from __future__ import annotations

import pytest

from tests.bugs.school import PEOPLE, School

HEAD = "Code;Intitulé;Date;Début;Fin;Salle;Formateur;Groupe\n"
MARCH = "M1;Compta;30/03/2026;09:00;12:00;B12;T1;A\nM2;Droit;31/03/2026;14:00;16:00;B13;T1;A\n"
APRIL = "A1;Anglais;01/04/2026;09:00;12:00;B12;T1;A\n"
ALL = {name: ["001", "002"] for name in ("M1", "M2", "A1")}
LATER = "2026-03-17T11:30"
SCHEDULE = {"window_days": 21}


@pytest.fixture
def months(school: School) -> School:
    """Open a school with a file for each month."""
    school.spec["schedule"] = SCHEDULE
    school.remove("lessons.csv")
    school.write("lessons-03.csv", HEAD + MARCH)
    school.write("lessons-04.csv", HEAD + APRIL)
    return school


def test_month_whose_file_is_gone_stays_run_after_run(months: School) -> None:
    before = months.sync()
    months.remove("lessons-03.csv")
    after, again = months.sync(LATER), months.sync("2026-03-18T11:30")
    assert before.code == 0
    assert before.sheets == after.sheets == again.sheets == ALL
    assert after.code == again.code == 4
    for run in (after, again):
        assert "CONN_FILE_GONE" in run.events
        assert "FILE lessons-03.csv was there and is gone" in run.events
        assert "the rows from 2026-03-30 to 2026-03-31 are unknown" in run.events


def test_days_of_other_files_go_on(months: School) -> None:
    months.sync()
    months.remove("lessons-03.csv")
    months.write("lessons-04.csv", HEAD + APRIL.replace("A1", "A2"))
    assert sorted(months.sync(LATER).sheets) == ["A2", "M1", "M2"]


def test_a_session_of_a_file_that_is_gone_may_still_be_cancelled(months: School) -> None:
    """What another file says of a session counts."""
    months.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.title == 'annulé'"}
    months.sync()
    months.remove("lessons-03.csv")
    months.write("lessons-04.csv", HEAD + APRIL + MARCH.replace("Compta", "annulé"))
    assert sorted(months.sync(LATER).sheets) == ["A1", "M2"]


def test_file_whose_days_are_over_goes_without_a_word(months: School) -> None:
    months.write("lessons-02.csv", HEAD + "F1;Compta;02/02/2026;09:00;12:00;B12;T1;A\n")
    months.sync()
    months.remove("lessons-02.csv")
    run = months.sync(LATER)
    assert run.code == 0
    assert "CONN_FILE_GONE" not in run.events


def test_days_are_known_again_when_the_file_is_back(months: School) -> None:
    months.sync()
    months.remove("lessons-03.csv")
    months.sync(LATER)
    months.write("lessons-03.csv", HEAD + MARCH.partition("\n")[0] + "\n")
    run = months.sync("2026-03-18T11:30")
    assert (run.code, sorted(run.sheets)) == (0, ["A1", "M1"])


def test_rule_that_changes_while_a_file_is_gone_holds_what_it_drops_when_the_file_is_back(
    months: School,
) -> None:
    before = months.sync()
    months.remove("lessons-03.csv")
    rule = {"DOWN_COURSE_ACTION_FILTERED": "row.title == 'Compta'"}
    months.spec["resources"]["lessons"]["drop"] = rule
    months.sync(LATER)
    months.write("lessons-03.csv", HEAD + MARCH)
    for at in ("2026-03-18T11:30", "2026-03-18T18:30"):
        run = months.sync(at)
        assert (run.code, run.sheets) == (4, before.sheets)
        assert "RUN_SCOPE_CHANGED" in run.events


def test_export_under_a_new_name_takes_the_place_of_the_one_before(school: School) -> None:
    """Many programs write a new file each night and take the old one away."""
    school.spec["schedule"] = SCHEDULE
    school.remove("lessons.csv")
    school.write("lessons-0316.csv", HEAD + MARCH + APRIL)
    school.sync()
    school.remove("lessons-0316.csv")
    kept = MARCH.partition("\n")[0] + "\n"
    school.write("lessons-0317.csv", HEAD + kept + APRIL)
    run = school.sync(LATER)
    assert (run.code, sorted(run.sheets)) == (0, ["A1", "M1"])


def test_file_of_a_group_is_not_replaced_by_that_of_another(school: School) -> None:
    school.spec["schedule"] = SCHEDULE
    school.remove("lessons.csv")
    school.write("lessons-a.csv", HEAD + MARCH)
    school.write(
        "lessons-b.csv",
        HEAD + MARCH.replace("M", "N").replace("Compta", "Paie").replace("Droit", "Bail"),
    )
    before = school.sync()
    school.remove("lessons-a.csv")
    after = school.sync(LATER)
    assert after.sheets == before.sheets
    assert after.code == 4


@pytest.mark.parametrize("how", ["gone", "empty pattern"])
def test_nobody_leaves_a_sheet_when_a_file_of_people_is_gone(school: School, how: str) -> None:
    first, second = PEOPLE.splitlines()[1:]
    head = PEOPLE.splitlines()[0]
    school.remove("people.csv")
    school.write("people-1.csv", f"{head}\n{first}\n")
    school.write("people-2.csv", f"{head}\n{second}\n")
    before = school.sync()
    school.remove("people-2.csv")
    if how == "empty pattern":
        school.remove("people-1.csv")
    after = school.sync()
    assert before.sheets == after.sheets == {"S1": ["001", "002"], "S2": ["001", "002"]}
    assert after.code != 0


def test_people_come_in_a_file_of_another_name(school: School) -> None:
    school.sync()
    school.remove("people.csv")
    school.write("new-people.csv", PEOPLE.partition("\n")[0] + "\n" + PEOPLE.splitlines()[1] + "\n")
    run = school.sync(LATER)
    assert (run.code, run.sheets) == (0, {"S1": ["001", "002"], "S2": ["001"]})


def test_a_file_of_people_is_missed_until_the_window_that_it_fed_is_over(school: School) -> None:
    school.write("more-people.csv", PEOPLE.partition("\n")[0] + "\n003;X;Y;x@ecole.test;B\n")
    school.sync()
    school.remove("more-people.csv")
    assert "CONN_FILE_GONE" in school.sync(LATER).events
    school.write("lessons.csv", HEAD + APRIL)
    run = school.sync("2026-05-16T11:30")
    assert "CONN_FILE_GONE" not in run.events.split("run ")[0]


@pytest.mark.parametrize(
    "bad",
    [b"a;b\n1\n", b"\xff\xfe\x00", b"<html></html>", b'Code;x\n"', b"Code;Code\n1;2\n"],
    ids=["short", "bytes", "page", "quote", "column twice"],
)
def test_one_unreadable_file_is_named_and_the_others_come(months: School, bad: bytes) -> None:
    before = months.sync()
    months.write("lessons-03.csv", bad)
    months.write("lessons-04.csv", HEAD + APRIL + APRIL.replace("A1;Anglais", "A2;Allemand"))
    after = months.sync(LATER)
    assert after.sheets.keys() >= before.sheets.keys()
    assert after.code != 0
    assert "FILE lessons-03.csv" in after.events
    assert "CONN_FILE_GONE" not in after.events
    if b"Code;Code" not in bad:
        assert "A2" in after.sheets


def test_files_that_are_all_unreadable_leave_everything_as_it_is(months: School) -> None:
    before = months.sync()
    months.write("lessons-03.csv", b"a;b\n1\n")
    months.write("lessons-04.csv", b"a;b\n1\n")
    after = months.sync(LATER)
    assert after.sheets == before.sheets
    assert after.code != 0
    assert "FILE lessons-03.csv cannot be read as CSV" in after.events


def _in_a_second_list(school: School, *, kept: bool) -> None:
    """Let the days of the files be read in a list that comes from theirs."""
    resources = school.spec["resources"]
    lessons = resources["lessons"]
    resources["parsed"] = {"from": "lessons", "as": lessons.pop("as"), "key": "id"}
    school.spec["entities"]["course"]["from"] = "parsed"
    if kept:
        of_rooms = {"from": "lessons", "source_id": "room", "name": "room"}
        school.spec["entities"]["classroom"] = of_rooms


@pytest.mark.parametrize("kept", [False, True], ids=["flows", "kept"])
def test_days_that_a_second_list_reads_are_those_of_the_file(months: School, kept: bool) -> None:
    _in_a_second_list(months, kept=kept)
    before = months.sync()
    months.remove("lessons-03.csv")
    months.write("lessons-04.csv", HEAD + APRIL.replace("A1", "A2"))
    after = months.sync(LATER)
    over = months.sync("2026-04-01T06:00")
    assert (before.code, before.sheets) == (0, ALL)
    assert "CONN_FILE_GONE" in after.events
    assert after.code == 4
    assert "CONN_FILE_GONE" not in over.events.split("run ")[0]
    assert over.code == 0, over.events
    if not kept:
        assert sorted(after.sheets) == ["A2", "M1", "M2"]


def test_days_that_only_the_sessions_read_are_those_of_the_file(months: School) -> None:
    lessons, course = months.spec["resources"]["lessons"], months.spec["entities"]["course"]
    del lessons["as"]
    for field, time in (("starts_at", "from"), ("ends_at", "to")):
        course[field] = {"day": {"path": "day", "as": "day"}, "time": {"path": time, "as": "clock"}}
    before = months.sync()
    months.remove("lessons-03.csv")
    months.write("lessons-04.csv", HEAD + APRIL.replace("A1", "A2"))
    after = months.sync(LATER)
    over = months.sync("2026-04-01T06:00")
    assert (before.code, before.sheets) == (0, ALL)
    assert (after.code, sorted(after.sheets)) == (4, ["A2", "M1", "M2"])
    assert over.code == 0, over.events
