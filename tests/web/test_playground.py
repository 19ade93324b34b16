"""The playground without a browser: what is shown, what is refused, what is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape

import pytest

from edusync.app.console.playground import AT_ONCE, Playground, Typed
from edusync.app.console.workshop import Workshop
from tests.web.conftest import Site, Visit


@pytest.fixture(scope="module")
def playground() -> Iterator[Playground]:
    """One for all tests, so that a process is ready for the next of them."""
    with closing(Playground(60)) as one:
        yield one


@pytest.fixture
def site(site: Site, playground: Playground) -> Site:
    vars(site.console)["playground"] = playground
    return site


@pytest.fixture
def typed(site: Site) -> dict[str, str]:
    """The form as it stands when somebody opens the page."""
    workshop = Workshop(site.fleet.project, site.registry)
    text, case_text, answers = (workshop.first(kind) for kind in ("spec", "case", "exchanges"))
    return {
        "text": text,
        "case_text": case_text,
        "answers": answers,
        "spec": "",
        "case": "",
        "do": "look",
    }


def play(visit: Visit, typed: dict[str, str], **more: str) -> str:
    answer = visit.post("/playground", **{**typed, **more})
    assert answer.status_code in {200, 400}
    return words(answer.text)


def words(page: str) -> str:
    """Return what a page says, without tags and with single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_rows_sheets_and_events_are_shown(operator: Visit, typed: dict[str, str]) -> None:
    page = play(operator, typed)
    assert "Findings None." in page
    assert "1 sheet on Edusign" in page
    assert "Accounting 2026-03-17 09:00 2026-03-17 12:00 2" in page
    assert "lessons 2 sent, 1 kept" in page
    assert "DOWN_COURSE_CANCELLED" in page
    assert "anne.moreau@ecole.test" in page


def test_each_value_leads_to_its_line_and_each_line_says_how_it_stands(
    operator: Visit, typed: dict[str, str]
) -> None:
    page = operator.post("/playground", **typed).text
    lines = typed["text"].splitlines()
    line = lines.index("    last_name: name") + 1
    assert re.search(rf'href="#line-{line}" data-line="{line}"[^>]*>Moreau<', page)
    assert f'<li id="line-{line}" class="is-whole">' in page
    assert page.count('<li id="line-') == len(lines)


def test_a_mistake_is_found_where_it_stands(operator: Visit, typed: dict[str, str]) -> None:
    page = play(operator, typed, text=typed["text"].replace("last_name: name", "last_nam: name"))
    assert "SPEC_UNKNOWN_KEY unknown key 'last_nam' in entity 'professor'" in page
    assert "did you mean 'last_name'?" in page
    assert "on Edusign" not in page.partition("Findings")[2]


def test_a_request_without_an_answer_is_asked_for_and_added(
    operator: Visit, typed: dict[str, str]
) -> None:
    """As somebody does without JavaScript: paste what the ERP answers, and press the button."""
    short = typed["answers"].partition("- request: {path: /lessons")[0]
    page = operator.post("/playground", **{**typed, "answers": short}).text
    assert "What does the ERP answer to GET /lessons?" in words(page)
    asked = re.search(r'name="asked" form="play" value="([^"]+)"', page)
    assert asked is not None
    times = '"start": "2026-03-17T09:00:00", "end": "2026-03-17T12:00:00"'
    body = f'[{{"id": 31, "title": "Law", {times}, "state": "", "teachers": [1], "students": [8]}}]'
    more = {"answers": short, "asked": unescape(asked[1]), "body": body, "do": "add"}
    page = play(operator, typed, **more)
    assert "Law 2026-03-17 09:00 2026-03-17 12:00 1" in page


def test_a_recorded_case_is_played_and_its_answers_can_be_replaced(operator: Visit) -> None:
    page = operator.get("/playground?spec=ypareo").text
    assert "<option selected>nominal</option>" in page
    form = {
        "text": spec_of(page),
        "spec": "ypareo",
        "case": "nominal",
        "case_text": "",
        "do": "look",
    }
    whole = play(operator, form, answers="")
    assert "6 sheets on Edusign" in whole
    lost = (
        '- request: {path: "/index.php/r/v1/personnels"}\n  answer: {status: 500, text: broken}\n'
    )
    assert "6 sheets on Edusign" in play(operator, form, answers=lost)  # nobody asks for that


def spec_of(page: str) -> str:
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("name", ["scform", "hyperplanning"])
def test_databases_and_services_and_sessions_are_played_too(operator: Visit, name: str) -> None:
    page = operator.get(f"/playground?spec={name}").text
    form = {"text": spec_of(page), "spec": name, "case": "nominal", "case_text": "", "answers": ""}
    shown = play(operator, form, do="look", part="1")
    assert re.search(r"[1-9]\d* sheets? on Edusign", shown)


def test_a_case_that_is_no_yaml_says_so(operator: Visit, typed: dict[str, str]) -> None:
    assert "pasted answers, line 1" in play(operator, typed, answers="- request: [")
    assert "case.yaml:1" in play(operator, typed, case_text="shows: [")


def test_a_spec_without_a_case_asks_for_one(operator: Visit, typed: dict[str, str]) -> None:
    page = play(operator, typed, case_text="", answers="")
    assert "There is no case yet. Under “Pasted answers”, write what the school answered" in page
    assert "needed more memory" not in page


def test_what_is_shown_is_in_the_language_of_the_reader(site: Site, typed: dict[str, str]) -> None:
    operator = site.visit("operator")
    operator.client.get("/language/fr")
    assert "1 feuille sur Edusign" in play(operator, typed)


# saving


def test_a_spec_and_a_case_are_saved_and_opened_again(
    site: Site, operator: Visit, typed: dict[str, str]
) -> None:
    answer = operator.post(
        "/playground", **{**typed, "do": "save", "name": "my-erp", "new_case": "first"}
    )
    assert answer.status_code == 302
    assert (site.folder / "specs" / "my-erp.yaml").read_text() == typed["text"]
    folder = site.folder / "cases" / "my-erp" / "first"
    assert sorted(file.name for file in folder.iterdir()) == ["case.yaml", "exchanges.yaml"]
    page = operator.get(answer.location).text
    assert "<option selected>first</option>" in page
    form = {
        **typed,
        "spec": "my-erp",
        "case": "first",
        "case_text": "",
        "answers": "",
        "text": spec_of(page),
    }
    assert "1 sheet on Edusign" in play(operator, form)
    assert "spec: my-erp" in words(operator.get("/people").text)


def test_a_case_of_another_spec_is_saved_for_this_one(site: Site, operator: Visit) -> None:
    text = spec_of(operator.get("/playground?spec=ypareo").text)
    text = text.replace("connector: ypareo", "connector: ours", 1)
    form = {"text": text, "spec": "ypareo", "case": "nominal", "case_text": "", "answers": ""}
    answer = operator.post("/playground", **form, do="save", name="ours", new_case="nominal")
    assert answer.status_code == 302
    case = site.folder / "cases" / "ours" / "nominal"
    assert "spec: ours" in (case / "case.yaml").read_text()
    page = operator.get(answer.location).text
    again = {**form, "spec": "ours", "text": spec_of(page)}
    assert "6 sheets on Edusign" in play(operator, again, do="look")


def test_nothing_is_saved_over_what_changed_meanwhile(
    site: Site, operator: Visit, typed: dict[str, str]
) -> None:
    file = site.folder / "specs" / "my-erp.yaml"
    file.parent.mkdir()
    file.write_text(typed["text"], encoding="utf-8")
    page = operator.get("/playground?spec=my-erp").text
    began = re.findall(r'name="opened" value="(\w+)"', page)[0]
    mine = {**typed, "spec": "my-erp", "opened": began, "do": "save", "name": "my-erp"}
    changed = typed["text"].replace("label: My ERP", "label: Another")
    file.write_text(changed, encoding="utf-8")
    more = typed["text"] + "# mine\n"
    assert "my-erp.yaml says something else by now" in play(operator, mine, text=more)
    assert file.read_text() == changed
    file.write_text(typed["text"], encoding="utf-8")
    assert operator.post("/playground", **{**mine, "text": more}).status_code == 302
    assert file.read_text() == more


@pytest.mark.parametrize(
    ("name", "case", "said"),
    [
        ("ypareo", "", "The spec says `connector: my-erp`"),
        ("../my-erp", "", "write ../my-erp there"),
        ("my-erp", "../../x", "Name it with small letters"),
        ("", "", "The spec says `connector: my-erp`"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    site: Site, operator: Visit, typed: dict[str, str], name: str, case: str, said: str
) -> None:
    before = sorted(site.folder.rglob("*"))
    assert said in play(operator, typed, do="save", name=name, new_case=case)
    assert sorted(site.folder.rglob("*.yaml")) == [one for one in before if one.suffix == ".yaml"]


def test_a_spec_that_came_with_edusync_is_not_replaced(operator: Visit) -> None:
    text = spec_of(operator.get("/playground?spec=ypareo").text)
    form = {"text": text, "spec": "ypareo", "case": "nominal", "case_text": "", "answers": ""}
    assert "comes with edusync" in play(operator, form, do="save", name="ypareo")


def test_a_spec_with_mistakes_is_not_saved(
    site: Site, operator: Visit, typed: dict[str, str]
) -> None:
    wrong = typed["text"].replace("last_name: name", "last_nam: name")
    assert "has mistakes" in play(operator, typed, text=wrong, do="save", name="my-erp")
    assert not (site.folder / "specs").exists()


def test_a_case_that_does_not_play_is_not_saved(
    site: Site, operator: Visit, typed: dict[str, str]
) -> None:
    short = typed["answers"].partition("- request: {path: /lessons")[0]
    more = {"do": "save", "name": "my-erp", "new_case": "first", "answers": short}
    assert "does not play to its end" in play(operator, typed, **more)
    assert not (site.folder / "cases").exists()


def test_a_secret_that_was_typed_is_not_saved(
    site: Site, operator: Visit, typed: dict[str, str]
) -> None:
    case_text = typed["case_text"].replace("${env:EDUSYNC_CASE_SECRET}", "hunter2hunter2")
    answers = typed["answers"].replace("title: Law", "title: hunter2hunter2")
    form = {
        **typed,
        "case_text": case_text,
        "answers": answers,
        "name": "my-erp",
        "new_case": "first",
    }
    assert operator.post("/playground", **{**form, "do": "save"}).status_code == 302
    files = [file for file in (site.folder / "cases").rglob("*") if file.is_file()]
    saved = "".join(file.read_text(encoding="utf-8") for file in files)
    assert len(files) == 2
    assert "hunter2" not in saved
    assert "${env:EDUSYNC_CASE_SECRET}" in saved
    assert "canary-of-the-cases" in saved


# limits


def test_what_takes_too_long_is_ended(typed: dict[str, str]) -> None:
    asked = Typed(typed["text"], "my-erp.yaml", "", typed["case_text"], typed["answers"], (), "en")
    with closing(Playground(0.01)) as hasty:
        assert hasty.play(asked) == {"findings": [], "stopped_by": "time"}


def test_a_process_that_dies_and_one_that_waits_for_others_end_in_words(
    typed: dict[str, str],
) -> None:
    asked = Typed(typed["text"], "my-erp.yaml", "", typed["case_text"], typed["answers"], (), "en")
    with closing(Playground(30, "edusync.no_such_module")) as dying:
        assert dying.play(asked) == {"findings": [], "stopped_by": "limits"}
    with closing(Playground(0.01)) as full:
        for _ in range(AT_ONCE):
            full._turns.acquire()
        assert full.play(asked) == {"findings": [], "stopped_by": "busy"}


def with_name(typed: dict[str, str], value: str) -> str:
    """Return the spec with another name of a course."""
    return typed["text"].replace("    name: title\n", f"    name: {value}\n")


BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
)
HOSTILE = {
    "a bomb of aliases": BOMB,
    "a deep nest": "[" * 50_000,
    "a deep mapping": "\n".join(f"{' ' * n}a:" for n in range(600)),
    "a tag that builds an object": "!!python/object/apply:os.system ['touch /tmp/x']",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_ends_in_words(operator: Visit, typed: dict[str, str], what: str) -> None:
    page = play(operator, typed, text=HOSTILE[what])
    assert re.search(r"Findings line \d+ error|is nested too deeply|was ended|more memory", page)


RUNAWAY = (
    "{template: \"{{ 'x' * 999999999999 }}\"}",
    '{template: "{% for a in range(999999999) %}x{% endfor %}"}',
    '{template: "{{ 9 ** 9 ** 9 ** 9 }}"}',
    '{template: "{{ cycler.__init__.__globals__ }}"}',
)


@pytest.mark.parametrize("value", RUNAWAY)
def test_a_runaway_expression_ends_in_words(
    operator: Visit, typed: dict[str, str], value: str
) -> None:
    page = play(operator, typed, text=with_name(typed, value))
    assert re.search(r"Findings line \d+ error|was ended|more memory|sheets? on Edusign", page)
    assert "subclass" not in page
    assert "&lt;class" not in page


DATABASE = """\
edusync: 1
connector: my-erp
label: My ERP
connection:
  url: {type: text, label: Address}
transport: {kind: sql, url: "{{ connection.url }}"}
resources:
  lessons: {sql: select * from web_user, key: id}
entities:
  course: {from: lessons, source_id: id, name: id, starts_at: id, ends_at: id}
"""
FOLDER = """\
edusync: 1
connector: my-erp
label: My ERP
connection:
  url: {type: text, label: Address}
transport: {kind: files, url: "{{ connection.url }}"}
resources:
  lessons: {file: "*.yaml", answer: csv, columns: {id: "1"}}
entities:
  course: {from: lessons, source_id: id, name: id, starts_at: id, ends_at: id}
"""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (FOLDER, "{project}"),
        (FOLDER, "/etc"),
        (DATABASE, "sqlite:///{project}/state.db"),
        (DATABASE, "sqlite:///file:{project}/state.db?uri=true"),
        (DATABASE, "postgresql+psycopg://edusync:secret@127.0.0.1/edusync"),
    ],
)
def test_a_spec_reaches_nothing_of_the_machine(
    site: Site, operator: Visit, typed: dict[str, str], text: str, address: str
) -> None:
    """Whatever a spec is told to read: its lists cannot be read, and nothing of it is shown."""
    (site.folder / "leak.yaml").write_text("1;canary\n", encoding="utf-8")
    said = f"connection: {{url: '{address.format(project=site.folder)}'}}"
    case_text = f"shows: x\nat: 2026-03-16T11:30\nconnector:\n  spec: my-erp\n  {said}\n"
    page = play(operator, typed, text=text, case_text=case_text, answers="").partition("Findings")[
        2
    ]
    assert "error SPEC_" not in page
    nothing = r"CONN_\w+|not there in the playground|no exchange answers"
    assert re.search(nothing, page) is not None, page
    assert "canary" not in page
    assert "operator" not in page


def test_the_folder_in_which_the_console_was_started_is_not_read(
    site: Site, operator: Visit, typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python looks for modules there, if it is not told otherwise."""
    (site.folder / "leak.yaml").write_text("id\ncanary\n", encoding="utf-8")
    monkeypatch.chdir(site.folder)
    said = f"connection: {{url: '{site.folder}'}}"
    case_text = f"shows: x\nat: 2026-03-16T11:30\nconnector:\n  spec: my-erp\n  {said}\n"
    text = FOLDER.replace('{id: "1"}', "{id: id}").replace('"*.yaml"', "leak.yaml")
    with closing(Playground(60)) as fresh:
        vars(site.console)["playground"] = fresh
        page = play(operator, typed, text=text, case_text=case_text, answers="").partition(
            "Findings"
        )[2]
    assert "error SPEC_" not in page
    assert "canary" not in page
    assert "not there in the playground" in page or "CONN_" in page


def test_a_secret_of_the_machine_is_not_read(
    site: Site, operator: Visit, typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither from a file nor from the environment that a pasted case names."""
    for place in (f"${{file:{site.folder}/key}}", "${env:HOME}"):
        case_text = typed["case_text"].replace("${env:EDUSYNC_CASE_SECRET}", place)
        page = play(operator, typed, case_text=case_text)
        assert "sandbox-key" not in page
        assert "on Edusign" not in page
