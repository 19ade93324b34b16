"""A spec is checked with the WSDL that lies beside it: operations, arguments, members of lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edusync.app.authoring.validate import validate
from edusync.diagnostics import Diagnostic, Severity

EXAMPLES = Path(__file__).parents[2] / "specs/examples"
ZIP = """\
resources:
  zipped:
    for_each: {values: sessions.Number, batch: 5}
    zip: {person: ‣SolfegePort.GetPerson}
    arguments: {Id: "{{ batch }}"}
"""
PLANTED = [
    (
        "soap: SolfegePort.ListSessions",
        "soap: ‣SolfegePort.ListSesions",
        "SPEC_WRONG_VALUE",
        "did you mean 'SolfegePort.ListSessions'",
    ),
    (
        "soap: SolfegePort.SaveMarks",
        "soap: ‣SolfegPort.SaveMarks",
        "SPEC_WRONG_VALUE",
        "did you mean 'SolfegePort.SaveMarks'",
    ),
    ("resources:\n", ZIP, "SPEC_WRONG_VALUE", "did you mean 'SolfegePort.GetPersons'"),
    (
        "transport:\n",
        "transport:\n  probe: {soap: ‣SolfegePort.Version}\n",
        "SPEC_WRONG_VALUE",
        "SolfegePort.GetPersons",
    ),
    ("arguments: {From:", "arguments: {‣Frm:", "SPEC_UNKNOWN_KEY", "did you mean 'From'"),
    ('Mark: "{{ lines', '‣Marks: "{{ lines', "SPEC_UNKNOWN_KEY", "did you mean 'Mark'"),
    (
        'Mark: "{{ lines }}"',
        'Mark: {each: {Student: "{{ item.Student }}", ‣Stat: P}, of: lines}',
        "SPEC_UNKNOWN_KEY",
        "did you mean 'State'",
    ),
    (
        'Mark: "{{ lines }}"',
        "Mark: {Student: a, ‣Staet: P}",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'State'",
    ),
    ("student: {Student:", "student: {‣Studnt:", "SPEC_UNKNOWN_KEY", "did you mean 'Student'"),
    ("set: {State: L, Min", "set: {‣Sate: L, Min", "SPEC_UNKNOWN_KEY", "did you mean 'State'"),
    (
        "    send:\n",
        "    send:\n      arguments: {‣Nmber: 1}\n",
        "SPEC_UNKNOWN_KEY",
        "known here: From, Id, Mark, Session, To",
    ),
    # a name without its port is one mistake
    ("soap: SolfegePort.SaveMarks", "soap: ‣SaveMarks", "SPEC_WRONG_VALUE", None),
]


def found(folder: Path, spec: str, *, wsdl: str | None = None) -> list[Diagnostic]:
    """Return the findings of a spec that lies in a folder, with a WSDL beside it."""
    file = folder / "solfege.yaml"
    file.write_text(spec, encoding="utf-8")
    if wsdl is None:
        shutil.copy(EXAMPLES / "solfege.wsdl", folder)
    else:
        file.with_suffix(".wsdl").write_text(wsdl, encoding="utf-8")
    return validate([file], [])[1]


def text() -> str:
    return (EXAMPLES / "solfege.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("good", "bad", "code", "hint"), PLANTED)
def test_what_the_wsdl_does_not_have_is_found_at_its_character(
    good: str, bad: str, code: str, hint: str | None, tmp_path: Path
) -> None:
    assert good in text()
    planted = text().replace(good, bad, 1)
    before, _, after = planted.partition("‣")
    errors = [one for one in found(tmp_path, before + after) if one.severity is Severity.ERROR]
    (one,) = errors
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert (one.code, one.location.line, one.location.column) == (code, *place)
    assert hint is None or hint in str(one.hint)


def test_every_operation_that_the_example_calls_is_one_of_its_wsdl(tmp_path: Path) -> None:
    assert found(tmp_path, text()) == []


def test_no_wsdl_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "solfege.yaml"
    file.write_text(text().replace("ListSessions", "ListSesions"), encoding="utf-8")
    assert validate([file], [])[1] == []


def test_argument_that_may_hold_anything_takes_any_name(tmp_path: Path) -> None:
    wsdl = (EXAMPLES / "solfege.wsdl").read_text(encoding="utf-8")
    dates = '<xs:element name="From" type="xs:date"/><xs:element name="To" type="xs:date"/>'
    assert dates in wsdl
    open_to_all = wsdl.replace(dates, '<xs:any minOccurs="0" processContents="lax"/>', 1)
    assert found(tmp_path, text().replace("{From:", "{Frm:"), wsdl=open_to_all) == []


@pytest.mark.parametrize("wsdl", ["", "<a/>", "no XML", "<definitions"])
def test_wsdl_that_cannot_be_read_is_named(wsdl: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, text(), wsdl=wsdl)
    assert one.code == "SPEC_WRONG_VALUE"
    assert one.message.startswith("solfege.wsdl, which lies beside the spec, is no WSDL")


def test_wsdl_that_includes_what_is_not_there_is_named(tmp_path: Path) -> None:
    include = '<xs:include schemaLocation="types.xsd"/>'
    wsdl = (EXAMPLES / "solfege.wsdl").read_text(encoding="utf-8")
    opened = 'elementFormDefault="qualified">'
    assert opened in wsdl
    (one,) = found(tmp_path, text(), wsdl=wsdl.replace(opened, opened + include, 1))
    assert one.message.startswith("solfege.wsdl, which lies beside the spec, is no WSDL")
