"""Build the whole spec from a document that passed its schema."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.codes.own import declare
from edusync.spec.build.builder import Builder
from edusync.spec.build.lists import build_ignore, build_resource
from edusync.spec.build.questions import build_questions
from edusync.spec.build.reader import read_node, read_several
from edusync.spec.build.schedule import build_schedule
from edusync.spec.build.transport import build_transport
from edusync.spec.build.upward import build_writeback
from edusync.spec.build.values import build_value
from edusync.spec.formats import READY_MADE, BadFormat, Format, build_format
from edusync.spec.formats.moment import named_zone
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.scopes import OF_SHEET, ROW, RUN
from edusync.spec.texts import Language
from edusync.spec.tree import Adopt, Drop, Entity, OwnCode, Rules, Spec
from edusync.spec.tree.entity import ENTITIES, OF_SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Route
    from edusync.spec.document import Document


def build_spec(
    document: Document,
    text: str,
    functions: Mapping[str, Callable[..., Any]],
    zone: ZoneInfo | None = None,
) -> tuple[Spec, Builder]:
    """Build a spec; what cannot be compiled is among the findings of the document.

    `zone` is that of the school, where its connector file names one.
    """
    builder = Builder(document, functions=functions)
    data = document.data
    zone = zone or _zone(builder)
    builder.language = Language(_formats(builder, zone), str(zone))
    _check_sessions(builder)
    codes = _codes(builder)
    spec = Spec(
        connector=data["connector"],
        label=data["label"],
        file=document.file,
        digest=sha256(text.encode()).hexdigest()[:16],
        zone=str(zone),
        namespace=builder.optional_payload(("namespace",), RUN),
        connection=build_questions(builder, "connection"),
        options=build_questions(builder, "options"),
        filters=build_questions(builder, "filters"),
        schedule=build_schedule(document, "SPEC_BAD_SCHEDULE"),
        transport=build_transport(builder),
        formats=builder.language.formats,
        codes=codes,
        resources={name: build_resource(builder, name) for name in data["resources"]},
        entities={kind: _entity(builder, kind) for kind in data["entities"]},
        rules=_rules(builder),
        writeback=build_writeback(builder),
        assumed_formats=tuple(
            (options["assumed"], builder.at(("formats", name)))
            for name, options in (data.get("formats") or {}).items()
            if "assumed" in options
        ),
    )
    return spec, builder


def _check_sessions(builder: Builder) -> None:
    """Report a spec without sessions that brings nobody, or whose attendance would go up."""
    if "course" in builder.get(("entities",)):
        return
    rule = (builder.get(("rules",)) or {}).get("people_without_sheet")
    if rule != "create":
        builder.document.report(
            "SPEC_MISSING_KEY",
            ("entities",),
            "no 'course' in 'entities', and nobody comes down without a sheet",
            "add 'course: …', or say 'rules: {people_without_sheet: create}' for a roster",
            key=True,
        )
    if isinstance(builder.get(("writeback",)), dict):
        builder.document.report(
            "SPEC_MISSING_KEY",
            ("writeback",),
            "attendance goes up from sheets, and there is no 'course' in 'entities'",
            "add 'course: …', or say 'writeback: none'",
            key=True,
        )


def _zone(builder: Builder) -> ZoneInfo:
    try:
        return named_zone(str(builder.get(("zone",)) or "Europe/Paris"))
    except BadFormat as error:
        builder.document.report(
            "SPEC_WRONG_VALUE", ("zone",), str(error), "write a name such as Europe/Paris"
        )
        return ZoneInfo("Europe/Paris")


def _formats(builder: Builder, zone: ZoneInfo) -> dict[str, Format]:
    """Build the formats that a spec declares, and those that every spec has."""
    formats: dict[str, Format] = {}
    declared = builder.get(("formats",)) or {}
    for name, options in {**READY_MADE, **declared}.items():
        if name in BUILT_IN:
            builder.document.report(
                "SPEC_NAME_TAKEN",
                ("formats", name),
                f"'{name}' is a filter of the language",
                "choose another name",
                key=True,
            )
        try:
            formats[name] = build_format(options, zone)
        except BadFormat as error:
            route: Route = (
                ("formats", name, error.key) if error.key in options else ("formats", name)
            )
            builder.document.report(
                "SPEC_BAD_FORMAT", route, f"format '{name}': {error}", error.hint
            )
            formats[name] = build_format({"kind": "text"}, zone)
    return formats


def _codes(builder: Builder) -> dict[str, OwnCode]:
    """Build the codes that a spec brings, and let this process know their words."""
    codes = {
        name: read_node(builder, OwnCode, ("codes", name)) for name in builder.get(("codes",)) or {}
    }
    declare(builder.get(("connector",)), {name: code.words for name, code in codes.items()})
    return codes


def _entity(builder: Builder, kind: str) -> Entity:
    route: Route = ("entities", kind)
    names = [name for name in builder.get(route) if name in ENTITIES[kind].fields]
    scope = OF_SHEET if kind == "attendance" else ROW
    of_sheets = kind == "group" and builder.get((*route, "students")) == OF_SHEETS
    if of_sheets:
        names.remove("students")
        _check_of_sheets(builder, (*route, "students"))
    fields = {name: build_value(builder, (*route, name), scope) for name in names}
    ignores = build_ignore(builder, (*route, "ignore"), scope)
    return read_node(
        builder, Entity, route, ROW, kind=kind, fields=fields, of_sheets=of_sheets, **ignores
    )


def _check_of_sheets(builder: Builder, route: Route) -> None:
    """Report groups of the learners on sheets that have none by themselves, or name no group."""
    for name, why in (
        ("students", "sheets take theirs from the groups"),
        ("groups", "no sheet says of which groups it is"),
    ):
        if builder.get(("entities", "course", name)) is None:
            builder.document.report(
                "SPEC_MISSING_KEY",
                route,
                f"groups have the learners of their sheets, and {why}",
                f"say '{name}' of the course, or where the students of a group stand",
            )


def _rules(builder: Builder) -> Rules:
    route: Route = ("rules",)
    data = builder.get(route)
    if data is None:
        return Rules()
    built: dict[str, Any] = {
        "report": {
            kind: read_several(builder, Drop, (*route, "report", kind), _of_report(kind))
            for kind in data.get("report") or {}
        }
    }
    if not isinstance(data.get("adopt"), dict):
        built["adopt"] = _adopt(data)
    return read_node(builder, Rules, route, RUN, **built)


def _of_report(kind: str) -> frozenset[str]:
    """Return the names of a report: of a session, also what the engine decided about it."""
    return ROW | {"decided"} if kind == "course" else ROW


def _adopt(data: Mapping[str, Any]) -> Adopt | None:
    """Return how sheets are matched where nothing is said of it but yes or no."""
    return None if data.get("adopt") is False else Adopt()
