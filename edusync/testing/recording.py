"""Record a case from a real system: what it answers, with the people replaced, the secrets taken out, and no more rows than are needed."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from edusync.app.trying import try_spec
from edusync.errors import UsageProblem
from edusync.spec.document import read_document
from edusync.spec.names_read import names_read
from edusync.testing.csv_rows import cleaned_csv
from edusync.testing.cutting import CuttingSource, cut_tables, cut_whole_lists
from edusync.testing.pseudonyms import Pseudonyms
from edusync.testing.recorder import laid_out
from edusync.testing.replay import charset_of
from edusync.testing.tape import HeardFolder, Tape
from edusync.transport.message import JSON, AnswerKind
from edusync.transport.tables import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from edusync.app.connector_file import Instance
    from edusync.app.downward import Moment
    from edusync.app.trying import Tried
    from edusync.engine.read.source import Source, Tools
    from edusync.registry import Registry
    from edusync.spec.paths import Path as RowPath
    from edusync.spec.types import Resource, Spec, Value

_DECLARATION = re.compile(r"""\s*<\?xml[^>]*?(?:encoding=["']([\w.-]+)["'][^>]*)?\?>""")
_TOKEN = 8
_FIELDS = {
    "last_name": "last",
    "first_name": "first",
    "email": "whole",
    "phone": "whole",
    "badge": "whole",
}
_PERSONS = {
    "student": True,
    "professor": True,
    "external": True,
    "group": False,
    "classroom": False,
    "course": False,
}
"""Kinds of items, and whether they are people."""


def record(
    instance: Instance, registry: Registry, moment: Moment, folder: Path, *, name: str, limit: int
) -> int:
    """Run the reading of the first account and write the case; return how many exchanges, or files, it has.

    Raises UsageProblem for a database, and for what cannot be blanked: these are put into the case by hand.
    """
    if instance.spec.transport.kind == "sql":
        raise UsageProblem(
            "RUN_USAGE",
            "a sql system cannot be recorded",
            "put a database.sql with invented people into the case",
        )
    hidden = next(
        (
            resource.name
            for resource in instance.spec.resources.values()
            if _cannot_be_blanked(resource)
        ),
        None,
    )
    if hidden is not None:
        raise UsageProblem(
            "RUN_USAGE",
            f"the list '{hidden}' comes in a form whose unread fields cannot be blanked",
            "write its exchanges.yaml, or its files, by hand, with invented people",
        )
    if instance.spec.transport.kind == "files":
        return _record_files(instance, registry, moment, folder / name, limit)
    tape, opened = Tape(), list[CuttingSource]()

    def open_source(
        spec: Spec, names: Mapping[str, Any], tools: Tools, functions: Mapping[str, Any]
    ) -> Source:
        source = CuttingSource(spec, names, tools, functions)
        source.cut(tape, limit)
        opened.append(source)
        return source

    tried = try_spec(
        instance,
        registry,
        replace(moment, tools=replace(moment.tools, adapter=tape)),
        opened=open_source,
    )
    people = _pseudonyms(instance, [token for source in opened for token in source.tokens], tried)
    cut_whole_lists(
        tape.exchanges, instance.spec, limit, set[str]().union(*(source.kept for source in opened))
    )
    exchanges = [_cleaned(exchange, people, instance) for exchange in tape.exchanges]
    unique = list(
        {
            json.dumps(exchange, sort_keys=True, ensure_ascii=False): exchange
            for exchange in exchanges
        }.values()
    )
    case = folder / name
    case.mkdir(parents=True, exist_ok=True)
    head = [
        "# Recorded from the real system; the people are invented, what the spec does not read is blank, and no secret is in here."
    ]
    (case / "exchanges.yaml").write_text(
        "\n".join([*head, *laid_out(unique)]) + "\n", encoding="utf-8"
    )
    (case / "case.yaml").write_text(_case(instance, moment, people, name), encoding="utf-8")
    return len(unique)


def _record_files(
    instance: Instance, registry: Registry, moment: Moment, case: Path, limit: int
) -> int:
    """Record what is read out of a folder into the folder `files` of a case."""
    opened = list[HeardFolder]()

    def open_source(
        spec: Spec, names: Mapping[str, Any], _tools: Tools, _functions: Mapping[str, Any]
    ) -> HeardFolder:
        opened.append(HeardFolder(spec, names))
        return opened[-1]

    tried = try_spec(instance, registry, moment, opened=open_source)
    people, heard = (
        _pseudonyms(instance, [], tried),
        [one for source in opened for one in source.heard],
    )
    times = Counter(one["name"] for one in heard)
    once = [
        one for one in heard if times[one["name"]] == 1
    ]  # what several lists read is kept whole
    cut_whole_lists(once, instance.spec, limit, cut_tables(once, instance.spec, limit))
    for one in heard:
        cleaned = _cleaned({"request": {"path": ""}, "kind": "", **one}, people, instance)["answer"]
        file = case / "files" / people.text(one["name"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(
            (
                json.dumps(cleaned["json"], ensure_ascii=False)
                if "json" in cleaned
                else cleaned["text"]
            ).encode(one["promised"].charset or "utf-8")
        )
    (case / "case.yaml").write_text(_case(instance, moment, people, case.name), encoding="utf-8")
    return len(times)


def _pseudonyms(instance: Instance, tokens: list[str], tried: Tried) -> Pseudonyms:
    """Return replacements that know the secrets of the connection and of the sign-in."""
    answers = instance.accounts[0].answers.connection
    secrets = [
        str(answers[name])
        for name, question in instance.spec.connection.items()
        if question.type == "secret" and answers.get(name)
    ]
    people = Pseudonyms(
        secrets,
        [
            str(fields.get(field))
            for fields in tried.persons
            for field in ("last_name", "first_name")
        ],
    )
    people.keys = _person_keys(instance.spec)
    for token in tokens:
        if len(token) >= _TOKEN:  # what is shorter is an id or a number
            people.hide(token)
    for fields in tried.persons:
        people.person(
            *(fields.get(field) for field in ("last_name", "first_name", "email", "phone", "badge"))
        )
    for name, question in instance.spec.connection.items():
        if question.type == "text" and "user" in name.lower() and answers.get(name):
            people.whole[str(answers[name]).strip().casefold()] = "edusync"
    return people


def _person_keys(spec: Spec) -> dict[str, str]:
    """Return the names of what holds a last name, a first name, or another value of a person, and of nothing else."""
    found: dict[str, str] = {}
    others: set[str] = set()
    for kind, entity in spec.entities.items():
        columns = spec.resources[entity.source].columns
        for field, value in entity.fields.items():
            for path in _paths(value):
                step = path.source.rpartition(".")[2]
                key = columns.get(step, step)
                if _PERSONS[kind] and field in _FIELDS:
                    found[key] = _FIELDS[field]
                else:
                    others.add(key)
    return {key: what for key, what in found.items() if key not in others}


def _paths(value: Value) -> Iterator[RowPath]:
    if value.path is not None:
        yield value.path
    for part in value.parts:
        yield from _paths(part)


def _cleaned(exchange: Mapping[str, Any], people: Pseudonyms, instance: Instance) -> dict[str, Any]:
    """Return an exchange as a case holds it."""
    keep = names_read(instance.spec)
    request = {
        "path": people.text(exchange["request"]["path"]),
        **{
            key: people.value(value, lambda _key: True)
            for key, value in exchange["request"].items()
            if key != "path"
        },
    }
    answer: dict[str, Any] = {} if exchange["status"] == 200 else {"status": exchange["status"]}  # noqa: PLR2004 - HTTP
    declared = _DECLARATION.match(exchange["raw"][:200].decode("latin-1"))
    promised: AnswerKind = exchange.get("promised", JSON)
    charset = charset_of(
        exchange["kind"], promised.charset, declared.group(1) if declared else None
    )
    text = _DECLARATION.sub("", exchange["raw"].decode(charset, "replace"), count=1)
    own = str(instance.accounts[0].answers.connection.get("url", ""))
    if own:
        ours = urlsplit(own)
        text = text.replace(
            f"{ours.scheme}://{ours.netloc}", f"https://{instance.spec.connector}.example"
        )
    if "json" in exchange["kind"] or text.lstrip()[:1] in {"{", "["}:
        try:
            return {
                "request": request,
                "answer": answer | {"json": people.value(json.loads(text), keep.__contains__)},
            }
        except ValueError:
            pass
    if exchange["kind"]:
        answer["headers"] = {
            "Content-Type": exchange["kind"]
            if charset == "utf-8"
            else f"{exchange['kind'].partition(';')[0]}; charset={promised.charset or 'utf-8'}"
        }
    if promised.kind == "csv" and not answer.get("status"):
        return {
            "request": request,
            "answer": answer
            | {"text": cleaned_csv(text.removeprefix("\ufeff"), promised, people.said, keep)},
        }
    return {
        "request": request,
        "answer": answer
        | {
            "text": _xml(text, people, keep, tables=instance.spec.transport.kind == "soap")
            if text.lstrip().startswith("<")
            else people.text(text)
        },
    }


def _xml(text: str, people: Pseudonyms, keep: frozenset[str], *, tables: bool) -> str:
    """Return XML with everybody replaced; of records, what the spec does not read is blanked, and tables of alike elements stay."""
    from lxml import etree

    try:
        root = etree.fromstring(
            text.encode(),
            etree.XMLParser(
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            ),
        )
    except etree.XMLSyntaxError:
        return people.text(text)
    if "wsdl" in str(root.tag).lower() or str(root.tag).endswith("}schema"):
        return text
    for element in root.iter(etree.Element):
        local_name = etree.QName(element).localname
        above = element.getparent()
        siblings = set() if above is None else {child.tag for child in above}
        for attribute, value in element.attrib.items():
            short = etree.QName(attribute).localname
            element.set(
                attribute,
                people.said(short, str(value)) if "{" in attribute or short in keep else "",
            )
        element.tail = None  # nothing reads what stands between elements
        if element.text and element.text.lstrip().startswith("<"):
            element.text = _xml(
                element.text, people, keep, tables=tables
            )  # a document inside of the document
        elif element.text and element.text.strip():
            element.text = (
                people.said(local_name, element.text)
                if local_name in keep or (tables and len(siblings) < 2) or len(element)  # noqa: PLR2004 - several kinds of child make a record
                else ""
            )
    return str(etree.tostring(root, encoding="unicode"))


def _cannot_be_blanked(resource: Resource) -> bool:
    """Whether what the spec does not read of a list would stay: workbooks, calendars, and documents inside of JSON."""
    if resource.call is None:
        return False
    return resource.call.answer.kind in KINDS - {"csv"} or (
        resource.inner is not None and resource.call.answer.kind != "xml"
    )


def _case(instance: Instance, moment: Moment, people: Pseudonyms, name: str) -> str:
    from io import StringIO

    from ruamel.yaml import YAML

    from edusync.model import PARIS

    account, spec = instance.accounts[0], instance.spec
    connection: dict[str, Any] = {}
    for key, value in account.answers.connection.items():
        question = spec.connection[key]
        if value in (None, ""):
            continue
        if question.type == "secret":
            connection[key] = "${env:EDUSYNC_CASE_SECRET}"
        elif question.type == "url":
            connection[key] = (
                urlsplit(str(value))
                ._replace(scheme="https", netloc=f"{spec.connector}.example")
                .geturl()
            )
        elif (
            isinstance(value, str)
            and spec.transport.kind == "files"
            and ("/" in value or "\\" in value)
        ):
            connection[key] = "CASE_FOLDER"
        else:
            connection[key] = people.text(value) if isinstance(value, str) else value
    told = read_document(instance.file.read_text(encoding="utf-8"), str(instance.file)).data
    first = told["accounts"][0]
    connector: dict[str, Any] = {"spec": spec.connector, "connection": connection}
    options = {**(told.get("options") or {}), **(first.get("options") or {})}
    if options:
        connector["options"] = people.value(options, lambda _key: True)
    if first.get("filters"):
        connector["accounts"] = [
            {"name": "main", "filters": people.value(first["filters"], lambda _key: True)}
        ]
    out, yaml = StringIO(), YAML()
    yaml.default_flow_style = False
    yaml.dump(
        {
            "shows": f"What the real system answered: {name}.",
            "at": moment.now.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M"),
            "connector": connector,
        },
        out,
    )
    return out.getvalue()
