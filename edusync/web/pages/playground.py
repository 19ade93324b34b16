"""The playground: a spec on the left, what comes of recorded or pasted answers beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as address

from edusync.app.console.playground import Typed
from edusync.app.console.workshop import FIRST, NotSaved, digest_of
from edusync.locale import gettext as _
from edusync.locale import spoken
from edusync.state.acts import note_act
from edusync.web.access import for_operators, visitor
from edusync.web.asked import takes_long_texts
from edusync.web.console import here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from edusync.app.console.workshop import Opened

PAGE = Blueprint("playground", __name__)
_TEXTS = ("text", "case_text", "answers")
_PARTS = (
    *("stopped_by", "stopped", "missing", "answers", "percent"),
    *("sheets", "events", "up", "items", "lists", "lines"),
)
"""What may come of a spec, each as far as it comes."""


@PAGE.get("/playground")
@for_operators
def page() -> ResponseReturnValue:
    """Open a spec with one of its cases, or one to begin with; nothing is played yet."""
    workshop, name = here().workshop, request.args.get("spec", "")
    opened = workshop.spec(name) if name else None
    if name and opened is None:
        abort(404)
    if opened is None:
        texts = {
            "text": workshop.first("spec"),
            "case_text": workshop.first("case"),
            "answers": workshop.first("exchanges"),
        }
        return _page(opened, texts, "", None)
    cases = workshop.cases(opened)
    case = request.args.get("case", next(iter(cases), ""))
    if case and case not in cases:
        abort(404)
    return _page(opened, {"text": opened.text, "case_text": "", "answers": ""}, case, None)


@PAGE.post("/playground")
@for_operators
@takes_long_texts
def play() -> ResponseReturnValue:
    """Play what was typed: the whole page, or only what comes of it where `part` says so."""
    texts, wish = _texts(), request.form.get("do", "look")
    opened, case = _opened(), request.form.get("case", "")
    if wish == "add":
        texts["answers"] = _added(texts["answers"])
    if wish == "save":
        return _saved(opened, texts, case)
    played = _played(opened, texts, case)
    if request.form.get("part"):
        return render_template("playground_shown.html", shown=played, text=texts["text"])
    return _page(opened, texts, case, played)


def _texts() -> dict[str, str]:
    return {name: request.form.get(name, "").replace("\r\n", "\n") for name in _TEXTS}


def _opened() -> Opened | None:
    """Return the spec that the form began with, None for one that nobody saved yet."""
    name = request.form.get("spec", "")
    return here().workshop.spec(name) if name else None


def _played(
    opened: Opened | None, texts: Mapping[str, str], case: str, *, keep: bool = False
) -> Mapping[str, Any]:
    workshop = here().workshop
    folder = workshop.cases(opened).get(case) if opened and case else None
    file = opened.file if opened else workshop.folder / f"{FIRST}.yaml"
    typed = Typed(
        texts["text"],
        str(file.absolute()),
        str(folder or ""),
        texts["case_text"],
        texts["answers"],
        tuple(str(one.absolute()) for one in workshop.readable()),
        spoken(),
        keep,
    )
    return dict.fromkeys(_PARTS) | here().playground.play(typed)


def _page(
    opened: Opened | None,
    texts: Mapping[str, str],
    case: str,
    shown: Mapping[str, Any] | None,
    problem: str | None = None,
) -> ResponseReturnValue:
    workshop = here().workshop
    began = request.form.get("opened") or digest_of(opened.text if opened else "")
    return render_template(
        "playground.html",
        specs=workshop.names(),
        cases=list(workshop.cases(opened)) if opened else [],
        opened=opened,
        began=began,
        case=case,
        texts=texts,
        shown=shown,
        text=texts["text"],
        problem=problem,
        typed=request.form,
        name=request.form.get("name") or (opened.name if opened and opened.is_own else ""),
        is_released=here().fleet.checkout is not None,
    ), 400 if problem else 200


def _added(answers: str) -> str:
    """Return the pasted answers with one more: what the ERP answers to the request that lacks one.

    JSON is an answer of JSON, anything else a text.
    """
    request_line, body = (
        request.form.get("asked", ""),
        request.form.get("body", "").replace("\r\n", "\n"),
    )
    try:
        answer = {"json": json.loads(body)}
    except ValueError:
        answer = {"text": body}
    parts = f"- request: {request_line}\n  answer: {json.dumps(answer, ensure_ascii=False)}\n"
    return f"{answers.rstrip()}\n{parts}".lstrip()


def _saved(opened: Opened | None, texts: Mapping[str, str], case: str) -> ResponseReturnValue:
    """Write the spec, and a case where it is named; else the page says why not."""
    console, name = here(), request.form.get("name", "").strip()
    new_case = request.form.get("new_case", "").strip()
    if console.fleet.checkout is not None:
        abort(404)
    played = _played(opened, texts, case, keep=True)
    began = request.form.get("opened", "") if opened and opened.name == name else ""
    problem = None
    if played.get("connector") is None:
        problem = _("The spec has mistakes: correct them first.")
    elif played["connector"] != name:
        declared = played["connector"]
        problem = _(
            "The spec says `connector: {said}`: write {name} there, too.", said=declared, name=name
        )
    elif new_case and played["stopped"]:
        problem = _("The case does not play to its end: {why}", why=played["stopped"])
    else:
        try:
            console.workshop.save(name, texts["text"], began, (new_case, played.get("files") or {}))
        except NotSaved as why:
            problem = str(why)
    if problem is not None:
        return _page(opened, texts, case, played, problem)
    note_act(console.store, visitor().id, "spec", detail=name)
    flash(_("{name} is saved.", name=name))
    return redirect(address("playground.page", spec=name, case=new_case or None))
