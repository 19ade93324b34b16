"""A school is set up in the console: the pages, without a script, for every ERP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.downward import Moment
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
        stage = here.partition("#")[0].rpartition("/")[2]
        if stage == "schedule":
            break
        form = {} if stage == "plan" else filled(site, school, stage)
        if stage == "reasons":
            form = {"asked": ASKED.findall(page.text)}
        answer = operator.post(here.partition("#")[0], **form)
        assert answer.status_code == 302, answer.text
        here = answer.location
    form = filled(site, school, "schedule")
    answer = operator.post(here, **form, do="save")
    assert answer.location == "/connectors/zola/"
    file = site.folder / "connectors" / "zola.yaml"
    assert load_instance(file, registry).warnings == ()
    assert operator.get("/connectors/zola/").status_code == 200
