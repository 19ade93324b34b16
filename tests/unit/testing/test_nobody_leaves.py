"""Of invented ERPs over every wire nobody real leaves: no name, e-mail, phone, log-in or secret, in
whatever writing; and the case gives what the ERP gave.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from datetime import datetime
from html import unescape
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import unquote, unquote_plus
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.testing import Case
from edusync.testing.recording import Recorded, record
from tests.support.search import examples
from tests.unit.testing.invented_erps import WIRES, School, plain

AT = Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
EXAMPLES = 2


def recorded(school: School, registry: Registry, folder: Path) -> Recorded:
    """Record the case of a school."""
    (folder / "invented.yaml").write_text(json.dumps(school.spec()), encoding="utf-8")
    with school.open(folder / "export") as address:
        connection = {"url": address, "user": school.user, "password": school.secrets[0]}
        told = {
            "edusync": 1,
            "connector": "s",
            "spec": "invented.yaml",
            "connection": connection,
            "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
        }
        (folder / "school.yaml").write_text(json.dumps(told), encoding="utf-8")
        instance = load_instance(folder / "school.yaml", registry)
        return record(instance, registry, AT, folder / "cases", name="nominal", limit=school.limit)


def writings(text: str) -> set[str]:
    """Return a text as it reads in each of the writings of a wire."""
    found = {text}
    for read in (unquote, unquote_plus, unescape, lambda said: said.replace("\\u", "\\u")):
        found |= {read(one) for one in found}
    return {plain(one) for one in found}


def text_of(file: Path) -> str:
    """Return all that a file says; of a workbook, each part of it."""
    if file.suffix != ".xlsx":
        return file.read_text(encoding="utf-8")
    with ZipFile(file) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def leaks(school: School, case: Path) -> list[str]:
    """Return what was found of those who may not be found."""
    files = [file for file in sorted(case.rglob("*")) if file.is_file()]
    texts = [f"{file.relative_to(case)}\n{text_of(file)}" for file in files]
    texts.append(json.dumps(Case(case, (case.parents[1],)).run(), ensure_ascii=False, default=str))
    whole = "\n".join(texts)
    read = "\n".join(writings(whole))
    found = []
    for text in school.forbidden:
        raw = text.encode()
        coded = [base64.b64encode(raw).decode().rstrip("="), json.dumps(text)[1:-1]]
        if plain(text) in read or any(len(one) > 5 and one in whole for one in coded):
            found.append(text)
    return found


def check(wire: str, random: Random, registry: Registry) -> None:
    """Invent an ERP, record it, and look for everybody."""
    os.environ["EDUSYNC_CASE_SECRET"] = "canary-of-the-cases"
    school = School(random, wire)
    with TemporaryDirectory() as name:
        folder = Path(name)
        found = recorded(school, registry, folder)
        about = (school.names, school.email, school.key, school.auth, school.is_linked)
        sheets, lessons = found.real.counts["sheets"], len(school.rows["lessons"])
        text = "".join(text_of(file) for file in found.folder.rglob("*") if file.is_file())
        wrong = {
            "unlike": found.unlike,
            "sheets": []
            if sheets == lessons or (sheets and school.limit == 1)
            else [sheets, lessons],
            "leaks": leaks(school, found.folder),
            "renamed": [
                word for word in school.kept_words if school.limit > 1 and word not in text
            ],
        }
        assert {key: value for key, value in wrong.items() if value} == {}, (about, wrong)


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("wire", WIRES)
def test_nobody_leaves(wire: str, registry: Registry) -> None:
    tried: list[Random] = []

    @examples(EXAMPLES)
    @given(random=st.randoms(use_true_random=False))
    def each(random: Random) -> None:
        check(wire, random, registry)
        tried.append(random)

    each()
    sys.stdout.write(f"{len(tried)} invented ERPs over {wire}\n")
    assert len(tried) >= EXAMPLES
