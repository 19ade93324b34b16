"""A school is set up in the console: the pages, without a script, for every ERP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.setup.pasted import as_entries, in_text
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


def opened(site: Site) -> Setup:
    console = site.console
    tools = Tools(console.fleet.project, site.registry, site.store, Moment(console.now()))
    return Setup.open(tools, "zola")


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
        here = answer.location
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
    assert 'href="/setup/zola/connection"' in operator.get("/setup").text
    assert operator.post("/setup/zola/discard").location == "/setup"
    assert operator.get("/setup/zola/connection").status_code == 404


def test_another_software_leads_to_a_spec_of_its_own(operator: Visit) -> None:
    page = operator.post("/setup", erp="other", software="École <b>Facile").text
    assert "edusync new ecole-b-facile" in page
    assert "<b>" not in page
