"""A school is set up in the console: the pages, without a script, for every ERP."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from edusync.app.console.setups import HOLDS, Setups
from edusync.app.explaining.tried import Tried
from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.setup.pasted import as_entries, in_text
from edusync.app.setup.prompt import Prompt
from edusync.app.setup.setup import Setup, Tools
from edusync.registry import Registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from tests.conftest import DAY
from tests.setup.conftest import ERPS
from tests.setup.school import School
from tests.web.conftest import Site, Visit

ASKED = re.compile(r'name="asked" value="([^"]+)"')


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def school_of(erp: str, registry: Registry, stack: ExitStack) -> School:
    edusign = stack.enter_context(serving(create_app(per_minute=1_000_000)))
    simulation: Any = registry.simulators[erp].thing.start(DAY)
    url = stack.enter_context(serving(simulation.door()))
    return School(erp, simulation.answers(url), edusign)


def opened_with(site: Site) -> Tools:
    console = site.console
    return Tools(console.fleet.project, site.registry, site.store, Moment(console.now()))


def opened(site: Site) -> Setup:
    return Setup.open(opened_with(site), "zola")


def question(setup: Setup, key: str) -> Prompt:
    return next(one for group in setup.groups() for one in group.questions if one.key == key)


def filled(site: Site, school: School, stage: str) -> dict[str, Any]:
    """Return the form of a page as the school fills it in."""
    groups = {group.name: group.questions for group in opened(site).groups()}
    questions = groups.get(stage, ())
    form: dict[str, Any] = {"asked": [one.key for one in questions]}
    for asked in questions:
        said = school.says(asked)
        if asked.kind in {"gate", "boolean"}:
            form[asked.key] = "yes" if said else "no"
        elif asked.kind in {"entries", "pairs"}:
            form[asked.key] = as_entries(said)
        elif asked.kind != "secret" or said:
            form[asked.key] = in_text(asked.value if said is None else said)
    return form


@pytest.mark.parametrize("erp", ERPS)
def test_a_school_is_set_up_page_by_page(
    erp: str, site: Site, operator: Visit, registry: Registry, stack: ExitStack
) -> None:
    school = school_of(erp, registry, stack)
    assert "zola" not in site.fleet.known()
    here = operator.post("/setup", name="zola", erp=erp).location
    for _ in range(20):
        page = operator.get(here)
        assert page.status_code == 200
        stage = here.rpartition("/")[2]
        if stage == "schedule":
            break
        form = {} if stage == "plan" else filled(site, school, stage)
        if stage == "reasons":
            form = {"asked": ASKED.findall(page.text)}
        answer = operator.post(here, **form)
        assert answer.status_code == 302, answer.text
        here = answer.location.partition("#")[0]
    form = filled(site, school, "schedule")
    answer = operator.post(here, **form, do="save")
    assert answer.location == "/connectors/zola/"
    file = site.folder / "connectors" / "zola.yaml"
    assert load_instance(file, registry).warnings == ()
    assert operator.get("/connectors/zola/").status_code == 200


def test_an_answer_that_leads_to_more_shows_it_beside_what_is_wrong(
    site: Site, operator: Visit
) -> None:
    here = operator.post("/setup", name="zola", erp="hyperplanning").location
    form = filled_with(site, {"gates.connection.url": "yes"})
    page = operator.post(here, **form)
    assert page.status_code == 400
    assert 'name="connection.url"' in page.text
    assert "an answer is needed here" in page.text


def test_a_secret_of_the_machine_is_not_taken_from_a_browser(site: Site, operator: Visit) -> None:
    here = operator.post("/setup", name="zola", erp="ypareo").location
    form = filled_with(site, {"connection.apiKey": "${env:HOME}"})
    page = operator.post(here, **form)
    assert "write the value itself" in page.text


def filled_with(site: Site, said: dict[str, str]) -> dict[str, Any]:
    """Return the first page with these answers and no others."""
    return {"asked": [one.key for one in opened(site).groups()[0].questions], **said}


def test_what_was_left_can_be_gone_on_with_and_forgotten(site: Site, operator: Visit) -> None:
    operator.post("/setup", name="zola", erp="ypareo")
    assert 'href="/setup/zola"' in operator.get("/setup").text
    assert operator.get("/setup/zola").location == "/setup/zola/connection"
    assert operator.post("/setup/zola/discard").location == "/setup"
    assert operator.get("/setup/zola/connection").status_code == 404


def test_another_software_leads_to_a_spec_of_its_own(operator: Visit) -> None:
    page = operator.post("/setup", erp="other", software="École <b>Facile").text
    assert "edusync new ecole-b-facile" in page
    assert "<b>" not in page


def test_a_command_to_copy_runs_nothing_else(operator: Visit) -> None:
    page = unescape(operator.post("/setup", erp="other", software='a"; rm -rf $(x) #').text)
    assert """edusync new a-rm-rf-x --label 'a"; rm -rf $(x) #'""" in page


def answered(site: Site, school: School) -> Setup:
    """Return a setup of Yparéo in which every question is answered, as somebody left it."""
    setup = Setup.open(opened_with(site), "zola", school.erp)
    for _ in school.go_through(setup):
        pass
    return setup


def test_reasons_that_cannot_be_read_are_not_passed_over(
    site: Site, operator: Visit, registry: Registry, stack: ExitStack
) -> None:
    school = school_of("ypareo", registry, stack)
    setup = answered(site, school)
    key = question(setup, "connection.apiKey")
    setup.answer(key, "wrong")
    page = operator.get("/setup/zola/reasons").text
    assert "Nothing is to be asked here" not in page
    assert "could not be read" in page
    operator.post("/setup/zola/reasons")
    assert "reasons" not in opened(site).draft.done
    setup.answer(key, "sandbox-token")
    shown = ASKED.findall(operator.get("/setup/zola/reasons").text)
    operator.post("/setup/zola/reasons", asked=shown)
    assert "reasons" in opened(site).draft.done


def test_a_side_that_refused_is_tried_again_without_other_answers(
    site: Site, operator: Visit, registry: Registry, stack: ExitStack
) -> None:
    school = school_of("ypareo", registry, stack)
    answered(site, school)
    tries = []
    real = Setup.try_erp

    def refuse(setup: Setup) -> Tried:
        tries.append(setup.draft.name)
        return replace(real(setup), works=len(tries) > 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Setup, "try_erp", refuse)
        form = filled(site, school, "connection")
        assert operator.post("/setup/zola/connection", **form).location == "/setup/zola/connection"
        assert "Go on all the same" in operator.get("/setup/zola/connection").text
        assert operator.post("/setup/zola/connection", **form).location == "/setup/zola/accounts"
    assert len(tries) == 2


def test_one_account_of_two_that_is_refused_can_wait(
    site: Site, operator: Visit, registry: Registry, stack: ExitStack
) -> None:
    school = school_of("ypareo", registry, stack)
    setup = answered(site, school)
    setup.answer(question(setup, "accounts"), "2")
    setup.answer(question(setup, "accounts.1.edusign.api_key"), "wrong")
    setup.answer(question(setup, "accounts.1.edusign.base_url"), school.edusign)
    setup.finish("accounts")
    page = operator.get("/setup/zola/accounts").text
    assert ("is-ok" in page, "is-bad" in page) == (True, True)
    assert "Go on all the same" in page
    form = filled(site, school, "accounts") | {"accounts": "2"}
    answer = operator.post("/setup/zola/accounts", **form, do="anyway")
    assert answer.location == "/setup/zola/scope"


def test_looking_writes_nothing_and_a_button_begins_a_change(site: Site, operator: Visit) -> None:
    file = site.folder / "connectors" / "hugo.yaml"
    data = json.loads(file.read_text(encoding="utf-8"))
    data["connection"]["apiKey"] = "in-clear"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert operator.get("/setup/hugo/connection").status_code == 404
    assert 'action="/connectors/hugo/setup"' in operator.get("/connectors/hugo/").text
    assert not (site.folder / "secrets").exists()
    assert operator.post("/connectors/hugo/setup").location == "/setup/hugo/connection"
    for _ in range(3):
        assert operator.get("/setup/hugo/connection").status_code == 200
    kept = [path.name for path in (site.folder / "secrets" / "hugo").iterdir()]
    assert kept == ["apiKey"]
    operator.post("/setup/hugo/discard")
    assert not (site.folder / "secrets" / "hugo").exists()
    assert json.loads(file.read_text(encoding="utf-8")) == data


def test_a_file_with_mistakes_is_corrected_first(site: Site, operator: Visit) -> None:
    file = site.folder / "connectors" / "hugo.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("grace", "grase"), encoding="utf-8")
    page = operator.client.post(
        "/connectors/hugo/setup", data={"csrf_token": operator.token()}, follow_redirects=True
    ).text
    assert "correct them first" in page


def test_nothing_is_chosen_before_somebody_chooses(
    site: Site, operator: Visit, registry: Registry, stack: ExitStack
) -> None:
    """A list of the ERP behind a question that needs an answer begins with none of them."""
    setup = answered(site, school_of("fca", registry, stack))
    asked = question(setup, "options.defaultAbsenceReason")
    setup.draft.put(asked.route, None)
    setup.drafts.save(setup.draft)
    page = operator.get("/setup/zola/options").text
    select = page.split('name="options.defaultAbsenceReason">')[1].split("</select>")[0]
    first = select.split("</option>")[0]
    assert 'value=""' in first
    assert " selected" not in select


def test_what_both_sides_said_holds_for_some_minutes(
    site: Site, registry: Registry, stack: ExitStack
) -> None:
    setup = answered(site, school_of("ypareo", registry, stack))
    now = [0.0]
    setups = Setups(lambda: now[0])
    first = setups.look(setup)
    assert setups.look(setup) is first
    now[0] += HOLDS + 1
    assert setups.look(setup) is not first
    setups.close()
