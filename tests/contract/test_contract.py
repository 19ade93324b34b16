"""What the project promises about itself: every option has a case, every code a text and a test,
every schema a description.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from edusync.codes import all_codes
from edusync.hookspecs import Hooks
from edusync.resources import bundled
from edusync.spec import Spec, load_spec
from edusync.spec.document import read_document

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "connectors"
SPECS = {path.stem: path for path in (ROOT / "specs").glob("*.yaml")}
NEEDED = {"nominal", "empty", "refused-sign-in", "partial-failure"}
OF_OTHERS = {
    "PLUGIN_NONE",
    "RUN_USAGE",
    "RUN_UNEXPECTED",
    "SPEC_INVALID",
}  # how the command line ends; the tests look at its exit codes


def load(path: Path) -> Spec:
    spec, document = load_spec(path.read_text(encoding="utf-8"), str(path))
    assert spec is not None, document.findings
    return spec


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_connector_has_the_cases_that_all_need(name: str) -> None:
    assert NEEDED - {case.name for case in (CASES / name).iterdir()} == set()
    assert any("paging" in case.name for case in (CASES / name).iterdir()) or not any(
        resource.paging for resource in load(SPECS[name]).resources.values()
    )


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_option_and_filter_has_a_case(name: str) -> None:
    spec = load(SPECS[name])
    used: set[str] = set()
    for file in (CASES / name).rglob("case.yaml"):
        data = read_document(file.read_text(encoding="utf-8"), str(file)).data["connector"]
        used |= set(data.get("options", {}))
        for account in data.get("accounts", []):
            used |= set(account.get("filters", {}))
    assert (spec.options.keys() | spec.filters.keys()) - used == set()


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_connector_shows_all_six_states_going_up(name: str) -> None:
    case = CASES / name / "up-states" / "case.yaml"
    data = read_document(case.read_text(encoding="utf-8"), str(case)).data
    said = [what for sheet in data["attendance"]["sheets"] for what in sheet["students"].values()]
    assert {kind for what in said for kind in ([what] if isinstance(what, str) else what)} >= {
        "present",
        "late",
        "justified",
        "absent",
        "left",
        "excluded",
    }
    assert {other.name for other in (CASES / name).glob("up-*")} - {"up-states"}, (
        "and at least one that does not go well"
    )


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_label_is_in_english_and_french(name: str) -> None:
    spec = load(SPECS[name])
    texts = [
        question.label
        for section in (spec.connection, spec.options, spec.filters)
        for question in section.values()
    ]
    texts += [
        question.help
        for section in (spec.connection, spec.options, spec.filters)
        for question in section.values()
        if question.help
    ]
    assert [label for label in texts if not (label.en and label.fr)] == []
    choices = {
        (value, label.en, label.fr)
        for section in (spec.connection, spec.options)
        for question in section.values()
        for value, label in question.values.items()
    }
    assert [value for value, english, french in choices if english == french != value] == []


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_connector_has_its_page(name: str) -> None:
    spec = load(SPECS[name])
    page = (ROOT / "docs" / "connectors" / f"{name}.md").read_text(encoding="utf-8")
    assert [
        word for word in (*spec.connection, *spec.options, *spec.filters) if f"`{word}`" not in page
    ] == []


def test_no_golden_file_is_without_its_case() -> None:
    assert [
        str(golden)
        for golden in CASES.rglob("expected.yml")
        if not (golden.parent / "case.yaml").is_file()
    ] == []


def test_every_code_has_a_meaning_and_a_remedy() -> None:
    assert [
        code.name
        for code in all_codes().values()
        if not (code.meaning.endswith(".") and len(code.remedy) > 10)
    ] == []


def test_every_code_has_an_example() -> None:
    """A code of specs has a bad and a good one, any other a situation and what the school does."""
    told = {code.name: code.example for code in all_codes().values()}
    assert [
        name for name, example in told.items() if name.startswith("SPEC_") == bool(example)
    ] == []
    situations = [example for example in told.values() if example]
    assert len(set(situations)) == len(situations) > 230
    assert [one for one in situations if not 40 < len(one) < 200 or not one.endswith(".")] == []


def test_every_code_stands_on_the_page_of_codes() -> None:
    page = (ROOT / "docs" / "reference" / "codes.md").read_text(encoding="utf-8")
    assert [name for name in all_codes() if f"| `{name}` |" not in page] == []


def test_every_code_is_named_by_a_test_or_a_golden() -> None:
    texts = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tests").rglob("*")
        if path.suffix in {".py", ".yml", ".yaml", ".txt"}
    )
    assert sorted(name for name in all_codes() if name not in texts and name not in OF_OTHERS) == []


def test_every_code_that_the_program_uses_is_registered() -> None:
    pattern = re.compile(r"\"((?:SPEC|CONF|CONN|DOWN|UP|EDU|RUN|PLUGIN)_[A-Z_]+)\"")
    used = {
        code
        for path in (ROOT / "edusync").rglob("*.py")
        for code in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert sorted(used - all_codes().keys()) == []


def test_the_page_of_codes_is_up_to_date() -> None:
    from edusync.app.authoring.reference import codes_page

    assert (ROOT / "docs" / "reference" / "codes.md").read_text(encoding="utf-8") == codes_page()


def test_the_page_of_the_language_is_up_to_date() -> None:
    from edusync.app.authoring.reference import spec_page

    assert (ROOT / "docs" / "reference" / "spec.md").read_text(encoding="utf-8") == spec_page()


def test_the_reference_of_projects_is_what_the_schema_says() -> None:
    from edusync.app.authoring.reference import project_page

    page = (ROOT / "docs" / "reference" / "project.md").read_text(encoding="utf-8")
    assert page == project_page()


def test_every_hook_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "hooks.md").read_text(encoding="utf-8")
    assert [
        name for name in vars(Hooks) if name.startswith("edusync_") and f"## {name}" not in page
    ] == []


@pytest.mark.parametrize("schema", sorted(path.name for path in (ROOT / "schemas").iterdir()))
def test_every_property_of_a_schema_is_described(schema: str) -> None:
    data = json.loads((bundled("schemas") / schema).read_text(encoding="utf-8"))
    missing: list[str] = []

    def walk(node: object, route: str) -> None:
        if isinstance(node, dict):
            for name, inner in (node.get("properties") or {}).items():
                if (
                    isinstance(inner, dict)
                    and "description" not in inner
                    and "$ref" not in inner
                    and "const" not in inner
                ):
                    missing.append(f"{route}/{name}")
            for name, inner in node.items():
                walk(inner, f"{route}/{name}")
        elif isinstance(node, list):
            for index, inner in enumerate(node):
                walk(inner, f"{route}/{index}")

    walk(data, "")
    assert missing == []


def test_the_core_names_no_erp() -> None:
    names = re.compile(
        r"ammon|aimaira|fca.?manager|hyperplanning|sc.?form|ypar|adesoft|aurion", re.IGNORECASE
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "edusync").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if names.search(line)
    ]
    assert found == []


def test_plugins_of_the_simple_kind_stay_small() -> None:
    sizes = {
        path.parent.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "plugins").rglob("__init__.py")
    }
    assert {name: size for name, size in sizes.items() if size > 60} == {}


MODULE, FUNCTION = 300, 50
"""So many lines at most; of a function without those of the functions inside it."""
LONG_MODULES = {
    "edusync/codes/up.py": "a table: the codes of the way up",
    "edusync/codes/down.py": "a table: the codes of sessions",
    "edusync/locale/details.py": "a table: what events say in detail",
    "edusync/codes/spec.py": "a table: the codes of what is wrong with a spec",
    "plugins/edusync_plugins/aimaira/seed.py": "a table: invented rows",
    "plugins/edusync_plugins/hyperplanning/wsdl.py": "a table: the operations of the service",
    "plugins/edusync_plugins/adesoft/simulator.py": "one server with its admin door",
    "plugins/edusync_plugins/hyperplanning/simulator.py": "one server with its admin door",
    "plugins/edusync_plugins/ypareo/simulator.py": "one server with its admin door",
}
LONG_FUNCTIONS = {
    "edusync/cli/options.py::common": "a table: the options that stand everywhere",
    "edusync/cli/events.py::command": "a command, its options and what it prints",
    "edusync/state/migrations/versions/0001_first.py::upgrade": "a table: columns",
    "plugins/edusync_plugins/adesoft/seed.py::__init__": "a table: invented rows",
    "plugins/edusync_plugins/aimaira/seed.py::__init__": "a table: invented rows",
    "plugins/edusync_plugins/aimaira/seed.py::_events": "a table: invented rows",
    "plugins/edusync_plugins/ammon/seed.py::__init__": "a table: invented rows",
    "plugins/edusync_plugins/ammon/seed.py::_classes": "a table: invented rows",
    "plugins/edusync_plugins/fca/seed.py::__init__": "a table: invented rows",
    "plugins/edusync_plugins/fca/seed.py::_sessions": "a table: invented rows",
    "plugins/edusync_plugins/scform/seed.py::__init__": "a table: invented rows",
    "plugins/edusync_plugins/ypareo/seed.py::__init__": "a table: invented rows",
    "plugins/edusync_plugins/ypareo/seed.py::_courses": "a table: invented rows",
    "plugins/edusync_plugins/hyperplanning/wsdl.py::describe": "a document, part by part",
    "edusync/app/authoring/connector_page.py::connector_page": "a page, part by part",
    "plugins/edusync_plugins/aurion/simulator.py::_import": "one upload, line by line",
    "edusync/app/runs/sync.py::_run": "a run, step by step",
    "edusync/app/runs/upward.py::_opened": "a run, step by step",
    "edusync/cli/sync.py::command": "a command, what it prints included",
    "edusync/engine/judge/people.py::_judge": "the order of reasons, one after the other",
    "edusync/engine/upward/lines.py::_line": "the order of reasons, one after the other",
    "edusync/engine/upward/steps.py::_sent": "one write, and each way in which it ends",
}


def modules() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for folder in ("edusync", "plugins")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def lines_of(node: ast.AST) -> int:
    """Return how many lines a function has, without those of the functions inside it."""
    inside = list(ast.iter_child_nodes(node))
    lines = 0
    if isinstance(node, ast.FunctionDef):
        lines = (node.end_lineno or 0) - node.lineno + 1
    while inside:
        one = inside.pop()
        if isinstance(one, ast.FunctionDef):
            first = min([one.lineno, *(mark.lineno for mark in one.decorator_list)])
            lines -= (one.end_lineno or 0) - first + 1
        else:
            inside += ast.iter_child_nodes(one)
    return lines


def test_modules_hold_one_idea() -> None:
    long = {name for name, text in modules().items() if len(text.splitlines()) > MODULE}
    assert sorted(long - LONG_MODULES.keys()) == []


def test_every_folder_says_what_it_is_for() -> None:
    folders = {
        file.parent
        for root in ("edusync", "plugins", "tests")
        for file in (ROOT / root).rglob("*.py")
    } - {ROOT / "plugins"}
    silent = [
        str(folder.relative_to(ROOT))
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_functions_do_one_thing() -> None:
    long = {
        f"{name}::{node.name}"
        for name, text in modules().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and lines_of(node) > FUNCTION
    }
    assert sorted(long - LONG_FUNCTIONS.keys()) == []


def test_what_is_excused_for_its_length_is_long() -> None:
    sizes = {name: len(text.splitlines()) for name, text in modules().items()}
    assert [name for name in LONG_MODULES if not MODULE < sizes.get(name, 0) <= 600] == []
    assert [name for name in LONG_FUNCTIONS if name.partition("::")[0] not in sizes] == []


def test_tests_assert_something() -> None:
    empty = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                text = ast.dump(node)
                if not any(
                    word in text for word in ("Assert(", "raises", "'check'", "assert_", "'expect'")
                ):
                    empty.append(f"{path}:{node.lineno}")
    assert empty == []


def test_people_in_fixtures_are_invented() -> None:
    address = re.compile(r"[\w.+-]+@([\w-]+\.)+[a-z]{2,}")
    allowed = (
        ".test",
        ".example",
        ".invalid",
        "example.org",
        "@y.fr",
        "@b.fr",
        "@B.fr",
        "conftest.py",
        "@ecole.test",
    )
    texts = [
        path
        for folder in ("tests", "plugins", "specs", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".yaml", ".yml", ".py", ".md"}
    ]
    found = {
        match.group()
        for path in texts
        for match in address.finditer(path.read_text(encoding="utf-8"))
    }
    assert sorted(mail for mail in found if not mail.endswith(allowed)) == []
