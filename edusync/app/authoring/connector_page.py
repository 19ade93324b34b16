"""The page of a connector, made from its spec.

What is asked, what goes down and up, why something stays away, what is assumed.

Between two markers in a page of one's own it is kept up to date by `edusync docs --into PAGE`; what
stands around them is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.codes import get_code
from edusync.codes.own import PREFIX
from edusync.spec.tree import (
    STATES,
    AllOf,
    Composite,
    Constant,
    EdusignId,
    FirstOf,
    FunctionValue,
    Later,
    LookUp,
    Moment,
    PathValue,
    TemplateValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.spec.tree import Drop, Entity, Question, Spec, StateRule, Value, Writeback

BEGIN = "<!-- made by `edusync docs`: begin -->"
END = "<!-- made by `edusync docs`: end -->"

_EDUSIGN = {
    "student": "student",
    "professor": "professor",
    "group": "group",
    "classroom": "room",
    "course": "sheet",
    "external": "tutor",
    "attendance": "attendance, read back",
}
_ON_EDUSIGN = {
    "present": "present",
    "absent": "absent",
    "absent_justified": "absent, justified",
    "late": "late",
    "excluded": "excluded",
    "early_departure": "left early",
}


def connector_page(spec: Spec, lang: str = "en") -> str:
    """Return the page in Markdown; labels are in `lang`, en or fr."""
    lines = [
        f"# {spec.label}",
        "",
        (
            f"Connector `{spec.connector}`, over {spec.transport.kind}. It looks "
            f"{spec.schedule.window_days} days ahead and runs at {spec.schedule.runs}, "
            f"{spec.clock}{_goes_up(spec)}."
        ),
        "",
    ]
    for title, questions in (
        ("What you are asked", spec.connection),
        ("Options", spec.options),
        ("Filters", spec.filters),
    ):
        if questions:
            lines += [
                f"## {title}",
                "",
                "| key | meaning | takes |",
                "| --- | --- | --- |",
                *(_question(question, lang) for question in questions.values()),
                "",
            ]
    lines += [
        "## What goes down",
        "",
        "| Edusign | from the list | fields |",
        "| --- | --- | --- |",
        *(_entity(entity) for entity in spec.entities.values()),
        "",
    ]
    reasons = list(_reasons(spec))
    if reasons:
        lines += [
            (
                "Left out, beside what every connector leaves out (no valid professor, no valid "
                "student, outside the window):"
            ),
            "",
            *reasons,
            "",
        ]
    lines += [
        "## What goes up",
        "",
        *(_upward(spec.writeback) if spec.writeback else ["Nothing: this ERP has no way up."]),
        "",
    ]
    if spec.assumed:
        lines += [
            "## What is assumed",
            "",
            "Taken for granted without evidence; to be confirmed with the ERP.",
            "",
            *(f"- {words}" for words, _ in spec.assumed),
            "",
        ]
    return "\n".join(lines)


def within(page: str, spec: Spec, lang: str = "en") -> str:
    """Return a page with what stands between its markers made anew.

    A page without markers gets them at its end.
    """
    section = connector_page(spec, lang).partition("\n")[2].replace("\n## ", "\n### ").strip()
    block = f"{BEGIN}\n\n{section}\n\n{END}"
    before, begin, rest = page.partition(BEGIN)
    if not begin:
        return f"{page.rstrip()}\n\n## Key by key\n\n{block}\n"
    return f"{before}{block}{rest.partition(END)[2]}"


def _goes_up(spec: Spec) -> str:
    return f"; attendance goes up {spec.schedule.goes_up}" if spec.writeback else ""


def _question(question: Question, lang: str) -> str:
    when = question.asked_when
    notes = [
        *(["one for each account"] if question.per_account else []),
        *([f"asked only when `{when.source}`"] if when is not None else []),
        *(["may be left empty"] if question.optional else []),
        *([f"one of {', '.join(question.choices_in(lang, '`'))}"] if question.values else []),
        *([f"default `{question.shown_default}`"] if question.default is not None else []),
        *([f"offered from {_offered(question)}"] if question.offer else []),
        *([f"such as `{question.shown_example}`"] if question.example is not None else []),
    ]
    gate = f"{getattr(question.gate, lang)} " if question.gate else ""
    meaning = (
        gate
        + getattr(question.label, lang)
        + (f". {getattr(question.help, lang)}" if question.help else "")
    )
    return f"| `{question.name}` | {_cell(meaning)} | {_cell('; '.join([question.kind, *notes]))} |"


def _offered(question: Question) -> str:
    return ", ".join(
        f"`{one.resource}` by `{one.on.source}`" + (f" (`{one.label.source}`)" if one.label else "")
        for one in question.offer
    )


def _entity(entity: Entity) -> str:
    key = "student" if entity.kind == "attendance" else "source_id"
    fields = ", ".join(
        f"{name} ← {_source(value)}" for name, value in entity.fields.items() if name != key
    )
    return (
        f"| {_EDUSIGN[entity.kind]} | `{entity.source}` by {_source(entity.fields[key])} "
        f"| {_cell(fields)} |"
    )


def _source(value: Value) -> str:
    """Say in a few words where a value comes from."""
    match value:
        case PathValue(path):
            text = f"`{path.source}`"
        case Composite(parts):
            text = " / ".join(_source(part) for part in parts)
        case FirstOf(parts):
            text = ", else ".join(_source(part) for part in parts)
        case AllOf(parts):
            text = " and ".join(_source(part) for part in parts)
        case LookUp(list=name):
            text = f"the list `{name}`"
        case Moment(first, second) | Later(first, second):
            text = f"{_source(first)} + {_source(second)}"
        case Constant(constant):
            text = f"always `{constant}`"
        case FunctionValue(function):
            text = f"the function `{function}`"
        case TemplateValue(template) | EdusignId(template):
            text = f"`{template.source}`"
        case _:
            raise TypeError(type(value).__name__)
    return text + (f" when `{value.when.source}`" if value.when else "")


def _reasons(spec: Spec) -> Iterator[str]:
    for resource in spec.resources.values():
        for drop in resource.drop:
            if drop.code.startswith(("DOWN_", PREFIX)):
                yield f"- rows of `{resource.name}` {_when(drop)}"
        for by in resource.filter_by:
            yield f"- rows of `{resource.name}` that the filter `{by.name}` does not name"
    for entity in spec.entities.values():
        yield from (f"- a {_EDUSIGN[entity.kind]} {_when(drop)}" for drop in entity.drop)


def _when(drop: Drop) -> str:
    """Say under which condition something is left out, and what that means."""
    return f"when `{drop.test.source}`: {get_code(drop.code).meaning} (`{drop.code}`)"


def _upward(writeback: Writeback) -> Iterator[str]:
    who = " and ".join(f"{role}s" for role in writeback.lines)
    need = f", when `{writeback.needs.source}`" if writeback.needs else ""
    reads, writes = (
        [step for step in writeback.steps if not step.writes],
        [step for step in writeback.steps if step.writes],
    )
    yield from (
        f"For {who}{need}, from archived sheets: {len(writes)} "
        f"kind{'s' if len(writes) != 1 else ''} of write"
        + (f", {len(reads)} of reading" if reads else "")
        + ".",
        "",
    )
    yield from ("| state | goes up as |", "| --- | --- |")
    for state in STATES:
        yield f"| {_ON_EDUSIGN[state]} | {_cell(_state(writeback.states, state))} |"
    for drop in writeback.hold:
        yield from ("", f"Held back {_when(drop)}")
    if writeback.reasons:
        yield from (
            "",
            (
                "The reasons of justified absences come from the list "
                f"`{writeback.reasons.source}`, by "
                "exact label or id."
            ),
        )


def _state(states: Mapping[str, StateRule], state: str) -> str:
    rule = states[state]
    other = f"as {_ON_EDUSIGN[rule.instead]}" if rule.instead else "not at all"
    if rule.skip:
        return "nothing is sent"
    if rule.needs is not None:
        return f"itself when `{rule.needs.source}`, else {other}"
    return other if rule.instead else "itself"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
