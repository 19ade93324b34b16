"""Set a school up: which ERP, then the questions of its spec, a group a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.runs.moment import Moment
from edusync.app.setup.draft import NAME, Drafts
from edusync.app.setup.other import new_command
from edusync.app.setup.prompt import Group
from edusync.app.setup.setup import Setup, Tools
from edusync.errors import EdusyncError, FilesInvalid, UsageProblem
from edusync.locale import gettext as _
from edusync.state.acts import note_act
from edusync.web.access import for_operators, visitor
from edusync.web.asked import takes_long_texts
from edusync.web.console import here
from edusync.web.setup_form import Form, field_id
from edusync.web.setup_steps import STAGES, beside, steps, where_left
from edusync.web.words import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from edusync.app.console.setups import Look
    from edusync.app.explaining.tried import Tried
    from edusync.app.setup.prompt import Prompt

PAGE = Blueprint("setup", __name__)
_OF = "/setup/<school>"
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
        return _other(request.form.get("software", "").strip())
    if not NAME.match(name):
        return _first(_("Name it with letters, digits, '.', '-' and '_', such as lycee-hugo."))
    if erp not in tools.registry.connectors:
        return _first(_("Choose an ERP."))
    if Drafts(tools.project).file_of(name).is_file():
        return _first(_("There is a connector of this name. Its answers are changed on its page."))
    try:
        setup = Setup.open(tools, name, erp)
    except UsageProblem as problem:
        return _first(f"{problem.message}. {problem.hint or ''}")
    setup.drafts.save(setup.draft)
    return _to(setup, where_left(setup))


@PAGE.post("/connectors/<connector>/setup")
@for_operators
def change(connector: str) -> ResponseReturnValue:
    """Begin to change the answers of a connector, or go on with it."""
    try:
        setup = Setup.open(_tools(), connector)
    except FilesInvalid:
        flash(_("The connector file has mistakes: correct them first."), "error")
        return redirect(address("connector.page", connector=connector))
    setup.drafts.save(setup.draft)
    return _to(setup, where_left(setup))


@PAGE.get(_OF)
@for_operators
def left(school: str) -> ResponseReturnValue:
    """Go on where a setup was left."""
    setup = _setup(school, STAGES[0])
    return _to(setup, where_left(setup))


@PAGE.get(_OF + "/<stage>")
@for_operators
def group(school: str, stage: str) -> ResponseReturnValue:
    """Ask the questions of a group, or show what both sides say."""
    setup = _setup(school, stage)
    return _plan(setup) if stage == "plan" else _page(setup, stage, _form(setup, stage))


@PAGE.post(_OF + "/<stage>")
@for_operators
@takes_long_texts
def answer(school: str, stage: str) -> ResponseReturnValue:
    """Take the answers of a page, and go on when nothing of it is open."""
    setup, wish = _setup(school, stage), request.form.get("do")
    if wish == "again":
        here().setups.forget(setup)
        return _to(setup, stage)
    if stage == "plan":
        setup.finish(stage)
        return _go_on(setup, stage)
    form = _form(setup, stage)
    form.take(request.form)
    if stage != "reasons":
        form.group = _group(setup, stage)  # an answer may have led to other questions
    if form.problems:
        return _page(setup, stage, form, 400)
    more = form.first_new(request.form)
    if more is not None:
        return _to(setup, stage, f"{field_id(more)}-asked")
    if form.is_whole:
        setup.finish(stage)
    if wish == "save":
        return _saved(setup)
    if stage in _TRIED and not _let_in(setup, stage):
        return _to(setup, stage)
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
        typed=request.form,
    ), 400 if problem else 200


def _other(software: str) -> ResponseReturnValue:
    """Say how an ERP is connected that has no spec."""
    if not software:
        return _first(_("Write the name of the software."))
    return render_template("setup_other.html", software=software, command=new_command(software))


def _page(setup: Setup, stage: str, form: Form, status: int = 200) -> ResponseReturnValue:
    tried, refused = _tried(setup, stage)
    return render_template(
        "setup.html",
        setup=setup,
        stage=stage,
        steps=steps(setup),
        form=form,
        before=beside(setup, stage, -1),
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
        steps=steps(setup),
        look=look,
        error=error,
        findings=error.diagnostics if isinstance(error, FilesInvalid) else (),
        missing=missing,
        before=beside(setup, "plan", -1),
    )


def _saved(setup: Setup) -> ResponseReturnValue:
    if setup.missing():
        return _to(setup, "plan")
    try:
        starts = setup.starts()
        setup.save()
    except FilesInvalid:
        return _to(setup, "plan")  # which says what is wrong
    except UsageProblem as problem:
        flash(f"{problem.message}. {problem.hint or ''}", "error")
        return _to(setup, "schedule")
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
    fleet = console.fleet
    if fleet.checkout is not None:
        fleet.look("")  # for the release that is in force by now
    return Tools(fleet.project, fleet.registry, console.store, now, by=visitor().id)


def _setup(school: str, stage: str) -> Setup:
    """Return a setup that is under way; else 404."""
    tools = _tools()
    is_there = school in Drafts(tools.project).names()
    if not is_there or stage not in STAGES:
        abort(404)
    return Setup.open(tools, school)


def _form(setup: Setup, stage: str) -> Form:
    if stage != "reasons":
        return Form(setup, _group(setup, stage))
    title, error = _("Reasons of absences"), None
    questions: Sequence[Prompt] | None = ()
    if not setup.missing():
        try:
            questions = here().setups.reasons(setup)
        except EdusyncError as problem:
            error = problem
    return Form(
        setup, Group(stage, title, questions or ()), is_reading=questions is None, unreadable=error
    )


def _group(setup: Setup, stage: str) -> Group:
    groups = (one for one in setup.groups() if one.name == stage)
    return next(groups, Group(stage, _("Options"), ()))


def _to(setup: Setup, stage: str, place: str | None = None) -> ResponseReturnValue:
    return redirect(address("setup.group", school=setup.draft.name, stage=stage, _anchor=place))


def _go_on(setup: Setup, stage: str) -> ResponseReturnValue:
    return _to(setup, beside(setup, stage, 1) or "plan")


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
    """Whether a page may be left: its side lets us in, or somebody goes on all the same."""
    if request.form.get("do") == "anyway":
        return True
    here().setups.forget_failed(setup, stage)
    tried, refused = _tried(setup, stage)
    if not tried or refused is not None or any(one.works is False for one in tried):
        return False
    for one in tried:
        account = f"{one.account}: " if one.account else ""
        flash(f"{account}{one.what}: {one.words}")
    return True
