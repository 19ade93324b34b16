"""`edusync lsp` in front of a real client over standard input and output, on the shipped specs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.validate import Door, check_text
from edusync.app.authoring.words import sentences, words_called
from edusync.lsp.coverage import NotMeasured, coverage
from edusync.spec.layout import formatted
from tests.editor.client import Editor
from tests.rules.test_planted import PLANTED
from tests.support.commands import edusync
from tests.support.walks import Sample

ROOT = Path(__file__).parents[2]
YPAREO = ROOT / "specs" / "ypareo.yaml"
AT = "‣"
ENDS = ("start", "end")


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    found = Editor([sys.executable, "-m", "edusync", "lsp", "--stdio"], ROOT, {}, ("markdown",))
    yield found
    found.close()
    assert found.errors == []
    assert found.said == []


@pytest.fixture
def ypareo(editor: Editor) -> Iterator[str]:
    text = YPAREO.read_text(encoding="utf-8")
    assert editor.open(YPAREO, text) == []
    yield text
    editor.shut(YPAREO)
    editor.found(YPAREO)  # closing takes the findings away


def place_of(text: str) -> tuple[str, int, int]:
    """Return a text without its mark, and the line and column of the mark."""
    at = text.index(AT)
    line = text.count("\n", 0, at)
    return text.replace(AT, "", 1), line, at - (text.rfind("\n", 0, at) + 1)


def shown(editor: Editor, text: str, old: str, new: str) -> tuple[int, int]:
    """Put a text with a change into the editor, and return where the change has its mark."""
    assert text.count(old) >= 1, old
    changed, line, column = place_of(text.replace(old, new, 1))
    editor.change(YPAREO, changed)
    return line, column


def labels(editor: Editor, text: str, old: str, new: str) -> list[str]:
    line, column = shown(editor, text, old, new)
    return [item["label"] for item in editor.at("completion", YPAREO, line, column)["items"]]


def hover(editor: Editor, text: str, old: str, new: str) -> str:
    line, column = shown(editor, text, old, new)
    said = editor.at("hover", YPAREO, line, column)
    return str(said["contents"]["value"]) if said else ""


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """Return a text with what an editor was told to write."""
    lines = text.split("\n")

    def offset(at: dict[str, int]) -> int:
        before = sum(len(line) + 1 for line in lines[: at["line"]])
        inside = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]].decode("utf-16-le")
        return before + len(inside)

    for edit in sorted(edits, key=lambda one: -offset(one["range"]["start"])):
        start, end = (offset(edit["range"][side]) for side in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


@pytest.mark.walk(every=8)
def test_planted_mistake_is_said_as_validate_says_it_and_at_its_word(
    editor: Editor, sample: Sample
) -> None:
    door, tried = Door(()), 0
    for spec, old, new, code, _hint in sample(PLANTED):
        file = ROOT / "specs" / f"{spec}.yaml"
        text = file.read_text(encoding="utf-8")
        instead, around = (new, "") if isinstance(new, str) else new
        marked = text.replace(old, instead, 1)
        if around:
            marked = marked.replace(around.replace(AT, ""), around, 1)
        planted, line, column = place_of(marked)
        found = editor.open(file, planted)
        editor.shut(file)
        editor.found(file)
        expected = check_text(file, planted, door, sure=True) or []
        assert sorted((one["code"], one["message"]) for one in found) == sorted(
            (one.code, "\n".join([one.message, *([one.hint] if one.hint else [])]))
            for one in expected
        )
        about = [one["range"] for one in found if one["code"] == code]
        spans = [[(one[end]["line"], one[end]["character"]) for end in ENDS] for one in about]
        mark = (line, column)
        assert any(  # around the character, or a word of the text further on
            start <= mark < end or mark <= start < (line + 8, 0) for start, end in spans
        ), (spec, new, about)
        tried += 1
    assert tried >= 10


def test_finding_has_code_severity_source_and_the_whole_word(editor: Editor, ypareo: str) -> None:
    line, column = shown(editor, ypareo, "as: {date: day,", f"as: {{date: {AT}dya,")
    [found] = editor.found(YPAREO)
    assert found["range"] == {
        "start": {"line": line, "character": column},
        "end": {"line": line, "character": column + 3},
    }
    assert (found["code"], found["severity"], found["source"]) == (
        "SPEC_UNKNOWN_FORMAT",
        1,
        "edusync",
    )
    assert found["message"].endswith("did you mean 'day'?")
    assert found["codeDescription"]["href"].endswith("docs/reference/codes.md")


def test_only_the_last_of_several_changes_is_looked_at(editor: Editor, ypareo: str) -> None:
    for number in range(20):
        editor.change(YPAREO, ypareo.replace("kind: http", f"kind: htt{number}", 1))
    editor.change(YPAREO, ypareo.replace("from: groupes", "from: grupes", 1))
    said = [editor.found(YPAREO)]
    while not any("grupes" in one["message"] for one in said[-1]):
        said.append(editor.found(YPAREO))
    assert len(said) < 10


def test_broken_yaml_is_one_finding_and_completion_goes_on(editor: Editor, ypareo: str) -> None:
    broken = ypareo.replace("entities:\n", "entities: {\n", 1)
    got = labels(editor, broken, "    from: apprenants\n", f"    from: {AT}\n")
    found = editor.found(YPAREO)
    assert [one["code"] for one in found] == ["SPEC_UNREADABLE"]
    assert {"apprenants", "inscrits", "groupes"} <= set(got)


def test_file_of_another_kind_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    file = tmp_path / "compose.yaml"
    assert editor.open(file, "services: &all\n  web: {image: x}\n  <<: *all\n") == []
    assert editor.at("hover", file, 0, 2) is None
    assert editor.at("completion", file, 1, 3)["items"] == []


@pytest.mark.parametrize("line", [0, 40, 10_000])
def test_place_that_is_not_there_is_answered_with_nothing_or_something(
    editor: Editor, ypareo: str, line: int
) -> None:
    for text in ("", "edusync: 1", "edusync: [", ypareo[:2000], "\t\0{{", "- ‣ é 𝄞 {{"):
        editor.change(YPAREO, text)
        for what in ("hover", "completion", "definition", "prepareRename"):
            editor.at(what, YPAREO, line, 10_000)
    assert editor.errors == []


def test_text_is_laid_out_as_fmt_does(editor: Editor, ypareo: str) -> None:
    mixed = ypareo.replace(
        "  sites: {get: /sites, key: codeSite}", "  sites:  {key: codeSite,   get: /sites}", 1
    )
    assert mixed != ypareo
    editor.change(YPAREO, mixed)
    asked = {
        "textDocument": {"uri": YPAREO.as_uri()},
        "options": {"tabSize": 2, "insertSpaces": True},
    }
    edits = editor.ask("textDocument/formatting", asked)
    assert applied(mixed, edits) == formatted(mixed) == ypareo
    editor.change(YPAREO, "edusync: [")
    assert editor.ask("textDocument/formatting", asked) is None


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("    items: cours", f"    it{AT}ems: cours", "resources.items"),
        ("same_key: first", f"same{AT}_key: first", "resources.same_key"),
        ("{kind: date,", f"{{ki{AT}nd: date,", None),
        ("{{ window.first", f"{{{{ win{AT}dow.first", "window"),
        ("source_id | number", f"source_id | num{AT}ber", "number"),
        ("then: in_doubt", f"then: in{AT}_doubt", "in_doubt"),
        ("{kind: time, unit", f"{{kind: ti{AT}me, unit", "time"),
    ],
)
def test_hover_says_what_help_says(
    editor: Editor, ypareo: str, old: str, new: str, word: str | None
) -> None:
    said = hover(editor, ypareo, old, new)
    if word is None:
        assert "strptime" in said or "kind" in said
        return
    assert any(all(line in said for line in sentences(one)) for one in words_called(word)), said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from: groupes", f"from: gro{AT}upes", "etenduGroupe"),
        ("options.importTutors", f"options.import{AT}Tutors", "apprenticeship masters"),
        ("DOWN_STUDENT_FILTERED", f"DOWN_{AT}STUDENT_FILTERED", "filter of students"),
        ("name: nomMatiere", f"name: nom{AT}Matiere", 'first rows of nominal: "COMPTABILITÉ"'),
        (
            "{path: apprenants.adresse.email",
            f"{{path: apprenants.adr{AT}esse.email",
            "@ecole.test",
        ),
    ],
)
def test_hover_shows_what_is_declared_and_recorded(
    editor: Editor, ypareo: str, old: str, new: str, said: str
) -> None:
    assert said in hover(editor, ypareo, old, new)


def test_hover_of_a_secret_shows_no_value(editor: Editor, ypareo: str) -> None:
    said = hover(editor, ypareo, "connection.apiKey", f"connection.api{AT}Key")
    assert "API key" in said
    assert "first rows" not in said


def test_lenses_count_the_rows_of_lists_and_the_items_of_entities(
    editor: Editor, ypareo: str
) -> None:
    asked = {"textDocument": {"uri": YPAREO.as_uri()}}
    lenses = editor.ask("textDocument/codeLens", asked)
    lines = ypareo.split("\n")
    said = {
        lines[one["range"]["start"]["line"]].strip().partition(":")[0]: one["command"]["title"]
        for one in lenses
    }
    table = edusync("try", str(YPAREO), "--case", "nominal", "--format", "json")
    tried = json.loads(table.stdout)
    assert said["groupes"].endswith(" kept (nominal)")
    assert said["student"].endswith(" made (nominal)")
    for one in tried["lists"]:
        counts = one["counts"]
        assert said[one["name"]] == f"{counts['sent']} sent, {counts['kept']} kept (nominal)"
    assert len(tried["lists"]) > 5


COMPLETIONS = [
    ("    key: codeSeance", f"    {AT}\n    key: codeSeance", {"paging", "drop"}, {"key", "get"}),
    ("    key: codeSeance", f"    pag{AT}", {"paging"}, {"get"}),
    ("{kind: date,", f"{{kind: {AT},", {"date", "moment", "map"}, {"key"}),
    ("  kind: http", f"  kind: {AT}", {"http", "soap", "sql", "files"}, set()),
    ("failing_call: skip", f"failing_call: {AT}", {"stop", "skip"}, set()),
    ("    optional: true", f"    optional: {AT}", {"true", "false"}, set()),
    ("from: inscrits", f"from: {AT}", {"apprenants", "inscrits", "sheets"}, {"codeGroupe"}),
    ("as: {date: day", f"as: {{date: d{AT}", {"day", "clock", "mail", "first"}, {"sites"}),
    ("filter_by: {siteCodes:", f"filter_by: {{{AT}:", {"siteCodes"}, {"codeGroupe"}),
    ("hold: {UP_STUDENT", f"hold: {{{AT}UP_STUDENT", {"UP_STUDENT_UNKNOWN_IN_ERP"}, {"sites"}),
    ("by: codeGroupe", f"by: {AT}", {"codeGroupe", "nomGroupe"}, {"codeSeance"}),
    ("on: apprenants.inf", f"on: apprenants.{AT}inf", {"apprenants.codeApprenant"}, {"codeSeance"}),
    ("name: nomMatiere", f"name: {AT}", {"nomMatiere", "codeSeance", "groupes"}, {"nomApprenant"}),
    ("window.first | dashed", f"window.{AT}", {"window.first", "window.days"}, {"options"}),
    ("window.first | dashed", f"window.first | {AT}", {"dashed", "iso_day"}, {"window"}),
    ("options.importTutors", f"options.{AT}", {"options.importTutors"}, {"options.siteCodes"}),
    ("not row.tuteur", f"not row.{AT}", {"row.tuteur", "row.contrat"}, {"row.codeSeance"}),
    ("not row.tuteur", f"not {AT}", {"row", "options", "window"}, {"tuteur"}),
    (
        '"/absences/{{ window.first | dashed }}/{{ window.last | dashed }}"',
        f'"/absences/{{{{ window.{AT}',
        {"window.last"},
        {"dashed"},
    ),
    ("groupes.codeGroupe }}", f"groupes.{AT} }}}}", {"groupes.codeGroupe"}, {"groupes.nom"}),
]


@pytest.mark.parametrize(("old", "new", "there", "not_there"), COMPLETIONS)
def test_completion_offers_what_may_stand_at_the_place(
    editor: Editor, ypareo: str, old: str, new: str, there: set[str], not_there: set[str]
) -> None:
    got = set(labels(editor, ypareo, old, new))
    assert there <= got, got
    assert not got & not_there


def test_completed_word_stands_where_it_was_typed(editor: Editor, ypareo: str) -> None:
    line, column = shown(editor, ypareo, "on: apprenants.inf", f"on: apprenants.code{AT}inf")
    items = editor.at("completion", YPAREO, line, column)["items"]
    edit = next(one for one in items if one["label"] == "apprenants.codeApprenant")["textEdit"]
    start = ypareo.split("\n")[line].index("apprenants.")
    assert edit["range"]["start"] == {"line": line, "character": start}
    assert edit["newText"] == "apprenants.codeApprenant"


def names_asked(editor: Editor, what: str, line: int, column: int, **more: Any) -> Any:
    place = {"line": line, "character": column}
    asked = {"textDocument": {"uri": YPAREO.as_uri()}, "position": place, **more}
    return editor.ask(f"textDocument/{what}", asked)


@pytest.mark.parametrize(
    ("old", "new", "declared", "count", "name"),
    [
        ("from: groupes", f"from: gro{AT}upes", "  groupes:", 4, "classes"),
        ("as: {date: day", f"as: {{date: da{AT}y", "  day: {kind", 11, "jour"),
        ("options.importTutors", f"options.import{AT}Tutors", "  importTutors:", 2, "tuteurs"),
        ("{siteCodes: code", f"{{site{AT}Codes: code", "  siteCodes:", 4, "sites_codes"),
    ],
)
def test_name_leads_to_its_declaration_its_uses_and_another_name(
    editor: Editor, ypareo: str, old: str, new: str, declared: str, count: int, name: str
) -> None:
    line, column = shown(editor, ypareo, old, new)
    editor.found(YPAREO)
    to = names_asked(editor, "definition", line, column)["range"]["start"]["line"]
    assert ypareo.split("\n")[to].startswith(declared)
    used = names_asked(editor, "references", line, column, context={"includeDeclaration": True})
    assert len(used) == count
    edits = names_asked(editor, "rename", line, column, newName=name)["changes"][YPAREO.as_uri()]
    editor.change(YPAREO, applied(ypareo, edits))
    assert editor.found(YPAREO) == []


def test_name_of_the_language_and_a_name_that_is_taken_are_not_changed(
    editor: Editor, ypareo: str
) -> None:
    line, column = shown(editor, ypareo, "as: mail}", f"as: ma{AT}il}}")
    assert names_asked(editor, "prepareRename", line, column) is None
    assert names_asked(editor, "rename", line, column, newName="post") is None
    line, column = shown(editor, ypareo, "from: groupes", f"from: gro{AT}upes")
    assert names_asked(editor, "rename", line, column, newName="sites") is None
    assert names_asked(editor, "rename", line, column, newName="not a name") is None


def test_five_planted_mistakes_are_mended_without_leaving_the_editor(
    editor: Editor, ypareo: str
) -> None:
    planted = ypareo
    for old, new in (
        ("same_key: first", "same_kye: first"),
        ("as: {date: day,", "as: {date: dya,"),
        ("options.importTutors", "options.importTutor"),
        ("failing_call: skip", "failing_call: skpi"),
        ("look_up: contrats", "look_up: contrat"),
    ):
        assert planted.count(old) == 1
        planted = planted.replace(old, new)
    editor.change(YPAREO, planted)
    found, tried = editor.found(YPAREO), 0
    while found and tried < 10:
        wrong = next(one for one in found if "did you mean" in one["message"])
        asked = {
            "textDocument": {"uri": YPAREO.as_uri()},
            "range": wrong["range"],
            "context": {"diagnostics": [wrong]},
        }
        action = editor.ask("textDocument/codeAction", asked)[0]
        planted = applied(planted, action["edit"]["changes"][YPAREO.as_uri()])
        editor.change(YPAREO, planted)
        found, tried = editor.found(YPAREO), tried + 1
    assert planted == ypareo
    assert tried == 5


SCHOOL = """\
edusync: 1
connector: school
spec: ypareo
connection: {url: "https://school.example", apiKey: "very-secret-key"}
options: {importTutors: true}
accounts:
  - name: main
    edusign: {api_key: "another-secret-key"}
    filters: {siteCodes: ["CFA - 36"]}
"""


def test_connector_file_is_checked_completed_and_explained_without_a_secret(
    editor: Editor, tmp_path: Path
) -> None:
    file = tmp_path / "school.yaml"
    found = editor.open(file, SCHOOL)
    assert {one["code"] for one in found} >= {"CONF_SECRET_PLAIN"}
    for number, line in enumerate(SCHOOL.split("\n")):
        for column in range(len(line) + 1):
            said = str(editor.at("hover", file, number, column))
            assert "secret-key" not in said
    text, line_, column_ = place_of(SCHOOL.replace("importTutors", f"import{AT}Tutors", 1))
    assert "apprenticeship masters" in str(editor.at("hover", file, line_, column_))
    text, line_, column_ = place_of(SCHOOL.replace("{importTutors: true}", f"{{{AT}}}", 1))
    editor.change(file, text)
    items = editor.at("completion", file, line_, column_)["items"]
    assert items[0]["label"] == "importTutors"
    text, line_, column_ = place_of(SCHOOL.replace("accounts:", f"{AT}\naccounts:", 1))
    editor.change(file, text)
    items = editor.at("completion", file, line_, column_)["items"]
    assert {"schedule", "rules", "grace"} <= {one["label"] for one in items}


def test_spec_that_a_connector_file_names_has_its_mistakes_said_there(
    editor: Editor, tmp_path: Path
) -> None:
    spec = tmp_path / "own.yaml"
    text = YPAREO.read_text(encoding="utf-8").replace("same_key: first", "same_kye: first", 1)
    spec.write_text(text, encoding="utf-8")
    file = tmp_path / "school.yaml"
    found = editor.open(file, SCHOOL.replace("spec: ypareo", "spec: own.yaml"))
    said = [one for one in found if one["code"] == "SPEC_UNKNOWN_KEY"]
    assert [one["range"]["start"]["line"] for one in said] == [2]
    assert "own.yaml:" in said[0]["message"]


def test_case_is_checked_and_completed(editor: Editor) -> None:
    file = ROOT / "tests/connectors/ypareo/nominal/case.yaml"
    text = file.read_text(encoding="utf-8")
    assert editor.open(file, text) == []
    editor.change(file, text.replace("shows:", "showz:", 1).replace("at:", "shows: x\nat:", 1))
    assert [one["code"] for one in editor.found(file)] == ["CONF_UNKNOWN_KEY"]
    changed, line, column = place_of(f"{AT}\n{text}")
    editor.change(file, changed)
    items = editor.at("completion", file, line, column)["items"]
    assert "recorded" in {one["label"] for one in items}


def test_command_says_what_is_missing_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("edusync.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    found = edusync("lsp")
    assert found.returncode == 2
    assert "edusync[lsp]" in found.stderr


HORIZON = ROOT / "specs" / "examples" / "horizon.yaml"


def test_coverage_is_that_of_the_command(editor: Editor) -> None:
    """Asked for: the lines that say something, how each stands, and what no case showed."""
    text = HORIZON.read_text(encoding="utf-8")
    editor.open(HORIZON, text)
    asked = {"command": "edusync.coverage", "arguments": [HORIZON.as_uri()]}
    found = editor.ask("workspace/executeCommand", asked)
    told = edusync("coverage", str(HORIZON))
    assert f"{found['percent']:.1f} % of" in told.stdout
    assert f"by {found['cases']} cases" in told.stdout
    lines = {one["line"]: one for one in found["lines"]}
    assert {one["state"] for one in found["lines"]} <= {"whole", "part", "none", "excused"}
    assert lines[text.splitlines().index("  lessons:")]["state"] == "whole"
    assert all(one["note"] for one in found["lines"] if one["state"] != "whole")
    editor.shut(HORIZON)
    editor.found(HORIZON)


def test_coverage_of_a_spec_that_is_not_saved_or_has_mistakes_is_refused(tmp_path: Path) -> None:
    file, door = tmp_path / "orchard.yaml", Door(())
    text = HORIZON.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotMeasured, match="save the spec first"):
        coverage(file, text + "# more\n", door)
    with pytest.raises(NotMeasured, match="there are no cases"):
        coverage(file, text, door)
    shutil.copytree(ROOT / "tests" / "connectors" / "horizon", tmp_path / "cases" / "orchard")
    wrong = text.replace("  lessons:", "  lesson:", 1)
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(NotMeasured, match="mistakes"):
        coverage(file, wrong, door)
