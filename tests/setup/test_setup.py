"""A setup, without any front end: what is asked, kept, offered, refused and written."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from edusync.app.files.connector_file import load_instance
from edusync.app.files.project import Project
from edusync.app.runs.sync import sync
from edusync.app.setup.answering import NotAnAnswer
from edusync.app.setup.draft import Drafts
from edusync.app.setup.prompt import Prompt
from edusync.app.setup.setup import Setup, Tools
from edusync.errors import EdusyncError, UsageProblem
from edusync.locale import speaking
from edusync.registry import Registry
from tests.setup.conftest import ERPS
from tests.setup.school import School

Start = Callable[[str], School]
Answered = Callable[..., Setup]

SECRETS = ("sandbox-password", "sandbox-token", "sandbox-key", "scform.db")


def question(setup: Setup, key: str) -> Prompt:
    return next(one for group in setup.groups() for one in group.questions if one.key == key)


def keys(setup: Setup) -> list[str]:
    return [one.key for group in setup.groups() for one in group.questions]


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


@pytest.mark.source("S152")
@pytest.mark.parametrize("erp", ERPS)
def test_answers_become_a_connector_that_runs(
    erp: str, answered: Answered, tools: Tools, registry: Registry
) -> None:
    setup = answered(erp)
    assert setup.missing() == []
    assert setup.try_erp().works
    assert [one.works for one in setup.try_accounts()] == [True]
    assert [one.words for one in setup.check() if one.works is False] == []
    planned = setup.plan()
    assert planned.accounts[0].changes
    assert not setup.draft.file.exists()
    assert tools.store.runs("hugo") == []
    instance = load_instance(setup.save(), registry)
    assert instance.warnings == ()
    result = sync(instance, tools.store, registry, tools.moment)
    assert (result.status, result.plan_id) == (
        "partial" if erp in PARTIAL else "success",
        planned.plan_id,
    )


PARTIAL: set[str] = set()
"""Whose sandbox has records that are refused with an error."""


@pytest.mark.promise("P17")
@pytest.mark.parametrize("erp", ERPS)
def test_secrets_lie_in_private_files_and_nowhere_else(
    erp: str, answered: Answered, project: Project
) -> None:
    setup = answered(erp)
    folder = project.file.parent
    setup.save()
    holding = {
        path.relative_to(folder).parts[0]
        for path in folder.rglob("*")
        if path.is_file() and any(one.encode() in path.read_bytes() for one in SECRETS)
    }
    assert holding == {"secrets"}
    files = [path for path in (folder / "secrets").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((folder / "secrets" / "hugo").stat().st_mode) == 0o700


def test_a_setup_that_was_left_goes_on_with_every_answer(answered: Answered, tools: Tools) -> None:
    left = answered("fca")
    kept = Drafts(tools.project).folder / "hugo.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not any(secret in kept.read_text(encoding="utf-8") for secret in SECRETS)
    again = Setup.open(tools, "hugo")
    assert again.text() == left.text()
    assert [(one.key, one.value) for group in again.groups() for one in group.questions] == [
        (one.key, one.value) for group in left.groups() for one in group.questions
    ]
    again.save()
    assert Drafts(tools.project).names() == []


def test_begun_anew_it_knows_nothing(answered: Answered, tools: Tools) -> None:
    answered("ypareo")
    anew = Setup.open(tools, "hugo", "ypareo", anew=True)
    assert question(anew, "connection.url").value is None


def test_discarded_it_leaves_no_secret(answered: Answered, tools: Tools, project: Project) -> None:
    setup = answered("ypareo")
    setup.discard()
    assert Drafts(tools.project).names() == []
    assert not (project.file.parent / "secrets" / "hugo").exists()


def test_no_hides_what_follows_and_is_written_nowhere(answered: Answered) -> None:
    setup = answered("ypareo")
    assert "siteCodes" in setup.text()
    setup.answer(question(setup, "gates.filters.siteCodes"), answer=False)
    assert "accounts.0.filters.siteCodes" not in keys(setup)
    assert "siteCodes" not in setup.text()
    setup.answer(question(setup, "gates.filters.siteCodes"), answer=True)
    assert question(setup, "accounts.0.filters.siteCodes").value == ["CFA Exemple Lille - 36"]


@pytest.mark.source("S171")
def test_bases_are_asked_only_where_companies_are_chosen(answered: Answered) -> None:
    setup = answered("scform")
    assert "gates.filters.bases" in keys(setup)
    setup.answer(question(setup, "gates.filters.companies"), answer=False)
    assert "gates.filters.bases" not in keys(setup)


def test_options_of_the_way_up_are_asked_only_where_attendance_goes_up(answered: Answered) -> None:
    setup = answered("aimaira")
    assert "options.planifRealise" in keys(setup)
    setup.answer(question(setup, "options.sendAttendance"), answer=False)
    assert "options.planifRealise" not in keys(setup)
    assert "planifRealise" not in setup.text()


@pytest.mark.source("S154")
def test_without_a_web_service_the_setup_stays_open(tools: Tools) -> None:
    setup = Setup.open(tools, "hugo", "hyperplanning")
    gate = question(setup, "gates.connection.url")
    assert gate.label == "Is the Hyperplanning web service (API) already active and available?"
    setup.answer(gate, answer=False)
    assert "connection.url" not in keys(setup)
    assert "connection.url" in [one.key for one in setup.missing()]
    assert "connection.scheduleName" in keys(setup)


@pytest.mark.parametrize("erp", ERPS)
def test_every_question_reads_in_french(erp: str, answered: Answered) -> None:
    setup = answered(erp)
    english = [(group.title, [one.label for one in group.questions]) for group in setup.groups()]
    with speaking("fr"):
        french = [(group.title, [one.label for one in group.questions]) for group in setup.groups()]
    same = {
        label
        for (_, ours), (_, theirs) in zip(english, french, strict=True)
        for label, other in zip(ours, theirs, strict=True)
        if label == other
    }
    assert same <= {"Structures"}


OFFERS = [
    ("ypareo", "accounts.0.filters.siteCodes", "CFA Exemple - Lyon - 37"),
    ("ammon", "accounts.0.filters.structureId", "Centre Nord - 36"),
    ("ammon", "options.earlyDeparture", "Départ anticipé"),
    ("aimaira", "accounts.0.filters.brandIds", "École Sud - 2300002"),
    ("adesoft", "accounts.0.filters.folderId", "900"),
    ("hyperplanning", "accounts.0.filters.courseFamilies", "Filière: Option"),
    ("hyperplanning", "options.tagFamilies", "Statut"),
    ("scform", "accounts.0.filters.companies", "Soins Formation - 2"),
    ("fca", "filters.activityLabels", "FCA-DROIT-2026"),
    ("fca", "options.defaultAbsenceReason", "4"),
    ("aurion", "accounts.0.filters.campusCodes", "PAR"),
]


@pytest.mark.parametrize(("erp", "key", "value"), OFFERS)
def test_what_the_erp_has_can_be_chosen(erp: str, key: str, value: str, answered: Answered) -> None:
    setup = answered(erp)
    asked = question(setup, key)
    assert value in [one.value for one in setup.offers(asked)]
    setup.answer(asked, [value] if asked.kind in {"entries", "pairs"} else value)
    assert [one.words for one in setup.check() if one.works is False] == []


def test_bases_of_the_erp_can_be_chosen(answered: Answered) -> None:
    setup = answered("scform")
    setup.answer(question(setup, "gates.filters.bases"), answer=True)
    offers = setup.offers(question(setup, "accounts.0.filters.bases"))
    assert offers
    setup.answer(question(setup, "accounts.0.filters.bases"), [offers[0].value])
    assert [one.words for one in setup.check() if one.works is False] == []


def test_what_cannot_be_read_is_said_and_not_offered(answered: Answered) -> None:
    setup = answered("ypareo")
    setup.answer(question(setup, "connection.apiKey"), "wrong")
    with pytest.raises(EdusyncError) as caught:
        setup.offers(question(setup, "accounts.0.filters.siteCodes"))
    assert caught.value.code == "CONN_AUTH_FAILED"
    tried = setup.try_erp()
    assert (tried.works, "refused our sign-in" in tried.words) == (False, True)


PASTED = "EDUSIGN ACCOUNT 1: CFA Exemple Lille - 36\nEDUSIGN ACCOUNT 2: CFA Exemple - Lyon - 37"


@pytest.mark.source("S183", "S189", "S194")
@pytest.mark.parametrize("text", [PASTED, PASTED.replace("EDUSIGN ACCOUNT", "• COMPTE EDUSIGN")])
def test_an_answer_for_several_accounts_is_shared_out(text: str, answered: Answered) -> None:
    setup = answered("ypareo")
    setup.answer(question(setup, "accounts.0.filters.siteCodes"), text)
    accounts = setup.draft.data["accounts"]
    assert [one["filters"]["siteCodes"] for one in accounts] == [
        ["CFA Exemple Lille - 36"],
        ["CFA Exemple - Lyon - 37"],
    ]
    assert [one.key for one in setup.missing()] == ["accounts.1.edusign.api_key"]


@pytest.mark.source("S169", "S173")
def test_name_plus_id_is_an_account_for_each(answered: Answered) -> None:
    setup = answered("scform")
    companies = question(setup, "accounts.0.filters.companies")
    setup.answer(companies, "Saveurs Formation + 1, Soins Formation + 2")
    accounts = setup.draft.data["accounts"]
    assert [one["filters"]["companies"] for one in accounts] == [
        ["Saveurs Formation + 1"],
        ["Soins Formation + 2"],
    ]


@pytest.mark.source("S184", "S190", "S195")
def test_one_id_on_two_accounts_is_warned_of(answered: Answered) -> None:
    setup = answered("ypareo")
    text = "EDUSIGN ACCOUNT 1: Lille - 36 EDUSIGN ACCOUNT 2: Lille - 36"
    setup.answer(question(setup, "accounts.0.filters.siteCodes"), text)
    setup.answer(question(setup, "accounts.1.edusign.api_key"), "other-key")
    assert [one.code for one in setup.warnings()] == ["CONF_SCOPE_OVERLAP"]


def test_families_are_typed_line_by_line(answered: Answered) -> None:
    setup = answered("hyperplanning")
    asked = question(setup, "accounts.0.filters.courseFamilies")
    setup.answer(asked, "Filière: Option, Tronc commun\nNiveau: Bac+2")
    found = setup.draft.get(asked.route)
    assert found == {"Filière": ["Option", "Tronc commun"], "Niveau": ["Bac+2"]}
    with pytest.raises(NotAnAnswer):
        setup.answer(asked, "Filière")


def test_reasons_of_edusign_are_named_by_those_of_the_erp(answered: Answered) -> None:
    setup = answered("ypareo")
    sick = next(one for one in setup.reasons() if one.route == ("reasons", "sick leave"))
    assert "Maladie" in sick.values
    setup.answer(sick, "Maladie")
    assert read(setup.save())["reasons"] == {"sick leave": "Maladie"}


WRONG = [
    ("ypareo", "connection.url", "erp.example"),
    ("ypareo", "connection.url", ""),
    ("ypareo", "accounts", "0"),
    ("ypareo", "accounts", "many"),
    ("ypareo", "accounts.0.filters.siteCodes", " , "),
    ("ypareo", "schedule.down", "13:00-11:00"),
    ("ypareo", "schedule.down", "11:00"),
    ("ypareo", "schedule.down", "11:00-13:00, 12:00-14:00"),
    ("ypareo", "schedule.window_days", "91"),
    ("aurion", "options.favoriSeances", "abc"),
    ("adesoft", "accounts.0.options.rootType", "folder"),
    ("aimaira", "options.sendAttendance", "perhaps"),
]


@pytest.mark.parametrize(("erp", "key", "said"), WRONG)
def test_what_is_no_answer_changes_nothing(
    erp: str, key: str, said: str, answered: Answered
) -> None:
    setup = answered(erp)
    before = setup.text()
    with pytest.raises(NotAnAnswer):
        setup.answer(question(setup, key), said)
    assert setup.text() == before


def test_secrets_of_the_machine_are_for_its_people_alone(
    answered: Answered, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YPAREO_KEY", "sandbox-token")
    setup = answered("ypareo")
    setup.answer(question(setup, "connection.apiKey"), "${env:YPAREO_KEY}")
    assert setup.draft.get(("connection", "apiKey")) == "${env:YPAREO_KEY}"
    far = Setup(
        Tools(tools.project, tools.registry, tools.store, tools.moment), setup.draft, setup.spec
    )
    for key in ("connection.apiKey", "connection.username"):
        with pytest.raises(NotAnAnswer):
            far.answer(question(far, key), "${env:HOME}")


FILE = """\
# The school on the hill.
edusync: 1
connector: hugo
spec: ypareo
connection:
  url: "{url}"   # moved in 2025
  apiKey: in-clear
options: {{importTutors: true}}   # asked for by the school
accounts:
- name: main    # the only one
  edusign: {{base_url: "{edusign}", api_key: "${{env:EDUSIGN_KEY}}"}}
  filters:
    siteCodes: [Lille - 36]   # not Lyon
grace: 90s
"""


def test_a_file_that_is_there_is_changed_in_its_place(
    tools: Tools, project: Project, school: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSIGN_KEY", "sandbox-key")
    erp = school("ypareo")
    file = project.settings.connectors / "on-the-hill.yaml"
    text = FILE.format(url=erp.answers["connection"]["url"], edusign=erp.edusign)
    file.write_text(text, encoding="utf-8")
    setup = Setup.open(tools, "hugo")
    setup.answer(question(setup, "options.importTutors"), answer=False)
    setup.answer(question(setup, "schedule.window_days"), "10")
    assert setup.save() == file
    assert (
        file.read_text(encoding="utf-8")
        == text.replace("in-clear", "${file:../secrets/hugo/apiKey}").replace(
            "{importTutors: true} ", "{importTutors: false}"
        )
        + "schedule:\n  window_days: 10\n"
    )


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(
    answered: Answered, tools: Tools
) -> None:
    file = answered("ypareo").save()
    setup = Setup.open(tools, "hugo")
    setup.answer(question(setup, "schedule.window_days"), "10")
    file.write_text(file.read_text(encoding="utf-8") + "grace: 90s\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match="was changed since this setup began"):
        setup.save()
    assert "window_days" not in file.read_text(encoding="utf-8")


def test_a_new_password_waits_beside_the_one_that_runs_use(
    answered: Answered, tools: Tools, project: Project
) -> None:
    file = answered("ypareo").save()
    folder = project.file.parent / "secrets" / "hugo"
    setup = Setup.open(tools, "hugo")
    setup.answer(question(setup, "connection.apiKey"), "another-token")
    assert (folder / "apiKey").read_text(encoding="utf-8") == "sandbox-token\n"
    assert read(file)["connection"]["apiKey"] == "${file:../secrets/hugo/apiKey}"
    setup.save()
    assert read(file)["connection"]["apiKey"] == "${file:../secrets/hugo/apiKey-2}"
    assert sorted(path.name for path in folder.iterdir()) == ["apiKey-2", "main-api_key"]


def test_the_keyring_keeps_secrets_where_the_project_says_so(
    project: Project, registry: Registry, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring", reason="keyring is an extra")
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class Memory(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

    monkeypatch.setattr("keyring.core._keyring_backend", Memory())  # type: ignore[no-untyped-call]  # the library has no types
    assert keyring.get_password("edusync", "x") is None
    file = project.file
    text = file.read_text(encoding="utf-8").replace("secrets: files", "secrets: keyring")
    file.write_text(text, encoding="utf-8")
    from edusync.app.files.project import find_project

    found = find_project(file.parent)
    assert found is not None
    setup = Setup.open(Tools(found, registry, tools.store, tools.moment), "hugo", "ypareo")
    setup.answer(question(setup, "connection.apiKey"), "sandbox-token")
    assert setup.draft.get(("connection", "apiKey")) == "${keyring:edusync/hugo.apiKey}"
    assert kept == {("edusync", "hugo.apiKey"): "sandbox-token"}


@pytest.mark.fault("F33")
@pytest.mark.parametrize("name", ["", "../x", "a/b", "é"])
def test_a_name_that_cannot_be_one_is_refused(name: str, tools: Tools) -> None:
    with pytest.raises(UsageProblem):
        Setup.open(tools, name, "ypareo")


def test_a_draft_that_cannot_be_read_is_named(answered: Answered, tools: Tools) -> None:
    answered("ypareo")
    (Drafts(tools.project).folder / "hugo.json").write_text(json.dumps([1]), encoding="utf-8")
    with pytest.raises(UsageProblem, match="cannot be read"):
        Setup.open(tools, "hugo")


def test_another_erp_is_another_connector(answered: Answered, tools: Tools) -> None:
    answered("ypareo")
    with pytest.raises(UsageProblem, match="is a connector of 'ypareo'"):
        Setup.open(tools, "hugo", "ammon")
