"""Set a school up: which ERP, then the questions of its spec, a group a page."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.runs.moment import Moment
from edusync.app.setup.asked import Group
from edusync.app.setup.draft import GROUPS, NAME, Drafts
from edusync.app.setup.setup import Setup, Tools
from edusync.errors import EdusyncError, FilesInvalid, UsageProblem
from edusync.locale import gettext as _
from edusync.state.acts import note_act
from edusync.web.access import for_operators, visitor
from edusync.web.console import here
from edusync.web.setup_form import Form
from edusync.web.words import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from edusync.app.console.setups import Look
    from edusync.app.explaining.tried import Tried

PAGE = Blueprint("setup", __name__)
_OF = "/setup/<school>"
STAGES = (*GROUPS[:-1], "plan", GROUPS[-1])
"""The pages in their order: the plan is seen before the last one."""
_TRIED = {"connection", "accounts"}
"""The pages whose answers are tried at once."""


@PAGE.get("/setup")
@for_operators
def page() -> ResponseReturnValue:
    """Ask which school, and which ERP; list the setups that were left."""
    return _first()


@PAGE.post("/setup")
@for_operators
def begin() -> ResponseReturnValue:
    """Begin a setup, or say how an ERP is connected that is not known."""
    name, erp = (request.form.get(word, "").strip() for word in ("name", "erp"))
    tools = _tools()
    if erp == "other":
        software = request.form.get("software", "").strip()
        if not software:
            return _first(_("Write the name of the software."))
        line = f'edusync new {_plain(software)} --label "{software}"'
        return render_template("setup_other.html", software=software, command=line)
    if not NAME.match(name):
        return _first(_("letters, digits, '.', '-' and '_', such as lycee-hugo"))
    if erp not in tools.registry.connectors:
        return _first(_("Choose an ERP."))
    if Drafts(tools.project).file_of(name).is_file():
        return _first(_("There is a connector of this name."))
    try:
        setup = Setup.open(tools, name, erp)
    except UsageProblem as problem:
        return _first(f"{problem.message}. {problem.hint or ''}")
    setup.drafts.save(setup.draft)
    note_act(here().store, visitor().id, "setup", connector=name)
    return redirect(address("setup.group", school=name, stage=STAGES[0]))


@PAGE.get(_OF + "/<stage>")
@for_operators
def group(school: str, stage: str) -> ResponseReturnValue:
    """Ask the questions of a group, or show what both sides say."""
    setup = _setup(school, stage)
    if stage == "plan":
        return _plan(setup)
    if stage == "reasons":
        return _page(setup, stage, Form(setup, _reasons(setup)))
    return _page(setup, stage, Form(setup, _group(setup, stage)))


@PAGE.post(_OF + "/<stage>")
@for_operators
def answer(school: str, stage: str) -> ResponseReturnValue:
    """Take the answers of a page, and go on when nothing of it is open."""
    setup, console = _setup(school, stage), here()
    if request.form.get("do") == "again":
        console.setups.forget(setup)
        return redirect(address("setup.group", school=school, stage=stage))
    if stage == "plan":
        return _go_on(setup, stage)
    form = Form(setup, _reasons(setup) if stage == "reasons" else _group(setup, stage))
    form.take(request.form)
    if stage != "reasons":
        form.group = _group(setup, stage)  # an answer may have led to other questions
    if form.problems:
        return _page(setup, stage, form, 400)
    if form.has_more(request.form):
        return redirect(address("setup.group", school=school, stage=stage))
    setup.finish(stage)
    if request.form.get("do") == "save":
        return _saved(setup)
    if stage in _TRIED and not _let_in(setup, stage):
        return redirect(address("setup.group", school=school, stage=stage))
    return _go_on(setup, stage)


@PAGE.post(_OF + "/discard")
@for_operators
def discard(school: str) -> ResponseReturnValue:
    """Forget a setup, and the secrets that only it has."""
    setup = _setup(school, STAGES[0])
    setup.discard()
    here().setups.forget(setup)
    flash(_("The setup of {name} is forgotten.", name=school))
    return redirect(address("setup.page"))


# pages


def _first(problem: str | None = None) -> ResponseReturnValue:
    tools = _tools()
    known = {name: one.thing.label for name, one in tools.registry.connectors.items()}
    return render_template(
        "setup_first.html",
        erps=sorted(known.items(), key=lambda one: one[1].casefold()),
        drafts=Drafts(tools.project).names(),
        problem=problem,
        said=request.form,
        is_released=here().fleet.checkout is not None,
    ), 400 if problem else 200


def _page(setup: Setup, stage: str, form: Form, status: int = 200) -> ResponseReturnValue:
    tried, refused = _tried(setup, stage)
    return render_template(
        "setup.html",
        setup=setup,
        stage=stage,
        stages=_stages(setup),
        title=form.title,
        form=form,
        before=_beside(setup, stage, -1),
        tried=tried,
        refused=refused,
        missing=setup.missing(),
    ), status


def _plan(setup: Setup) -> ResponseReturnValue:
    look: Look | None = None
    error: EdusyncError | None = None
    missing = setup.missing()
    if not missing:
        try:
            look = here().setups.look(setup)
        except EdusyncError as problem:
            error = problem
    return render_template(
        "setup_plan.html",
        setup=setup,
        stage="plan",
        stages=_stages(setup),
        look=look,
        error=error,
        findings=error.diagnostics if isinstance(error, FilesInvalid) else (),
        missing=missing,
        before=_beside(setup, "plan", -1),
    )


def _saved(setup: Setup) -> ResponseReturnValue:
    if setup.missing():
        return redirect(address("setup.group", school=setup.draft.name, stage="plan"))
    try:
        starts = setup.starts()
        setup.save()
    except (UsageProblem, FilesInvalid) as problem:
        flash(f"{problem.message}. {problem.hint or ''}", "error")
        return redirect(address("setup.group", school=setup.draft.name, stage="schedule"))
    console = here()
    console.setups.forget(setup)
    console.fleet.calendars()
    note_act(console.store, visitor().id, "setup", connector=setup.draft.name)
    next_start = moment(starts[0][1])
    flash(_("{name} is set up. It runs {moment}.", name=setup.draft.name, moment=next_start))
    return redirect(address("connector.page", connector=setup.draft.name))


# what they show


def _tools() -> Tools:
    console = here()
    now = Moment(console.now())
    return Tools(console.fleet.project, console.fleet.registry, console.store, now)


def _setup(school: str, stage: str) -> Setup:
    """Return a setup that is under way, or that of a connector that is there; else 404."""
    tools = _tools()
    drafts = Drafts(tools.project)
    is_there = NAME.match(school) and (school in drafts.names() or drafts.file_of(school).is_file())
    if not is_there or stage not in STAGES or here().fleet.checkout is not None:
        abort(404)
    return Setup.open(tools, school)


def _group(setup: Setup, stage: str) -> Group:
    found = (one for one in setup.groups() if one.name == stage)
    return next(found, Group(stage, _("Options"), ()))


def _reasons(setup: Setup) -> Group:
    try:
        found = [] if setup.missing() else here().setups.reasons(setup)
    except EdusyncError:
        found = []
    return Group("reasons", _("Reasons of absences"), found or ())


def _stages(setup: Setup) -> list[tuple[str, str, bool]]:
    titles = {one.name: one.title for one in setup.groups()}
    titles |= {"reasons": _("Reasons of absences"), "plan": _("What a first run would do")}
    return [(one, titles[one], one in setup.draft.done) for one in STAGES if one in titles]


def _beside(setup: Setup, stage: str, by: int) -> str | None:
    """Return the page before or after one, None at an end."""
    names = [name for name, _title, _done in _stages(setup)]
    at = names.index(stage) + by if stage in names else 0
    return names[at] if 0 <= at < len(names) else None


def _go_on(setup: Setup, stage: str) -> ResponseReturnValue:
    after = _beside(setup, stage, 1) or "plan"
    return redirect(address("setup.group", school=setup.draft.name, stage=after))


def _tried(setup: Setup, stage: str) -> tuple[Sequence[Tried] | None, EdusyncError | None]:
    """Return what a side says of the answers of a page that were all given."""
    if stage not in _TRIED or stage not in setup.draft.done:
        return (), None
    ask = here().setups.connection if stage == "connection" else here().setups.accounts
    try:
        return ask(setup), None
    except EdusyncError as error:
        return (), error


def _let_in(setup: Setup, stage: str) -> bool:
    tried, refused = _tried(setup, stage)
    if tried and refused is None and all(one.works for one in tried):
        for one in tried:
            account = f"{one.account}: " if one.account else ""
            flash(f"{account}{one.what}: {one.words}")
        return True
    return request.form.get("do") == "anyway"


def _plain(software: str) -> str:
    """Return what a spec of a software may be called."""
    text = unicodedata.normalize("NFKD", software).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-").lstrip("0123456789-") or "erp"
