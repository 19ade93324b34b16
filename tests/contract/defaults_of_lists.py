"""Defaults of formats, lists, files and codes, shown as `test_defaults.py` has it."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from edusync.codes import get_code
from tests.contract.scenes.wires import over_files
from tests.little import Little, lesson, person

CSV = "id,last,first,mail\n1,A,B,a@ecole.test\n2,C,D,b@ecole.test\n"


def read_by(options: dict[str, Any], value: Any, drop: str | None = None) -> Any:
    """Return what lets a format read the titles of lessons."""

    def lay(little: Little) -> None:
        little.spec["formats"]["words"] = options
        little.spec["resources"]["lessons"]["as"]["title"] = "words"
        if drop:
            little.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_LABEL_FILTERED": drop}
        little.rows["/lessons"] = [lesson(1, title=value), lesson(2, title=value)]

    return lay


def early(little: Little) -> None:
    little.spec["formats"]["clock"] = {"kind": "time", "pattern": "%H%M"}
    little.rows["/lessons"] = [lesson(1, **{"from": 115, "to": 1230})]


def merged(little: Little) -> None:
    little.spec["resources"]["learners"]["merge"] = {"by": "mail"}
    little.rows["/learners"] = [person(1), person(2, mail="p1@ecole.test")]


def coded(little: Little) -> None:
    little.spec["codes"] = {"X_A": {"en": "A.", "fr": "B."}}
    little.spec["rules"] = {"report": {"course": {"X_A": "row.id == 1"}}}


def severity(_seen: Any) -> str:
    return str(get_code("X_A").severity)


def of_csv(little: Little) -> None:
    little.spec["resources"]["learners"]["answer"] = {"kind": "csv"}
    little.rows["/learners"] = lambda _request: Response(CSV, content_type="text/csv")


def in_files(little: Any) -> None:
    little.places = []
    over_files(little)
    little.goes_up()
    little.spec["resources"]["reasons"] = {"file": "reasons.json", "key": "id"}
    step = {"file": "up.csv", "csv": {"élève": "{{ line.who }}"}, "in_doubt": "repeat"}
    little.spec["writeback"]["for_sheet"] = [step]


def written(little: Little) -> None:
    little.sync()
    little.play("1", "absent", "absent")
    little.write_back()
    little.seen.more.append(str((little.folder / "erp" / "up.csv").read_bytes()))


def of_step(word: str) -> Any:
    """Return what writes a key of the form of a file."""

    def put(little: Little, value: Any) -> None:
        little.spec["writeback"]["for_sheet"][0].setdefault("csv_as", {})[word] = value

    return put
